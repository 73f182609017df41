"""A space of which the user says something, and leaves the rest."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import uniform

from skautogen import AutoGenClassifier
from skautogen.architectures import ARCHITECTURES, Architecture
from skautogen.search import NarrowedSpace, first_candidates, resolve_space


def _narrow(given, name="realmlp"):
    return NarrowedSpace(given).narrow(ARCHITECTURES[name], seed=0)


def test_the_portfolio_keeps_to_a_value_and_has_its_own_others():
    own = ARCHITECTURES["realmlp"].portfolio
    kept = _narrow({"dropout": [0.1]}).portfolio
    assert len(kept) == len(own)
    for candidate, before in zip(kept, own, strict=True):
        assert candidate == {**before, "dropout": 0.1}


def test_candidates_that_are_the_same_now_are_one():
    names = ("dropout", "sigma", "learning_rate", "weight_decay", "n_frequencies")
    kept = _narrow({name: [0] for name in names}).portfolio
    own = {each["epoch_share"] for each in ARCHITECTURES["realmlp"].portfolio}
    assert len(kept) == len(own)


def test_values_within_a_range_stay_and_others_are_drawn_from_it():
    own = ARCHITECTURES["realmlp"].portfolio
    given = {"dropout": uniform(0.1, 0.1), "hidden_layer_sizes": [(8,), (16,)]}
    kept = _narrow(given).portfolio
    for candidate, before in zip(kept, own, strict=True):
        assert 0.1 <= candidate["dropout"] <= 0.2
        if before["dropout"] == 0.15:
            assert candidate["dropout"] == 0.15
    assert {each["hidden_layer_sizes"] for each in kept} == {(8,), (16,)}
    assert repr(kept) == repr(_narrow(given).portfolio)


def test_spaces_and_grids_are_the_architectures_with_what_is_given():
    own = ARCHITECTURES["mlp"]
    narrowed = _narrow({"batch_size": [32], "dropout": [0.2]}, "mlp")
    for space, before in zip(narrowed.space, own.space, strict=True):
        assert space == {**before, "batch_size": [32], "dropout": [0.2]}
    assert narrowed.grid == {**own.grid, "batch_size": [32], "dropout": [0.2]}


def test_an_architecture_is_given_what_it_knows():
    given = {"sigma": [0.5], "weight_decay": [0.1]}
    assert "sigma" not in _narrow(given, "mlp").portfolio[0]
    assert {each["weight_decay"] for each in _narrow(given, "mlp").portfolio} == {0.1}


def test_a_builder_of_any_keywords_is_given_all_and_begins_with_them():
    def build(meta, units=32, **settings):
        raise NotImplementedError

    given = {"units": [64], "width": [8]}
    narrowed = NarrowedSpace(given).narrow(Architecture.from_builder(build), seed=0)
    assert list(narrowed.portfolio) == [{"units": 64, "width": 8}]
    assert narrowed.space == [given]


def test_a_number_of_features_takes_the_place_of_the_usual_shares():
    architectures = {
        "realmlp": NarrowedSpace({"n_features": [5]}).narrow(
            ARCHITECTURES["realmlp"], seed=0
        )
    }
    (space,) = resolve_space(None, architectures, which="space", selects=True)
    assert space["n_features"] == [5]
    first = first_candidates(architectures, selects=True)
    assert {each["n_features"] for each in first} == {5}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"dropout": 0.1}, r"dropout must be a list of values.*got 0\.1"),
        ({"dropout": []}, r"dropout must be a list of values.*got \[\]"),
        ({"architecture": ["mlp"]}, r"named by the parameter\s+architecture"),
    ],
)
def test_what_says_nothing_of_a_space_is_refused(given, said):
    model = AutoGenClassifier(param_space=NarrowedSpace(given))
    with pytest.raises(ValueError, match=said):
        model.fit(np.eye(8), [0, 1] * 4)


def test_a_list_of_them_is_refused():
    model = AutoGenClassifier(param_space=[NarrowedSpace({"dropout": [0.1]})])
    with pytest.raises(TypeError, match="one NarrowedSpace"):
        model.fit(np.eye(8), [0, 1] * 4)


@pytest.fixture(scope="module")
def fitted():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 2))
    given = NarrowedSpace({"dropout": [0.1], "hidden_layer_sizes": [(4,)]})
    model = AutoGenClassifier(
        param_space=given, n_iter=2, cv=2, epochs=2, ensemble_size=0, random_state=0
    )
    return model.fit(X, X[:, 0] > 0)


def test_a_search_begins_with_the_portfolio_that_is_left(fitted):
    portfolio = ARCHITECTURES["realmlp"].portfolio[:2]
    assert fitted.cv_results_["params"] == [
        {**each, "dropout": 0.1, "hidden_layer_sizes": (4,)} for each in portfolio
    ]


def test_it_is_saved_with_its_estimator(fitted, tmp_path):
    import skautogen

    again = skautogen.load(fitted.save(tmp_path / "a.skautogen"))
    assert again.param_space == fitted.param_space


def test_unknown_names_are_refused():
    model = AutoGenClassifier(param_space=NarrowedSpace({"droput": [0.1]}))
    with pytest.raises(ValueError, match="Did you mean 'dropout'"):
        model.fit(np.eye(20), [0, 1] * 10)
