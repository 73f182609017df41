"""Image files: which texts are paths of some, and how they become one array."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

EXTENSIONS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")

# The longest side that files are read in: networks look at 32 x 32 places of an image.
_LONGEST_SIDE = 128
# Pixels of all images together, which bounds the memory: 0.2 GB in colour.
_PIXELS_IN_ALL = 2**26
_SHORTEST_SIDE = 16
# Modes of Pillow in which an image has no colour.
_GREY_MODES = frozenset({"1", "L", "LA", "La", "F", "I", "I;16", "I;16B", "I;16L"})


def is_image_path(entry: object) -> bool:
    """Whether this is a string or path with the extension of an image.

    Parameters
    ----------
    entry : object

    Returns
    -------
    is_image_path : bool

    Examples
    --------
    >>> from skautogen.inputs._image_files import is_image_path
    >>> [is_image_path(each) for each in ("a/cat.JPG", "cat", 3)]
    [True, False, False]
    """
    if not isinstance(entry, (str, os.PathLike)):
        return False
    path = os.fspath(entry)
    return isinstance(path, str) and path.lower().endswith(EXTENSIONS)


def find_shape(paths: Sequence[Any]) -> tuple[int, int, int]:
    """The shape that images are brought to: their median, if it is not too large.

    Parameters
    ----------
    paths : sequence of str or path

    Returns
    -------
    shape : tuple of int
        Height, width and channels: 1 if all images are grey, otherwise 3. No side is
        longer than 128 pixels, or shorter than 16 for being scaled down.

    Raises
    ------
    ValueError, FileNotFoundError, ImportError
        As :func:`read_images`.
    """
    found = _map(_measure, paths)
    height, width = np.median([size for size, _ in found], axis=0)
    most = min(_LONGEST_SIDE, (_PIXELS_IN_ALL / len(paths)) ** 0.5)
    scale = min(1.0, max(most, _SHORTEST_SIDE) / max(height, width))
    height, width = (max(1, round(scale * side)) for side in (height, width))
    return height, width, 1 if all(is_grey for _, is_grey in found) else 3


def read_images(paths: Sequence[Any], shape: tuple[int, int, int]) -> np.ndarray:
    """Read image files, each brought to the same shape.

    Images are turned as their EXIF data says, put on white where they are transparent,
    and scaled to the height and width asked for, whatever their own ratio is. Of an
    animation the first image counts.

    Parameters
    ----------
    paths : sequence of str or path
    shape : tuple of int
        Height, width, and 1 (grey) or 3 (colour) channels.

    Returns
    -------
    images : ndarray of shape (n_samples, height, width, channels), uint8

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message names row and path.
    ValueError
        If a row is no path, or its file cannot be read as an image.
    ImportError
        If Pillow is not installed.
    """
    images = np.empty((len(paths), *shape), dtype=np.uint8)

    def read(image: Image, row: int) -> None:
        images[row] = _to_array(image, shape)

    _map(read, paths)
    return images


def _map(work: Any, paths: Sequence[Any]) -> list[Any]:
    """What a function makes of each opened image, several at a time."""
    _import_pillow()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        # Of several errors the one of the first row is raised.
        return list(threads.map(partial(_work_on, work), paths, range(len(paths))))


def _work_on(work: Any, path: Any, row: int) -> Any:
    """Open one image and do something with it; errors name the row."""
    from PIL import Image

    if not isinstance(path, (str, os.PathLike)):
        raise ValueError(
            f"Row {row} of X is {path!r}, and others are paths of image files. Every "
            "row must be one: a str or a pathlib.Path."
        )
    try:
        with Image.open(path) as image:
            return work(image, row)
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"Row {row} of X: there is no file {os.fspath(path)!r} (looked for from "
            f"{os.getcwd()!r})."
        ) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(
            f"Row {row} of X: {os.fspath(path)!r} cannot be read as an image "
            f"({type(error).__name__}: {error}). Leave the row out, repair the file, "
            "or pass arrays of pixels instead of paths."
        ) from error


def _import_pillow() -> None:
    try:
        import PIL  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "X holds paths of image files, and reading them needs Pillow: pip install "
            '"skautogen[images]".'
        ) from error


def _measure(image: Image, row: int) -> tuple[tuple[int, int], bool]:
    """Height and width, as it is to be looked at, and whether it is grey."""
    width, height = image.size
    # Orientations from 5 on are turned by a quarter.
    is_turned = image.getexif().get(0x0112, 1) >= 5
    size = (width, height) if is_turned else (height, width)
    return size, image.mode in _GREY_MODES


def _to_array(image: Image, shape: tuple[int, int, int]) -> np.ndarray:
    """The image in a shape, as (height, width, channels) of uint8."""
    from PIL import Image, ImageOps

    height, width, n_channels = shape
    # A JPEG is decoded in an eighth to a half of its size, where that is enough.
    longest = max(height, width)
    image.draft(None, (longest, longest))
    image = _in_bytes(ImageOps.exif_transpose(image))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    image = image.convert("L" if n_channels == 1 else "RGB")
    image = image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2)
    return np.asarray(image).reshape(shape)


def _in_bytes(image: Image) -> Image:
    """An image of a byte a channel; Pillow would clip the others, and not scale them.

    The full scale of 16 bits is known, that of 32 bits and of floats is not.
    """
    from PIL import Image

    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode not in ("I", "F"):
        return image
    pixels = np.asarray(image)
    with np.errstate(invalid="ignore"):  # of NaN, which is not equal below
        in_bytes = np.clip(pixels, 0, 255).astype(np.uint8)
    if not np.array_equal(in_bytes, pixels):
        raise ValueError(
            f"its pixels, of Pillow's mode {image.mode!r}, are from {pixels.min():g} to"
            f" {pixels.max():g}, and files are read as whole numbers from 0 to 255"
        )
    return Image.fromarray(in_bytes)
