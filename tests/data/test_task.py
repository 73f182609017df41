"""Classes or numbers."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

from skautogen.data import infer_task

TEN = list(range(10))


@pytest.mark.parametrize(
    ("y", "name"),
    [
        (["a", "b"], "classification"),
        ([True, False], "classification"),
        (pd.Series(["a", "b"], dtype="category"), "classification"),
        (pd.Series([1.5, 2.5], dtype="category"), "regression"),
        (pl.Series(["a", "b"]), "classification"),
        (["1", "2", "3"], "classification"),
        (np.array([True, False], dtype=object), "classification"),
        ([0.5, 1.0, 2.0], "regression"),
        ([0, 1], "classification"),
        ([-1.0, 1.0], "classification"),
        (TEN * 5, "classification"),
        (np.array(TEN * 5, dtype=object), "classification"),
        (TEN * 4, "regression"),  # four rows a value
        (list(range(21)) * 100, "regression"),
        (np.zeros((5, 2), dtype=int), "regression"),
        (np.array(TEN * 5)[:, None], "classification"),
    ],
)
def test_tasks(y, name):
    assert infer_task(y).name == name


@pytest.mark.parametrize(
    ("y", "is_guess"),
    [
        (TEN * 5, False),  # codes of classes
        ([0, 1] * 5, False),
        ([1, 2, 3, 4, 5] * 5, True),  # ratings
        (["a", "b"], False),
        (list(range(100)), False),
    ],
)
def test_what_is_a_guess(y, is_guess):
    assert infer_task(y).is_guess is is_guess


def test_what_is_said_is_taken():
    assert infer_task([1, 2, 3] * 9, "regression").name == "regression"


def test_an_unknown_task():
    with pytest.raises(ValueError, match=r"Unknown task 'regresion'.*'regression'\?"):
        infer_task([1, 2], "regresion")


def test_dates():
    with pytest.raises(ValueError, match="holds dates"):
        infer_task(pd.Series(pd.date_range("2024-01-01", periods=3)))
