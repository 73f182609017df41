"""What stands in for fitted pipelines."""

import numpy as np
import pytest


class Step:
    """Changes rows by a function, and counts how often."""

    def __init__(self, change):
        self.change, self.n_calls = change, 0

    def transform(self, X):
        self.n_calls += 1
        return self.change(X)


class Regressor:
    """Answers with a function of the rows, and keeps the rows it was asked about."""

    def __init__(self, function):
        self.function, self.asked = function, []

    def predict(self, X):
        self.asked.append(X)
        return self.function(X)


class Classifier(Regressor):
    """A network that is to be asked for its probabilities, not its labels."""

    def predict_proba(self, X):
        return super().predict(X)

    def predict(self, X):
        raise NotImplementedError


class Pipeline:
    def __init__(self, network, prepare, select):
        self.steps = [("prepare", prepare), ("select", select), ("network", network)]
        self.named_steps = dict(self.steps)


@pytest.fixture
def make_step():
    return Step


@pytest.fixture
def make_pipeline():
    """A pipeline whose network answers with a function of the first column."""

    def make(function, prepare=None, select=None, is_classifier=False):
        network = (Classifier if is_classifier else Regressor)(function)
        prepare = prepare or Step(np.asarray)
        return Pipeline(network, prepare, select or Step(lambda X: X[:, 0]))

    return make
