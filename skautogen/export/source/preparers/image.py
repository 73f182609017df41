"""The preparation of images as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._fragment import Fragment
from .._task import Task
from ._files_or_arrays import of_files_or_arrays
from ._source import PreparationSource

_LOAD_ARRAYS = '''\
def load_features(path: str) -> np.ndarray:
    """Read the images of an .npz file."""
    return load_array(path, "X").reshape(-1, *SHAPE)


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read images, and the numbers to predict for them."""
    return take_known(load_features(path), load_array(path, "y").astype(float))'''


def image_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write how images are read; the network takes their pixels.

    Parameters
    ----------
    prepare : ImagePreparer
    select : KeepAll
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource
    """
    shape = tuple(prepare.sample_shape_)
    parts: tuple[str, ...] = "take_known_rows", "load_array"
    load = Fragment.of(_LOAD_ARRAYS, "import numpy as np")
    # Files have one channel or three.
    if task.is_classifier and shape[2] in (1, 3):
        parts, load = ("load_images",), Fragment("")
    return PreparationSource(
        command=of_files_or_arrays(task, "images"),
        inputs="np.ndarray",
        parts=parts,
        load=load,
        input_shape="SHAPE",
        settings={"SHAPE": shape},
    )
