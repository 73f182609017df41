"""Keras' own layers: the settings that differ from what a call gives anyway."""

from __future__ import annotations

import inspect
from typing import Any

from .._literals import literal, snake_case
from .._refusal import CannotGenerateError
from ._code import LayerCode

# Settings that come before others, without their names, as people write them.
_POSITIONAL = {
    "Activation": ("activation",),
    "AveragePooling2D": ("pool_size",),
    "Conv1D": ("filters", "kernel_size"),
    "Conv2D": ("filters", "kernel_size"),
    "Dense": ("units",),
    "DepthwiseConv2D": ("kernel_size",),
    "Dropout": ("rate",),
    "GRU": ("units",),
    "LSTM": ("units",),
    "MultiHeadAttention": ("num_heads", "key_dim"),
    "UpSampling2D": ("size",),
}
# Settings that are one number for all axes, or one for each.
_OF_AXES = {"kernel_size", "strides", "dilation_rate", "pool_size", "size"}
# What settings become that are not given, where signatures do not say it.
_USUAL: dict[str, tuple[Any, ...]] = {
    "attention_axes": ((1,), [1]),
    "axis": (-1, [-1]),
    "rms_scaling": (False,),
    "zero_output_for_mask": (False,),
}
# What layers make, where a name is needed for it.
_NOUNS = {
    "Add": "added",
    "AveragePooling2D": "pooled",
    "Concatenate": "joined",
    "LayerNormalization": "normal",
    "Multiply": "masked",
}


def keras_layer(layer: Any) -> LayerCode:
    """Write a layer of Keras' as a call with its settings.

    Parameters
    ----------
    layer : keras.layers.Layer

    Returns
    -------
    code : LayerCode

    Raises
    ------
    CannotGenerateError
        If a setting is no plain value.
    """
    kind = type(layer)
    config = layer.get_config()
    if config.pop("dtype", None) not in (None, "float32"):
        dtype = layer.dtype_policy.name
        if dtype != "float32":
            raise CannotGenerateError(
                f"Layer {layer.name!r} computes in {dtype!r}, and only networks in "
                "float32 can be generated."
            )
    defaults = inspect.signature(kind.__init__).parameters
    _leave_out_what_is_usual(config)
    positional = _POSITIONAL.get(kind.__name__, ())
    arguments = [_value(layer, name, config.pop(name)) for name in positional]
    for name, value in config.items():
        if name == "name" and value != "output":
            continue
        if name == "trainable" and value is True:
            continue
        if name in defaults and _is_default(value, defaults[name].default):
            continue
        arguments.append(f"{name}={_value(layer, name, value)}")
    noun = _NOUNS.get(kind.__name__, "hidden")
    return LayerCode(f"layers.{kind.__name__}", tuple(arguments), noun=noun)


def _leave_out_what_is_usual(config: dict[str, Any]) -> None:
    """Drop settings that Keras finds itself, and write equal ones of axes as one."""
    import keras

    if config.get("data_format") == keras.config.image_data_format():
        del config["data_format"]
    if "pool_size" in config and config["strides"] == config["pool_size"]:
        del config["strides"]
    for name, usual in _USUAL.items():
        if config.get(name) in usual:
            del config[name]
    if config.get("value_dim") == config.get("key_dim"):
        config.pop("value_dim", None)
    for name in _OF_AXES & set(config):
        value = config[name]
        if isinstance(value, (list, tuple)) and len(set(value)) == 1:
            config[name] = value[0]


def _is_default(value: Any, default: Any) -> bool:
    """Whether a setting is what it would be if it were not given."""
    if isinstance(value, dict) and isinstance(default, str):
        return _name_of(value) == default
    if value == "linear" and default is None:  # activations
        return True
    if isinstance(default, (list, tuple)):  # a number stands for all axes
        values = value if isinstance(value, (list, tuple)) else [value] * len(default)
        return list(values) == list(default)
    return type(value) is type(default) and bool(value == default)


def _name_of(value: dict[str, Any]) -> str | None:
    """The name of an initializer whose settings are those that its name gives."""
    import keras

    if value.get("module") != "keras.initializers":
        return None
    name = snake_case(value["class_name"])
    named = keras.initializers.get(name).get_config()
    given = {**value["config"], "seed": None}
    return name if {**named, "seed": None} == given else None


def _value(layer: Any, name: str, value: Any) -> str:
    if isinstance(value, dict):
        known = _name_of(value)
        if known is None:
            raise CannotGenerateError(
                f"Layer {layer.name!r} has {name}={value!r:.200}, which cannot be "
                "written as source."
            )
        value = known
    return literal(value)
