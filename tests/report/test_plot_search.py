"""What pictures of a search show, read back from their artists."""

from __future__ import annotations

import sys

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")

from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from skautogen.report import plot_history, plot_search  # noqa: E402

NAN = float("nan")


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
    assert ax.get_title() == "Search over 3 candidates: best score 0.7"


def test_search_draws_the_metric_asked_for(ax):
    cv_results = results([0.1, 0.2]) | results([-3.0, -2.0], metric="mae")
    plot_search(cv_results, ax=ax, refit_metric="mae")
    assert line(ax, "candidate")[1] == [-3.0, -2.0]
    assert ax.get_ylabel() == "mae (mean ± std)"


def test_an_unknown_metric_is_refused(ax):
    with pytest.raises(ValueError, match=r"refit_metric='r2' .* \['score'\]"):
        plot_search(results([0.1]), ax=ax, refit_metric="r2")


def timed(scores, seconds, n_folds=2, **others):
    folds = {f"split{k}_test_score": np.array(scores) for k in range(n_folds)}
    return results(scores, mean_fit_time=np.array(seconds), **folds, **others)


def masked(values, is_missing):
    return np.ma.array(np.array(values, dtype=object), mask=is_missing)


def test_time_adds_up_what_all_folds_took(ax):
    plot_search(timed([0.5, 0.8, 0.7], [1.0, 2.0, 0.5], n_folds=3), x="time", ax=ax)
    assert line(ax, "candidate") == ([3.0, 9.0, 10.5], [0.5, 0.8, 0.7])
    assert line(ax, "best so far") == ([3.0, 9.0, 10.5], [0.5, 0.8, 0.8])
    assert ax.get_xlabel() == "seconds of training, added up"


def test_a_training_that_was_not_timed_takes_no_time(ax):
    plot_search(timed([NAN, 0.8], [NAN, 2.0]), x="time", ax=ax)
    assert line(ax, "failed")[0] == [0.0]
    assert line(ax, "candidate")[0] == [4.0]


def test_numbers_over_decades_have_a_logarithmic_axis(ax):
    cv_results = results([0.5, 0.8, 0.7], param_rate=[1e-4, 1e-2, 1e-1])
    found = plot_search(cv_results, x="rate", ax=ax)
    assert found.get_xscale() == "log"
    assert line(found, "candidate") == ([1e-4, 1e-2, 1e-1], [0.5, 0.8, 0.7])
    assert line(found, "best") == ([1e-2], [0.8])
    assert found.get_xlabel() == "rate"


def test_numbers_of_one_magnitude_have_a_linear_axis(ax):
    cv_results = results([0.5, 0.8], param_dropout=[0.1, 0.3])
    assert plot_search(cv_results, x="dropout", ax=ax).get_xscale() == "linear"


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (["relu", "mish", "relu"], ["mish", "relu"]),
        ([True, False, True], ["False", "True"]),
        ([(64,), (8, 8), (64,)], ["(8, 8)", "(64,)"]),
        ([0.0, 1e-4, 1e-2], ["0", "0.0001", "0.01"]),
        ([None, "kbest", None], ["None", "kbest"]),
        ([len, sum, len], ["len", "sum"]),
        (["costs $5", "costs $9", "$x$"], [r"\$x\$", r"costs \$5", r"costs \$9"]),
    ],
)
def test_names_stand_side_by_side(ax, values, names):
    column = np.empty(3, dtype=object)
    column[:] = values
    found = plot_search(results([0.5, 0.8, 0.7], param_it=column), x="it", ax=ax)
    assert [tick.get_text() for tick in found.get_xticklabels()] == names
    x, _ = line(found, "candidate")
    expected = [[str(each) for each in names].index(name) for name in _named(values)]
    np.testing.assert_allclose(x, expected, atol=0.2)


def _named(values):
    short = [getattr(each, "__name__", str(each)) for each in values]
    short = [
        f"{each:g}" if isinstance(each, float) else short[k]
        for k, each in enumerate(values)
    ]
    return [each.replace("$", r"\$") for each in short]


def test_candidates_without_a_value_stand_apart(ax):
    column = masked([1.0, 2.0, 0.0], [False, False, True])
    found = plot_search(results([0.5, 0.8, 0.7], param_it=column), x="it", ax=ax)
    x, y = line(found, "candidate")
    assert y == [0.5, 0.8, 0.7]
    assert x[2] < 1.0 <= x[0] < x[1]
    assert "not set" in [text.get_text() for text in found.texts]


def test_each_hyperparameter_that_varies_has_a_panel(ax):
    cv_results = results(
        [0.5, NAN, 0.7],
        param_rate=np.array([0.1, 0.2, 0.3]),
        param_same=np.array([1, 1, 1]),
        param_kind=np.array(["a", "b", "a"], dtype=object),
    )
    panels = plot_search(cv_results, x="params", ax=ax)
    assert [panel.get_xlabel() for panel in panels] == ["rate", "kind"]
    assert all(len(line(panel, "failed (1)")[0]) == 1 for panel in panels)
    assert panels[0].get_ylim() == panels[1].get_ylim()
    assert ax not in panels[0].figure.axes


def test_a_single_candidate_has_panels_too(ax):
    panels = plot_search(results([0.5], param_rate=[0.1]), x="params", ax=ax)
    assert [panel.get_xlabel() for panel in panels] == ["rate"]


def test_earlier_rounds_are_paler(ax):
    cv_results = results(
        [0.9, 0.5, 0.7], iter=[0, 0, 1], param_rate=np.array([0.1, 0.2, 0.1])
    )
    found = plot_search(cv_results, x="rate", ax=ax)
    assert line(found, "earlier round") == ([0.1, 0.2], [0.9, 0.5])
    assert line(found, "candidate") == ([0.1], [0.7])
    assert line(found, "best") == ([0.1], [0.7])


def test_a_hyperparameter_that_is_called_time_can_be_drawn(ax):
    cv_results = timed([0.5, 0.6], [1.0, 1.0], param_time=np.array([3.0, 4.0]))
    assert plot_search(cv_results, x="param_time", ax=ax).get_xlabel() == "time"


def test_an_unknown_x_is_refused(ax):
    with pytest.raises(ValueError, match=r"Unknown x 'dropou'.*mean 'dropout'"):
        plot_search(results([0.5], param_dropout=[0.1]), x="dropou", ax=ax)


def test_params_of_a_search_without_any_are_refused(ax):
    with pytest.raises(ValueError, match="this search had none"):
        plot_search(results([0.5]), x="params", ax=ax)


def test_panels_need_a_place_that_can_be_divided():
    figure = Figure()
    FigureCanvasAgg(figure)
    own = figure.add_axes((0, 0, 1, 1))
    with pytest.raises(ValueError, match="must be one of a grid"):
        plot_search(results([0.5], param_rate=[0.1]), x="params", ax=own)


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
