"""What the estimators' fold networks answer together, and what is told of it."""

import numpy as np
import pytest
from sklearn.datasets import load_iris, make_classification
from sklearn.feature_selection import RFE
from sklearn.metrics import accuracy_score, log_loss, r2_score
from sklearn.model_selection import KFold, ShuffleSplit

from skautogen import AutoGenClassifier, AutoGenRegressor

X, y = make_classification(
    150, 5, n_informative=2, n_redundant=0, shuffle=False, random_state=0
)
SPACE = {"hidden_layer_sizes": [(8,)], "learning_rate": [0.1, 0.03, 0.01]}
FAST = {"architecture": "mlp", "param_space": SPACE, "n_iter": 3, "epochs": 8}


@pytest.fixture(scope="module")
def model():
    cv = KFold(3, shuffle=True, random_state=0)
    return AutoGenClassifier(**FAST, cv=cv, random_state=0).fit(X, y)


def test_the_networks_of_the_folds_and_of_all_rows_answer(model):
    weights = model.ensemble_weights_
    assert sum(weights.values()) == pytest.approx(1)
    assert len(model.ensemble_) == 3 * len(weights) + 1
    proba = model.predict_proba(X)
    parts = zip(model.ensemble_.weights, model.ensemble_.pipelines, strict=True)
    mean = sum(weight * each.predict_proba(X) for weight, each in parts)
    sharpened = mean ** (1 / model.ensemble_.temperature)
    expected = sharpened / sharpened.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(proba, expected, atol=1e-6)
    np.testing.assert_array_equal(model.predict(X), proba.argmax(axis=1))


def test_out_of_fold_predictions_are_of_networks_that_did_not_see_the_row(model):
    cv = KFold(3, shuffle=True, random_state=0)
    others = [each for each in model.ensemble_.pipelines if each is not last(model)]
    weights = model.ensemble_.weights[:-1]
    for fold, (_, rows) in enumerate(cv.split(X)):
        mean = np.average(
            [each.predict_proba(X[rows]) for each in others[fold::3]],
            axis=0,
            weights=weights[fold::3],
        )
        sharpened = mean ** (1 / model.ensemble_.temperature)
        expected = sharpened / sharpened.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(model.oof_predictions_[rows], expected, atol=1e-6)
    found = accuracy_score(y, model.oof_predictions_.argmax(axis=1))
    assert model.oof_score_ == pytest.approx(found)


def last(model):
    return model.ensemble_.pipelines[-1]


def test_the_leaderboard_has_each_candidates_share(model):
    board = model.leaderboard()
    shares = board["ensemble_weight"]
    assert {k: w for k, w in shares.items() if w > 0} == model.ensemble_weights_
    assert (board["predict_seconds"] > 0).all()


def test_columns_that_matter_are_ranked_first(model):
    found = model.feature_importances_
    assert found.shape == (5,)
    assert set(np.argsort(found)[-2:]) == {0, 1}
    ranked = RFE(AutoGenClassifier(**FAST, cv=2, random_state=0), step=3)
    assert ranked.fit(X, y).n_features_ == 2


def test_size_0_lets_the_best_answer_alone():
    model = AutoGenClassifier(**FAST, cv=2, ensemble_size=0, random_state=0).fit(X, y)
    assert model.ensemble_ is None
    best = model.best_estimator_
    np.testing.assert_array_equal(model.predict_proba(X), best.predict_proba(X))
    assert "ensemble_weight" not in model.leaderboard()
    assert model.feature_importances_.shape == (5,)


def test_size_bounds_how_many_candidates_answer():
    model = AutoGenClassifier(**FAST, cv=2, ensemble_size=1, random_state=0).fit(X, y)
    assert list(model.ensemble_weights_.values()) == [1]
    assert len(model.ensemble_) == 3


def test_rows_that_no_fold_holds_out_have_no_prediction():
    cv = ShuffleSplit(2, test_size=0.3, random_state=0)
    targets = X @ [3.0, 1.0, 0.0, 0.0, 0.0]
    model = AutoGenRegressor(**FAST, cv=cv, random_state=0).fit(X, targets)
    covered = np.zeros(len(X), dtype=bool)
    for _, rows in cv.split(X):
        covered[rows] = True
    np.testing.assert_array_equal(np.isfinite(model.oof_predictions_), covered)
    found = r2_score(targets[covered], model.oof_predictions_[covered])
    assert model.oof_score_ == pytest.approx(found)


def test_predicted_numbers_stay_near_those_of_the_training():
    targets = np.exp(X[:, 0])
    model = AutoGenRegressor(**FAST, cv=2, random_state=0).fit(X, targets)
    margin = 0.05 * np.ptp(targets)
    far = model.predict(np.vstack([100 * X, -100 * X]))
    assert far.max() <= targets.max() + margin + 1e-9
    assert far.min() >= targets.min() - margin - 1e-9


def test_the_metric_chooses():
    # With this metric the candidate that is surest of a class that is never there wins.
    def calls(estimator, X, y):
        return float(estimator.predict_proba(X)[:, 0].mean())

    model = AutoGenClassifier(**FAST, cv=2, scoring=calls, random_state=0).fit(X, y)
    assert model.oof_score_ == pytest.approx(
        model.oof_predictions_[:, 0].mean(), abs=1e-6
    )


def test_probabilities_are_calibrated_on_unseen_rows():
    # Trained far too long, a network is far too sure.
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(200, 8))
    labels = np.where(rng.random(200) < 0.5, "no", "yes")
    model = AutoGenClassifier(
        architecture="mlp",
        param_space={"hidden_layer_sizes": [(64,)], "learning_rate": [0.03]},
        epochs=60,
        early_stopping=False,
        cv=2,
        random_state=0,
    ).fit(noise, labels)
    assert model.ensemble_.temperature > 1
    single = model.best_estimator_.predict_proba(rng.normal(size=(200, 8)))
    assert log_loss(labels, model.oof_predictions_) < log_loss(labels, single)


def test_it_is_the_same_again_with_the_same_seed(model):
    cv = KFold(3, shuffle=True, random_state=0)
    twin = AutoGenClassifier(**FAST, cv=cv, random_state=0).fit(X, y)
    np.testing.assert_array_equal(twin.predict_proba(X), model.predict_proba(X))
    np.testing.assert_array_equal(twin.feature_importances_, model.feature_importances_)


@pytest.mark.parametrize("wrong", [-1, 1.5, None, "all"])
def test_a_wrong_size_is_refused(wrong):
    data = load_iris(return_X_y=True)
    with pytest.raises(ValueError, match="'ensemble_size' parameter"):
        AutoGenClassifier(ensemble_size=wrong).fit(*data)
