"""A class of generated files."""

from typing import Any, NamedTuple

import keras


class Trained(NamedTuple):
    """What training makes."""

    preprocessing: Any
    model: keras.Model
