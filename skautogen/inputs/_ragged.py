"""Whether X are sequences, of one length or of several."""

from __future__ import annotations

from typing import Any

import numpy as np

_ADVICE = (
    "Accepted are an array of shape (n_samples, n_steps, n_channels), or a list of "
    "arrays of shape (n_steps, n_channels) or (n_steps,), or with "
    "input_kind='sequence' an array of shape (n_samples, n_steps)"
)
_OF_IMAGES = (
    "If these are images, they must be of one size: scale them, as "
    "PIL.Image.fromarray(image).resize((width, height)) does, or pass the paths of "
    "their files, which are brought to one size"
)


def looks_ragged(X: Any) -> bool:
    """Whether X is a list of arrays, or of lists that are of different lengths."""
    is_list = isinstance(X, (list, tuple))
    if not is_list and getattr(getattr(X, "dtype", None), "kind", "") != "O":
        return False
    if getattr(X, "ndim", 1) != 1 or hasattr(X, "iloc") or len(X) == 0:
        return False
    some = [each for each in X[:100] if isinstance(each, (list, tuple, np.ndarray))]
    if len(some) < min(len(X), 100):
        return False
    # Images of several sizes are refused as sequences, in words for both.
    has_steps = all(np.ndim(each[0]) >= 1 if len(each) else False for each in some)
    return has_steps or len({len(each) for each in some}) > 1


def check_sequences(estimator: Any, X: Any, *, reset: bool) -> Any:
    """Refuse an X that are no sequences, and cut off the padding at their ends.

    Steps at the end that are missing in all channels, or 0 in all, are padding.

    Parameters
    ----------
    estimator : estimator
        Learns ``n_channels_``, and ``n_steps_``, the steps of the longest.
    X : array-like of shape (n_samples, n_steps, n_channels), or list of arrays
    reset : bool
        Whether to learn (in ``fit``) or to compare (afterwards).

    Returns
    -------
    X : ndarray of object of shape (n_samples,)
        Of float32 arrays of shape (n_steps, n_channels).

    Raises
    ------
    ValueError, TypeError
        Naming the row, if there is one that is no sequence, is empty, has infinite
        values or none at all, or has other channels than the rest.
    """
    if _is_checked(estimator, X, reset):
        return X
    if isinstance(X, np.ndarray) and X.dtype != object and X.ndim not in (2, 3):
        raise ValueError(f"X has {X.ndim} axes, shape={X.shape}. {_ADVICE}.")
    if not hasattr(X, "__len__"):
        raise TypeError(f"X is {X!r} of type {type(X).__name__}. {_ADVICE}.")
    if len(X) == 0:
        raise ValueError(
            "Found array with 0 sample(s) while a minimum of 1 is required."
        )
    checked = np.empty(len(X), dtype=object)
    n_channels = None if reset else estimator.n_channels_
    for row, given in enumerate(np.asarray(X) if hasattr(X, "iloc") else X):
        checked[row] = _check_row(row, given)
        if n_channels is None:
            n_channels = checked[row].shape[1]
        if checked[row].shape[1] != n_channels:
            expected = "row 0 has" if reset else "fit saw"
            of_images = f" {_OF_IMAGES}." if reset else ""
            raise ValueError(
                f"X, row {row}: a sequence has {checked[row].shape[1]} channels, and "
                f"{expected} {n_channels}. Give every step a number for each channel."
                f"{of_images}"
            )
    if reset:
        estimator.n_channels_ = n_channels
        estimator.n_steps_ = max(map(len, checked))
    return checked


def _is_checked(estimator: Any, X: Any, reset: bool) -> bool:
    """Whether these are rows of what this function has given before."""
    if not isinstance(X, np.ndarray) or X.dtype != object or X.ndim != 1 or reset:
        return False
    n_channels = estimator.n_channels_
    return all(
        isinstance(each, np.ndarray)
        and each.dtype == np.float32
        and each.ndim == 2
        and len(each)
        and each.shape[1] == n_channels
        and not np.isinf(each).any()
        and (len(each) == 1 or _says_something(each[-1:])[0])
        for each in X
    )


def _check_row(row: int, given: Any) -> np.ndarray:
    try:
        sequence = np.asarray(given, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"X, row {row}: a sequence must hold numbers, as many in each step; got "
            f"{type(given).__name__}: {error}. {_ADVICE}."
        ) from error
    if sequence.ndim == 1:
        sequence = sequence[:, None]
    if sequence.ndim != 2:
        raise ValueError(
            f"X, row {row}: a sequence has {sequence.ndim} axes, "
            f"shape={sequence.shape}. {_ADVICE}. {_OF_IMAGES}."
        )
    if 0 in sequence.shape:
        raise ValueError(
            f"X, row {row}: a sequence is empty, shape={sequence.shape}. Leave it out, "
            "or give it at least one step."
        )
    if np.isinf(sequence).any():
        raise ValueError(
            f"X, row {row}: a sequence has infinite values. Make them NaN, which is "
            "filled in."
        )
    if np.isnan(sequence).all():
        raise ValueError(
            f"X, row {row}: a sequence has no value but NaN. Leave it out."
        )
    says_something = _says_something(sequence)
    n_own = len(sequence) - int(says_something[::-1].argmax())
    return sequence[: n_own if says_something.any() else 1]


def _says_something(sequence: np.ndarray) -> np.ndarray:
    """Which steps (s, c) are no padding."""
    says_something: np.ndarray = ~(np.isnan(sequence) | (sequence == 0)).all(axis=1)
    return says_something
