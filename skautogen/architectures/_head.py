"""The last layer of a network, as the task wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._backend import load_keras

if TYPE_CHECKING:
    import keras


def output_settings(meta: dict[str, Any]) -> dict[str, Any]:
    """Settings of the output layer that suits the target.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data.

    Returns
    -------
    settings : dict
        One sigmoid unit for two classes, a softmax over more, linear units for
        regression. In float32 whatever the precision of the layers before.
    """
    if not meta["target_type_"].startswith("continuous"):
        n_classes = meta["n_classes_"]
        units, activation = (1, "sigmoid") if n_classes == 2 else (n_classes, "softmax")
    else:
        units, activation = meta["n_outputs_"], "linear"
    return {
        "units": units,
        "activation": activation,
        "dtype": "float32",
        "name": "output",
    }


def output_layer(meta: dict[str, Any], **settings: Any) -> keras.layers.Layer:
    """Make the output layer that suits the target.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data.
    **settings : object
        Further settings of ``keras.layers.Dense``.

    Returns
    -------
    layer : keras.layers.Dense
    """
    settings = {**output_settings(meta), **settings}
    layer: keras.layers.Layer = load_keras().layers.Dense(**settings)
    return layer
