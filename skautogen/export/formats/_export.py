"""The network of ``best_estimator_`` in a format of Keras', TensorFlow's or ONNX."""

from __future__ import annotations

import importlib.util
import json
import os
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..._backend import load_keras, quiet_tensorflow
from ..._spelling import unknown_name
from ..._stack import outside_level
from ._columns import column_layer, describe_columns, find_unprepared
from ._flex import find_flex_operations


class PreparationLeftOutWarning(UserWarning):
    """An exported network wants numbers that skautogen prepares."""


class Format(NamedTuple):
    """A format.

    Attributes
    ----------
    ending : str
        That its files have.
    of_keras : str or None
        What ``keras.Model.export`` calls it; None for Keras' own.
    needs : str or None
        A module of the extra that is called as the format is.
    """

    ending: str
    of_keras: str | None
    needs: str | None = None


FORMATS = {
    "keras": Format(".keras", None),
    "saved_model": Format("", "tf_saved_model"),
    "onnx": Format(".onnx", "onnx", needs="tf2onnx"),
    "litert": Format(".tflite", "litert"),
}


def export_network(
    estimator: Any, path: str | os.PathLike[str], format: str | None
) -> tuple[Path, Path]:
    """Write the best network, and what to feed to it; see the estimators' ``export``.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str or path
    format : {"keras", "saved_model", "onnx", "litert"} or None
        ``None`` goes by the ending.

    Returns
    -------
    path, sidecar : pathlib.Path
    """
    path = Path(path)
    format = find_format(path) if format is None else format
    wanted = _check(path, format)
    pipeline = estimator.best_estimator_
    prepare, select, network = (step for _, step in pipeline.steps)
    columns = column_layer(prepare, select.support_)
    model = _whole_model(estimator, network, columns)
    with warnings.catch_warnings(), quiet_tensorflow():
        # Of converters, which use what others have given up, and of nothing of ours.
        warnings.simplefilter("ignore")
        if wanted.of_keras is None:
            model.save(path)
        else:
            model.export(str(path), format=wanted.of_keras, verbose=False)
    told = {
        "format": format,
        "skautogen": _version(),
        "network": "best_estimator_, and not the ensemble",
        "input": _describe_input(estimator, model, columns is not None),
        "output": _describe_output(estimator, model),
    }
    if format == "litert" and (left := find_flex_operations(path)):
        told["needs"] = {"delegate": "Flex", "operations": left}
        warnings.warn(
            f"{path} has operations that LiteRT runs with its Flex delegate only, as "
            f"TensorFlow's own interpreter has it: {', '.join(left)}. Recurrent layers "
            'have. Export to format="onnx", or fit another architecture, where there '
            "is none.",
            stacklevel=outside_level(),
        )
    # Images are fed as they are.
    if columns is None and estimator.input_kind_ != "image":
        warnings.warn(
            f"{path} wants prepared numbers, and not {_unprepared(estimator)}: their "
            "preparation is not in the file. Feed what "
            "best_estimator_[:-1].transform(X) of the saved estimator gives, or deploy "
            f"the estimator itself (save). {path.name}.json says it too.",
            PreparationLeftOutWarning,
            stacklevel=outside_level(),
        )
    sidecar = path.with_name(f"{path.name}.json")
    text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)
    sidecar.write_text(text + "\n", encoding="utf-8")
    return path, sidecar


def find_format(path: Path) -> str:
    """Find the format whose files end as a path does.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    format : str
        A key of ``FORMATS``.

    Raises
    ------
    ValueError
        If there is none.
    """
    for name, each in FORMATS.items():
        if each.ending and path.suffix == each.ending:
            return name
    endings = ", ".join(f"{x.ending} ({n})" for n, x in FORMATS.items() if x.ending)
    folders = " or ".join(repr(n) for n, each in FORMATS.items() if not each.ending)
    raise ValueError(
        f"The ending of {str(path)!r} says no format. Endings are {endings}; for a "
        f"folder name the format, {folders}."
    )


def _check(path: Path, format: str) -> Format:
    if format not in FORMATS:
        raise ValueError(unknown_name("format", format, FORMATS))
    wanted = FORMATS[format]
    if path.suffix != wanted.ending and wanted.ending:
        raise ValueError(
            f"path={str(path)!r} does not end with {wanted.ending!r}, as files of "
            f"format={format!r} do."
        )
    if wanted.needs and importlib.util.find_spec(wanted.needs) is None:
        raise ImportError(
            f"export(format={format!r}) needs {wanted.needs}: "
            f'pip install "skautogen[{format}]".'
        )
    return wanted


def _whole_model(estimator: Any, network: Any, columns: dict[str, Any] | None) -> Any:
    """The network with its preparation before it, and what it answers made whole."""
    keras = load_keras()
    from .layers import ClassProbabilities, PrepareColumns, TargetScale

    inner = network.build_model()
    inner.set_weights(network.weights_)
    shape = (estimator.n_features_in_,) if columns else _shape_taken(inner, network)
    x = inputs = keras.Input(shape, dtype="float32", name="input")
    if columns:
        x = PrepareColumns(**columns, name="prepare")(x)
    x = inner(x)
    if hasattr(estimator, "classes_"):
        x = ClassProbabilities(name="probabilities")(x)
    else:
        scaler, (lowest, highest) = network._target_scaler, network._target_range
        x = TargetScale(
            mean=scaler.mean_.tolist(),
            scale=scaler.scale_.tolist(),
            lowest=lowest.tolist(),
            highest=highest.tolist(),
            name="values",
        )(x)
    model = keras.Model(inputs, x, name="skautogen")
    # Keras exports what has been called.
    n_taken = shape if columns else network.X_shape_[1:]
    model(np.zeros((1, *n_taken), dtype="float32"))
    return model


def _shape_taken(inner: Any, network: Any) -> tuple[int | None, ...]:
    # A subclassed model does not tell its inputs.
    taken = getattr(inner, "inputs", None)
    return tuple(taken[0].shape[1:] if taken else network.X_shape_[1:])


def _describe_input(estimator: Any, model: Any, has_columns: bool) -> dict[str, Any]:
    """Say exactly what to feed."""
    told: dict[str, Any] = {
        "shape": ["n_rows", *model.inputs[0].shape[1:]],
        "dtype": "float32",
        "kind": estimator.input_kind_,
    }
    if has_columns:
        prepare = estimator.best_estimator_.steps[0][1]
        return told | {
            "holds": "columns of the table",
            "columns": describe_columns(prepare),
            "categories": "their code, counted from 0; -1 for any other",
            "missing": "NaN",
        }
    told |= {
        "holds": "what the preparation gives, which is not part of the file",
        "how": "estimator.best_estimator_[:-1].transform(X), of the saved estimator",
    }
    if estimator._kind.has_columns:
        told["features"] = [str(each) for each in estimator.get_feature_names_out()]
    return told


def _unprepared(estimator: Any) -> str:
    """What the estimator is given, where that is not what its network is given."""
    if not estimator._kind.has_columns:
        return f"{estimator.input_kind_} as it comes"
    prepare, select, _ = (step for _, step in estimator.best_estimator_.steps)
    if select.support_ is None:
        return "the columns of the table, of which a transformer makes new features"
    names = ", ".join(repr(each) for each in find_unprepared(prepare))
    return f"the columns of the table, such as {names}" if names else "the table"


def _describe_output(estimator: Any, model: Any) -> dict[str, Any]:
    shape = ["n_rows", *model.outputs[0].shape[1:]]
    if hasattr(estimator, "classes_"):
        classes = np.asarray(estimator.classes_).tolist()
        as_json = [
            each if isinstance(each, (bool, int, float, str)) else str(each)
            for each in classes
        ]
        return {"holds": "probabilities", "shape": shape, "classes": as_json}
    return {"holds": "values on the scale of y", "shape": shape}


def _version() -> str:
    from ... import __version__

    return __version__
