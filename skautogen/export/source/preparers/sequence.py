"""The preparation of sequences as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._fragment import Fragment
from .._task import Task
from ._files_or_arrays import of_arrays
from ._source import PreparationSource, Size

_LOAD = '''\
def load_features(path: str) -> np.ndarray:
    """Read sequences (n, steps, channels): shorter ones end in steps of NaN."""
    return load_array(path, "X").astype("float32")


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read X and y of an .npz file."""
    return take_known(load_features(path), load_array(path, "y"){astype})'''

_MAKE = '''\
def make_preprocessing() -> {name}:
    """Make the preprocessing, which is fitted on training sequences."""
    return {name}()'''


def sequence_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write a ``SequencePreparer``.

    Parameters
    ----------
    prepare : SequencePreparer
    select : KeepAll
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource
    """
    load = _LOAD.format(astype="" if task.is_classifier else ".astype(float)")
    as_row = prepare.representation == "kernels"
    learned = {"mean_": prepare._mean, "width_": _widths(prepare._factor)}
    settings: dict[str, Any] = {"N_STEPS": prepare.n_steps}
    size, input_shape = None, "(None, N_CHANNELS + 1)"
    if as_row:
        kernels = prepare._kernels
        size = Size("n_features", "inputs.shape[1]", len(kernels._mean))
        input_shape = "(n_features,)"
        learned["kernels_"] = [tuple(each) for each in kernels._kernels]
        learned["feature_mean_"] = kernels._mean
        learned["feature_width_"] = 1 / kernels._factor
    else:
        settings["N_CHANNELS"] = len(prepare._mean)
    name = "KernelPreprocessor" if as_row else "SequencePreprocessor"
    part = "kernel_preprocessor" if as_row else "sequence_preprocessor"
    return PreparationSource(
        command=of_arrays(task, "sequences"),
        inputs="np.ndarray",
        parts=(part, "take_known_rows", "load_array"),
        load=Fragment.of(load, "import numpy as np"),
        input_shape=input_shape,
        definitions=Fragment.of(_MAKE.format(name=name)),
        size=size,
        nouns={"part": "presence"},
        settings=settings,
        learned=learned,
    )


def _widths(factor: np.ndarray) -> np.ndarray:
    """Deviations of channels; infinite for those that never vary."""
    widths: np.ndarray = np.full(len(factor), np.inf)
    np.divide(1, factor, out=widths, where=factor > 0)
    return widths
