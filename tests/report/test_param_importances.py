"""Importances of hyper-parameters: what is told, and when nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from skautogen.report import param_importances, plot_param_importances

NAN = float("nan")


def search(n=40, noise=0.02, seed=0, **others):
    """A search whose score depends on rate most, on kind a little, on nothing else."""
    rng = np.random.default_rng(seed)
    rate = 10 ** rng.uniform(-4, -1, n)
    kind = rng.choice(["good", "bad"], n).astype(object)
    score = -((np.log10(rate) + 2.5) ** 2) + 0.5 * (kind == "good")
    return {
        "mean_test_score": score + noise * rng.normal(size=n),
        "std_test_score": np.zeros(n),
        "param_noise": rng.normal(size=n),
        "param_same": np.ones(n),
        "param_kind": kind,
        "param_rate": rate,
        **others,
    }


@pytest.fixture(scope="module")
def table():
    return param_importances(search())


def test_what_matters_comes_first(table):
    assert table.index.tolist()[:2] == ["rate", "kind"]
    assert set(table.index) == {"rate", "kind", "noise"}
    assert table.columns.tolist() == ["importance", "std"]
    assert table["importance"]["rate"] > 0.5
    assert abs(table["importance"]["noise"]) < 0.05
    assert 0.5 < table.attrs["r2"] <= 1


def test_shares_are_those_of_the_variance():
    # y = a + 2 b of independent uniform a, b: variances are as 1 to 4.
    rng = np.random.default_rng(0)
    a, b = rng.uniform(size=(2, 300))
    table = param_importances(
        {
            "mean_test_score": a + 2 * b,
            "std_test_score": np.zeros(300),
            "param_a": a,
            "param_b": b,
        }
    )
    assert table["importance"]["a"] == pytest.approx(0.2, abs=0.07)
    assert table["importance"]["b"] == pytest.approx(0.8, abs=0.12)


def test_it_is_the_same_again(table):
    assert param_importances(search()).equals(table)


def test_values_that_are_not_set_are_told_apart_from_others():
    rng = np.random.default_rng(0)
    is_missing = rng.random(40) < 0.5
    column = np.ma.array(rng.normal(size=40).astype(object), mask=is_missing)
    results = {
        "mean_test_score": is_missing + 0.01 * rng.normal(size=40),
        "std_test_score": np.zeros(40),
        "param_it": column,
        "param_noise": rng.normal(size=40),
    }
    assert param_importances(results).index[0] == "it"


def test_failed_candidates_and_outliers_do_not_decide():
    results = search()
    results["mean_test_score"][:3] = NAN
    results["mean_test_score"][3] = -1e9
    found = param_importances(results)
    assert found.index[0] == "rate"
    assert found.attrs["r2"] > 0.3


def test_rounds_of_halving_are_not_mixed(table):
    # In later rounds, with more rows, scores are higher whatever the rate.
    results = search()
    later = {name: column[:10] for name, column in results.items()}
    both = {
        name: np.concatenate([column, later[name] + 100 * (name == "mean_test_score")])
        if name.startswith("mean")
        else np.concatenate([column, later[name]])
        for name, column in results.items()
    }
    both["iter"] = np.repeat([0, 1], [40, 10])
    assert param_importances(both).equals(table)


@pytest.mark.parametrize(
    ("results", "told"),
    [
        (search(n=9), "too few candidates to tell: 9 with a score, and at least 10"),
        (search(mean_test_score=np.full(40, NAN)), "too few candidates to tell: 0"),
        (search(mean_test_score=np.ones(40)), "all candidates had the same score"),
        (
            search(mean_test_score=np.random.default_rng(1).normal(size=40)),
            "the scores of the 40 candidates cannot be told from their hyper-param",
        ),
        (
            {
                "mean_test_score": np.arange(12.0),
                "std_test_score": np.zeros(12),
                "param_same": np.ones(12),
            },
            "all candidates had the same hyper-parameters",
        ),
    ],
    ids=["few", "all failed", "one score", "chance", "nothing varied"],
)
def test_too_little_is_said_and_not_guessed(results, told, ax):
    with pytest.raises(ValueError, match=f"No importances of hyper-parameters: {told}"):
        param_importances(results)
    plot_param_importances(results, ax=ax)
    [sentence] = ax.texts
    words = " ".join(sentence.get_text().split())
    assert words.lower().startswith(told)
    assert not ax.patches


def test_the_picture_has_a_bar_for_each_the_longest_first(ax, table):
    plot_param_importances(search(), ax=ax)
    lengths = [bar.get_width() for bar in ax.patches]
    np.testing.assert_allclose(lengths, table["importance"].clip(lower=0))
    assert [each.get_text() for each in ax.get_yticklabels()] == table.index.tolist()
    assert ax.yaxis_inverted()
    assert "40 candidates" in ax.get_xlabel()


def test_an_unknown_metric_is_refused():
    with pytest.raises(ValueError, match=r"refit_metric='r2' .* \['score'\]"):
        param_importances(search(), refit_metric="r2")
