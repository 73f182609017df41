"""Evolution on functions whose best argument is known; no network is trained."""

import numpy as np
import pytest
from scipy.stats import loguniform, randint, uniform

from skautogen.search import CandidateSpace, Evolution, Trial

SPACE = CandidateSpace(
    [
        {
            "rate": loguniform(1e-4, 1.0),
            "width": [8, 16, 32, 64, 128, 256],
            "name": ["a", "b", "c", "d"],
            "share": uniform(0, 1),
        }
    ]
)


def _score(candidate):
    """Best at a rate of 0.01, a width of 64, the name c and a share of 0.3."""
    return -(
        np.log10(candidate["rate"] / 0.01) ** 2
        + np.log2(candidate["width"] / 64) ** 2
        + 2 * (candidate["name"] != "c")
        + 9 * (candidate["share"] - 0.3) ** 2
    )


def _search(proposer, n_trials, seed, score=_score):
    rng, trials = np.random.RandomState(seed), []
    while len(trials) < n_trials:
        for each in proposer.propose(SPACE, trials, n_trials - len(trials), rng):
            trials.append(Trial(each, score(each), 1.0))
    return trials


class _Random:
    def propose(self, space, trials, n_left, random_state):
        return [space.draw(random_state)]


def test_finds_better_candidates_than_chance_does():
    best = {
        proposer: np.median(
            [
                max(each.score for each in _search(proposer, 80, seed))
                for seed in range(9)
            ]
        )
        for proposer in (Evolution(), _Random())
    }
    evolved, drawn = best.values()
    assert evolved > 0.3 * drawn  # scores are negative
    assert evolved > -0.3


def test_the_same_seed_proposes_the_same():
    one, other = (_search(Evolution(), 30, seed=1) for _ in range(2))
    assert [each.candidate for each in one] == [each.candidate for each in other]


def test_no_more_than_is_left_and_none_twice():
    trials = _search(Evolution(n_children=7), 40, seed=0)
    assert len(trials) == 40
    assert len({repr(each.candidate) for each in trials}) == 40


def test_the_oldest_die_however_good():
    old = Trial({"rate": 0.01, "width": 64, "name": "c", "share": 0.3}, 0.0, 1.0)
    young = Trial({"rate": 1.0, "width": 8, "name": "a", "share": 1.0}, -50.0, 1.0)
    evolution = Evolution(population_size=4, crossover=0.0, n_children=20)
    rng = np.random.RandomState(0)
    for child in evolution.propose(SPACE, [old] + [young] * 4, 20, rng):
        changed = [name for name in child if child[name] != young.candidate[name]]
        assert len(changed) <= 1
    parents = evolution.propose(SPACE, [young] * 4 + [old], 20, rng)
    assert sum(child["name"] == "c" for child in parents) > 10


def test_failed_candidates_have_no_children():
    trials = _search(
        Evolution(population_size=6),
        60,
        seed=0,
        score=lambda each: np.nan if each["name"] == "c" else _score(each),
    )
    names = [each.candidate["name"] for each in trials[-20:]]
    assert names.count("c") < 12
    assert max(each.score for each in trials if each.score == each.score) > -3


def test_all_failed_still_draws():
    trials = _search(Evolution(population_size=4), 12, 0, score=lambda each: np.nan)
    assert len(trials) == 12


# --- the space of candidates ----------------------------------------------------------


def test_a_mutation_changes_one_name_by_little():
    rng = np.random.RandomState(0)
    before = {"rate": 0.01, "width": 32, "name": "a", "share": 0.5}
    rates = []
    for _ in range(400):
        after = SPACE.mutate(before, rng)
        changed = [name for name in before if after[name] != before[name]]
        assert len(changed) == 1
        if changed == ["width"]:
            assert after["width"] in (16, 64)
        if changed == ["rate"]:
            rates.append(np.log10(after["rate"]))
    assert min(rates) >= -4
    assert max(rates) <= 0
    # A step is 0.15 of the four decades.
    assert np.std(rates) == pytest.approx(0.6, rel=0.25)


def test_a_crossing_takes_each_name_from_a_parent():
    rng = np.random.RandomState(0)
    one = {"rate": 0.01, "width": 32, "name": "a", "share": 0.5}
    other = {"rate": 0.1, "width": 64, "name": "b", "share": 0.6}
    children = [SPACE.cross(one, other, rng) for _ in range(100)]
    for name in one:
        assert {child[name] for child in children} == {one[name], other[name]}


def test_a_candidate_is_of_the_mapping_that_knows_its_values():
    small = {"optimizer": ["lion"], "rate": loguniform(1e-5, 1e-3)}
    large = {"optimizer": ["adam", "sgd"], "rate": loguniform(1e-3, 1e-1)}
    space = CandidateSpace([small, large])
    assert space.space_of({"optimizer": "sgd", "rate": 0.1}) is large
    assert space.space_of({"optimizer": "lion"}) is small
    rng = np.random.RandomState(0)
    one, other = {"optimizer": "lion", "rate": 1e-4}, {"optimizer": "adam", "rate": 0.1}
    assert space.cross(one, other, rng) == one


def test_a_space_of_one_candidate_is_tried_once():
    only = {"width": 8, "name": "a"}
    space = CandidateSpace([{"width": [8], "name": ["a"]}])
    rng = np.random.RandomState(0)
    assert space.mutate(only, rng) == only
    assert Evolution().propose(space, [], 3, rng) == [only]
    assert Evolution().propose(space, [Trial(only, 1.0, 1.0)], 3, rng) == []


def test_whole_numbers_stay_whole():
    space = CandidateSpace([{"units": randint(8, 64)}])
    rng = np.random.RandomState(0)
    candidate = {"units": 17}
    for _ in range(50):
        changed = space.mutate(candidate, rng)
        assert type(changed["units"]) is int
        assert 8 <= changed["units"] < 64
        assert changed != candidate
        candidate = changed


def test_values_of_any_kind_can_be_changed():
    rng = np.random.RandomState(0)
    values = [None, False, 0, (8, 8), "a", np.float32(0.5), np.array([1, 2])]
    space = CandidateSpace([{"x": values}])
    for value in values:
        assert repr(space.mutate({"x": value}, rng)["x"]) != repr(value)
    steps = CandidateSpace([{"x": np.array([8, 16, 32, 64])}])
    assert {int(steps.mutate({"x": 8}, rng)["x"]) for _ in range(20)} == {16}


@pytest.mark.parametrize(
    ("population_size", "least", "most"), [(16, 24, 36), (4, 40, 40)]
)
def test_breeding_begins_at_once_and_some_are_drawn_until_the_population_is_full(
    population_size, least, most
):
    good = Trial({"rate": 0.01, "width": 64, "name": "c", "share": 0.3}, 0.0, 1.0)
    bad = Trial({"rate": 1.0, "width": 8, "name": "a", "share": 1.0}, -50.0, 1.0)
    rng = np.random.RandomState(0)
    evolution = Evolution(population_size, crossover=0.0, n_children=40)
    children = evolution.propose(SPACE, [good, bad, bad, bad], 40, rng)
    parents = (good.candidate, bad.candidate)
    bred = [
        child
        for child in children
        if 3 in [sum(child[k] == p[k] for k in child) for p in parents]
    ]
    assert len(children) == 40
    assert least <= len(bred) <= most
