"""What the picture of a training shows, read back from its artists."""

from __future__ import annotations

import pytest

from skautogen.report import plot_history

NAN = float("nan")


def line(ax, label):
    """Find the x and y of the line whose label begins like this."""
    [found] = [one for one in ax.lines if str(one.get_label()).startswith(label)]
    return [*found.get_xdata()], [*found.get_ydata()]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_history_shows_both_losses_and_the_best_epoch(ax):
    history = {"loss": [3.0, 2.0, 1.0], "val_loss": [4.0, 2.5, 3.5], "lr": [1, 1, 1]}
    assert plot_history(history, ax=ax) is ax
    assert line(ax, "training") == ([1, 2, 3], [3.0, 2.0, 1.0])
    assert line(ax, "validation") == ([1, 2, 3], [4.0, 2.5, 3.5])
    assert line(ax, "best epoch: 2")[0] == [2, 2]
    assert legend(ax) == ["training", "validation", "best epoch: 2"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    assert ax.get_yscale() == "linear"


def test_history_without_validation_has_no_best_epoch(ax):
    plot_history({"loss": [3.0, 1.0, NAN]}, ax=ax)
    assert legend(ax) == ["training"]


def test_history_of_a_training_that_failed_has_no_best_epoch(ax):
    plot_history({"loss": [NAN, NAN]}, ax=ax)
    assert legend(ax) == ["training"]


def test_losses_of_several_magnitudes_get_a_logarithmic_scale(ax):
    plot_history({"loss": [1e4, 1e2, 10.0]}, ax=ax)
    assert ax.get_yscale() == "log"


def test_losses_below_zero_keep_a_linear_scale(ax):
    plot_history({"loss": [1e4, 1e2, -10.0]}, ax=ax)
    assert ax.get_yscale() == "linear"


def test_a_single_epoch_is_visible_and_has_one_tick(ax):
    plot_history({"loss": [0.5]}, ax=ax)
    assert ax.lines[0].get_marker() == "o"
    assert [tick for tick in ax.get_xticks() if 0.9 < tick < 1.1] == [1.0]


@pytest.mark.parametrize("history", [{}, {"loss": []}, {"accuracy": [0.5]}])
def test_a_history_without_losses_is_refused(ax, history):
    with pytest.raises(ValueError, match="must hold the 'loss' of one epoch"):
        plot_history(history, ax=ax)
