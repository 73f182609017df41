"""Layers around an exported network, so that it takes columns and answers as it should.

All are of operations that every format has. To import this file is all that
``keras.saving.load_model`` needs: it brings the layers of the architectures too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ... import layers as _of_architectures  # noqa: F401
from ..._backend import load_keras
from ...inputs._squash import BOUND

load_keras()  # the first import must be the silent one

import keras  # noqa: E402
from keras import ops  # noqa: E402


@keras.saving.register_keras_serializable(package="skautogen")
class PrepareColumns(keras.layers.Layer):
    """What :class:`skautogen.inputs.TablePreparer` does, in single precision.

    Takes the columns of a table as one array: numbers as they are, categories as their
    codes, NaN for what is missing.

    Parameters
    ----------
    scaled : sequence of int
        For each scaled output, of which column it is.
    center, factor : sequence of float
        Of each: its median, and what the distance from it is multiplied by.
    compared : sequence of int
        For each output that is 1 where a column has a value, of which column it is.
    value : sequence of float
        The value.
    opposite : sequence of float
        The value at which it is -1.
    missing : sequence of int
        For each output that is 1 where a column is missing, of which column it is.
    support : sequence of int
        Which of the outputs, in the order above, are left.
    """

    def __init__(
        self,
        *,
        scaled: Sequence[int],
        center: Sequence[float],
        factor: Sequence[float],
        compared: Sequence[int],
        value: Sequence[float],
        opposite: Sequence[float],
        missing: Sequence[int],
        support: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.settings: dict[str, list[Any]] = {
            "scaled": list(scaled),
            "center": list(center),
            "factor": list(factor),
            "compared": list(compared),
            "value": list(value),
            "opposite": list(opposite),
            "missing": list(missing),
            "support": list(support),
        }

    def call(self, x: Any) -> Any:
        own, parts = self.settings, []
        if own["scaled"]:
            parts.append(self._squash(_columns(x, own["scaled"])))
        if own["compared"]:
            columns = _columns(x, own["compared"])
            parts.append(
                _is_equal(columns, own["value"]) - _is_equal(columns, own["opposite"])
            )
        if own["missing"]:
            columns = _columns(x, own["missing"])
            parts.append(ops.cast(ops.isnan(columns), "float32"))
        prepared = ops.concatenate(parts, axis=1) if len(parts) > 1 else parts[0]
        return _columns(prepared, own["support"])

    def _squash(self, x: Any) -> Any:
        center, factor = (
            ops.convert_to_tensor(self.settings[name], dtype="float32")
            for name in ("center", "factor")
        )
        z = (x - center) * (factor / BOUND)
        z = ops.where(ops.isnan(z), ops.zeros_like(z), z)
        z = ops.clip(z, -1e6, 1e6)
        return BOUND * z / ops.sqrt(1.0 + z * z)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return (input_shape[0], len(self.settings["support"]))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **self.settings}


@keras.saving.register_keras_serializable(package="skautogen")
class ClassProbabilities(keras.layers.Layer):
    """What a network of classes answers, as one probability a class, summing to 1."""

    def call(self, x: Any) -> Any:
        if x.shape[-1] == 1:
            x = ops.concatenate([1.0 - x, x], axis=-1)
        return x / ops.sum(x, axis=-1, keepdims=True)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return (*input_shape[:-1], max(2, input_shape[-1] or 2))


@keras.saving.register_keras_serializable(package="skautogen")
class TargetScale(keras.layers.Layer):
    """Bring the answers of a network to the scale of the targets, and within a range.

    Parameters
    ----------
    mean, scale, lowest, highest : sequence of float of shape (n_outputs,)
    """

    def __init__(
        self,
        *,
        mean: Sequence[float],
        scale: Sequence[float],
        lowest: Sequence[float],
        highest: Sequence[float],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.settings = {
            "mean": list(mean),
            "scale": list(scale),
            "lowest": list(lowest),
            "highest": list(highest),
        }

    def call(self, x: Any) -> Any:
        mean, scale, lowest, highest = (
            ops.convert_to_tensor(values, dtype="float32")
            for values in self.settings.values()
        )
        return ops.minimum(ops.maximum(x * scale + mean, lowest), highest)

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        return input_shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **self.settings}


def _columns(x: Any, places: Sequence[int]) -> Any:
    return ops.take(x, ops.convert_to_tensor(places, dtype="int32"), axis=1)


def _is_equal(x: Any, values: Sequence[float]) -> Any:
    wanted = ops.convert_to_tensor(values, dtype="float32")
    return ops.cast(ops.equal(x, wanted), "float32")
