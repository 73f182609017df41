"""Parts of the page, for what is too large to be shown whole."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from skautogen.report._pictures import picture
from skautogen.report._record import make_record
from skautogen.report._section_data import data_section
from skautogen.report._section_search import _hyperparameters, _name_of_search
from skautogen.search.evolution import Evolution


def test_columns_that_are_not_described_are_told():
    X = np.zeros((4, 500))
    X[0, 0] = np.nan
    estimator = SimpleNamespace(
        _record=make_record(X, np.arange(4.0), classes=None, has_columns=True),
        input_kind_="table",
        n_features_in_=500,
    )
    told = data_section(estimator)
    assert "the first 200 of 500 columns, 1 values missing in them" in told


def test_a_picture_too_tall_for_pixels_stays_a_drawing():
    pytest.importorskip("matplotlib")

    def draw(ax):
        for k in range(6):
            ax.plot(np.random.default_rng(k).normal(size=9_000))

    assert "image/png" in picture(draw, (4.0, 3.0), alt="noise")
    assert "image/svg+xml" in picture(draw, (1.0, 420.0), alt="noise")


@pytest.mark.parametrize("search", ["evolution", Evolution()])
def test_strategies_are_called_by_their_name(search):
    estimator = SimpleNamespace(
        search=search, search_=SimpleNamespace(proposer=Evolution())
    )
    given = " (search='evolution')" if isinstance(search, str) else ""
    assert _name_of_search(estimator) == f"Evolution{given}"


def test_functions_are_numbered_and_names_of_their_own_left_out():
    n = 26
    functions, names = np.empty(n, dtype=object), np.empty(n, dtype=object)
    functions[:] = [lambda x: x, lambda x: -x] * (n // 2)
    names[:] = [f"name {k}" for k in range(n)]
    results = {
        "mean_test_score": np.arange(n) % 2 + 0.01 * np.arange(n),
        "std_test_score": np.zeros(n),
        "param_function": functions,
        "param_own": names,
    }
    told = _hyperparameters(results, "score")
    assert "the best has &lt;lambda&gt; (2)" in told
    assert "Left out: own, of which nearly every candidate" in told
    assert "against own" not in told
