"""Whether X holds images, and images as one array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ._checks import is_frame
from ._column import is_path, rows_of_column
from ._image_files import find_shape, is_image_path, read_images

_MOST_CHANNELS = 4
# Entries of a list that are looked at to tell what it holds.
_N_LOOKED_AT = 100
# What 3-D arrays of images have, and those of sequences seldom: sides of some length,
# and in arrays of fractions a form that is not far from square.
_SHORTEST_SIDE, _SHORTEST_SIDE_OF_FLOATS, _LONGEST_TO_SHORTEST = 4, 8, 2


def looks_like_images(X: Any) -> bool:
    """Whether X looks like images rather than sequences, texts or a table.

    Parameters
    ----------
    X : object

    Returns
    -------
    looks_like_images : bool
        True of an array with 4 axes; of one with 3 that holds integers, not negative;
        of one with 3 that holds fractions, not negative, where no side is shorter than
        8 pixels or than half of the other; of a list of arrays that together are such
        an array; and of what holds paths with the extensions of images.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs._images import looks_like_images
    >>> looks_like_images(["cat.png", "dog.png"])
    True
    >>> looks_like_images(np.zeros((10, 100, 8)))
    False
    """
    if is_frame(X) and X.shape[1] != 1:
        return False
    entries = rows_of_column(X)
    if entries is None:
        return _is_array_of_images(X)
    some = entries[:: max(1, len(entries) // _N_LOOKED_AT)]
    if not some:
        return False
    if all(map(is_image_path, some)):
        return True
    try:
        return _is_array_of_images(np.stack([np.asarray(each) for each in some]))
    except (ValueError, TypeError):  # they differ in shape, or are no arrays
        return False


def _is_array_of_images(X: Any) -> bool:
    n_axes = getattr(X, "ndim", 0)
    if n_axes != 3:
        return n_axes == 4
    X = np.asarray(X)
    if not X.size or X.dtype.kind not in "biuf":
        return False
    shortest, longest = sorted(X.shape[1:])
    if X.dtype.kind == "f":
        is_like = (
            shortest >= _SHORTEST_SIDE_OF_FLOATS
            and longest <= _LONGEST_TO_SHORTEST * shortest
        )
    else:
        is_like = shortest >= _SHORTEST_SIDE
    # NaN is not: it stands in sequences, after their end.
    return is_like and bool(X.min() >= 0)


def check_images(estimator: Any, X: Any, *, reset: bool) -> np.ndarray:
    """Refuse what are no images, read files, and give one array.

    Parameters
    ----------
    estimator : estimator
        Learns ``sample_shape_``: height, width and channels of an image.
    X : array-like or paths
        Pixels of shape (n_samples, height, width) or (n_samples, height, width,
        n_channels) with 1 to 4 channels; a list of arrays of one shape; or the paths of
        image files: a list, a 1-D array, a Series, or a DataFrame of one column.
    reset : bool
        Whether to learn the shape (in ``fit``) or to check it (afterwards). In ``fit``,
        files are brought to their median height and width, as long as no side is longer
        than 128 pixels; afterwards to the shape that was learnt.

    Returns
    -------
    images : ndarray of shape (n_samples, height, width, n_channels)
        In uint8 if the pixels are integers from 0 to 255, otherwise in float32.

    Raises
    ------
    ValueError
        If there are not 3 or 4 axes or 1 to 4 channels, pixels are missing, infinite
        or no numbers, images differ in shape among each other or from those of
        ``fit``, or a file cannot be read.
    TypeError
        If X is a single path.
    FileNotFoundError
        If there is no such file.
    ImportError
        If files are to be read, and Pillow is not installed.

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.base import BaseEstimator
    >>> from skautogen.inputs._images import check_images
    >>> X = check_images(BaseEstimator(), np.ones((5, 28, 28), int), reset=True)
    >>> X.shape, X.dtype
    ((5, 28, 28, 1), dtype('uint8'))
    """
    expected = None if reset else estimator.sample_shape_
    if is_frame(X) and X.shape[1] != 1:
        raise ValueError(
            f"X is a DataFrame of {X.shape[1]} columns. Images are given as arrays,"
            " or as a DataFrame of one column: the paths of their files."
        )
    entries = rows_of_column(X)
    if entries is None:
        images = _check_pixels(np.asarray(X))
    elif any(map(is_path, entries)):
        images = _read(entries, expected)
    else:
        images = _check_pixels(_stack(entries))
    if reset:
        estimator.sample_shape_ = images.shape[1:]
    elif images.shape[1:] != expected:
        raise ValueError(
            f"X has images of shape {images.shape[1:]}, and fit saw {expected}: "
            "(height, width, n_channels). Bring them to that shape; a single image is "
            "image[np.newaxis]."
        )
    return images


def _read(paths: Sequence[Any], shape: tuple[int, int, int] | None) -> np.ndarray:
    """Read files, in a shape that is found if it is not given."""
    if shape is None:
        shape = find_shape(paths)
    elif shape[2] not in (1, 3):
        raise ValueError(
            f"X holds paths of image files, and fit saw arrays of {shape[2]} channels. "
            "Files have 1 (grey) or 3 (colour): pass arrays."
        )
    return read_images(paths, shape)


def _stack(entries: Sequence[Any]) -> np.ndarray:
    """One array of images that are given one by one."""
    images = [np.asarray(each) for each in entries]
    for row, image in enumerate(images):
        if image.shape != images[0].shape:
            raise ValueError(
                f"Row {row} of X has the shape {image.shape}, and row 0 has "
                f"{images[0].shape}. Bring all images to one shape, or pass the paths "
                "of their files, which are scaled."
            )
    return np.asarray(images)


def _check_pixels(X: np.ndarray) -> np.ndarray:
    """Refuse an array that holds no images, and bring others into one form."""
    if 0 in X.shape:
        raise ValueError(
            f"Found array with 0 sample(s) or pixels (shape={X.shape}) while a minimum "
            "of 1 is required."
        )
    if X.ndim not in (3, 4):
        raise ValueError(
            f"X has {X.ndim} axes, shape={X.shape}, and images have 3 or 4: (n_samples,"
            " height, width) or (n_samples, height, width, n_channels). A single image "
            "is image[np.newaxis]; flat ones are X.reshape(-1, height, width)."
        )
    X = X[..., np.newaxis] if X.ndim == 3 else X
    if X.shape[3] > _MOST_CHANNELS:
        way_out = "."
        if X.shape[1] <= _MOST_CHANNELS:
            way_out = "; here they seem to stand first: pass np.moveaxis(X, 1, -1)."
        raise ValueError(
            f"X has {X.shape[3]} channels, shape={X.shape}; accepted are 1 (grey) to 4,"
            f" on the last axis{way_out}"
        )
    if X.dtype.kind not in "biuf":
        raise ValueError(f"Pixels must be numbers; got an array of dtype {X.dtype}.")
    return _check_numbers(X)


def _check_numbers(X: np.ndarray) -> np.ndarray:
    """Pixels as uint8 where they fit in, otherwise as finite float32."""
    if X.dtype == np.uint8:
        return X
    if X.dtype.kind == "b" or (X.dtype.kind in "iu" and X.min() >= 0 and X.max() < 256):
        return X.astype(np.uint8)
    with np.errstate(over="ignore", invalid="ignore"):
        X = X.astype(np.float32, copy=False)
        # The sum tells of all pixels, and needs no second array.
        is_finite = np.isfinite(X.sum(dtype=np.float64))
    if not is_finite:
        finite = (np.isfinite(image).all() for image in X)
        row = next(row for row, each in enumerate(finite) if not each)
        raise ValueError(
            f"Row {row} of X has pixels that are NaN, infinite, or too large for "
            "float32. Fill them in (np.nan_to_num does), or leave the row out."
        )
    return X
