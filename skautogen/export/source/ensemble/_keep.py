"""A trained network of an ensemble, and how all are saved and read, as source."""

from __future__ import annotations

from .._fragment import Fragment
from .._task import Task
from .._trained import fields_of
from ..preparers import PreparationSource
from ._builds import BuildsSource

# What a network has beside its weights, and how it is made.
_MADE = {"preprocessing": "make_preprocessing()", "target": "TargetScaler()"}

_SAVE = '''\
def model_file(number: int) -> Path:
    """The file of a network."""
    return MODEL.with_stem(f"{{MODEL.stem}}_{{number}}")


def save(trained: Trained) -> None:
    """Write the networks, and what was learned beside them, to files."""
{save}


def load() -> Trained:
    """Read what ``save`` has written."""
{read}
    return networks'''


def _append(kept: list[str]) -> list[str]:
    if len(kept) == 1:
        return [f"        kept.append({{{kept[0]}}})"]
    items = [f"                {each}," for each in kept]
    return [
        "        kept.append(",
        "            {",
        *items,
        "            }",
        "        )",
    ]


def network_class(preparation: PreparationSource, task: Task) -> Fragment:
    """Write the class of a trained network."""
    fields = {"weight": "float", **fields_of(preparation, task)}
    lines = ["class Network(NamedTuple):", '    """A trained network."""', ""]
    lines += [f"    {name}: {kind}" for name, kind in fields.items()]
    lines += ["", "", "Trained = list[Network]"]
    imports = ["from typing import NamedTuple", "import keras"]
    if "preprocessing" in fields:
        imports.append("from typing import Any")
    return Fragment.of("\n".join(lines), *imports)


def keep_all_source(
    preparation: PreparationSource, task: Task, builds: BuildsSource, *, has_folds: bool
) -> Fragment:
    """Write ``save`` and ``load``.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task
    builds : BuildsSource
    has_folds : bool
        Whether settings have folds.

    Returns
    -------
    source : Fragment
    """
    fields = fields_of(preparation, task)
    every = "NETWORKS"
    read = []
    if has_folds:
        every = "every"
        each = "settings for settings in NETWORKS for _ in settings.folds or [None]"
        read.append(f"    every = [{each}]")
    head = f"    for number, settings in enumerate({every}, start=1):"
    save = [
        "    for number, network in enumerate(trained, start=1):",
        "        network.model.save(model_file(number))",
    ]
    imports = ["from pathlib import Path"]
    kept = _kept(preparation, fields)
    if kept:
        imports.append("import joblib")
        save = ["    kept = []", *save, *_append(kept)]
        save.append("    joblib.dump(kept, LEARNED)")
        read.append(f"    kept = zip({every}, joblib.load(LEARNED), strict=True)")
        head = "    for number, (settings, learned) in enumerate(kept, start=1):"
    read += ["    networks = []", head]
    read += [f"        {line}" for line in _load(preparation, fields, builds)]
    code = _SAVE.format(save="\n".join(save), read="\n".join(read))
    return Fragment.of(code, *imports)


def _kept(preparation: PreparationSource, fields: dict[str, str]) -> list[str]:
    """What is kept of a network beside its weights: items of a dict."""
    size = preparation.size
    kept = [f'"{name}": vars(network.{name})' for name in _MADE if name in fields]
    if size is not None and not size.is_learned:
        kept.insert(0, f'"{size.name}": network.model.input_shape[1]')
    return kept


def _load(
    preparation: PreparationSource, fields: dict[str, str], builds: BuildsSource
) -> list[str]:
    """Statements that read a network."""
    size, given = preparation.size, ["settings"] if builds.takes_settings else []
    if size is not None:
        given.append(size.made if size.is_learned else f'learned["{size.name}"]')
    lines = []
    for name in (name for name in _MADE if name in fields):
        lines.append(f"{name} = {_MADE[name]}")
        lines.append(f'vars({name}).update(learned["{name}"])')
    build = "settings.build" if len(builds.functions) > 1 else "build_model"
    return [
        *lines,
        f"model = {build}({', '.join(given)})",
        "model.load_weights(model_file(number))",
        f"networks.append(Network(settings.weight, {', '.join(fields)}))",
    ]
