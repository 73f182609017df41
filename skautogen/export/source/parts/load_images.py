"""Functions of generated files."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from .find_files import find_files
from .settings import CLASSES, SHAPE


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
        X = np.load(path)["X"].reshape(-1, *SHAPE)
        return list(range(len(X))), X
    endings = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"}
    files = find_files(path, endings)
    return files, np.stack([read_image(file) for file in files])


def load_data(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Read images and labels: a folder for each class, or X and y of an .npz file."""
    names, X = load_features(path)
    if path.endswith(".npz"):
        return X, np.load(path)["y"]
    labels = {str(label): label for label in CLASSES}
    folders = [file.relative_to(path).parts[0] for file in names]
    return X, np.array([labels[folder] for folder in folders])
