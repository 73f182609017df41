"""Folders of images by class."""

from ..inputs._image_files import EXTENSIONS
from ._class_folder import folder_format

IMAGE_FOLDER = folder_format("a folder of images, by class", EXTENSIONS)
