"""What every search strategy owes its users, whatever it tries next."""

import warnings

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.datasets import make_classification
from sklearn.model_selection._search import BaseSearchCV

from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.search import STRATEGIES, Evolution, SearchStoppedWarning
from skautogen.structures import Structure

X, y = make_classification(90, 6, n_informative=4, random_state=0)
SPACE = {
    "hidden_layer_sizes": [(4,), (8,)],
    "learning_rate": loguniform(1e-3, 1e-1),
    "activation": ["relu", "selu"],
}
GRID = {**SPACE, "learning_rate": [1e-3, 1e-2]}


class HillClimbing:
    """A strategy as a user would write it."""

    def propose(self, space, trials, n_left, random_state):
        known = [each for each in trials if not np.isnan(each.score)]
        if not known:
            return [space.draw(random_state)]
        best = max(known, key=lambda each: each.score)
        return [space.mutate(best.candidate, random_state)]


every = pytest.mark.parametrize(
    "search", [*STRATEGIES, HillClimbing()], ids=[*STRATEGIES, "own"]
)


def fit(search, make=AutoGenClassifier, **parameters):
    settings = {
        "architecture": "mlp",
        "search": search,
        "param_space": GRID if search == "grid" else SPACE,
        "n_iter": 8,
        "epochs": 6,
        "cv": 2,
        "early_stopping": False,
        "random_state": 0,
    }
    return make(**{**settings, **parameters}).fit(X, y)


@pytest.fixture(scope="module")
def fitted():
    made = {}

    def fit_once(search):
        return made.setdefault(str(type(search)) + str(search), fit(search))

    return fit_once


@every
def test_answers_through_the_search_interface_of_scikit_learn(search, fitted):
    model = fitted(search)
    results = model.cv_results_
    n_tried = len(results["params"])
    assert isinstance(model.search_, BaseSearchCV)
    assert n_tried >= 8
    for name in ("mean_test_score", "rank_test_score", "mean_fit_time"):
        assert len(results[name]) == n_tried
    assert np.isfinite(results["mean_test_score"]).all()
    assert model.best_params_ == results["params"][model.best_index_]
    assert len(model.leaderboard()) == n_tried
    assert model.score(X, y) > 0.5


@every
def test_tries_candidates_of_the_space_and_no_more_than_asked(search, fitted):
    candidates = fitted(search).cv_results_["params"]
    if search not in ("halving", "halving_epochs"):  # the best are tried again
        assert len(candidates) == 8
    for each in candidates:
        assert set(each) == set(SPACE)
        assert each["hidden_layer_sizes"] in SPACE["hidden_layer_sizes"]
        assert each["activation"] in SPACE["activation"]
        assert 1e-3 <= each["learning_rate"] <= 1e-1


@every
def test_the_same_random_state_tries_the_same(search, fitted):
    one, other = fitted(search), fit(search)
    assert one.cv_results_["params"] == other.cv_results_["params"]
    np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))


@every
def test_a_candidate_that_fails_costs_its_own_score(search):
    broken = {**(GRID if search == "grid" else SPACE), "activation": ["relu", "broken"]}

    def build(meta, activation, hidden_layer_sizes):
        from skautogen.architectures import ARCHITECTURES

        if activation == "broken":
            raise RuntimeError("this one cannot be built")
        return ARCHITECTURES["mlp"].build(
            meta, activation=activation, hidden_layer_sizes=hidden_layer_sizes
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = fit(search, architecture=build, param_space=broken)
    failed = np.isnan(model.cv_results_["mean_test_score"])
    names = model.cv_results_["param_activation"]
    assert failed.any()
    assert not failed.all()
    assert set(names[failed]) == {"broken"}
    assert model.best_params_["activation"] == "relu"


@every
def test_keeps_to_its_time_with_what_was_finished(search):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SearchStoppedWarning)
        model = fit(search, n_iter=None, time_limit=3)
    assert model.score(X, y) > 0.5


@every
def test_predicts_numbers_too(search):
    model = fit(search, AutoGenRegressor)
    assert np.isfinite(model.predict(X)).all()


def test_a_strategy_of_ones_own_is_a_parameter_like_others():
    model = AutoGenClassifier(search=Evolution(population_size=5), n_iter=6)
    assert clone(model).get_params()["search"].population_size == 5
    with pytest.raises(ValueError, match=r"Unknown search 'evolve'.*'evolution'"):
        AutoGenClassifier(search="evolve").fit(X, y)
    with pytest.raises(ValueError, match="search"):
        AutoGenClassifier(search=3).fit(X, y)


def test_a_strategy_that_has_no_more_ends_the_search():
    class Two:
        def propose(self, space, trials, n_left, random_state):
            return [] if trials else [space.draw(random_state) for _ in range(2)]

    model = fit(Two(), n_iter=50)
    assert len(model.cv_results_["params"]) == 2


def test_evolution_finds_structures_by_itself():
    model = fit("evolution", architecture="auto", param_space=None, n_iter=5)
    structures = [each["structure"] for each in model.cv_results_["params"]]
    assert all(isinstance(each, Structure) for each in structures)
    assert len(set(structures)) > 1
    best = model.best_params_["structure"]
    assert Structure.from_yaml(best.to_yaml()) == best
    assert str(best) in model.leaderboard()["structure"].map(str).to_list()


def test_networks_of_all_generations_answer_together():
    model = fit("evolution", n_iter=8, ensemble_size=8)
    batches = {int(candidate) // 4 for candidate in model.ensemble_weights_}
    assert batches <= {0, 1}
    assert model.best_index_ in range(8)
    assert np.isfinite(model.oof_predictions_).all()


def test_tpe_says_what_it_cannot_model():
    with pytest.raises(ValueError, match="'structure' has StructureSpace"):
        fit("tpe", architecture="table_blocks", param_space=None)
