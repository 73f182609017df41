"""A structure is a value: equal by what it holds, and the same after YAML."""

import pickle

import pytest

from skautogen.structures import Block, Structure

STRUCTURE = Structure(
    Block.of("numbers", n_frequencies=16),
    (
        Block.of("dense", units=64, activation="relu"),
        Block.of("convolution", skip=True, rate=0.5),
    ),
)


def test_equal_by_what_it_holds():
    same = Structure(
        Block("numbers", (("n_frequencies", 16),)),
        (
            Block.of("dense", activation="relu", units=64),
            Block.of("convolution", rate=0.5, skip=True),
        ),
    )
    assert same == STRUCTURE
    assert hash(same) == hash(STRUCTURE)
    assert len({same, STRUCTURE, Structure(same.stem, same.blocks[:1])}) == 2


def test_made_of_lists_and_in_any_order():
    block = Block("dense", (("units", 64), ("activation", "relu")))
    assert hash(block) == hash(STRUCTURE.blocks[0])
    assert Structure(STRUCTURE.stem, list(STRUCTURE.blocks)) == STRUCTURE
    assert Block.of("a", cls=1, kind=2)["kind"] == 2


def test_cannot_be_changed():
    with pytest.raises(AttributeError, match="cannot assign"):
        STRUCTURE.stem = Block.of("other")
    changed = STRUCTURE.blocks[0].with_setting("units", 32)
    assert (changed["units"], STRUCTURE.blocks[0]["units"]) == (32, 64)


def test_prints_as_one_line():
    assert str(STRUCTURE) == (
        "numbers(n_frequencies=16) > dense(activation=relu, units=64) > "
        "convolution(rate=0.5, skip=True)"
    )


def test_is_the_same_after_yaml_and_pickle():
    assert Structure.from_yaml(STRUCTURE.to_yaml()) == STRUCTURE
    assert pickle.loads(pickle.dumps(STRUCTURE)) == STRUCTURE


def test_yaml_is_read_as_people_write_it():
    text = """
    stem:
      kind: numbers
      n_frequencies: 16
    blocks:
      - {kind: dense, activation: relu, units: 64}
      - kind: convolution
        skip: true
        rate: 0.5
    """
    assert Structure.from_yaml(text) == STRUCTURE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stem: [", "must be YAML"),
        ("- 1", "has 'stem', a block, and 'blocks'"),
        ("stem: {kind: a}", "has 'stem', a block, and 'blocks'"),
        ("stem: {kind: a}\nblocks: dense", "must be a list of blocks; got 'dense'"),
        ("stem: {units: 3}\nblocks: []", r"has a 'kind' .* got \{'units': 3\}"),
        ("stem: {kind: a, units: [3]}\nblocks: []", "settings that are numbers"),
        ("stem: {kind: a, 3: 1}\nblocks: []", "settings that are numbers or names"),
        ("stem: {kind: a, on: 1}\nblocks: []", "settings that are numbers or names"),
        ("stem: !!python/object:os.system {}\nblocks: []", "must be YAML"),
    ],
)
def test_what_is_no_structure_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        Structure.from_yaml(text)
