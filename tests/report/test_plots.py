"""What the pictures show, read back from their artists."""

from __future__ import annotations

import sys

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from skautogen.report import plot_history, plot_search  # noqa: E402

NAN = float("nan")


@pytest.fixture
def ax():
    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def results(scores, std=0.01, metric="score", **others):
    return {
        f"mean_test_{metric}": np.array(scores, dtype=float),
        f"std_test_{metric}": np.full(len(scores), std),
        **others,
    }


def line(ax, label):
    """Find the x and y of the line whose label begins like this."""
    [found] = [one for one in ax.lines if str(one.get_label()).startswith(label)]
    return [*found.get_xdata()], [*found.get_ydata()]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_search_shows_scores_and_the_best_so_far(ax):
    assert plot_search(results([0.5, 0.4, 0.8, 0.7]), ax=ax) is ax
    assert line(ax, "candidate") == ([0, 1, 2, 3], [0.5, 0.4, 0.8, 0.7])
    assert line(ax, "best so far") == ([0, 1, 2, 3], [0.5, 0.5, 0.8, 0.8])
    assert legend(ax) == ["candidate", "best so far"]
    assert ax.get_title() == "Search over 4 candidates: best score 0.8"
    assert ax.get_xlabel() == "candidate, in the order tried"
    assert ax.get_ylabel() == "score (mean ± std)"


def test_error_bars_are_the_spread_over_the_folds(ax):
    plot_search(results([0.5, 0.6], std=0.125), ax=ax)
    [bars] = ax.collections
    assert [bar[:, 1].tolist() for bar in bars.get_segments()] == [
        [0.375, 0.625],
        [0.475, 0.725],
    ]


def test_failed_candidates_are_marked_below_all_others(ax):
    plot_search(results([NAN, 0.5, NAN, 0.7], std=0.1), ax=ax)
    x, y = line(ax, "failed (2)")
    assert x == [0, 2]
    assert ax.get_ylim()[0] < max(y) < 0.4
    assert line(ax, "candidate")[0] == [1, 3]
    best = line(ax, "best so far")[1]
    assert np.isnan(best[0])
    assert best[1:] == [0.5, 0.5, 0.7]


def test_scores_of_another_magnitude_do_not_hide_the_rest(ax):
    good = [0.7, 0.75, 0.8, 0.72, 0.78]
    plot_search(results([*good, -4000.0], std=0.02), ax=ax)
    low, _ = ax.get_ylim()
    assert line(ax, "far below (1)")[0] == [5]
    assert low > 0.6
    assert line(ax, "candidate")[1] == good


def test_scores_that_are_only_bad_stay_in_the_picture(ax):
    scores = [0.97, 0.95, 0.9, 0.93, 0.6]
    plot_search(results(scores), ax=ax)
    assert line(ax, "candidate")[1] == scores
    assert legend(ax) == ["candidate", "best so far"]


def test_equal_scores_but_one_stay_in_the_picture(ax):
    plot_search(results([1.0, 1.0, 1.0, 1.0, 0.5], std=0.0), ax=ax)
    assert line(ax, "candidate")[1] == [1.0, 1.0, 1.0, 1.0, 0.5]


def test_a_search_in_which_all_failed_says_so(ax):
    plot_search(results([NAN, NAN]), ax=ax)
    assert ax.get_title() == "Search over 2 candidates: all failed"
    assert legend(ax) == ["failed (2)"]


def test_best_so_far_starts_anew_in_each_round_of_halving(ax):
    scores = [0.9, 0.5, 0.6, 0.7, 0.65]
    plot_search(results(scores, iter=[0, 0, 0, 1, 1]), ax=ax)
    assert line(ax, "best so far")[1] == [0.9, 0.9, 0.9, 0.7, 0.7]
    assert ax.get_title() == "Search over 5 candidates: best score 0.7"


def test_search_draws_the_metric_asked_for(ax):
    cv_results = results([0.1, 0.2]) | results([-3.0, -2.0], metric="mae")
    plot_search(cv_results, ax=ax, refit_metric="mae")
    assert line(ax, "candidate")[1] == [-3.0, -2.0]
    assert ax.get_ylabel() == "mae (mean ± std)"


def test_an_unknown_metric_is_refused(ax):
    with pytest.raises(ValueError, match=r"refit_metric='r2' .* \['score'\]"):
        plot_search(results([0.1]), ax=ax, refit_metric="r2")


def test_history_shows_both_losses_and_the_best_epoch(ax):
    history = {"loss": [3.0, 2.0, 1.0], "val_loss": [4.0, 2.5, 3.5], "lr": [1, 1, 1]}
    assert plot_history(history, ax=ax) is ax
    assert line(ax, "training") == ([1, 2, 3], [3.0, 2.0, 1.0])
    assert line(ax, "validation") == ([1, 2, 3], [4.0, 2.5, 3.5])
    assert line(ax, "best epoch: 2")[0] == [2, 2]
    assert legend(ax) == ["training", "validation", "best epoch: 2"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    assert ax.get_yscale() == "linear"


def test_history_without_validation_takes_the_best_of_training(ax):
    plot_history({"loss": [3.0, 1.0, NAN]}, ax=ax)
    assert legend(ax) == ["training", "best epoch: 2"]


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


@pytest.mark.parametrize(
    ("plot", "data"),
    [(plot_search, results([0.5, 0.6])), (plot_history, {"loss": [0.5, 0.4]})],
)
class TestAxes:
    def test_a_new_figure_has_800_by_450_pixels(self, plot, data, monkeypatch):
        import matplotlib.pyplot as plt

        with matplotlib.rc_context({"figure.dpi": 100}):
            ax = plot(data)
        try:
            assert ax.figure in [plt.figure(number) for number in plt.get_fignums()]
            assert (ax.figure.get_size_inches() * 100).tolist() == [800, 450]
        finally:
            plt.close(ax.figure)

    def test_given_axes_leave_pyplot_as_it_is(self, plot, data, ax):
        import matplotlib.pyplot as plt

        before, backend = plt.get_fignums(), matplotlib.get_backend()
        plot(data, ax=ax)
        ax.figure.canvas.draw()
        assert plt.get_fignums() == before
        assert matplotlib.get_backend() == backend

    def test_without_matplotlib_the_error_says_what_to_install(
        self, plot, data, monkeypatch
    ):
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
        with pytest.raises(ImportError, match=r'pip install "skautogen\[plots\]"'):
            plot(data)
