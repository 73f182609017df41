"""Estimators that source is generated for, and the tables they are fitted on."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.structures import Block, Structure


class Case(NamedTuple):
    """A table, a target, and the settings of an estimator for them."""

    X: Any
    y: np.ndarray
    settings: dict[str, Any]
    fit_frame: bool = True

    def fit(self):
        kind = AutoGenRegressor
        if self.y.dtype.kind != "f":
            kind = AutoGenClassifier
        settings = {"n_iter": 1, "cv": 2, "epochs": 12, "early_stopping": False}
        settings |= {"ensemble_size": 0, "random_state": 0}
        X = self.X if self.fit_frame else self.X.to_numpy()
        return kind(**settings | self.settings).fit(X, self.y)


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

_SPACES = {
    "mlp": {"hidden_layer_sizes": [(16, 8)], "batch_normalization": [True]},
    "realmlp": {
        "hidden_layer_sizes": [(16,)],
        "input_scale": [True],
        "parametric_activation": [True],
        "weight_decay": [0.02],
    },
    "resnet": {"width": [16], "n_blocks": [2], "schedule": ["coslog4"]},
    "tabm": {"n_members": [4], "hidden_layer_sizes": [(16,)], "weight_decay": [0.02]},
    "table_blocks": {"structure": [_STRUCTURE]},
}

# Every task, and every architecture; the heads of members on both kinds.
_TASKS_OF = {
    "mlp": ("two_classes",),
    "realmlp": ("numbers",),
    "resnet": ("number",),
    "tabm": ("classes", "number"),
    "table_blocks": ("classes",),
}


def _case(architecture: str, task: str, **settings: Any) -> Case:
    space = {"learning_rate": [0.01], **_SPACES[architecture]}
    space |= settings.pop("param_space", {})
    X, y = TASKS[task]()
    return Case(X, y, {"architecture": architecture, "param_space": space, **settings})


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
    X, y = mixed_table()
    space = {"hidden_layer_sizes": [(16,)], "learning_rate": [0.01]}
    space |= settings.pop("param_space", {})
    return Case(X, y, {"architecture": "realmlp", "param_space": space, **settings})


def _own_network(meta: dict[str, Any], units: int = 8):
    """A skip connection: not a chain of layers."""
    from keras import Input, Model, layers

    inputs = Input((meta["n_features_in_"],))
    hidden = layers.Dense(units, activation="relu", name="hidden")(inputs)
    joined = layers.Concatenate(name="joined")([inputs, hidden])
    normed = layers.LayerNormalization(name="normed")(joined)
    return Model(inputs, layers.Dense(meta["n_classes_"], "softmax")(normed))


# Those that are trained again, which takes longest.
TRAINED = ("mlp-two_classes", "realmlp-numbers", "mixed_selected", "stopped_early")


def make_cases() -> dict[str, Case]:
    """All, by name."""
    cases = {
        f"{architecture}-{task}": _case(architecture, task)
        for architecture, tasks in _TASKS_OF.items()
        for task in tasks
    }
    rare = {"label_smoothing": [0.1], "optimizer": ["lion"], "learning_rate": [2e-3]}
    X, y = _classes()
    categories = mixed_table()[0][["city", "member"]]
    return {
        **cases,
        "mixed": _mixed(),
        "texts": _with_texts(_mixed()),
        "mixed_selected": _mixed(
            feature_selection="kbest",
            param_space={"n_features": [20]},
            class_weight={"young": 1, "old": 2},
        ),
        "only_categories": _mixed()._replace(X=categories),
        "stopped_early": _case("mlp", "number", early_stopping=True, epochs=40),
        "weighed": _case(
            "mlp",
            "two_classes",
            early_stopping=True,
            class_weight={"good": 0.5, "bad": 1.5},
            epochs=40,
        ),
        "smoothed": _case(
            "mlp", "classes", param_space=rare, class_weight="balanced", epochs=30
        ),
        "selected": _case(
            "mlp",
            "number",
            feature_selection="kbest",
            param_space={"n_features": [4], "schedule": ["constant"]},
        ),
        "selected_without_names": _case(
            "mlp",
            "number",
            feature_selection="rfe",
            param_space={"n_features": [4], "schedule": ["step"]},
        )._replace(fit_frame=False),
        "own_network": Case(
            X, y, {"architecture": _own_network, "param_space": {"units": [8, 8]}}
        ),
    }
