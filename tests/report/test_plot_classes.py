"""Confusion matrix, ROC and precision-recall curves, read back from their artists."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    roc_auc_score,
)

from skautogen.report import (
    plot_confusion_matrix,
    plot_precision_recall_curve,
    plot_roc_curve,
)

CURVES = [
    (plot_roc_curve, roc_auc_score),
    (plot_precision_recall_curve, average_precision_score),
]
curves = pytest.mark.parametrize(("plot", "measure"), CURVES)


def predictions(n_classes, n=200, seed=0):
    """True labels, and probabilities that are right more often than not."""
    rng = np.random.default_rng(seed)
    true = rng.integers(n_classes, size=n)
    strength = rng.normal(size=(n, n_classes)) + 1.5 * np.eye(n_classes)[true]
    proba = np.exp(strength) / np.exp(strength).sum(axis=1, keepdims=True)
    return true, proba


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_cells_have_the_numbers_of_rows(ax):
    true, proba = predictions(3)
    pred = proba.argmax(axis=1)
    plot_confusion_matrix(true, pred, [0, 1, 2], ax=ax)
    written = np.array([int(text.get_text()) for text in ax.texts]).reshape(3, 3)
    np.testing.assert_array_equal(written, confusion_matrix(true, pred))
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")


def test_weights_and_shares(ax):
    true, pred, weight = ["a", "b", "b"], ["a", "a", "b"], [0.5, 1.0, 3.0]
    plot_confusion_matrix(
        true, pred, ["a", "b"], sample_weight=weight, normalize="true", ax=ax
    )
    assert [text.get_text() for text in ax.texts] == ["1.00", "0.00", "0.25", "0.75"]


def test_classes_that_no_row_has_keep_their_place(ax):
    plot_confusion_matrix(["a", "b"], ["a", "b"], ["a", "b", "c"], ax=ax)
    assert len(ax.texts) == 9
    assert [each.get_text() for each in ax.get_yticklabels()] == ["a", "b", "c"]


def test_labels_of_any_type_are_drawn(ax):
    plot_confusion_matrix([1.5, True, 1.5], [1.5, True, True], [True, 1.5], ax=ax)
    assert [text.get_text() for text in ax.texts] == ["1", "0", "1", "1"]


def test_long_names_are_cut_and_turned(ax):
    names = [f"a name of a class that goes on and on, number {k}" for k in range(4)]
    plot_confusion_matrix(names, names, names, ax=ax)
    shown = [each.get_text() for each in ax.get_xticklabels()]
    assert all(
        len(name) <= 24 and name[-1] == full[-1]
        for name, full in zip(shown, names, strict=True)
    )
    assert {each.get_rotation() for each in ax.get_xticklabels()} == {45.0}


def test_many_classes_have_a_colour_bar_instead_of_numbers(ax):
    true, proba = predictions(30)
    plot_confusion_matrix(true, proba.argmax(axis=1), range(30), ax=ax)
    assert not ax.texts
    assert len(ax.figure.axes) == 2


def test_unknown_labels_are_refused(ax):
    with pytest.raises(ValueError, match="y_true holds labels that are not in classes"):
        plot_confusion_matrix(["a", "z"], ["a", "a"], ["a", "b"], ax=ax)


@curves
def test_two_classes_have_one_curve_of_the_second(ax, plot, measure):
    true, proba = predictions(2)
    labels = np.array(["no", "yes"])
    plot(labels[true], proba, labels, ax=ax)
    assert legend(ax) == [f"{measure(true, proba[:, 1]):.3f}  yes"]


@curves
def test_more_classes_have_a_curve_each_against_the_rest(ax, plot, measure):
    true, proba = predictions(3)
    weight = np.random.default_rng(1).uniform(size=len(true))
    plot(true, proba, range(3), sample_weight=weight, ax=ax)
    assert legend(ax) == [
        f"{measure(true == k, proba[:, k], sample_weight=weight):.3f}  {k}"
        for k in range(3)
    ]


@curves
def test_odd_names_are_shown_as_they_are(ax, plot, measure):
    true, proba = predictions(3)
    names = np.array(["$5 to $9", "_hidden", "\n new line"])
    plot(names[true], proba, names, ax=ax)
    ax.figure.canvas.draw()
    shown = [each.split("  ")[1] for each in legend(ax)]
    assert shown == [r"\$5 to \$9", "_hidden", "new line"]


@curves
def test_of_many_classes_the_worst_are_named(ax, plot, measure):
    true, proba = predictions(15, n=600)
    plot(true, proba, range(15), ax=ax)
    areas = sorted((measure(true == k, proba[:, k]), k) for k in range(15))
    assert legend(ax) == [f"{area:.3f}  {k}" for area, k in areas[:10]]
    assert "smallest of 15" in ax.get_legend().get_title().get_text()


@curves
def test_classes_that_no_row_has_have_no_curve(ax, plot, measure):
    true, proba = predictions(3)
    kept = true != 1
    plot(true[kept], proba[kept], range(3), ax=ax)
    assert [each.split()[1] for each in legend(ax)] == ["0", "2"]


@curves
def test_rows_of_one_class_make_no_curve(ax, plot, measure):
    with pytest.raises(
        ValueError, match=r"all rows that count are of one class\. Pass more"
    ):
        plot([1, 1], [[0.2, 0.8], [0.4, 0.6]], [0, 1], ax=ax)


@curves
def test_scores_that_are_no_probabilities_are_refused(ax, plot, measure):
    with pytest.raises(ValueError, match="each row of y_proba must sum to one"):
        plot([0, 1], [[2.0, 1.0], [0.4, 0.6]], [0, 1], ax=ax)
