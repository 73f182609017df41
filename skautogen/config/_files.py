"""Files that a configuration names, and that are not there, or no files."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from ._problems import Path as Place
from ._problems import Problem

if TYPE_CHECKING:
    from ._config import Config
    from ._yaml import Document


def find_missing_files(
    config: Config, document: Document, folder: Path
) -> list[Problem]:
    """Find data that are not there or no such data, and folders to write into.

    Parameters
    ----------
    config : Config
    document : Document
        That it was made of.
    folder : pathlib.Path
        Where its paths begin.

    Returns
    -------
    problems : list of Problem
    """
    return [
        document.problem(path, message)
        for path, message in [*_data(config, folder), *_outputs(config, folder)]
    ]


def _data(config: Config, folder: Path) -> Iterator[tuple[Place, str]]:
    dataset = config.task.dataset
    for key in ("path", "test_path"):
        given = getattr(dataset, key)
        if given is not None and not (folder / given).exists():
            yield (
                ("task", "dataset", key),
                f"there is no file or folder {given!r} in {_name(folder)}, where the "
                f"paths of this file begin.{_nearest(folder / given)}",
            )

    is_of_files = config.task.kind in ("image", "audio")
    if dataset.path and (folder / dataset.path).is_dir() and not is_of_files:
        yield (
            ("task", "name"),
            f"{config.task.name} predicts from a file, and {dataset.path!r} is a "
            "folder, of images or of sounds.",
        )


def _outputs(config: Config, folder: Path) -> Iterator[tuple[Place, str]]:
    for key in type(config.export).model_fields:
        given = getattr(config.export, key)
        if isinstance(given, str) and not (folder / given).parent.is_dir():
            parent = str(Path(given).parent)
            yield (
                ("export", key),
                f"there is no folder {parent!r} in {_name(folder)}. Make it first.",
            )


def _name(folder: Path) -> str:
    return repr(str(folder.resolve()))


def _nearest(path: Path) -> str:
    """What is there and is called much like it."""
    parent = path.parent
    there = [each.name for each in parent.iterdir()] if parent.is_dir() else []
    nearest = get_close_matches(path.name, there, n=1)
    return f" Did you mean {nearest[0]!r}?" if nearest else ""
