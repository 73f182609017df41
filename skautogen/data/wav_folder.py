"""Folders of recordings by class."""

from ._class_folder import folder_format

WAV_FOLDER = folder_format("a folder of .wav files, by class", (".wav",))
