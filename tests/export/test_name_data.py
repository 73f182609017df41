"""The user's own data in a generated file."""

from __future__ import annotations

import ast

import pytest

from skautogen.export import name_data

SOURCE = '''"""A network.

    python model.py --data data.csv --target target
"""

DATA = "data.csv"
TARGET = "target"
SEED = 3
'''


def test_what_is_not_given_stays():
    assert name_data(SOURCE) == SOURCE


def test_constants_and_docstring_name_the_data():
    source = name_data(SOURCE, "my people.csv", "age")
    assert 'DATA = "my people.csv"\nTARGET = "age"\nSEED = 3\n' in source
    assert "python model.py --data 'my people.csv' --target age\n" in source


def test_several_targets():
    source = name_data(SOURCE, target=["a", "b"])
    assert "--data data.csv --target a b\n" in source
    assert 'TARGET = ["a", "b"]' in source


def test_long_values_take_several_lines():
    names = [f"a column with a long name {n}" for n in range(9)]
    source = name_data(SOURCE, target=names)
    namespace = {}
    exec(source, namespace)
    assert namespace["TARGET"] == names
    assert (
        name_data(source, target="age").splitlines()[-2:]
        == SOURCE.replace('"target"', '"age"').splitlines()[-2:]
    )


@pytest.mark.parametrize("data", ['a"b.csv', "a\\b.csv", 'a"""b.csv', "ä.csv"])
def test_odd_names_of_files_are_kept(data):
    source = name_data(SOURCE, data)
    namespace = {}
    exec(source, namespace)
    assert namespace["DATA"] == data
    assert data in ast.get_docstring(ast.parse(source))


def test_files_without_a_target_have_none():
    source = SOURCE.replace('TARGET = "target"\n', "").replace(" --target target", "")
    assert "age" not in name_data(source, "pictures", "age")


def test_a_column_of_texts():
    source = SOURCE + 'TEXT = "text"\n'
    assert name_data(source, text="message").endswith('SEED = 3\nTEXT = "message"\n')
    assert name_data(SOURCE, text="message") == SOURCE
