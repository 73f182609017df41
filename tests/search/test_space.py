"""What a search is over, from what the user gave."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import uniform

from skautogen.architectures import ARCHITECTURES, Architecture, get_architecture
from skautogen.search import resolve_space
from skautogen.search._space import clip_n_iter


def narrow(meta, units=8):
    raise AssertionError("not to be called")


def any_keyword(meta, **keywords):
    raise AssertionError("not to be called")


def curved(meta, activation="bent"):
    raise AssertionError("not to be called")


MLP = {"mlp": get_architecture("mlp")}
BUILDER = {narrow: get_architecture(narrow)}
SEVERAL = {**MLP, **BUILDER}


def resolve(param_space, architectures=MLP, which="space", selects=False):
    return resolve_space(param_space, architectures, which=which, selects=selects)


# No space given


@pytest.mark.parametrize("which", ["space", "grid"])
def test_without_a_space_it_is_that_of_the_architecture(which):
    own = getattr(MLP["mlp"], which)
    assert resolve(None, which=which) == ([own] if isinstance(own, dict) else own)


def test_without_a_space_several_architectures_are_told_apart_by_their_names():
    one = Architecture("one", narrow, space={"units": [4, 8]})
    other = Architecture("other", narrow, space=[{"units": [1]}, {"units": [2]}])
    space = resolve(None, {"one": one, "other": other})
    assert space == [
        {"units": [4, 8], "architecture": ["one"]},
        {"units": [1], "architecture": ["other"]},
        {"units": [2], "architecture": ["other"]},
    ]
    assert one.space == {"units": [4, 8]}


def test_without_a_space_the_number_of_features_is_searched_where_some_are_selected():
    [space] = resolve(None, BUILDER, selects=True)
    assert list(space) == ["n_features"]
    assert space["n_features"][-1] == 1.0
    assert resolve(None, BUILDER) == [{}]


# A space of the user's


@pytest.mark.parametrize("as_list", [False, True])
def test_space_of_one_architecture_is_as_given(as_list):
    given = {"dropout": uniform(0, 0.5), "optimizer": ["adam"], "n_features": [2]}
    assert resolve([given, {}] if as_list else given) == (
        [given, {}] if as_list else [given]
    )


def test_each_of_several_architectures_is_given_what_it_knows():
    given = {"units": [4], "dropout": [0.1], "learning_rate": [0.1], "n_features": [2]}
    shared = {"learning_rate": [0.1], "n_features": [2]}
    assert resolve(given, SEVERAL) == [
        {"architecture": ["mlp"], "dropout": [0.1], **shared},
        {"architecture": [narrow], "units": [4], **shared},
    ]


def test_space_that_names_its_architecture_is_for_that_one():
    given = {"architecture": ["mlp"], "dropout": [0.1]}
    assert resolve(given, SEVERAL) == [given]
    with pytest.raises(ValueError, match=r"'dropout'.*Accepted: .*'units'"):
        resolve({**given, "architecture": [narrow]}, SEVERAL)


def test_builder_of_any_keyword_is_given_any():
    assert resolve({"depth": [3]}, {any_keyword: get_architecture(any_keyword)}) == [
        {"depth": [3]}
    ]


def test_misspelt_hyper_parameter_is_refused_with_the_nearest():
    match = r"param_space: 'unit'.*Accepted: .*'epochs'.*Did you mean 'units'"
    with pytest.raises(ValueError, match=match):
        resolve([{"units": [1]}, {"unit": [1]}], BUILDER)


@pytest.mark.parametrize("values", [["adam", "adm"], np.array(["adm"])])
def test_misspelt_value_is_refused_with_the_nearest(values):
    match = r"optimizer in param_space: .*'adm'.*Did you mean 'adam'"
    with pytest.raises(ValueError, match=match):
        resolve({"optimizer": values})


@pytest.mark.parametrize("values", ["mlp", uniform()])
def test_single_values_and_distributions_are_left_to_scikit_learn(values):
    given = {"architecture": values, "optimizer": values, "activation": values}
    assert resolve(given) == [given]


@pytest.mark.parametrize("given", ["mlp", [["units"]], [{}, 3]])
def test_what_is_no_dict_is_refused(given):
    with pytest.raises(TypeError, match=r"param_space must be a dict of lists .*got "):
        resolve(given)


def test_no_dict_at_all_is_refused():
    with pytest.raises(ValueError, match=r"at least one dict; got an empty list"):
        resolve([])


# Activations


def test_misspelt_activation_is_refused_with_the_nearest():
    match = r"activation in param_space: 'rellu'.*'leaky_relu'.*Did you mean 'relu'"
    with pytest.raises(ValueError, match=match):
        resolve({"activation": ["silu", "rellu"]})


@pytest.mark.parametrize("name", ["get", "serialize", "deserialize", "__name__"])
def test_what_keras_has_beside_activations_is_none(name):
    with pytest.raises(ValueError, match=f"activation in param_space: '{name}'"):
        resolve({"activation": [name]})


def test_activations_that_keras_knows_are_accepted():
    given = {"activation": ["relu", "swish", "hard_silu", np.tanh]}
    assert resolve(given) == [given]


def test_own_spaces_name_activations_that_keras_knows():
    for architecture in ARCHITECTURES.values():
        space = resolve(None, {architecture.name: architecture})
        assert resolve(space, {architecture.name: architecture}) == space


@pytest.mark.parametrize("architectures", [{}, MLP])
def test_builders_may_have_activations_of_their_own(architectures):
    architectures = {**architectures, curved: get_architecture(curved)}
    given = {"activation": ["bent", "kinked"], "architecture": list(architectures)}
    assert resolve(given, architectures) == [given]


# The number of candidates


@pytest.mark.parametrize(
    ("space", "n"),
    [
        ([{"a": [1, 2, 3], "b": [1, 2]}], 6),
        ([{"a": [1, 2, 3]}, {"b": [1, 2]}], 5),
        ([{}], 1),
        ([{"a": list(range(100))}], 10),
        ([{"a": [1]}, {"b": uniform()}], 10),
    ],
)
def test_no_more_candidates_than_there_are(space, n):
    assert clip_n_iter(10, space) == n
