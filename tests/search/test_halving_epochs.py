"""Successive halving over epochs: who goes on, and for how long."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.datasets import make_classification
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import HalvingRandomSearchCV

from skautogen import AutoGenClassifier

X, y = make_classification(120, 6, n_informative=4, random_state=0)
RATES = [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3]


def fit(**parameters):
    settings = {
        "architecture": "mlp",
        "search": "halving_epochs",
        "param_space": {"hidden_layer_sizes": [(8,)], "learning_rate": RATES},
        "n_iter": 9,
        "epochs": 20,
        "cv": 2,
        "early_stopping": False,
        "scoring": "neg_log_loss",
        "random_state": 0,
    }
    return AutoGenClassifier(**{**settings, **parameters}).fit(X, y)


@pytest.fixture(scope="module")
def halved():
    return fit()


def test_a_third_goes_on_and_the_last_round_trains_to_the_end(halved):
    results = halved.cv_results_
    rounds = [np.flatnonzero(results["iter"] == k) for k in range(3)]
    assert [len(each) for each in rounds] == [9, 3, 1]
    epochs = [set(results["n_resources"][each]) for each in rounds]
    assert epochs == [{2}, {6}, {20}]
    for before, after in pairwise(rounds):
        scores = results["mean_test_score"][before]
        best = before[np.argsort(scores)[-len(after) :]]
        rate = results["param_learning_rate"]
        assert sorted(rate[best]) == sorted(rate[after])


def test_the_winner_is_of_the_last_round_and_trained_for_all_epochs(halved):
    assert isinstance(halved.search_, HalvingRandomSearchCV)
    assert halved.best_index_ == len(halved.cv_results_["iter"]) - 1
    assert set(halved.best_params_) == {"hidden_layer_sizes", "learning_rate"}
    assert halved.n_iter_ == 20


def test_the_default_space_is_searched_from_its_portfolio_on():
    halved = fit(architecture="auto", param_space=None, n_iter=3, epochs=6)
    assert set(halved.cv_results_["n_resources"]) == {2, 6}
    for parameters in halved.cv_results_["params"]:
        assert "dropout" in parameters
        assert "epoch_share" not in parameters  # the rounds decide


def test_engines_agree():
    one_by_one = fit(engine="sequential", n_iter=3, epochs=6)
    stacked = fit(n_iter=3, epochs=6)
    for results in (one_by_one.cv_results_, stacked.cv_results_):
        assert list(results["n_resources"]) == [2, 2, 2, 6]
    np.testing.assert_allclose(
        one_by_one.cv_results_["mean_test_score"],
        stacked.cv_results_["mean_test_score"],
        atol=1e-4,
    )


def linear(meta):
    import keras

    inputs = keras.Input((meta["n_features_in_"],))
    return keras.Model(inputs, keras.layers.Dense(1, "sigmoid")(inputs))


def test_with_early_stopping_and_functions_as_architectures():
    model = fit(
        architecture=["mlp", lambda meta: linear(meta)],
        param_space={"learning_rate": [0.003, 0.03, 0.3]},
        n_iter=6,
        epochs=60,
        early_stopping=True,
    )
    assert np.isfinite(model.cv_results_["mean_test_score"]).all()
    assert len(model.cv_results_["iter"]) == 6 + 2


def test_searched_epochs_are_refused():
    with pytest.raises(ValueError, match='got "epochs" in param_space'):
        fit(param_space={"epochs": [3, 5]})
