"""Networks and estimators that the tests of compression share."""

import numpy as np
import pytest

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.compression import METHODS
from skautogen.compression.pruning import Pruning


@pytest.fixture(scope="session")
def rows():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(160, 4))
    return X, (X[:, 0] + X[:, 1] > 0).astype(int), X[:, 0] + X[:, 1]


@pytest.fixture(scope="session")
def classifier(fast, rows):
    X, labels, _ = rows
    return AutoGenClassifier(**fast).fit(X, labels)


@pytest.fixture(scope="session")
def regressor(fast, rows):
    X, _, numbers = rows
    return AutoGenRegressor(**fast).fit(X, numbers)


@pytest.fixture(autouse=True)
def short_trainings(monkeypatch):
    monkeypatch.setattr("skautogen.compression._teaching._MOST_EPOCHS", 12)
    monkeypatch.setattr("skautogen.compression._fine_tuning._MOST_EPOCHS", 3)
    monkeypatch.setitem(METHODS, "pruning", Pruning(strengths={"width 1/2": 0.5}))
