"""Greedy selection as a plain loop over lists of members does it."""

import numpy as np
import pytest

from skautogen.ensemble import select_greedily


def select_in_a_loop(answers, score, most_members, n_steps):
    """Weights of the best of all lists that greedy steps come by."""
    members, tried = [], []
    for _ in range(n_steps):
        scores = []
        for k in range(len(answers)):
            longer = [*members, k]
            is_allowed = len(set(longer)) <= most_members
            mean = np.mean([answers[each] for each in longer], axis=0)
            scores.append(score(mean) if is_allowed else -np.inf)
        members.append(int(np.argmax(scores)))
        tried.append((max(scores), list(members)))
    best = max(tried, key=lambda each: each[0])[1]
    return np.array([best.count(k) / len(best) for k in range(len(answers))])


def error_against(y):
    return lambda answer: -np.mean((y - answer) ** 2)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("most_members", "n_steps"), [(1, 4), (2, 7), (6, 12)])
def test_weights_are_those_of_a_plain_loop(seed, most_members, n_steps):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(20, 2))
    answers = [y + rng.normal(size=y.shape) for _ in range(6)]
    score = error_against(y)
    counts = select_greedily(answers, score, most_members=most_members, n_steps=n_steps)
    expected = select_in_a_loop(answers, score, most_members, n_steps)
    np.testing.assert_allclose(counts / counts.sum(), expected)
    assert np.count_nonzero(counts) <= most_members
    assert counts.sum() <= n_steps
    best_alone = max(score(each) for each in answers)
    together = np.average(answers, axis=0, weights=counts)
    assert score(together) >= best_alone


def test_a_member_that_is_added_again_weighs_more():
    y = np.zeros(2)
    # Right together at three parts of the first and one of the second.
    answers = [y + 1, y - 3]
    counts = select_greedily(answers, error_against(y), most_members=2, n_steps=9)
    np.testing.assert_array_equal(counts, [3, 1])


def test_of_equal_members_the_first_is_chosen_and_only_once():
    y = np.array([1.0, 2.0, 3.0])
    answers = [y + 5, y + 1, y + 1, y + 1]
    counts = select_greedily(answers, error_against(y), most_members=4, n_steps=8)
    np.testing.assert_array_equal(counts, [0, 1, 0, 0])


def test_no_more_members_than_asked_for_though_more_were_better():
    y = np.zeros(3)
    answers = [y + 1, y - 3]
    counts = select_greedily(answers, error_against(y), most_members=1, n_steps=9)
    np.testing.assert_array_equal(counts, [1, 0])


def test_scores_may_be_pairs_of_which_the_second_breaks_ties():
    y = np.array([0, 0, 1, 1])
    vague = np.array([0.4, 0.4, 0.6, 0.6])
    sure = np.array([0.1, 0.1, 0.9, 0.9])

    def score(answer):
        return np.mean((answer > 0.5) == y), -np.mean((answer - y) ** 2)

    counts = select_greedily([vague, sure], score, most_members=2, n_steps=5)
    np.testing.assert_array_equal(counts, [0, 1])


def test_answers_are_left_as_they_were():
    answers = [np.array([1.0, 2.0]), np.array([3.0, 4.0])]
    select_greedily(answers, np.sum, most_members=2, n_steps=3)
    np.testing.assert_array_equal(answers, [[1, 2], [3, 4]])
