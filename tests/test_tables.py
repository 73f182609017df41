"""Tables as people have them, from the estimator's side, with nothing prepared."""

import re

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectKBest
from sklearn.preprocessing import StandardScaler

from skautogen import AutoGenClassifier, AutoGenRegressor

N_ROWS = 120


def _space(fast, **more):
    return {**fast, "param_space": {**fast["param_space"], **more}}


# All kinds of columns


@pytest.fixture(scope="module")
def columns():
    """One list for each column: what pandas and polars both make a table of."""
    rng = np.random.default_rng(0)
    number = rng.normal(size=N_ROWS)
    return {
        "number": number.tolist(),
        "gappy": [None if i % 4 == 0 else float(i) for i in range(N_ROWS)],
        "endless": np.where(number > 1.5, np.inf, number).tolist(),
        "count": rng.integers(0, 9, N_ROWS).tolist(),
        "flag": (rng.random(N_ROWS) < 0.5).tolist(),
        "colour": rng.choice(["red", "green", "blue"], N_ROWS).tolist(),
        "day": pd.date_range("2024-01-01", periods=N_ROWS).to_pydatetime().tolist(),
        "written": [f"{i % 28 + 1:02}/03/2024" for i in range(N_ROWS)],
        "empty": [None] * N_ROWS,
        "same": [7.0] * N_ROWS,
        "again": number.tolist(),
    }


@pytest.fixture(scope="module")
def table(columns):
    X = pd.DataFrame(columns, index=pd.Index(range(1000, 1000 + N_ROWS)))
    return X.astype({"colour": "category"})


@pytest.fixture(scope="module")
def label(table):
    """The colour tells it, and of red ones the flag."""
    is_good = (table["colour"] == "blue") | ((table["colour"] == "red") & table["flag"])
    return is_good.map({True: "good", False: "bad"})


@pytest.fixture(scope="module")
def classifier(table, label, fast):
    return AutoGenClassifier(**_space(fast, epochs=[40])).fit(table, label)


def test_a_table_of_all_kinds_of_columns_is_learned_from(classifier, table, label):
    assert classifier.score(table, label) > 0.9
    assert classifier.classes_.tolist() == ["bad", "good"]
    assert classifier.feature_names_in_.tolist() == table.columns.tolist()
    assert np.isfinite(classifier.predict_proba(table)).all()


def test_fitting_and_predicting_leave_the_table_alone(columns, classifier, table):
    classifier.predict(table)
    fresh = pd.DataFrame(columns, index=table.index).astype({"colour": "category"})
    pd.testing.assert_frame_equal(table, fresh)


def test_polars_gives_the_same_as_pandas(classifier, columns, table, label):
    as_polars = pl.DataFrame(columns).with_columns(
        pl.col("colour").cast(pl.Categorical)
    )
    twin = AutoGenClassifier(**classifier.get_params())
    twin.fit(as_polars, pl.Series(label.to_list()))
    expected = classifier.predict_proba(table)
    np.testing.assert_allclose(twin.predict_proba(as_polars), expected, atol=1e-5)
    np.testing.assert_allclose(classifier.predict_proba(as_polars), expected)


def test_a_row_is_predicted_alone_as_among_others(classifier, table):
    together = classifier.predict_proba(table)
    alone = [classifier.predict_proba(table.iloc[[i]])[0] for i in (0, 1, 77)]
    np.testing.assert_allclose(alone, together[[0, 1, 77]], rtol=1e-5)


@pytest.mark.parametrize("dtype", ["category", "object", "str"])
def test_a_category_never_seen_in_training(dtype, classifier, table):
    strange = table.iloc[:3].assign(colour=["violet", "", "RED"])
    strange["colour"] = strange["colour"].astype(dtype)
    proba = classifier.predict_proba(strange)
    assert np.isfinite(proba).all()
    # It is none of the known ones: any other that is not known gives the same.
    other = classifier.predict_proba(strange.assign(colour=["mauve", "teal", "cyan"]))
    np.testing.assert_array_equal(proba, other)


def test_values_missing_where_none_were_in_training(classifier, table):
    gaps = table.iloc[:4].copy()
    for name in table:
        gaps[name] = None
    assert np.isfinite(classifier.predict_proba(gaps)).all()


def test_numbers_and_dates_far_beyond_those_of_training(classifier, table):
    far = table.iloc[:4].assign(
        number=[np.inf, -np.inf, 1e300, -1e-300],
        day=pd.Timestamp("1900-01-01"),
        count=10**15,
    )
    assert np.isfinite(classifier.predict_proba(far)).all()


def test_columns_of_other_dtypes_that_hold_the_same(classifier, table):
    other = table.astype(
        {"number": "Float64", "count": "int8", "flag": "boolean", "colour": "object"}
    )
    np.testing.assert_allclose(
        classifier.predict_proba(other), classifier.predict_proba(table)
    )


def test_a_category_that_one_fold_lacks(table, label, fast):
    rare = table[["colour", "number"]].astype({"colour": "object"})
    rare.iloc[0, 0] = "violet"
    model = AutoGenClassifier(**fast).fit(rare, label)
    assert np.isfinite(model.cv_results_["mean_test_score"]).all()
    assert "colour_violet" in model.get_feature_names_out()


def test_dates_tell_about_a_trend(table, fast):
    days = table[["day"]]
    target = np.arange(N_ROWS) * 1e6
    assert AutoGenRegressor(**fast).fit(days, target).score(days, target) > 0.8


# Columns that are not those of the training


@pytest.mark.parametrize("library", [pd, pl])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda names: names[1:], "yet now missing:\n- number"),
        (lambda names: [*names, "new"], "unseen at fit time:\n- new"),
        (lambda names: names[::-1], "must be in the same order"),
    ],
)
def test_other_columns_are_refused(change, message, library, classifier, columns):
    names = change(list(columns))
    other = library.DataFrame(
        {name: columns.get(name, [0.0] * N_ROWS) for name in names}
    )
    for predict in (classifier.predict, classifier.predict_proba):
        with pytest.raises(ValueError, match=re.escape(message)):
            predict(other)


def test_a_name_that_is_there_twice_is_refused(classifier, table):
    double = table.set_axis([*table.columns[:-1], "same"], axis=1)
    with pytest.raises(ValueError, match="unique; got same more than once"):
        classifier.fit(double, np.arange(N_ROWS) % 2)


@pytest.fixture(scope="module")
def numbers():
    """Three columns, and a target that two of them tell."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(N_ROWS, 3))
    return X, X[:, 0] - 2 * X[:, 1]


@pytest.fixture(scope="module")
def of_array(numbers, fast):
    return AutoGenRegressor(**fast).fit(*numbers)


@pytest.fixture(scope="module")
def of_frame(numbers, fast):
    X, y = numbers
    return AutoGenRegressor(**fast).fit(pd.DataFrame(X, columns=["a", "b", "c"]), y)


def test_a_frame_of_numbers_is_as_good_as_an_array(of_array, of_frame, numbers):
    X, _ = numbers
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    np.testing.assert_allclose(of_frame.predict(frame), of_array.predict(X))


@pytest.mark.parametrize("n_columns", [2, 4])
def test_another_number_of_columns_is_refused(n_columns, of_array):
    message = f"X has {n_columns} features, but AutoGenRegressor is expecting 3"
    with pytest.raises(ValueError, match=message):
        of_array.predict(np.zeros((5, n_columns)))


def test_an_array_after_a_frame_is_warned_of(of_frame, numbers):
    X, _ = numbers
    with pytest.warns(UserWarning, match="does not have valid feature names"):
        of_frame.predict(X)


def test_a_frame_after_an_array_is_warned_of(of_array, numbers):
    frame = pd.DataFrame(numbers[0], columns=["a", "b", "c"])
    with pytest.warns(UserWarning, match="was fitted without feature names"):
        of_array.predict(frame)


def test_an_array_in_place_of_columns_that_are_no_numbers(classifier):
    with (
        pytest.warns(UserWarning, match="does not have valid feature names"),
        pytest.raises(ValueError, match="training data was a DataFrame"),
    ):
        classifier.predict(np.zeros((2, 11)))


# Targets as people have them


@pytest.mark.parametrize(
    "make",
    [
        lambda y: pd.Series(y, index=range(5, 5 + N_ROWS), dtype="category"),
        lambda y: pl.Series(y),
    ],
    ids=["pandas", "polars"],
)
def test_labels_in_other_containers(make, numbers, fast):
    X, y = numbers
    labels = np.where(y > 0, "up", "down")
    model = AutoGenClassifier(**fast).fit(X, make(labels))
    assert model.classes_.tolist() == ["down", "up"]
    assert model.score(X, labels) > 0.85


def test_a_frame_of_targets(numbers, fast):
    X, y = numbers
    targets = pd.DataFrame({"one": y, "other": 1e6 * y + 1e9})
    model = AutoGenRegressor(**fast).fit(X, targets)
    assert model.predict(X).shape == (N_ROWS, 2)
    assert model.score(X, targets) > 0.85


# Wild scales


@pytest.fixture(scope="module")
def r2_of_standardised(numbers, fast):
    X, y = numbers
    X, y = StandardScaler().fit_transform(X), (y - y.mean()) / y.std()
    return AutoGenRegressor(**fast).fit(X, y).score(X, y)


@pytest.mark.parametrize(
    ("factor", "offset"),
    [
        ([1e30, 1e-30, 1e3], [0, 0, 0]),
        ([1, 1, 1], [1e8, -1e8, 1e6]),
    ],
)
def test_features_on_wild_scales_train_as_well(
    factor, offset, numbers, r2_of_standardised, fast
):
    X, y = numbers
    X = X * factor + offset
    r2 = AutoGenRegressor(**fast).fit(X, y).score(X, y)
    assert r2 > r2_of_standardised - 0.02 > 0.85


@pytest.mark.parametrize(("factor", "offset"), [(1e-12, 0), (1e9, 1e15)])
def test_targets_on_wild_scales_train_as_well(
    factor, offset, numbers, r2_of_standardised, fast
):
    X, y = numbers
    y = y * factor + offset
    r2 = AutoGenRegressor(**fast).fit(X, y).score(X, y)
    assert r2 == pytest.approx(r2_of_standardised, abs=0.02)


def test_heavy_tails_and_outliers_train_well(numbers, fast):
    X, y = numbers
    wild = np.sinh(5 * X)
    wild[0] = [1e200, -1e200, np.inf]
    labels = np.array(["down", "up"])[(y > 0).astype(int)]
    model = AutoGenClassifier(**fast)
    standardised = model.fit(StandardScaler().fit_transform(X), labels).score(
        StandardScaler().fit_transform(X), labels
    )
    assert model.fit(wild, labels).score(wild, labels) > standardised - 0.1 > 0.75


# Feature selection


@pytest.fixture(scope="module")
def noisy():
    """Columns 2 and 5 of eight tell the target; the rest is noise."""
    rng = np.random.default_rng(2)
    X = rng.normal(size=(N_ROWS, 8))
    return X, X[:, 2] + X[:, 5]


@pytest.mark.parametrize("score_func", ["f_test", "chi2", "mutual_info"])
def test_best_columns_by_each_score(score_func, noisy, fast):
    X, y = noisy
    model = AutoGenClassifier(
        **_space(fast, n_features=[2], score_func=[score_func]),
        feature_selection="kbest",
    )
    model.fit(X, np.where(y > 0, "up", "down"))
    assert np.flatnonzero(model.support_).tolist() == [2, 5]
    assert model.get_feature_names_out().tolist() == ["x2", "x5"]
    assert model.best_params_["score_func"] == score_func
    assert model.model_.input_shape == (None, 2)


def test_columns_left_by_elimination(noisy, fast):
    X, _ = noisy
    # The signs of two columns together tell it, and neither alone.
    target = np.sign(X[:, 2]) * np.sign(X[:, 5])
    model = AutoGenRegressor(**_space(fast, n_features=[2]), feature_selection="rfe")
    model.fit(pd.DataFrame(X, columns=list("abcdefgh")), target)
    assert np.flatnonzero(model.support_).tolist() == [2, 5]
    assert model.get_feature_names_out().tolist() == ["c", "f"]


def test_how_many_are_kept_is_searched(noisy, fast):
    X, y = noisy
    model = AutoGenRegressor(
        **_space(fast, n_features=[1, 2]), feature_selection="kbest", search="grid"
    )
    model.fit(X, y)
    assert model.cv_results_["param_n_features"].tolist() == [1, 2]
    # One column tells a half of the variance at most.
    assert model.best_params_["n_features"] == 2
    assert model.support_.sum() == 2


def test_how_many_are_kept_is_searched_of_itself(noisy):
    model = AutoGenRegressor(
        n_iter=1, cv=2, epochs=2, feature_selection="kbest", random_state=0
    )
    model.fit(*noisy)
    part = model.best_params_["n_features"]
    assert model.support_.sum() == round(8 * part)


def test_whether_to_select_is_searched(noisy, fast):
    model = AutoGenRegressor(
        **_space(fast, feature_selection=[None, "kbest"], n_features=[2]), search="grid"
    )
    model.fit(*noisy)
    assert model.cv_results_["param_feature_selection"].tolist() == [None, "kbest"]
    n_kept = {None: 8, "kbest": 2}[model.best_params_["feature_selection"]]
    assert model.support_.sum() == n_kept


def test_columns_are_selected_inside_each_fold(fast):
    # Columns chosen with the rows that score would make nothing look like something.
    rng = np.random.default_rng(3)
    X, y = rng.normal(size=(N_ROWS, 2000)), np.arange(N_ROWS) % 2
    model = AutoGenClassifier(**_space(fast, n_features=[3]), feature_selection="kbest")
    model.fit(X, y)
    assert model.best_score_ < 0.65
    assert model.score(X, y) > 0.65


def test_support_is_of_the_columns_of_the_table(table, label, fast):
    columns = table[["number", "colour", "same", "flag"]]
    model = AutoGenClassifier(**_space(fast, n_features=[2]), feature_selection="kbest")
    model.fit(columns, label)
    names = model.get_feature_names_out().tolist()
    assert len(names) == 2
    assert all(name == "flag" or name.startswith("colour_") for name in names)
    kept = columns.columns[model.support_]
    assert set(kept) == {name.split("_")[0] for name in names}
    assert model.support_.shape == (4,)


def test_selector_of_scikit_learn(noisy, fast):
    model = AutoGenRegressor(**fast, feature_selection=SelectKBest(_squared, k=2))
    model.fit(*noisy)
    assert np.flatnonzero(model.support_).tolist() == [2, 5]


def _squared(X, y):
    return np.corrcoef(X.T, y)[-1, :-1] ** 2


def test_transformer_that_makes_new_features(noisy, fast):
    model = AutoGenRegressor(**fast, feature_selection=PCA(2, random_state=0))
    model.fit(*noisy)
    assert model.get_feature_names_out().tolist() == ["pca0", "pca1"]
    # Every column has a part in each of them.
    assert model.support_.all()


def test_selection_by_a_name_that_is_none(noisy, fast):
    model = AutoGenRegressor(**fast, feature_selection="k_best")
    with pytest.raises(ValueError, match=r"feature_selection.*'k_best'.*'kbest'"):
        model.fit(*noisy)
