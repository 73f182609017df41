"""Hyper-parameters as pictures and importances read them."""

from __future__ import annotations

import numpy as np
import pytest

from skautogen.report import param_importances, plot_search
from skautogen.report._hyperparameters import read_hyperparameters
from skautogen.structures import Block, Structure


def column_of(values):
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def read(values):
    return read_hyperparameters({"param_it": column_of(values)})


@pytest.mark.parametrize(
    ("values", "n_distinct"),
    [
        ([0.99991, 0.99994, 0.99991], 2),
        ([lambda x: x, lambda x: -x], 2),
        ([1, True], 2),
        ([float("nan"), float("nan")], 1),
        ([[1, 2], [1, 2], [3]], 2),
        ([np.arange(3), np.arange(3), np.ones(3)], 2),
    ],
    ids=["close", "functions", "truth", "nan", "lists", "arrays"],
)
def test_values_are_compared_and_not_their_names(values, n_distinct):
    [found] = read(values)
    assert found.varies == (n_distinct > 1)
    assert len(set(found.names)) == n_distinct


def structure(n_blocks, units):
    blocks = tuple(Block.of("dense", units=units) for _ in range(n_blocks))
    return Structure(Block.of("numbers", n_frequencies=8), blocks)


def test_structures_are_told_by_what_can_be_compared():
    found = read([structure(1, 8), structure(3, 16)])
    assert {each.name: each.values for each in found} == {
        "it: blocks": [1, 3],
        "it: kinds": ["dense", "dense"],
        "it: units": [8, 48],
        "it: stem n_frequencies": [8, 8],
    }


def searched(values):
    scores = np.arange(len(values), dtype=float)
    return {
        "mean_test_score": scores,
        "std_test_score": np.zeros(len(values)),
        "param_it": column_of(values),
        "param_rate": 0.1 + scores,
    }


def test_names_of_their_own_are_left_out(ax):
    results = searched([f"name {k}" for k in range(30)])
    assert param_importances(results).index.tolist() == ["rate"]
    panels = plot_search(results, x="params", ax=ax)
    assert [panel.get_xlabel() for panel in panels] == ["rate"]


def test_structures_have_importances():
    results = searched([structure(1 + k % 4, 8 * (1 + k % 3)) for k in range(30)])
    assert "it: blocks" in param_importances(results).index


def test_arrays_stand_side_by_side(ax):
    results = searched([np.zeros(2), np.ones(2), np.zeros(2)])
    axes = plot_search(results, x="it", ax=ax)
    names = [each.get_text() for each in axes.get_xticklabels()]
    assert names == ["[0. 0.]", "[1. 1.]"]


def test_a_last_round_that_failed_does_not_hide_the_best(ax):
    results = searched([1, 2, 1]) | {"iter": np.array([0, 0, 1])}
    results["mean_test_score"] = np.array([0.5, 0.7, np.nan])
    title = plot_search(results, ax=ax).get_title()
    assert title == "Search over 2 candidates: best score 0.7"


def test_names_that_cannot_be_printed_are_drawn(ax, tmp_path):
    results = searched(["a\ud800", "b\x00", "c"])
    axes = plot_search(results, x="it", ax=ax)
    axes.figure.savefig(tmp_path / "it.svg")
    from xml.etree import ElementTree

    assert ElementTree.parse(tmp_path / "it.svg") is not None
