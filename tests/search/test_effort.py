"""How much a search tries, with more rows, more folds and more time."""

from itertools import pairwise

import pytest

from skautogen import search

# Each twice the one before: the rounding of epochs makes steps smaller than that.
ROWS = [20 * 2**k for k in range(17)]
LIMITS = [None, 0.001, 1, 10, 30, 60, 300, 3_600, 1e6]

SHARES = [0.4, 1.0, 0.2, 1.0]


def plan_effort(n_rows, n_folds, time_limit, **more):
    return search.plan_effort(n_rows, n_folds, time_limit, shares=SHARES, **more)


every_limit = pytest.mark.parametrize("time_limit", LIMITS)
every_n_folds = pytest.mark.parametrize("n_folds", [2, 5, 10])


def is_falling(numbers):
    return all(a >= b for a, b in pairwise(numbers))


@every_limit
@every_n_folds
def test_more_rows_mean_neither_more_candidates_nor_more_epochs(n_folds, time_limit):
    plans = [plan_effort(n_rows, n_folds, time_limit) for n_rows in ROWS]
    assert is_falling([each.n_iter for each in plans])
    assert is_falling([each.epochs for each in plans])


@every_limit
def test_more_folds_mean_no_more_candidates_and_as_many_epochs(time_limit):
    for n_rows in ROWS:
        plans = [plan_effort(n_rows, n_folds, time_limit) for n_folds in range(2, 21)]
        assert is_falling([each.n_iter for each in plans])
        assert len({each.epochs for each in plans}) == 1


@pytest.mark.parametrize("n_rows", ROWS)
def test_more_time_means_no_fewer_candidates_and_as_many_epochs(n_rows):
    plans = [plan_effort(n_rows, 5, seconds) for seconds in range(1, 2_000, 7)]
    assert is_falling([each.n_iter for each in reversed(plans)])
    assert len({each.epochs for each in plans}) == 1


def test_time_makes_a_difference_in_both_directions():
    none, little, much = (plan_effort(1_000, 5, each) for each in (None, 20, 600))
    assert little.n_iter <= none.n_iter < much.n_iter
    assert little.n_iter < much.n_iter


@pytest.mark.parametrize("time_limit", [1e-9, 0.5, 5])
def test_there_is_a_candidate_however_little_time_there_is(time_limit):
    for n_rows in (2, 1_000, 10_000_000):
        plan = plan_effort(n_rows, 10, time_limit)
        assert plan.n_iter == 1
        assert plan.epochs >= 1


def test_there_is_an_end_to_candidates_however_much_time_there_is():
    plans = [plan_effort(20, 2, seconds) for seconds in (1e6, 1e9)]
    assert plans[0] == plans[1]
    assert plans[0].n_iter < 1_000


def test_small_tables_have_many_candidates_and_large_ones_few():
    small, large = plan_effort(300, 5, None), plan_effort(1_000_000, 5, None)
    assert small.n_iter == len(SHARES)
    assert large.n_iter == 1
    assert small.epochs >= 10 * large.epochs


@every_limit
def test_a_plan_is_of_its_arguments_alone(time_limit):
    assert len({plan_effort(1_234, 5, time_limit) for _ in range(5)}) == 1


def test_without_candidates_to_try_first_there_are_ten():
    assert search.plan_effort(500, 5, None).n_iter == 10


def test_the_users_epochs_are_kept_and_counted():
    many, few = (plan_effort(2_000, 5, 60, epochs=each) for each in (1_000, 10))
    assert (many.epochs, few.epochs) == (1_000, 10)
    assert many.n_iter < few.n_iter


def test_columns_cost_time():
    wide, narrow = (plan_effort(5_000, 5, 60, n_columns=each) for each in (500, 5))
    assert wide.n_iter < narrow.n_iter


def test_each_of_several_architectures_is_tried():
    assert plan_effort(1_000_000, 5, 1, fewest=3).n_iter == 3
