"""Networks that answer as one: their weighted mean, and what they share."""

import numpy as np
import pytest

from skautogen.ensemble import NetworkEnsemble


@pytest.fixture
def X():
    return np.random.default_rng(0).normal(size=(7, 3))


def test_the_answer_is_the_weighted_mean(X, make_pipeline):
    functions = (lambda x: x, lambda x: x**2, lambda x: 3 + 0 * x)
    pipelines = [make_pipeline(each) for each in functions]
    answer = NetworkEnsemble(pipelines, [0.5, 0.3, 0.2]).answer(X)
    expected = [0.5 * x + 0.3 * x**2 + 0.2 * 3 for x in X[:, 0]]
    np.testing.assert_allclose(answer, expected)


def test_classifiers_are_asked_for_probabilities(X, make_pipeline):
    def always(*proba):
        return make_pipeline(lambda x: np.tile(proba, (len(x), 1)), is_classifier=True)

    ensemble = NetworkEnsemble([always(0.9, 0.1), always(0.2, 0.8)], [0.25, 0.75])
    expected = [[0.25 * 0.9 + 0.75 * 0.2, 0.25 * 0.1 + 0.75 * 0.8]] * 7
    np.testing.assert_allclose(ensemble.answer(X), expected)


def test_rows_go_through_the_steps_of_each_pipeline(X, make_pipeline, make_step):
    prepare = make_step(lambda X: 10 * X)
    selects = [make_step(lambda X: X[:, 0]), make_step(lambda X: X[:, 1])]
    pipelines = [make_pipeline(lambda x: x, prepare, each) for each in selects]
    answer = NetworkEnsemble(pipelines, [0.5, 0.5]).answer(X)
    np.testing.assert_allclose(answer, 5 * X[:, 0] + 5 * X[:, 1])


def test_what_networks_share_is_made_once_an_answer(X, make_pipeline, make_step):
    prepares = [make_step(lambda X: X), make_step(lambda X: X)]
    first, second = make_step(lambda X: X[:, 0]), make_step(lambda X: X[:, 1])
    steps = [(prepares[0], first), (prepares[0], second), (prepares[1], first)] * 2
    pipelines = [make_pipeline(lambda x: x, *each) for each in steps]
    ensemble = NetworkEnsemble(pipelines, [1 / 6] * 6)
    assert len(ensemble) == 6
    for n_answers in (1, 2):
        ensemble.answer(X)
        assert [each.n_calls for each in prepares] == [n_answers] * 2
        # The first selects from two tables, the second from one.
        assert (first.n_calls, second.n_calls) == (2 * n_answers, n_answers)
