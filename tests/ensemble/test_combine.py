"""Networks of folds that are combined by what they answer to rows unseen by them."""

import numpy as np
import pytest

from skautogen.ensemble import combine

# The first column is the number of a row, the second its target.
N_ROWS = 9
X = np.column_stack([np.arange(N_ROWS), [3, 1, 4, 1, 5, 9, 2, 6, 5]]).astype(float)
FOLDS = [np.array([0, 4, 8]), np.array([1, 2, 6]), np.array([7, 3, 5])]


@pytest.fixture
def whole_rows(make_step):
    return make_step(lambda X: X)


@pytest.fixture
def make_candidate(make_pipeline, whole_rows):
    """Pipelines, one a fold, that err by so much."""

    def make(*errors):
        return [
            make_pipeline(lambda rows, error=each: rows[:, 1] + error, None, whole_rows)
            for each in errors
        ]

    return make


def by_squared_error(rows):
    """Scores, the second of which is not to be reported."""

    def score(answer):
        assert np.isfinite(answer).all()
        return -np.mean((answer - X[rows, 1]) ** 2), 17.0

    score.temperature = lambda answer: 1.0
    return score


def put_together(candidates, folds=FOLDS, most=3, make_score=by_squared_error, X=X):
    return combine(candidates, folds, X, N_ROWS, make_score, most_candidates=most)


def test_candidates_that_err_in_opposite_directions_are_combined(make_candidate):
    errors = {5: 9.0, 7: 1.0, 3: -1.0}
    candidates = {k: make_candidate(*[each] * 3) for k, each in errors.items()}
    made = put_together(candidates)
    assert made.weights == {7: 0.5, 3: 0.5}
    assert made.score == 0
    np.testing.assert_allclose(made.predictions, X[:, 1])
    # New rows are answered by the networks of all folds of the two.
    assert len(made.ensemble) == 6
    members = {id(each) for each in made.ensemble.pipelines}
    assert members == {id(each) for k in (7, 3) for each in candidates[k]}
    np.testing.assert_allclose(made.ensemble.weights, [1 / 6] * 6)
    new = np.array([[100.0, 2.5], [101.0, -4.0]])
    np.testing.assert_allclose(made.ensemble.answer(new), [2.5, -4.0])


def test_weights_are_of_candidates_and_networks_share_them(make_candidate):
    candidates = {2: make_candidate(1, 1, 1), 4: make_candidate(-3, -3, -3)}
    made = put_together(candidates, most=2)
    assert made.weights == pytest.approx({2: 0.75, 4: 0.25})
    assert sum(made.weights.values()) == pytest.approx(1)
    np.testing.assert_allclose(made.ensemble.weights, [0.25] * 3 + [1 / 12] * 3)


def test_no_more_candidates_than_asked_for(make_candidate):
    candidates = {0: make_candidate(2, 2, 2), 1: make_candidate(-1, -1, -1)}
    made = put_together(candidates, most=1)
    assert made.weights == {1: 1.0}
    assert made.score == -1
    np.testing.assert_allclose(made.predictions, X[:, 1] - 1)


def test_a_row_is_answered_by_the_networks_that_were_not_trained_on_it(make_candidate):
    candidate = make_candidate(0.1, 0.2, 0.3)
    made = put_together({0: candidate})
    expected = X[:, 1].copy()
    for rows, error in zip(FOLDS, (0.1, 0.2, 0.3), strict=True):
        expected[rows] += error
    np.testing.assert_allclose(made.predictions, expected)
    for rows, pipeline in zip(FOLDS, candidate, strict=True):
        (asked,) = pipeline.named_steps["network"].asked
        np.testing.assert_array_equal(asked[:, 0], rows)


def test_answers_of_repeated_folds_are_averaged(make_candidate):
    folds = [np.array([0, 1, 2]), np.arange(2, 9), np.array([2, 8])]
    made = put_together({0: make_candidate(3, 6, 12)}, folds)
    errors = [3, 3, (3 + 6 + 12) / 3, 6, 6, 6, 6, 6, (6 + 12) / 2]
    np.testing.assert_allclose(made.predictions, X[:, 1] + errors)
    assert made.score == pytest.approx(-np.mean(np.square(errors)))


def test_rows_of_no_fold_have_no_prediction_and_no_part_in_the_score(make_candidate):
    scored = []

    def make_score(rows):
        scored.append(rows)
        return by_squared_error(rows)

    candidates = {0: make_candidate(1, 1), 1: make_candidate(-1, -1)}
    made = put_together(candidates, FOLDS[:2], make_score=make_score)
    np.testing.assert_array_equal(scored, [[0, 1, 2, 4, 6, 8]])
    np.testing.assert_array_equal(np.flatnonzero(np.isnan(made.predictions)), [3, 5, 7])
    assert made.score == 0


def test_probabilities_are_combined_class_by_class(make_pipeline, whole_rows):
    def candidate(*proba):
        def answer(rows):
            return np.tile(proba, (len(rows), 1))

        return [make_pipeline(answer, None, whole_rows, True) for _ in FOLDS[:2]]

    def make_score(rows):
        def score(answer):
            return -np.abs(answer - [0.5, 0.3, 0.2]).sum(), 0

        score.temperature = lambda answer: 1.0
        return score

    candidates = {0: candidate(0.6, 0.4, 0.0), 1: candidate(0.4, 0.2, 0.4)}
    made = put_together(candidates, FOLDS[:2], make_score=make_score)
    assert made.weights == {0: 0.5, 1: 0.5}
    assert made.predictions.shape == (N_ROWS, 3)
    np.testing.assert_allclose(made.predictions[0], [0.5, 0.3, 0.2])
    assert np.isnan(made.predictions[3]).all()


def test_a_fold_is_prepared_once_for_all_candidates(make_pipeline, make_step):
    prepares = [make_step(np.asarray) for _ in FOLDS]
    candidates = {
        number: [make_pipeline(lambda x: x, each) for each in prepares]
        for number in range(4)
    }
    put_together(candidates)
    assert [each.n_calls for each in prepares] == [1, 1, 1]


def test_tables_with_names_are_taken_by_row_numbers(make_pipeline, make_step):
    pd = pytest.importorskip("pandas")
    table = pd.DataFrame(X, columns=["row", "target"], index=list("zyxwvutsr"))
    pick = make_step(lambda rows: rows["target"].to_numpy())
    candidate = [make_pipeline(lambda x: x, make_step(lambda X: X), pick)] * 3
    made = put_together({0: candidate}, X=table)
    np.testing.assert_allclose(made.predictions, X[:, 1])
