"""Every mistake has an answer: what was got, what is accepted, what to do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GroupKFold

from skautogen import AutoGenClassifier, AutoGenRegressor

X, y = load_iris(return_X_y=True)
numbers = X[:, 0] + X[:, 3]
frame = pd.DataFrame(X, columns=list("abcd"))

FAST = {
    "n_iter": 1,
    "cv": 2,
    "epochs": 2,
    "param_space": {"hidden_layer_sizes": [(16,)], "learning_rate": [0.01]},
    "random_state": 0,
}


def fit_classifier(X=X, y=y, sample_weight=None, groups=None, **parameters):
    model = AutoGenClassifier(**{**FAST, **parameters})
    return model.fit(X, y, sample_weight, groups=groups)


def fit_regressor(X=X, y=numbers, **parameters):
    return AutoGenRegressor(**{**FAST, **parameters}).fit(X, y)


@pytest.fixture(scope="module")
def on_array():
    return fit_classifier()


@pytest.fixture(scope="module")
def on_frame():
    return fit_classifier(frame)


# Names of parameters


def test_unknown_parameter_of_the_constructor():
    with pytest.raises(TypeError, match=r"AutoGenClassifier.*'learning_rat'"):
        AutoGenClassifier(learning_rat=0.1)


def test_unknown_parameter_of_set_params():
    with pytest.raises(ValueError, match=r"'epoch'.*AutoGenRegressor.*'epochs'"):
        AutoGenRegressor().set_params(epoch=1)


# Names as values: got, accepted, nearest


@pytest.mark.parametrize(
    ("scoring", "nearest"),
    [("acuracy", "'accuracy' or"), ("rmse", "'neg_root_mean_squared_error'?")],
)
def test_of_the_many_metrics_the_nearest_are_told(scoring, nearest):
    with pytest.raises(ValueError, match="Unknown scoring") as caught:
        fit_classifier(scoring=scoring)
    assert f"Did you mean {nearest}" in str(caught.value)
    assert len(str(caught.value)) < 200


MISSPELT = {
    "architecture": ("mpl", "'auto'.*'mlp'", "mlp"),
    "search": ("halvin", "'grid', 'halving', 'halving_epochs', 'random'", "halving"),
    "engine": ("stackd", "'auto', 'sequential', 'stacked'", "stacked"),
    "input_kind": ("tabel", "'auto'.*'table'", "table"),
    "feature_selection": ("kbst", "'kbest', 'rfe'", "kbest"),
    "class_weight": ("balancd", "'balanced'", "balanced"),
    "scoring": ("acuracy", "", "accuracy"),  # of so many the nearest alone
}


@pytest.mark.parametrize("parameter", MISSPELT)
def test_misspelt_value(parameter):
    got, accepted, nearest = MISSPELT[parameter]
    match = f"(?s){parameter}.*'{got}'.*{accepted}.*Did you mean '{nearest}'"
    with pytest.raises(ValueError, match=match):
        fit_classifier(**{parameter: got})


def test_misspelt_scoring_in_a_list():
    with pytest.raises(ValueError, match=r"(?s)scoring.*'f1_mcro'.*'f1_macro'"):
        fit_classifier(scoring=["accuracy", "f1_mcro"])


def test_misspelt_architecture_in_a_list():
    with pytest.raises(ValueError, match=r"'mpl'.*'auto'.*'mlp'.*Did you mean 'mlp'"):
        fit_classifier(architecture=["mlp", "mpl"])


# Values of parameters: got and accepted

WRONG = {
    "architecture": (3, "'architecture' .*AutoGenClassifier .*callable.* Got 3"),
    "search": (3, "'search' .*AutoGenClassifier .*'str'.* Got 3"),
    "param_space": ("mlp", "'param_space' .*Mapping.*list.* None.* Got 'mlp'"),
    "n_iter": (0, r"'n_iter' .*int in the range \[1, inf\).* Got 0"),
    "feature_selection": (3, "'feature_selection' .*'fit' and 'transform'.* Got 3"),
    "cv": (1, r"'cv' .*int in the range \[2, inf\).* Got 1"),
    "epochs": (0.5, r"'epochs' .*int in the range \[1, inf\).* Got 0.5"),
    "early_stopping": ("yes", "'early_stopping' .*'bool'.* Got 'yes'"),
    "time_limit": (-1, r"'time_limit' .*float in the range \(0.0, inf\).* Got -1"),
    "class_weight": (3, "'class_weight' .*'dict'.*'balanced'.* Got 3"),
    "callbacks": ("stop", "'callbacks' .*'list'.* Got 'stop'"),
    "n_jobs": ("two", "'n_jobs' .*int in the range.* or None.* Got 'two'"),
    "random_state": ("zero", "'random_state' .*int in the range.* Got 'zero'"),
    "verbose": (-1, r"'verbose' .*int in the range \[0, inf\).* Got -1"),
}


@pytest.mark.parametrize("parameter", WRONG)
def test_wrong_value(parameter):
    value, match = WRONG[parameter]
    with pytest.raises(ValueError, match=match):
        fit_classifier(**{parameter: value})


def test_no_architecture():
    with pytest.raises(ValueError, match=r"architecture must .* empty list"):
        fit_classifier(architecture=[])


def test_architecture_that_is_none_in_a_list():
    match = r"'auto'.*'mlp'.*build\(meta.*got 3 of type int"
    with pytest.raises(TypeError, match=match):
        fit_classifier(architecture=["mlp", 3])


def test_no_scoring():
    with pytest.raises(ValueError, match=r"scoring.*empty"):
        fit_classifier(scoring=[])


def test_no_jobs():
    with pytest.raises(ValueError, match=r"n_jobs.*0") as e:
        fit_classifier(n_jobs=0, engine="sequential")
    assert "Traceback" not in str(e.value)


def test_callback_that_is_none():
    with pytest.raises((TypeError, ValueError), match=r"callbacks.*Callback.*3"):
        fit_classifier(callbacks=[3])


def test_class_weight_that_lacks_the_classes():
    with pytest.raises(ValueError, match=r"classes, \[0, 1, 2\].*class_weight"):
        fit_classifier(class_weight={7: 1.0})


# The search space


def test_misspelt_hyper_parameter():
    match = "param_space.*'learning_rte'.*'activation'.*Did you mean 'learning_rate'"
    with pytest.raises(ValueError, match=match):
        fit_classifier(param_space={"learning_rte": [0.1]})


def test_misspelt_hyper_parameter_in_the_second_of_two_spaces():
    with pytest.raises(ValueError, match=r"'dropot'.*Did you mean 'dropout'"):
        fit_classifier(param_space=[{"dropout": [0.1]}, {"dropot": [0.1]}])


def test_misspelt_keyword_of_a_builder():
    def build(meta, units=8):
        raise AssertionError("not to be called")

    with pytest.raises(ValueError, match=r"'unit'.*Did you mean 'units'"):
        fit_classifier(architecture=build, param_space={"unit": [8]})


MISSPELT_IN_SPACE = {
    "optimizer": ("adm", "adam"),
    "schedule": ("cosin", "cosine"),
    "feature_selection": ("kbst", "kbest"),
    "architecture": ("mpl", "mlp"),
    "score_func": ("f_tst", "f_test"),
    "activation": ("rellu", "relu"),
}


@pytest.mark.parametrize("name", MISSPELT_IN_SPACE)
def test_misspelt_value_in_the_space(name):
    got, nearest = MISSPELT_IN_SPACE[name]
    match = f"{name}.*'{got}'.*'{nearest}'.*Did you mean '{nearest}'"
    with pytest.raises(ValueError, match=match):
        fit_classifier(feature_selection="kbest", param_space={name: [got]})


OUT_OF_RANGE = {
    "learning_rate": (-1.0, "learning_rate must be a number > 0; got -1.0"),
    "weight_decay": (-1.0, "weight_decay must be a number >= 0; got -1.0"),
    "batch_size": (0, "batch_size must be an integer >= 1 or 'auto'; got 0"),
    "epochs": (2.5, "epochs must be an integer >= 1; got 2.5"),
    "optimizer": (3, "optimizer 3.*'adam'"),
    "n_features": (1.5, "n_features must be .* float above 0 and up to 1; got 1.5"),
}


@pytest.mark.parametrize("name", OUT_OF_RANGE)
def test_value_out_of_range_in_the_space(name):
    value, match = OUT_OF_RANGE[name]
    with pytest.raises(ValueError, match=match):
        fit_classifier(feature_selection="kbest", param_space={name: [value]})


@pytest.mark.parametrize("value", [0.1, "adam"])
@pytest.mark.parametrize("search", ["random", "grid", "halving", "halving_epochs"])
def test_single_value_in_the_space(search, value):
    name = "optimizer" if isinstance(value, str) else "learning_rate"
    match = f"'{name}'.*(list|iterable).*{value}"
    with pytest.raises((TypeError, ValueError), match=match):
        fit_classifier(search=search, param_space={name: value})


def test_nothing_to_choose_from_in_the_space():
    with pytest.raises(ValueError, match=r"'learning_rate'.*non-empty.*got: \[\]"):
        fit_classifier(param_space={"learning_rate": []})


def test_no_spaces():
    with pytest.raises(ValueError, match=r"param_space.*empty"):
        fit_classifier(param_space=[])


def test_space_that_is_no_dict():
    with pytest.raises(TypeError, match=r"param_space must be a dict.*got \[3\]"):
        fit_classifier(param_space=[3])


def test_distribution_in_a_grid():
    from scipy.stats import uniform

    with pytest.raises(TypeError, match=r"'learning_rate'.*list"):
        fit_classifier(search="grid", param_space={"learning_rate": uniform()})


# X


def test_one_axis():
    with pytest.raises(ValueError, match=r"(?s)Expected 2D array, got 1D.*Reshape"):
        fit_classifier(X[:, 0])


def test_three_axes():
    match = r"shape=\(150, 4, 1\).*'table'.*pass X.reshape"
    with pytest.raises(ValueError, match=match):
        fit_classifier(X[:, :, None], input_kind="table")


def test_no_rows():
    with pytest.raises(ValueError, match=r"0 sample\(s\) \(shape=\(0, 4\)\).*minimum"):
        fit_classifier(X[:0], y[:0])


def test_no_columns():
    with pytest.raises(ValueError, match=r"0 feature\(s\) \(shape=\(150, 0\)\)"):
        fit_classifier(X[:, :0])


@pytest.mark.parametrize("dtype", [str, object])
def test_text_in_an_array(dtype):
    text = np.array([["1.0", "red"]] * 150, dtype=dtype)
    with pytest.raises(ValueError, match=r"(?s)string.*'red'.*DataFrame"):
        fit_classifier(text)


def test_sparse():
    with pytest.raises(TypeError, match=r"Sparse.*dense data is required.*toarray"):
        fit_classifier(csr_matrix(X))


@pytest.mark.filterwarnings("default:Casting complex")
def test_complex():
    with pytest.raises(ValueError, match=r"Complex data not supported"):
        fit_classifier(X * 1j)


def test_two_columns_of_one_name():
    with pytest.raises(ValueError, match=r"unique; got a more than once. Rename"):
        fit_classifier(frame.set_axis(list("aabc"), axis=1))


def test_names_that_are_partly_strings():
    with pytest.raises(TypeError, match=r"\['int', 'str'\].*convert them all"):
        fit_classifier(frame.set_axis(["a", "b", 1, 2], axis=1))


# y and the rest of the data


@pytest.mark.parametrize("fit", [fit_classifier, fit_regressor])
def test_no_target(fit):
    with pytest.raises(ValueError, match=r"requires y to be passed.* y is None"):
        fit(y=None)


@pytest.mark.parametrize("fit", [fit_classifier, fit_regressor])
def test_nan_in_the_target(fit):
    with pytest.raises(ValueError, match=r"y contains NaN"):
        fit(y=np.where(y == 0, np.nan, y))


def test_none_among_the_labels():
    with pytest.raises(ValueError, match=r"y contains NaN"):
        fit_classifier(y=np.where(y == 0, None, "setosa"))


def test_infinite_target():
    with pytest.raises(ValueError, match=r"y contains infinity"):
        fit_regressor(y=np.where(y == 0, np.inf, y))


def test_numbers_for_a_classifier():
    with pytest.raises(ValueError, match=r"continuous.*expects discrete classes"):
        fit_classifier(y=numbers / 3)


def test_text_for_a_regressor():
    with pytest.raises(ValueError, match=r"(?i)y .*(numeric|numbers)"):
        fit_regressor(y=np.where(y == 0, "low", "high"))


def test_labels_of_two_types():
    with pytest.raises((TypeError, ValueError), match=r"(?i)y.*(types|mix)"):
        fit_classifier(y=np.array([1, "one", 2] * 50, dtype=object))


def test_one_class():
    with pytest.raises(ValueError, match=r"greater than one; got 1 class.*'setosa'"):
        fit_classifier(y=["setosa"] * 150)


def test_several_labels_for_a_row():
    with pytest.raises(
        ValueError, match=r"1d array.*\(150, 2\).*MultiOutputClassifier"
    ):
        fit_classifier(y=np.column_stack([y, y]))


def test_target_of_three_axes():
    with pytest.raises(ValueError, match=r"dim 3.*<= 2"):
        fit_regressor(y=numbers.reshape(150, 1, 1))


@pytest.mark.parametrize("fit", [fit_classifier, fit_regressor])
def test_lengths_that_differ(fit):
    with pytest.raises(ValueError, match=r"inconsistent numbers.*\[150, 149\]"):
        fit(X, y=y[:-1])


@pytest.mark.parametrize("fit", [fit_classifier, fit_regressor])
def test_fewer_rows_than_folds(fit):
    few = [0, 60, 120]
    with pytest.raises(ValueError, match=r"5 folds.*at least 5 rows; got n_samples=3"):
        fit(X[few], y=y[few], cv=5)


def test_one_row():
    with pytest.raises(ValueError, match=r"at least 2 rows; got n_samples=1"):
        fit_regressor(X[:1], y=numbers[:1], cv=None)


def test_no_groups_for_a_splitter_that_wants_them():
    with pytest.raises(ValueError, match=r"'groups'.*None"):
        fit_classifier(cv=GroupKFold(2))


def test_groups_of_another_length():
    with pytest.raises(ValueError, match=r"inconsistent numbers.*150.* 2"):
        fit_classifier(cv=GroupKFold(2), groups=[1, 2])


# Weights

WRONG_WEIGHTS = {
    "negative": (-np.ones(150), "Negative values.*sample_weight"),
    "of another length": (np.ones(15), r"sample_weight.*\(15,\).*\(150,\)"),
    "zero": (np.zeros(150), "(?i)sample.weight.*zero"),
    "missing": (np.full(150, np.nan), "sample_weight contains NaN"),
    "text": (["heavy"] * 150, "string.*'heavy'"),
    "of two axes": (np.ones((150, 2)), "1D|1d|2 dim|\\(150, 2\\)"),
}


@pytest.mark.parametrize("case", WRONG_WEIGHTS)
def test_wrong_weights(case):
    weight, match = WRONG_WEIGHTS[case]
    with pytest.raises(ValueError, match=match):
        fit_classifier(sample_weight=weight)


# Unfitted and misfitted use


@pytest.mark.parametrize("estimator", [AutoGenClassifier(), AutoGenRegressor()])
@pytest.mark.parametrize(
    "use",
    [
        lambda model: model.predict(X),
        lambda model: model.score(X, y),
        lambda model: model.evaluate(X, y),
        lambda model: model.leaderboard(),
        lambda model: model.plot_search(),
        lambda model: model.plot_history(),
        lambda model: model.get_feature_names_out(),
        lambda model: model.model_,
    ],
    ids=lambda use: "-".join(use.__code__.co_names[:1]),
)
def test_unfitted(estimator, use):
    name = type(estimator).__name__
    with pytest.raises(NotFittedError, match=f"{name} instance is not fitted.*'fit'"):
        use(estimator)


def test_unfitted_probabilities():
    with pytest.raises(
        NotFittedError, match=r"AutoGenClassifier instance is not fitted"
    ):
        AutoGenClassifier().predict_proba(X)


def test_other_number_of_columns(on_array):
    with pytest.raises(ValueError, match=r"3 features, but AutoGen.* expecting 4"):
        on_array.predict(X[:, :3])


def test_text_in_a_prediction(on_array):
    with pytest.raises(ValueError, match=r"string.*'red'"):
        on_array.predict([["red"] * 4])


def test_one_row_of_one_axis(on_array):
    with pytest.raises(ValueError, match=r"(?s)2D array, got 1D.*reshape"):
        on_array.predict_proba(X[0])


def test_prediction_of_no_rows(on_array):
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        on_array.predict(X[:0])


def test_missing_column(on_frame):
    with pytest.raises(ValueError, match=r"(?s)feature names.*missing.*- d"):
        on_frame.predict(frame[list("abc")])


def test_added_column(on_frame):
    with pytest.raises(ValueError, match=r"(?s)feature names.*unseen.*- e"):
        on_frame.predict(frame.assign(e=0))


def test_columns_in_another_order(on_frame):
    with pytest.raises(ValueError, match=r"(?s)feature names.*same order"):
        on_frame.predict(frame[list("dbca")])


def test_evaluation_against_another_length(on_array):
    with pytest.raises(ValueError, match=r"inconsistent numbers.*150.*5|5.*150"):
        on_array.evaluate(X, y[:5])


def test_evaluation_against_labels_never_seen(on_array):
    with pytest.raises(ValueError, match=r"'iris'.*known are \[0, 1, 2\].*"):
        on_array.evaluate(X, ["iris"] * 150)
