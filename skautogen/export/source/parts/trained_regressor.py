"""A class of generated files."""

from typing import Any, NamedTuple

import keras

from .target_scaler import TargetScaler


class Trained(NamedTuple):
    """What training makes."""

    preprocessing: Any
    target: TargetScaler
    model: keras.Model
