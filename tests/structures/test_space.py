"""Whatever is drawn, changed or crossed can be built."""

from collections import Counter

import numpy as np
import pytest

from skautogen.structures import (
    Block,
    BlockKind,
    Structure,
    StructureSpace,
    neighbour,
)

DENSE = BlockKind("dense", {"units": (8, 16, 32), "activation": ("relu", "selu")})
SKIP = BlockKind("skip", {"units": (8, 16)})
STEM = BlockKind("numbers", {"waves": (0, 8)})


@pytest.fixture(params=[0, 1])
def space(request):
    return StructureSpace(STEM, (DENSE, SKIP), min_blocks=request.param, max_blocks=4)


def _drawn_values(structure):
    for block in structure.blocks:
        choices = {"dense": DENSE, "skip": SKIP}[block.kind].choices
        assert set(dict(block.settings)) == set(choices)
        assert all(block[name] in values for name, values in choices.items())


def test_a_thousand_generations_stay_in_the_space(space):
    rng = np.random.RandomState(0)
    one, other = space.rvs(rng), space.rvs(rng)
    for _ in range(1000):
        one, other = space.mutate(space.cross(one, other, rng), rng), one
        assert one in space
        assert space.min_blocks <= len(one.blocks) <= space.max_blocks
        _drawn_values(one)


def test_every_length_and_kind_is_drawn(space):
    rng = np.random.RandomState(0)
    drawn = [space.rvs(rng) for _ in range(300)]
    lengths = Counter(len(each.blocks) for each in drawn)
    assert set(lengths) == set(range(space.min_blocks, 5))
    assert min(lengths.values()) > 20
    kinds = Counter(block.kind for each in drawn for block in each.blocks)
    assert min(kinds.values()) > 0.4 * sum(kinds.values())


def test_the_same_seed_draws_the_same(space):
    assert space.rvs(3) == space.rvs(np.random.RandomState(3))


def test_a_mutation_changes_one_place(space):
    rng = np.random.RandomState(0)
    for _ in range(300):
        before = space.rvs(rng)
        after = space.mutate(before, rng)
        if len(after.blocks) == len(before.blocks):
            pairs = zip(
                (before.stem, *before.blocks), (after.stem, *after.blocks), strict=True
            )
            assert sum(one != other for one, other in pairs) <= 1
        else:
            longer, shorter = sorted(
                (before.blocks, after.blocks), key=len, reverse=True
            )
            assert len(longer) == len(shorter) + 1
            without_one = [
                longer[:place] + longer[place + 1 :] for place in range(len(longer))
            ]
            assert shorter in without_one


def test_every_structure_can_be_reached_by_mutations():
    small = StructureSpace(STEM, (SKIP,), max_blocks=2)
    rng = np.random.RandomState(0)
    one, seen = small.rvs(rng), set()
    for _ in range(500):
        seen.add(one)
        one = small.mutate(one, rng)
    assert len(seen) == 2 * (2 + 4)  # stems times sequences of one or two blocks


def test_a_child_begins_as_one_parent_and_ends_as_the_other(space):
    rng = np.random.RandomState(0)
    eights = Structure(STEM.draw(rng), (Block.of("skip", units=8),) * 3)
    sixteens = Structure(STEM.draw(rng), (Block.of("skip", units=16),) * 3)
    crossed = set()
    for _ in range(100):
        child = space.cross(eights, sixteens, rng)
        units = [block["units"] for block in child.blocks]
        assert units == sorted(units)
        assert child.stem == eights.stem
        crossed.add(tuple(units))
    assert any(len(set(units)) == 2 for units in crossed)


def test_numbers_change_to_the_next_and_names_to_any():
    rng = np.random.RandomState(0)
    assert {neighbour((8, 16, 32, 64), 16, rng) for _ in range(50)} == {8, 32}
    assert {neighbour((8, 16, 32), 32, rng) for _ in range(50)} == {16}
    assert {neighbour((8, 16, 32), 20, rng) for _ in range(50)} == {16, 32}
    assert {neighbour(("a", "b", "c"), "a", rng) for _ in range(50)} == {"b", "c"}
    assert neighbour((False, True), True, rng) is False


@pytest.mark.parametrize(
    ("structure", "error", "said"),
    [
        ("dense", TypeError, "must be a skautogen.structures.Structure; got 'dense'"),
        (
            Structure(Block.of("number", waves=0), ()),
            ValueError,
            "Unknown stem 'number'.* Did you mean 'numbers'",
        ),
        (
            Structure(Block.of("numbers", waves=0), (Block.of("dens"),)),
            ValueError,
            "Unknown kind of block 'dens'.* Did you mean 'dense'",
        ),
        (
            Structure(Block.of("numbers", waves=0), (Block.of("skip", units=8, a=1),)),
            ValueError,
            r"'skip' has the settings \['units'\]; got skip\(a=1, units=8\)",
        ),
    ],
)
def test_what_cannot_be_built_is_refused(space, structure, error, said):
    assert structure not in space
    with pytest.raises(error, match=said):
        space.check(structure)
