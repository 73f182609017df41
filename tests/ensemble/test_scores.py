"""Scores of answers, with every sum written out."""

import math

import numpy as np
import pytest
from sklearn.metrics import get_scorer

from skautogen.ensemble import Score

LABELS = np.array(["maybe", "no", "yes"])
Y = np.array(["yes", "no", "no", "maybe", "yes"])
PROBA = np.array(
    [
        [0.1, 0.2, 0.7],
        [0.2, 0.5, 0.3],
        [0.6, 0.3, 0.1],
        [0.8, 0.1, 0.1],
        [0.3, 0.4, 0.3],
    ]
)
OF_THE_TRUTH = [0.7, 0.5, 0.3, 0.8, 0.3]
IS_RIGHT = [1, 1, 0, 1, 0]
WEIGHTS = np.array([1.0, 2.0, 3.0, 0.5, 4.0])


def make(scorer, y=Y, classes=LABELS, weights=None, is_weighted=False):
    if isinstance(scorer, str):
        scorer = get_scorer(scorer)
    return Score(scorer, np.zeros((len(y), 1)), y, weights, is_weighted, classes)


def average(values, weights):
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


@pytest.mark.parametrize("is_weighted", [False, True])
def test_an_answer_of_probabilities_scores_as_labels_do(is_weighted):
    weights = WEIGHTS if is_weighted else np.ones(5)
    score = make("accuracy", weights=weights, is_weighted=is_weighted)(PROBA)
    likelihoods = [math.log(each) for each in OF_THE_TRUTH]
    expected = average(IS_RIGHT, weights), average(likelihoods, weights)
    assert score == pytest.approx(expected)


def test_metrics_of_probabilities_are_asked_with_probabilities():
    score, second = make("neg_log_loss")(PROBA)
    assert score == pytest.approx(average(map(math.log, OF_THE_TRUTH), [1] * 5))
    assert second == pytest.approx(score)


def test_ranking_of_two_classes():
    y = np.array(["no", "yes", "no", "yes"])
    sure = np.array([0.2, 0.9, 0.6, 0.5])
    score = make("roc_auc", y, np.array(["no", "yes"]))
    # Of the four pairs of a yes and a no, one stands the wrong way round.
    assert score(np.column_stack([1 - sure, sure]))[0] == pytest.approx(0.75)


def test_a_scorer_that_takes_no_weights_is_given_none():
    def share_of_yes(estimator, X, y):
        return np.mean(estimator.predict(X) == "yes")

    score, second = make(share_of_yes, weights=WEIGHTS)(PROBA)
    assert score == pytest.approx(1 / 5)
    assert second == pytest.approx(average(map(math.log, OF_THE_TRUTH), WEIGHTS))


def test_of_answers_with_the_same_labels_the_likelier_is_better():
    flatter = 0.5 * PROBA + 0.5 / 3
    scores = [make("accuracy")(each) for each in (flatter, PROBA)]
    assert scores[0][0] == scores[1][0]
    assert scores[0] < scores[1]


def test_the_metric_comes_before_the_loss():
    # Surer of most rows, and wrong about one more.
    surer = np.array([[0, 0, 1], [0, 1, 0], [0.5, 0.5, 0], [0.49, 0.51, 0], [0, 0, 1]])
    score = make("accuracy", y=np.array(["yes", "no", "no", "maybe", "no"]))
    assert surer[4, 1] == 0
    assert score(PROBA) > score(surer)


def test_a_probability_of_0_costs_much_and_not_all():
    never = np.array([[1.0, 0.0, 0.0]] * 5)
    _, second = make("accuracy")(never)
    assert -100 < second < -50


@pytest.mark.parametrize("n_outputs", [None, 2])
@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_numbers_score_by_their_errors(n_outputs, weights):
    rng = np.random.default_rng(0)
    y, answer = rng.normal(size=(2, 5, n_outputs or 1))
    errors = [np.mean((a - b) ** 2) for a, b in zip(y, answer, strict=True)]
    expected = -average(errors, np.ones(5) if weights is None else weights)
    if n_outputs is None:
        y, answer = y[:, 0], answer[:, 0]
    score = make(
        "neg_mean_squared_error",
        y=y,
        classes=None,
        weights=weights,
        is_weighted=weights is not None,
    )
    assert score(answer) == pytest.approx((expected, expected))


def test_of_numbers_that_a_metric_cannot_tell_apart_the_closer_are_better():
    def within_one(estimator, X, y):
        return np.mean(np.abs(estimator.predict(X) - y) < 1)

    y = np.arange(4.0)
    score = make(within_one, y=y, classes=None)
    near, nearer = score(y + 0.9), score(y + 0.1)
    assert near[0] == nearer[0] == 1
    assert near < nearer
