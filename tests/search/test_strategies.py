"""What every search strategy owes its users, whatever it tries next."""

import pickle
import time
import warnings

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.datasets import make_classification
from sklearn.model_selection import KFold
from sklearn.model_selection._search import BaseSearchCV

import skautogen.ensemble
import skautogen.search
from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.architectures import ARCHITECTURES
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


def test_settings_of_a_strategy_are_checked_before_anything_is_trained():
    with pytest.raises(ValueError, match="'sample_size' parameter of Evolution"):
        fit(Evolution(sample_size=0))
    with pytest.raises(TypeError, match=r"class Evolution.*search=Evolution\(\)"):
        fit(Evolution)

    class Nothing:
        def propose(self, space, trials, n_left, random_state):
            return []

    with pytest.raises(ValueError, match="proposed no candidate at all"):
        fit(Nothing())


@pytest.mark.parametrize(
    ("candidate", "error", "message"),
    [
        ({"leraning_rate": 0.1}, ValueError, "Did you mean 'learning_rate'"),
        ("adam", TypeError, r"must return a sequence of dicts"),
    ],
)
def test_what_is_no_candidate_of_the_space_is_refused(candidate, error, message):
    class Wrong:
        def propose(self, space, trials, n_left, random_state):
            return [candidate]

    with pytest.raises(error, match=message):
        fit(Wrong())


def test_a_strategy_that_fails_later_does_not_lose_what_was_found():
    class Tired:
        def propose(self, space, trials, n_left, random_state):
            if trials:
                raise RuntimeError("no idea")
            return [space.draw(random_state)]

    with pytest.warns(SearchStoppedWarning, match=r"RuntimeError.*Tired.*no idea"):
        model = fit(Tired())
    assert len(model.cv_results_["params"]) == 1
    assert model.predict(X).shape == (90,)


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
    best = model.best_params_["structure"]
    assert Structure.from_yaml(best.to_yaml()) == best
    assert str(best) in model.leaderboard()["structure"].map(str).to_list()


def test_networks_of_all_generations_answer_together(monkeypatch):
    considered = []
    combine = skautogen.ensemble.combine

    def noted(candidates, test_rows, *arguments, **settings):
        considered.append((set(candidates), test_rows))
        return combine(candidates, test_rows, *arguments, **settings)

    monkeypatch.setattr(skautogen.ensemble, "combine", noted)
    # Without a seed, the splitter would draw other folds for each generation.
    model = fit("evolution", cv=KFold(2, shuffle=True), ensemble_size=3)
    ((candidates, test_rows),) = considered
    assert candidates == set(range(8))
    np.testing.assert_array_equal(np.sort(np.concatenate(test_rows)), np.arange(90))
    assert np.isfinite(model.oof_predictions_).all()


def test_structures_are_bred_and_pickle():
    evolution = Evolution(population_size=3, n_children=2)
    model = fit(evolution, architecture="auto", param_space=None, n_iter=7)
    structures = [each["structure"] for each in model.cv_results_["params"]]
    assert len(set(structures)) > 1
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict_proba(X), model.predict_proba(X))
    assert again.best_params_ == model.best_params_


def test_several_metrics():
    model = fit("evolution", scoring=["accuracy", "neg_log_loss"], n_iter=5)
    best = model.cv_results_["mean_test_accuracy"].max()
    assert model.best_score_ == best
    columns = fit("random", scoring=["accuracy", "neg_log_loss"]).cv_results_
    assert set(columns) == set(model.cv_results_)


def test_fewer_candidates_than_are_known_are_the_first_of_them():
    evolved = fit("evolution", architecture="auto", param_space=None, n_iter=2)
    portfolio = ARCHITECTURES["table_blocks"].portfolio
    assert evolved.cv_results_["params"] == list(portfolio[:2])


@pytest.mark.parametrize("search", ["evolution", "tpe", HillClimbing()])
def test_a_search_whose_every_training_fails_ends_in_time(search):
    def build(meta, activation, hidden_layer_sizes):
        raise RuntimeError("never")

    start = time.perf_counter()
    with pytest.raises(ValueError, match=r"All \d+ trainings .* failed"):
        fit(search, architecture=build, n_iter=None, time_limit=2)
    assert time.perf_counter() - start < 30


def test_tpe_says_what_it_cannot_model_before_anything_is_trained(monkeypatch):
    monkeypatch.setattr(skautogen.search.SearchRun, "start", None)
    with pytest.raises(ValueError, match="'structure' has StructureSpace"):
        fit("tpe", architecture="table_blocks", param_space=None)


def test_tpe_says_nothing(capfd):
    fit("tpe", n_iter=4)
    assert capfd.readouterr() == ("", "")
