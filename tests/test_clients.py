"""What takes an estimator of scikit-learn's takes ours: the clients that people use."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from sklearn import config_context
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV, CalibrationDisplay
from sklearn.compose import (
    ColumnTransformer,
    TransformedTargetRegressor,
    make_column_selector,
)
from sklearn.datasets import make_classification, make_regression
from sklearn.ensemble import (
    AdaBoostClassifier,
    BaggingClassifier,
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
)
from sklearn.feature_selection import SequentialFeatureSelector
from sklearn.frozen import FrozenEstimator
from sklearn.inspection import partial_dependence, permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import (
    ConfusionMatrixDisplay,
    PrecisionRecallDisplay,
    PredictionErrorDisplay,
    RocCurveDisplay,
    accuracy_score,
    make_scorer,
    roc_auc_score,
)
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    KFold,
    ShuffleSplit,
    StratifiedKFold,
    TunedThresholdClassifierCV,
    cross_val_predict,
    cross_val_score,
    cross_validate,
    learning_curve,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import (
    MultiOutputRegressor,
    RegressorChain,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    OneHotEncoder,
    PolynomialFeatures,
    StandardScaler,
)

from skautogen import AutoGenClassifier, AutoGenRegressor

N_ROWS = 90


@pytest.fixture(scope="module", autouse=True)
def draw_without_a_screen():
    with mpl.rc_context({"backend": "agg"}):
        yield


@pytest.fixture(scope="module")
def binary():
    """Two classes that are strings, told by two of three columns."""
    X, y = make_classification(
        N_ROWS,
        n_features=3,
        n_informative=2,
        n_redundant=0,
        n_clusters_per_class=1,
        class_sep=1.5,
        random_state=0,
    )
    return X, np.array(["bad", "good"])[y]


@pytest.fixture(scope="module")
def numbers():
    return make_regression(N_ROWS, n_features=3, n_informative=2, random_state=0)


@pytest.fixture(scope="module")
def classifier(binary, fast):
    return AutoGenClassifier(**fast).fit(*binary)


@pytest.fixture(scope="module")
def regressor(numbers, fast):
    return AutoGenRegressor(**fast).fit(*numbers)


@pytest.fixture
def two_folds():
    return StratifiedKFold(2)


@pytest.fixture
def one_split():
    return ShuffleSplit(1, test_size=0.4, random_state=0)


# Copies and parameters


@pytest.mark.parametrize("fitted", ["classifier", "regressor"])
def test_clone_has_the_parameters_and_nothing_learned(fitted, request):
    model = request.getfixturevalue(fitted)
    twin = clone(model)
    assert twin.get_params() == model.get_params()
    assert not [name for name in vars(twin) if name.endswith("_")]


def test_fitting_leaves_the_parameters_alone(classifier, fast):
    assert classifier.get_params() == AutoGenClassifier(**fast).get_params()


# Pipelines


def test_last_step_of_a_pipeline(binary, classifier, fast):
    X, y = binary
    pipeline = make_pipeline(FunctionTransformer(), AutoGenClassifier(**fast))
    pipeline.fit(X, y)
    np.testing.assert_array_equal(
        pipeline.predict_proba(X), classifier.predict_proba(X)
    )
    assert pipeline.classes_.tolist() == ["bad", "good"]
    assert pipeline.n_features_in_ == 3


def test_after_a_column_transformer_that_gives_frames(binary, fast):
    X, y = binary
    frame = pd.DataFrame(X, columns=["a", "b", "c"]).assign(
        day=np.where(X[:, 0] > np.median(X[:, 0]), "Sunday", "Monday")
    )
    columns = ColumnTransformer(
        [
            ("text", OneHotEncoder(sparse_output=False), make_column_selector("day")),
            ("number", StandardScaler(), ["c", "a"]),
        ],
        verbose_feature_names_out=False,
    )
    pipeline = make_pipeline(columns, AutoGenClassifier(**fast))
    pipeline.set_output(transform="pandas").fit(frame, y)
    names = ["day_Monday", "day_Sunday", "c", "a"]
    assert pipeline[-1].feature_names_in_.tolist() == names
    assert pipeline[-1].get_feature_names_out().tolist() == names
    assert pipeline.predict(frame).shape == (N_ROWS,)


def test_frames_as_the_output_of_every_transformer(binary, classifier, fast):
    X, y = binary
    with config_context(transform_output="pandas"):
        model = AutoGenClassifier(**fast, feature_selection="kbest")
        model.set_params(param_space={**fast["param_space"], "n_features": [3]})
        model.fit(X, y)
        inside = model.predict_proba(X)
    assert isinstance(inside, np.ndarray)
    np.testing.assert_array_equal(inside, model.predict_proba(X))
    np.testing.assert_array_equal(inside, classifier.predict_proba(X))


# Cross-validation and searches


def test_cross_validate_a_pipeline(binary, two_folds, fast):
    X, y = binary
    pipeline = make_pipeline(StandardScaler(), AutoGenClassifier(**fast))
    scores = cross_validate(
        pipeline,
        X,
        y,
        cv=two_folds,
        scoring=["accuracy", "roc_auc", "neg_log_loss"],
        return_estimator=True,
        return_indices=True,
        error_score="raise",
    )
    assert scores["test_accuracy"].min() > 0.7
    for k, pipeline in enumerate(scores["estimator"]):
        test = scores["indices"]["test"][k]
        proba = pipeline.predict_proba(X[test])[:, 1]
        assert scores["test_roc_auc"][k] == roc_auc_score(y[test] == "good", proba)


def test_two_processes_score_as_one(numbers, fast):
    X, y = numbers
    model = AutoGenRegressor(**fast)
    scores = [
        cross_val_score(model, X, y, cv=KFold(2), n_jobs=n_jobs, error_score="raise")
        for n_jobs in (1, 2)
    ]
    np.testing.assert_allclose(*scores, rtol=1e-5)


def test_probabilities_of_rows_left_out(binary, two_folds, fast):
    X, y = binary
    model = AutoGenClassifier(**fast)
    proba = cross_val_predict(model, X, y, cv=two_folds, method="predict_proba")
    assert proba.shape == (N_ROWS, 2)
    np.testing.assert_allclose(proba.sum(axis=1), 1)
    assert roc_auc_score(y == "good", proba[:, 1]) > 0.85


def test_grid_search_around_a_pipeline(binary, one_split, fast):
    X, y = binary
    model = AutoGenClassifier(**fast)
    grid = {
        "polynomialfeatures__include_bias": [False],
        "autogenclassifier__epochs": [1, 15],
    }
    search = GridSearchCV(
        make_pipeline(PolynomialFeatures(1), model),
        grid,
        cv=one_split,
        scoring="neg_log_loss",
        error_score="raise",
    )
    search.fit(X, y)
    assert search.best_params_["autogenclassifier__epochs"] == 15
    assert search.best_estimator_[-1].n_iter_ == 15
    assert search.score(X, y) == search.scorer_(search.best_estimator_, X, y)


def test_learning_curve(numbers, one_split, fast):
    sizes, train_scores, test_scores = learning_curve(
        AutoGenRegressor(**fast),
        *numbers,
        train_sizes=[0.4, 1.0],
        cv=one_split,
        error_score="raise",
    )
    assert sizes.tolist() == [21, 54]
    assert np.isfinite([train_scores, test_scores]).all()
    assert test_scores[1] > test_scores[0]


def test_sequential_selection_of_columns(numbers, one_split, fast):
    X, y = numbers
    selector = SequentialFeatureSelector(
        AutoGenRegressor(**fast), n_features_to_select=1, cv=one_split
    )
    selector.fit(X, y)
    told = np.abs(np.corrcoef(X.T, y)[-1, :-1])
    assert told[selector.get_support()] > 0.5


# Ensembles


def test_stacking_classifiers(binary, two_folds, fast):
    X, y = binary
    stack = StackingClassifier(
        [("net", AutoGenClassifier(**fast)), ("line", LogisticRegression())],
        cv=two_folds,
    )
    stack.fit(X, y)
    assert stack.stack_method_ == ["predict_proba", "predict_proba"]
    net = stack.named_estimators_["net"]
    np.testing.assert_array_equal(stack.transform(X)[:, 0], net.predict_proba(X)[:, 1])
    assert stack.score(X, y) > 0.8


def test_stacking_regressors_that_are_fitted(numbers, regressor):
    X, y = numbers
    stack = StackingRegressor([("net", regressor)], LinearRegression(), cv="prefit")
    stack.fit(X, y)
    np.testing.assert_array_equal(stack.transform(X)[:, 0], regressor.predict(X))


def test_soft_voting(binary, classifier, fast):
    X, y = binary
    members = [("net", AutoGenClassifier(**fast)), ("line", LogisticRegression())]
    vote = VotingClassifier(members, voting="soft").fit(X, y)
    by_line = LogisticRegression().fit(X, y).predict_proba(X)
    expected = (classifier.predict_proba(X) + by_line) / 2
    np.testing.assert_allclose(vote.predict_proba(X), expected, rtol=1e-6)
    assert set(vote.predict(X)) == {"bad", "good"}


def test_bagging_on_samples_of_rows_and_columns(binary, fast):
    bag = BaggingClassifier(
        AutoGenClassifier(**fast), n_estimators=2, max_features=2, random_state=0
    )
    bag.fit(*binary)
    assert [each.n_features_in_ for each in bag.estimators_] == [2, 2]
    assert len({each.random_state for each in bag.estimators_}) == 2
    assert bag.score(*binary) > 0.7


def test_boosting_by_weights_that_add_up_to_one(binary, fast):
    boost = AdaBoostClassifier(AutoGenClassifier(**fast), n_estimators=2)
    boost.fit(*binary)
    assert len(boost.estimators_) >= 1
    assert boost.score(*binary) > 0.8


def test_one_against_the_rest(fast):
    X = np.random.default_rng(0).normal(size=(N_ROWS, 3))
    y = np.array(["x", "y", "z"])[X.argmax(axis=1)]
    model = OneVsRestClassifier(AutoGenClassifier(**fast)).fit(X, y)
    assert model.classes_.tolist() == ["x", "y", "z"]
    assert model.predict_proba(X).shape == (N_ROWS, 3)
    assert model.score(X, y) > 0.7


# Several outputs, and targets of another scale


def test_a_regressor_for_each_output(numbers, regressor, fast):
    X, y = numbers
    outputs = np.column_stack([y, -100 * y])
    model = MultiOutputRegressor(AutoGenRegressor(**fast)).fit(X, outputs)
    predicted = model.predict(X)
    np.testing.assert_array_equal(predicted[:, 0], regressor.predict(X))
    assert model.score(X, outputs) > 0.5


def test_chain_of_regressors(numbers, fast):
    X, y = numbers
    outputs = np.column_stack([y, y**2])
    chain = RegressorChain(AutoGenRegressor(**fast), order=[0, 1]).fit(X, outputs)
    assert [each.n_features_in_ for each in chain.estimators_] == [3, 4]
    assert chain.predict(X).shape == (N_ROWS, 2)


def test_transformed_target(numbers, fast):
    X, y = numbers
    positive = np.exp(y / np.abs(y).max())
    model = TransformedTargetRegressor(
        AutoGenRegressor(**fast), func=np.log, inverse_func=np.exp
    )
    model.fit(X, positive)
    inner = model.regressor_.predict(X)
    np.testing.assert_allclose(model.predict(X), np.exp(inner))
    assert model.score(X, positive) > 0.5


# Probabilities and thresholds


def test_calibration_by_cross_validation(binary, two_folds, fast):
    X, y = binary
    calibrated = CalibratedClassifierCV(AutoGenClassifier(**fast), cv=two_folds)
    calibrated.fit(X, y)
    np.testing.assert_allclose(calibrated.predict_proba(X).sum(axis=1), 1)
    assert calibrated.score(X, y) > 0.8


def test_calibration_of_a_fitted_one(binary, classifier):
    X, y = binary
    calibrated = CalibratedClassifierCV(FrozenEstimator(classifier)).fit(X, y)
    # A calibration is monotonous: it changes probabilities, and no order of rows.
    before = roc_auc_score(y == "good", classifier.predict_proba(X)[:, 1])
    after = roc_auc_score(y == "good", calibrated.predict_proba(X)[:, 1])
    assert after == pytest.approx(before, abs=0.02)


def test_threshold_that_is_tuned(binary, classifier):
    X, y = binary
    tuned = TunedThresholdClassifierCV(
        classifier,
        # Whoever gains by calling all good sets the lowest threshold.
        scoring=make_scorer(lambda _, predicted: np.mean(predicted == "good")),
        cv="prefit",
        refit=False,
    )
    tuned.fit(X, y)
    assert set(tuned.predict(X)) == {"good"}


# Inspection


def test_permutation_importance_of_a_frame(numbers, fast):
    X, _ = numbers
    # A column of strings is permuted as any other.
    sign = np.where(X[:, 0] > 0, "plus", "minus")
    frame = pd.DataFrame({"useful": X[:, 1], "noise": X[::-1, 2], "sign": sign})
    target = 10 * (X[:, 0] > 0) + 5 * X[:, 1]
    model = AutoGenRegressor(**fast).fit(frame, target)
    result = permutation_importance(model, frame, target, n_repeats=3, random_state=0)
    useful, noise, sign = result.importances_mean
    assert min(useful, sign) > 0.1 > abs(noise)


def test_partial_dependence(numbers, regressor):
    X, y = numbers
    strongest = int(np.argmax(np.abs(np.corrcoef(X.T, y)[-1, :-1])))
    curve = partial_dependence(regressor, X, [strongest], grid_resolution=5)
    assert (np.diff(curve["average"][0]) > 0).all()


@pytest.mark.parametrize(
    "display",
    [
        RocCurveDisplay,
        PrecisionRecallDisplay,
        CalibrationDisplay,
        ConfusionMatrixDisplay,
    ],
)
def test_displays_of_a_classifier(display, binary, classifier):
    assert display.from_estimator(classifier, *binary).figure_.axes


def test_display_of_a_regressor(numbers, regressor):
    display = PredictionErrorDisplay.from_estimator(regressor, *numbers)
    np.testing.assert_array_equal(display.y_pred, regressor.predict(numbers[0]))


# Weights and groups


def test_groups_through_a_pipeline(binary, fast):
    X, y = binary
    groups = np.arange(N_ROWS) % 4
    model = AutoGenClassifier(**{**fast, "cv": GroupKFold(2)})
    pipeline = make_pipeline(StandardScaler(), model)
    pipeline.fit(X, y, autogenclassifier__groups=groups)
    assert pipeline[-1].search_.n_splits_ == 2


def test_weights_that_are_routed(binary, two_folds, fast):
    X, y = binary
    weight = np.where(np.arange(N_ROWS) % 3 == 0, 0.0, 2.0)
    with config_context(enable_metadata_routing=True):
        model = AutoGenClassifier(**fast).set_fit_request(sample_weight=True)
        model.set_score_request(sample_weight=True)
        scores = cross_validate(
            make_pipeline(StandardScaler().set_fit_request(sample_weight=False), model),
            X,
            y,
            cv=two_folds,
            params={"sample_weight": weight},
            return_estimator=True,
            return_indices=True,
            error_score="raise",
        )
    for k, pipeline in enumerate(scores["estimator"]):
        test = scores["indices"]["test"][k]
        counted = test[weight[test] > 0]
        expected = accuracy_score(y[counted], pipeline.predict(X[counted]))
        assert scores["test_score"][k] == pytest.approx(expected)
