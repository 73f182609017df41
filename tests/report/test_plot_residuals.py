"""Pictures of a regressor's errors, read back from their artists."""

from __future__ import annotations

import numpy as np
import pytest

from skautogen.report import plot_residuals

rng = np.random.default_rng(0)
true = rng.normal(size=(60, 2)) * [1, 50]
pred = true + rng.normal(size=(60, 2))


def points(ax):
    [scatter] = ax.collections
    return np.sort(scatter.get_offsets(), axis=0)


def test_errors_stand_over_predictions(ax):
    assert plot_residuals(true[:, 0], pred[:, 0], ax=ax) is ax
    expected = np.column_stack([pred[:, 0], true[:, 0] - pred[:, 0]])
    np.testing.assert_allclose(points(ax), np.sort(expected, axis=0))
    assert ax.get_ylabel() == "truth - predicted"


def test_the_truth_stands_over_predictions(ax):
    plot_residuals(true[:, 0], pred[:, 0], kind="actual_vs_predicted", ax=ax)
    expected = np.column_stack([pred[:, 0], true[:, 0]])
    np.testing.assert_allclose(points(ax), np.sort(expected, axis=0))
    assert ax.get_ylabel() == "truth"


def test_each_output_has_a_panel(ax):
    panels = plot_residuals(true, pred, ax=ax)
    assert [panel.get_title() for panel in panels] == [
        "Residuals, output 0",
        "Residuals, output 1",
    ]
    np.testing.assert_allclose(points(panels[1])[:, 0], np.sort(pred[:, 1]))


def test_of_many_rows_the_same_thousand_are_drawn(ax):
    many = rng.normal(size=3_000)
    plot_residuals(many, many + 1, ax=ax)
    first = points(ax)
    ax.clear()
    plot_residuals(many, many + 1, ax=ax)
    assert len(first) == 1_000
    np.testing.assert_array_equal(points(ax), first)


def test_other_shapes_are_refused(ax):
    with pytest.raises(ValueError, match=r"one shape, got \(3,\) and \(2,\)"):
        plot_residuals([1, 2, 3], [1, 2], ax=ax)


def test_an_unknown_kind_is_refused(ax):
    with pytest.raises(ValueError, match=r"Unknown kind 'actual'.*actual_vs_predicted"):
        plot_residuals([1.0], [1.0], kind="actual", ax=ax)
