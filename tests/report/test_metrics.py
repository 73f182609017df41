"""Metrics against definitions written out, and in the cases that break others."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from skautogen.report import classification_metrics, regression_metrics

NAMES = [
    *("accuracy", "balanced_accuracy", "precision", "recall", "f1"),
    *("roc_auc", "log_loss"),
]


def random_case(n_classes, n=80, seed=0):
    """Labels 0..n_classes-1, probabilities leaning to the truth, and the argmax."""
    rng = np.random.default_rng(seed)
    y_true = rng.integers(n_classes, size=n)
    logits = rng.normal(size=(n, n_classes)) + 1.5 * np.eye(n_classes)[y_true]
    proba = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return y_true, proba.argmax(axis=1), proba


def area_by_pairs(is_positive, score):
    """Share of (positive, negative) pairs in the right order, ties counting half."""
    pairs = score[is_positive][:, None] - score[~is_positive][None, :]
    return ((pairs > 0) + 0.5 * (pairs == 0)).mean()


def test_binary_metrics_are_those_of_the_second_class():
    true, pred, proba = random_case(2)
    result = classification_metrics(true, pred, proba, [0, 1])
    hits = ((true == 1) & (pred == 1)).sum()
    precision, recall = hits / (pred == 1).sum(), hits / (true == 1).sum()
    specificity = (pred[true == 0] == 0).mean()
    assert list(result) == NAMES
    assert {type(value) for value in result.values()} == {float}
    assert result == pytest.approx(
        {
            "accuracy": (true == pred).mean(),
            "balanced_accuracy": (recall + specificity) / 2,
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
            "roc_auc": area_by_pairs(true == 1, proba[:, 1]),
            "log_loss": -np.log(proba[np.arange(len(true)), true]).mean(),
        }
    )


def test_multiclass_metrics_are_means_over_the_classes():
    true, pred, proba = random_case(4)
    result = classification_metrics(true, pred, proba, range(4))
    recalls = [(pred[true == k] == k).mean() for k in range(4)]
    precisions = [(true[pred == k] == k).mean() for k in range(4)]
    f1 = [2 * p * r / (p + r) for p, r in zip(precisions, recalls, strict=True)]
    areas = [area_by_pairs(true == k, proba[:, k]) for k in range(4)]
    assert result == pytest.approx(
        {
            "accuracy": (true == pred).mean(),
            "balanced_accuracy": np.mean(recalls),
            "precision": np.mean(precisions),
            "recall": np.mean(recalls),
            "f1": np.mean(f1),
            "roc_auc": np.mean(areas),
            "log_loss": -np.log(proba[np.arange(len(true)), true]).mean(),
        }
    )


@pytest.mark.parametrize("n_classes", [2, 3])
def test_metrics_equal_those_of_scikit_learn_with_weights(n_classes):
    true, pred, proba = random_case(n_classes)
    weight = np.random.default_rng(1).uniform(0.1, 3.0, len(true))
    weight[true == 0] *= 5
    result = classification_metrics(true, pred, proba, range(n_classes), weight)
    average = "binary" if n_classes == 2 else "macro"
    score = proba[:, 1] if n_classes == 2 else proba
    expected = {
        "accuracy": metrics.accuracy_score(true, pred, sample_weight=weight),
        "balanced_accuracy": metrics.balanced_accuracy_score(
            true, pred, sample_weight=weight
        ),
        "f1": metrics.f1_score(true, pred, average=average, sample_weight=weight),
        "log_loss": metrics.log_loss(true, proba, sample_weight=weight),
    }
    assert {name: result[name] for name in expected} == pytest.approx(expected)
    if n_classes == 2:  # the multiclass form of scikit-learn takes no weights
        area = metrics.roc_auc_score(true, score, sample_weight=weight)
        assert result["roc_auc"] == pytest.approx(area)


def test_integer_weights_count_rows_that_often():
    true, pred, proba = random_case(3)
    times = np.random.default_rng(2).integers(0, 3, len(true))
    times[true == 2] = 0  # class 2 is then not there at all
    pred[true == 2] = 2
    weighted = classification_metrics(true, pred, proba, range(3), times)
    rows = np.repeat(np.arange(len(true)), times)
    repeated = classification_metrics(true[rows], pred[rows], proba[rows], range(3))
    # The means over classes that occur tell a row of weight zero from no row.
    for name in ("accuracy", "balanced_accuracy", "roc_auc", "log_loss"):
        assert weighted[name] == pytest.approx(repeated[name]), name


@pytest.mark.parametrize(
    "classes",
    [
        ["ham", "spam", "unsure"],
        [-1, 7, 100],
        [0.5, 1.5, 2.5],
        [b"a", b"b", b"c"],
        ["2020-01-01", "2021-01-01", "2022-01-01"],
        np.array([1, "two", (3,)], dtype=object),
        np.array(["2020", "2021", "2022"], dtype="datetime64[D]"),
    ],
    ids=str,
)
def test_labels_may_be_of_any_type(classes):
    true, pred, proba = random_case(3)
    expected = classification_metrics(true, pred, proba, range(3))
    classes = np.asarray(classes)
    result = classification_metrics(classes[true], classes[pred], proba, classes)
    assert result == expected


def test_booleans_lists_series_and_categories_are_taken():
    true, pred, proba = random_case(2)
    expected = classification_metrics(true, pred, proba, [0, 1])
    as_bool = classification_metrics(
        true.astype(bool), pred.astype(bool).tolist(), proba.tolist(), [False, True]
    )
    names = np.array(["a", "b"])
    as_series = classification_metrics(
        pd.Series(names[true], dtype="category"),
        pd.Series(names[pred], index=range(5, 85)),
        pd.DataFrame(proba, columns=names),
        names,
        pd.Series(np.ones(80)),
    )
    assert as_bool == expected
    assert as_series == pytest.approx(expected)


def test_a_column_vector_is_taken_as_its_column():
    true, pred, proba = random_case(3)
    column = classification_metrics(true[:, None], pred[:, None], proba, range(3))
    assert column == classification_metrics(true, pred, proba, range(3))


def test_classes_missing_from_the_rows_are_left_out_of_the_means():
    true, pred, proba = random_case(4)
    rows = np.isin(true, [0, 3])
    true, pred, proba = true[rows], pred[rows], proba[rows]
    assert set(pred) == {0, 1, 2, 3}
    result = classification_metrics(true, pred, proba, range(4))
    recalls = [(pred[true == k] == k).mean() for k in (0, 3)]
    areas = [area_by_pairs(true == k, proba[:, k]) for k in (0, 3)]
    assert result["balanced_accuracy"] == pytest.approx(np.mean(recalls))
    # The classes that are predicted but not there have recall 0.
    assert result["recall"] == pytest.approx(np.sum(recalls) / 4)
    assert result["roc_auc"] == pytest.approx(np.mean(areas))
    assert result["log_loss"] == pytest.approx(
        -np.log(proba[np.arange(len(true)), true]).mean()
    )


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("only", [0, 1])
def test_rows_of_one_class_have_no_area(n_classes, only):
    true, pred, proba = random_case(n_classes)
    rows = true == only
    result = classification_metrics(
        true[rows], pred[rows], proba[rows], range(n_classes)
    )
    assert np.isnan(result.pop("roc_auc"))
    assert np.isfinite(list(result.values())).all()
    assert result["accuracy"] == result["balanced_accuracy"]


def test_a_class_never_predicted_counts_as_zero():
    proba = [[0.9, 0.1], [0.8, 0.2]]
    result = classification_metrics(["a", "b"], ["a", "a"], proba, ["a", "b"])
    assert (result["precision"], result["recall"], result["f1"]) == (0, 0, 0)


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_rounding_of_low_precision_is_evened_out(dtype):
    true, pred, proba = random_case(3)
    expected = classification_metrics(true, pred, proba, range(3))
    rounded = proba.astype(dtype)
    # Summed in double precision these are off by more than scikit-learn lets pass.
    result = classification_metrics(true, pred, rounded.astype("float64"), range(3))
    assert result == pytest.approx(expected, rel=1e-2)


@pytest.mark.parametrize("position", [0, 1])
def test_a_label_unknown_to_the_classifier_is_refused(position):
    labels = [["a", "b"], ["a", "b"]]
    labels[position] = ["a", "zebra"]
    name = ["y_true", "y_pred"][position]
    with pytest.raises(ValueError, match=f"{name} holds labels .*'zebra'.*'a', 'b'"):
        classification_metrics(*labels, [[0.5, 0.5]] * 2, ["a", "b"])


def test_probabilities_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 2\), got \(2,\)"):
        classification_metrics([0, 1], [0, 1], [0.1, 0.9], [0, 1])


@pytest.mark.parametrize("bad", [3.0, np.nan])
def test_rows_that_do_not_sum_to_one_are_refused(bad):
    proba = [[0.5, 0.5], [bad, 0.0]]
    with pytest.raises(ValueError, match=r"row 1 sums to (3.0|nan)"):
        classification_metrics([0, 1], [0, 1], proba, [0, 1])


def test_a_single_class_is_refused():
    with pytest.raises(ValueError, match=r"at least two labels, got \['a'\]"):
        classification_metrics(["a"], ["a"], [[1.0]], ["a"])


def test_regression_metrics_follow_their_definitions():
    rng = np.random.default_rng(0)
    true, pred = rng.normal(size=(2, 30))
    weight = rng.uniform(size=30)
    for w in (None, weight):
        share = np.full(30, 1 / 30) if w is None else w / w.sum()
        error = true - pred
        variance = (share * (true - (share * true).sum()) ** 2).sum()
        assert regression_metrics(true, pred, w) == pytest.approx(
            {
                "rmse": np.sqrt((share * error**2).sum()),
                "mae": (share * np.abs(error)).sum(),
                "r2": 1 - (share * error**2).sum() / variance,
            }
        )


def test_several_outputs_are_averaged():
    true, pred = np.random.default_rng(0).normal(size=(2, 30, 3))
    each = [regression_metrics(true[:, j], pred[:, j]) for j in range(3)]
    result = regression_metrics(true, pred)
    assert list(result) == ["rmse", "mae", "r2"]
    for name, value in result.items():
        assert value == pytest.approx(np.mean([one[name] for one in each]))


def test_a_single_row_has_no_r2():
    result = regression_metrics([1.0], pd.Series([3.0]))
    assert (result["rmse"], result["mae"]) == (2.0, 2.0)
    assert np.isnan(result["r2"])


def test_other_numbers_of_rows_are_refused():
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        regression_metrics([1.0, 2.0], [1.0])
