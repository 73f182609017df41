"""How much a column matters to networks that did not see the rows."""

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss

from skautogen.ensemble import permutation_importances

N = 600
rng = np.random.default_rng(0)
X = rng.normal(size=(N, 3))
FOLDS = np.array_split(rng.permutation(N), 3)


@pytest.fixture
def make_pipelines(make_pipeline, make_step):
    """One a fold, whose prepared columns come from the given columns of X."""

    def make(function, origin, is_classifier=False):
        prepare = make_step(lambda X: X[:, origin])
        prepare.input_index_ = np.array(origin)
        select = make_step(lambda prepared: prepared)
        return [make_pipeline(function, prepare, select, is_classifier) for _ in FOLDS]

    return make


def importances(pipelines, y, classes=None, seed=0, weight=None):
    return permutation_importances(
        pipelines, FOLDS, X, y, weight, classes, X.shape[1], seed
    )


def test_the_increase_of_the_squared_error_is_what_a_shuffle_brings(make_pipelines):
    # Shuffling x in a x adds twice its variance, times a squared, to the error.
    y = 2 * X[:, 0] + X[:, 2]
    found = importances(make_pipelines(lambda x: 2 * x[:, 0] + x[:, 2], [0, 1, 2]), y)
    variance = X.var(axis=0)
    expected = [2 * 4 * variance[0], 0, 2 * variance[2]]
    np.testing.assert_allclose(found, expected, rtol=0.15, atol=1e-12)


def test_all_that_comes_from_a_column_is_shuffled_together(make_pipelines):
    # The two copies cancel, and do so whichever row they are taken from.
    pipelines = make_pipelines(lambda x: x[:, 0] - x[:, 1] + x[:, 2], [1, 1, 0])
    found = importances(pipelines, X[:, 0])
    assert found[1] == pytest.approx(0, abs=1e-12)
    assert found[0] > 1


def test_labels_are_judged_by_the_brier_score(make_pipelines):
    y = np.where(X[:, 1] > 0, "yes", "no")

    def proba(x):
        sure = np.where(x[:, 1] > 0, 0.9, 0.1)
        return np.column_stack([1 - sure, sure])

    classes = np.array(["no", "yes"])
    found = importances(make_pipelines(proba, [0, 1, 2], True), y, classes)
    # Half of the shuffled rows have the other sign.
    expected = 0.5 * (0.9**2 - 0.1**2)
    np.testing.assert_allclose(found, [0, expected, 0], rtol=0.1, atol=1e-12)


@pytest.mark.parametrize("labels", [["no", "yes"], ["a", "b", "c"]])
def test_a_column_that_decides_brings_scikit_learns_brier_score(make_pipelines, labels):
    classes = np.array(labels)
    y = classes[np.digitize(X[:, 1], [0, 1][: len(classes) - 1])]

    def proba(x):
        true = np.digitize(x[:, 1], [0, 1][: len(classes) - 1])
        return 0.7 * np.eye(len(classes))[true] + 0.3 / len(classes)

    found = importances(make_pipelines(proba, [0, 1, 2], True), y, classes)
    before = brier_score_loss(y, proba(X), labels=classes, pos_label=None)
    answers = [proba(rng.permutation(X)) for _ in range(20)]
    after = [brier_score_loss(y, p, labels=classes, pos_label=None) for p in answers]
    np.testing.assert_allclose(found[1], np.mean(after) - before, rtol=0.1)


def test_it_is_a_function_of_the_seed(make_pipelines):
    pipelines = make_pipelines(lambda x: x[:, 0], [0, 1, 2])
    y = X.sum(axis=1)
    first, same, other = (importances(pipelines, y, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert first[0] != other[0]


def test_rows_count_by_their_weights(make_pipelines):
    # The network is right about the first half of the rows, which alone count.
    y = np.where(np.arange(N) < N // 2, X[:, 0], 100.0)
    weight = np.where(np.arange(N) < N // 2, 2.0, 0.0)
    found = importances(make_pipelines(lambda x: x[:, 0], [0, 1, 2]), y, weight=weight)
    assert found[0] == pytest.approx(2 * X[: N // 2, 0].var(), rel=0.3)
