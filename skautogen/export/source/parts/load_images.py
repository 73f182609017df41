"""Functions of generated files."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from .find_files import find_files
from .label_files import label_files
from .load_array import load_array
from .settings import SHAPE
from .take_known_rows import take_known


def read_image(path: Path) -> np.ndarray:
    """Read a file, turned as a camera says, on white, and scaled to SHAPE."""
    height, width, n_channels = SHAPE
    with Image.open(path) as file:
        file.draft(None, (max(height, width),) * 2)  # decodes a JPEG no larger
        image = ImageOps.exif_transpose(file)
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    image = image.convert("L" if n_channels == 1 else "RGB")
    bilinear = Image.Resampling.BILINEAR
    image = image.resize((width, height), bilinear, reducing_gap=2)
    return np.asarray(image).reshape(SHAPE)


def load_features(path: str) -> tuple[list, np.ndarray]:
    """Read images, each with a name: files of a folder, or X of an .npz file."""
    if path.endswith(".npz"):
        X = load_array(path, "X").reshape(-1, *SHAPE)
        return list(range(len(X))), X
    endings = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"}
    files = find_files(path, endings)
    return files, np.stack([read_image(file) for file in files])


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read images and labels: a folder for each class, or X and y of an .npz file."""
    names, X = load_features(path)
    if path.endswith(".npz"):
        return take_known(X, load_array(path, "y"))
    return X, label_files(names, path)
