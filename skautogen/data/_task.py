"""Whether a target asks for classes or for numbers."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from .._spelling import unknown_name

_TASKS = ("classification", "regression")
# Whole numbers are classes if they are no more than this, and each has so many rows on
# average: the ten digits are, and counts, years and ages are not.
_MOST_CLASSES, _ROWS_A_CLASS = 20, 5


class TaskGuessedWarning(UserWarning):
    """Whole numbers may be classes or amounts, and one was taken."""


class Task(NamedTuple):
    """What is learned.

    Attributes
    ----------
    name : {"classification", "regression"}
    reason : str
        Why, to be read after the name: ``"3 classes, of strings"``.
    is_guess : bool
        Whether it might as well be the other.
    """

    name: Literal["classification", "regression"]
    reason: str
    is_guess: bool = False


def infer_task(y: Any, task: str = "auto") -> Task:
    """Say whether a target asks for classes or for numbers.

    Strings, booleans and categories are classes; numbers with fractions are numbers.
    Whole numbers are classes if there are two, or at most 20 with five rows each on
    average. That is a guess, unless they count from 0, as codes of classes do: ratings
    may be meant as numbers.

    Parameters
    ----------
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
        Without missing values.
    task : {"auto", "classification", "regression"}, default="auto"
        What it is, if you know.

    Returns
    -------
    task : Task

    Raises
    ------
    ValueError
        If there is no such task, or y holds dates or durations.

    Examples
    --------
    >>> from skautogen.data import infer_task
    >>> infer_task(["ham", "spam"]).name, infer_task([1.5, 2.0]).name
    ('classification', 'regression')
    >>> infer_task([3, 4, 5, 4, 3] * 4)
    Task(name='classification', reason='3 different whole numbers', is_guess=True)
    """
    if task not in ("auto", *_TASKS):
        raise ValueError(unknown_name("task", task, ("auto", *_TASKS)))
    if task != "auto":
        return Task(task, "as you said")  # type: ignore[arg-type]
    values = np.asarray(y)
    if values.ndim == 2 and values.shape[1] > 1:
        return Task("regression", f"{values.shape[1]} targets")
    values = _plain(values.ravel())
    if values.dtype.kind in "mM":
        raise ValueError(
            "The target holds dates or durations. Turn them into numbers, such as days."
        )
    if values.dtype.kind not in "iuf":
        kind = "booleans" if values.dtype.kind == "b" else "strings"
        # Of labels of several types the estimator says what is wrong.
        n_classes = len(set(values.tolist()))
        return Task("classification", f"{n_classes} classes, of {kind}")
    return _of_numbers(values)


def find_other_task(y: Any, task: str) -> Task | None:
    """Say what a target asks for, where it cannot be what it is taken for.

    Parameters
    ----------
    y : array-like of shape (n_samples,) or (n_samples, n_outputs)
    task : {"classification", "regression"}
        What it is taken for.

    Returns
    -------
    other : Task or None
        ``None`` if it may be that.

    Examples
    --------
    >>> from skautogen.data import find_other_task
    >>> find_other_task(["ham", "spam"], "regression").reason
    '2 classes, of strings'
    >>> find_other_task([0, 1, 0], "regression") is None
    True
    """
    asked = infer_task(y)
    if asked.name == task:
        return None
    values = np.asarray(y)
    if task == "regression":
        return None if _plain(values.ravel()).dtype.kind in "iuf" else asked
    numbers = _plain(values.ravel())
    is_whole = values.ndim == 1 and np.array_equal(numbers, np.trunc(numbers))
    # Classes that mostly have a single row cannot be learned.
    are_classes = is_whole and len(np.unique(numbers)) <= len(numbers) / 2
    return None if are_classes else asked


def _plain(values: np.ndarray) -> np.ndarray:
    """Numbers and booleans that came as objects, as what they are."""
    if values.dtype != object or any(isinstance(each, str) for each in values):
        return values
    return np.array(values.tolist())


def _of_numbers(numbers: np.ndarray) -> Task:
    if not np.array_equal(numbers, np.trunc(numbers)):
        return Task("regression", "numbers with fractions")
    distinct = np.unique(numbers)
    n_distinct = len(distinct)
    said = f"{n_distinct} different whole numbers"
    if n_distinct == 2:
        return Task("classification", said)
    if n_distinct > min(_MOST_CLASSES, len(numbers) / _ROWS_A_CLASS):
        return Task("regression", said)
    are_codes = np.array_equal(distinct, np.arange(n_distinct))
    return Task("classification", said, is_guess=not are_codes)
