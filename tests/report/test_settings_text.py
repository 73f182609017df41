"""Settings as the lines of a program: whole, or said not to be."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import KFold

from skautogen import AutoGenClassifier
from skautogen.report._html import say_value
from skautogen.report._settings_text import Setting, changed_settings, write_call


def test_long_containers_are_written_whole():
    space = {"learning_rate": [k / 100 for k in range(1, 60)]}
    model = AutoGenClassifier(param_space=space, random_state=0)
    settings = changed_settings(model)
    text = write_call("AutoGenClassifier", settings)
    again = eval(text, {"AutoGenClassifier": AutoGenClassifier})
    assert again.get_params() == model.get_params()
    assert all(each.is_whole for each in settings)


@pytest.mark.parametrize(
    ("value", "is_whole", "to_import"),
    [
        (lambda x: x, False, ()),
        ({"a": object()}, False, ()),
        (np.arange(5_000), False, ("array",)),
        (
            KFold(n_splits=3),
            True,
            ("KFold",),
        ),
        ([None, "text", 1.5], True, ()),
    ],
    ids=["function", "object", "array", "splitter", "plain"],
)
def test_what_is_no_program_is_said(value, is_whole, to_import):
    found = Setting.of("it", value)
    assert (found.is_whole, found.to_import) == (is_whole, to_import)


def test_counts_in_a_column_with_gaps_are_whole_numbers():
    assert say_value(12_345.0) == "12,345"
    assert say_value(float("nan")) == "\N{EN DASH}"
    assert say_value(1e25) == "1e+25"
