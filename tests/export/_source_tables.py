"""Networks for tables, of which source is generated."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.utils.class_weight import compute_sample_weight

from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.structures import Block, Structure
from skautogen.training._network_classifier import NetworkClassifier
from skautogen.training._network_regressor import NetworkRegressor
from skautogen.training._pipeline import make_network_pipeline

from ._source_estimators import Made, draw_weights, estimator_of


class Case(NamedTuple):
    """A table, a target, and the settings of an estimator for them."""

    X: Any
    y: np.ndarray
    architecture: Any
    hyperparameters: dict[str, Any]
    select: dict[str, Any] = {}  # noqa: RUF012
    early_stopping: bool = False
    class_weight: Any = None
    fit_frame: bool = True
    is_trained: bool = False


def make(case: Case) -> Made:
    """Make the estimator of a case, trained or with random weights."""
    is_classifier = case.y.dtype.kind != "f"
    X = case.X if case.fit_frame else case.X.to_numpy()
    weights = None
    if case.class_weight is not None:
        weights = compute_sample_weight(case.class_weight, case.y)
    network = (NetworkClassifier if is_classifier else NetworkRegressor)(
        case.architecture,
        hyperparameters={"epochs": 12, **case.hyperparameters},
        early_stopping=case.early_stopping,
        seed=1,
    )
    task = "classification" if is_classifier else "regression"
    select = FeatureSelector(**case.select, task=task, random_state=0)
    pipeline = make_network_pipeline(TablePreparer(), select, network)
    if case.is_trained:
        pipeline.fit(X, case.y, sample_weight=weights)
    else:
        draw_weights(pipeline, X, case.y, weights)
    return Made(
        estimator_of("table", pipeline, case.y, case.class_weight),
        X,
        case.y,
        lambda folder: write_table(case.X, case.y, folder),
    )


def write_table(X: pd.DataFrame, y: np.ndarray, folder: Path) -> None:
    """Write a table as a file, as generated files read it."""
    y = y.reshape(len(y), -1)
    names = [f"target_{k}" for k in range(y.shape[1])]
    target = pd.DataFrame(y, columns=names if len(names) > 1 else ["target"])
    table = pd.concat([X.reset_index(drop=True), target], axis=1)
    table.to_csv(folder / "data.csv", index=False)


def _two_classes():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    return X.iloc[:, :6], np.array(["good", "bad"])[y]


def _classes():
    X, y = load_iris(return_X_y=True, as_frame=True)
    return X, y.to_numpy()


def _number():
    X, y = load_diabetes(return_X_y=True, as_frame=True, scaled=False)
    return X, y.to_numpy(dtype=float)


def _numbers():
    X, y = _number()
    return X, np.column_stack([y, 10 * X["bmi"] + X["age"]])


TASKS = {
    "two_classes": _two_classes,
    "classes": _classes,
    "number": _number,
    "numbers": _numbers,
}

_STRUCTURE = Structure(
    Block.of("numbers", n_frequencies=8),
    (
        Block.of("dense", units=32, activation="selu", normalisation="batch"),
        Block.of("residual", units=32, activation="mish"),
    ),
)

_SETTINGS = {
    "mlp": {"hidden_layer_sizes": (16, 8), "batch_normalization": True},
    "realmlp": {
        "hidden_layer_sizes": (16,),
        "input_scale": True,
        "parametric_activation": True,
        "weight_decay": 0.02,
    },
    "resnet": {"width": 16, "n_blocks": 2, "schedule": "coslog4"},
    "tabm": {"n_members": 4, "hidden_layer_sizes": (16,), "weight_decay": 0.02},
    "table_blocks": {"structure": _STRUCTURE},
}

# Every task, and every architecture; the heads of members on both kinds.
_TASKS_OF = {
    "mlp": ("two_classes",),
    "realmlp": ("numbers",),
    "resnet": ("number",),
    "tabm": ("classes", "number"),
    "table_blocks": ("classes",),
}
_TRAINED = ("mlp-two_classes", "realmlp-numbers")


def _case(architecture: str, task: str, **settings: Any) -> Case:
    hyperparameters = {"learning_rate": 0.01, **_SETTINGS[architecture]}
    hyperparameters |= settings.pop("hyperparameters", {})
    return Case(*TASKS[task](), architecture, hyperparameters, **settings)


def mixed_table(n_rows: int = 240) -> tuple[pd.DataFrame, np.ndarray]:
    """Columns of every kind that can be generated, with gaps."""
    rng = np.random.default_rng(0)
    city = rng.choice(["Bern", "Oslo", "Rome"], n_rows).astype(object)
    city[::17] = None
    age = rng.integers(18, 90, n_rows).astype(float)
    age[::11] = np.nan
    paid = np.where(rng.random(n_rows) < 0.8, 0.0, rng.choice([5.0, 9.0, 50.0], n_rows))
    days = pd.to_timedelta(rng.integers(0, 1000, n_rows), unit="D")
    price = rng.normal(50, 9, n_rows).round(3).astype(str).astype(object)
    price[::13] = "?"
    words = [f"{a}{b}" for a in ("north", "south", "east", "west") for b in range(30)]
    X = pd.DataFrame(
        {
            "when": pd.Timestamp("2020-01-01") + days,
            "city": city,
            "age": age,
            "paid": paid,
            "member": rng.choice(["yes", "no"], n_rows),
            "written": (pd.Timestamp("2021-05-01 10:00") + days).strftime(
                "%d/%m/%Y %H:%M"
            ),
            "price": price,
            "zip": rng.choice(["0100", "0200", "0300", "0400"], n_rows),
            "street": rng.choice(words, n_rows),
            "flag": rng.random(n_rows) < 0.5,
            "empty": np.full(n_rows, np.nan),
            "lasted": pd.to_timedelta(rng.integers(0, 9999, n_rows), unit="s"),
        }
    )
    chance = 1 / (
        1 + np.exp(-(np.nan_to_num(age, nan=50) - 50) / 10 - (city == "Oslo"))
    )
    return X, np.where(rng.random(n_rows) < chance, "old", "young")


def _with_texts(case: Case) -> Case:
    """The same with a column of texts, and one of dates with a time zone."""
    rng = np.random.default_rng(1)
    words = ["cheap", "dear", "Bad!", "good", "no 10", "very", "old", "red", "new"]
    texts = [" ".join(rng.choice(words, 6)) for _ in case.y]
    texts[3] = texts[50] = None
    texts[60:80] = ["they said nothing at all"] * 20
    hours = pd.to_timedelta(rng.integers(0, 9_999, len(case.y)), unit="h")
    when = (pd.Timestamp("2021-03-01", tz="UTC") + hours).tz_convert("Europe/Berlin")
    return case._replace(X=case.X.assign(said=texts, heard=when))


def _mixed(**settings: Any) -> Case:
    hyperparameters = {"hidden_layer_sizes": (16,), "learning_rate": 0.01}
    return Case(*mixed_table(), "realmlp", hyperparameters, **settings)


def _own_network(meta: dict[str, Any], units: int = 8):
    """A skip connection: not a chain of layers."""
    from keras import Input, Model, layers

    inputs = Input((meta["n_features_in_"],))
    hidden = layers.Dense(units, activation="relu", name="hidden")(inputs)
    joined = layers.Concatenate(name="joined")([inputs, hidden])
    normed = layers.LayerNormalization(name="normed")(joined)
    return Model(inputs, layers.Dense(meta["n_classes_"], "softmax")(normed))


def make_cases() -> dict[str, Case]:
    """All, by name."""
    cases = {
        f"{architecture}-{task}": _case(architecture, task)
        for architecture, tasks in _TASKS_OF.items()
        for task in tasks
    }
    for name in _TRAINED:
        cases[name] = cases[name]._replace(is_trained=True)
    rare = {"label_smoothing": 0.1, "optimizer": "lion", "learning_rate": 2e-3}
    two = {"good": 0.5, "bad": 1.5}
    return {
        **cases,
        "mixed": _mixed(),
        "texts": _with_texts(_mixed()),
        "mixed_selected": _mixed(
            select={"method": "kbest", "n_features": 20},
            class_weight={"young": 1, "old": 2},
            is_trained=True,
        ),
        "only_categories": _mixed()._replace(X=mixed_table()[0][["city", "member"]]),
        "stopped_early": _case(
            "mlp",
            "number",
            early_stopping=True,
            hyperparameters={"epochs": 40},
            is_trained=True,
        ),
        "weighed": _case("mlp", "two_classes", early_stopping=True, class_weight=two),
        "smoothed": _case(
            "mlp", "classes", hyperparameters=rare, class_weight="balanced"
        ),
        "selected": _case(
            "mlp",
            "number",
            select={"method": "kbest", "n_features": 4},
            hyperparameters={"schedule": "constant"},
        ),
        "selected_without_names": _case(
            "mlp",
            "number",
            select={"method": "rfe", "n_features": 4},
            hyperparameters={"schedule": "step"},
            fit_frame=False,
        ),
        "own_network": Case(*_classes(), _own_network, {"units": 8}),
    }
