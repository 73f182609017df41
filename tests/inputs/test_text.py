"""Texts: what is recognised, refused, and made of them."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import chi2

from skautogen.inputs import TablePreparer, TextPreparer, _ngrams, detect_kind
from skautogen.inputs._characters import count_ngrams
from skautogen.inputs._ngrams import Ngrams
from skautogen.inputs._words import Words, read_words, tokens_of
from skautogen.inputs._writing import measure_writing
from skautogen.inputs.text import check_texts

SPAM = ["WIN a prize now", "win CASH 500 now!", "call now, win a prize 900"]
HAM = ["see you at home", "dinner at home?", "see you later", "home at last"]
TEXTS = SPAM + HAM
Y = np.array(["spam"] * 3 + ["ham"] * 4)


def as_is(X):
    return check_texts(BaseEstimator(), X, reset=True)


@pytest.mark.parametrize(
    "X",
    [
        TEXTS,
        np.array(TEXTS),
        np.array(TEXTS, dtype=object),
        pd.Series(TEXTS),
        pl.Series(TEXTS),
        [None, float("nan"), *TEXTS],
    ],
    ids=["list", "str array", "object array", "pandas", "polars", "missing first"],
)
def test_strings_are_recognised_as_texts(X):
    assert detect_kind(X).name == "text"


@pytest.mark.parametrize(
    "X",
    [
        pd.DataFrame({"text": TEXTS}),
        np.zeros((3, 2)),
        ["a.png", "b.JPG"],
        ["a.wav", "b.wav"],
        [[1.0, 2.0], [1.0]],
        [None, None],
    ],
    ids=["frame", "array", "images", "recordings", "sequences", "nothing"],
)
def test_what_else_there_is_is_not(X):
    assert detect_kind(X).name != "text"


def test_a_text_that_ends_like_a_file_is_a_text():
    assert detect_kind(["look at cat.png", "nice one"]).name == "text"


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
def test_missing_texts_become_none(missing):
    assert as_is(["a b", missing]).tolist() == ["a b", None]


def test_what_is_checked_may_be_checked_again():
    once = as_is(["a b", None])
    assert as_is(once).tolist() == once.tolist()


def test_a_value_that_is_no_string_is_named():
    with pytest.raises(ValueError, match=r"row 1: a text must be a string; got 3 of"):
        as_is(["a", 3])


@pytest.mark.parametrize("X", [["", "  "], [None, np.nan]])
def test_texts_of_which_none_has_words_are_refused(X):
    with pytest.raises(ValueError, match="all of them empty or missing"):
        as_is(X)


def test_a_prediction_may_be_for_an_empty_text():
    assert check_texts(BaseEstimator(), [""], reset=False).tolist() == [""]


def test_no_texts_are_refused():
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        as_is([])


@pytest.mark.parametrize("X", ["a text", 3])
def test_what_is_no_collection_is_refused(X):
    with pytest.raises(TypeError, match="no collection of texts"):
        as_is(X)


def test_two_axes_are_refused():
    with pytest.raises(ValueError, match=r"2 axes, shape=\(1, 2\)"):
        as_is(np.array([["a", "b"]]))


def test_words_are_counted_as_they_stand():
    words = read_words(["a b a", None, "b"])
    assert words.distinct == ["a", "b"]
    np.testing.assert_array_equal(words.counts.toarray(), [[2, 1], [0, 0], [0, 1]])


def test_words_split_and_pair_in_order():
    words = read_words(["don't go", "go home go"])
    parts = words.split(tokens_of)
    spelled = [parts.distinct[number] for number in parts.numbers]
    assert spelled == ["don", "'", "t", "go", "go", "home", "go"]
    assert parts.ends.tolist() == [0, 4, 7]
    pairs = parts.pairs()
    named = [pairs.distinct[number] for number in pairs.numbers]
    assert named == ["don '", "' t", "t go", "go home", "home go"]
    assert pairs.ends.tolist() == [0, 3, 5]


def test_rare_pairs_are_left_out():
    pairs = Words.of([["a", "b", "a", "b"], ["b", "a"]]).pairs(fewest=2)
    assert sorted(pairs.distinct) == ["a b", "b a"]
    only = Words.of([["a", "b"], ["a", "b"], ["c", "d"]]).pairs(fewest=2)
    assert only.distinct == ["a b"]
    assert only.ends.tolist() == [0, 1, 2, 2]


def ngrams_in_a_loop(word):
    padded = f" {word} "
    return [padded[i : i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1)]


def test_ngrams_of_characters_are_those_of_a_loop():
    words = ["banana", "ban", "é", "日本語"]
    ngrams, counts = count_ngrams(words)
    distinct = sorted({each for word in words for each in ngrams_in_a_loop(word)})
    assert len(ngrams) == len(distinct)
    for word, row in zip(words, counts.toarray(), strict=True):
        expected = [ngrams_in_a_loop(word).count(each) for each in distinct]
        assert sorted(row) == sorted(expected)
        assert row.sum() == len(ngrams_in_a_loop(word))


def test_weights_of_words_are_tf_idf():
    texts = ["a b b", "a c", "b c c"]
    ngrams = Ngrams().fit(read_words(texts), None)
    made = ngrams.transform(read_words(texts)).toarray()
    words = TfidfVectorizer(
        token_pattern=r"\w", ngram_range=(1, 2), sublinear_tf=True, min_df=2
    ).fit_transform(texts)
    n_own = words.shape[1]
    np.testing.assert_allclose(made[:, :n_own], words.toarray(), rtol=1e-5)


def test_terms_are_those_that_tell_most():
    texts = ["good day sir", "good bad", "poor day sir", "poor bad"] * 3
    y = np.array(["+", "+", "-", "-"] * 3)
    # "good", " goo", ... and "poor" all tell; "day", "sir" and "bad" do not.
    words = Ngrams(most_terms=4).fit(read_words(texts), y).transform
    telling, others = (
        words(read_words(["good poor"])),
        words(read_words(["day sir bad"])),
    )
    assert telling.nnz == 4
    assert others.nnz == 0


@pytest.mark.parametrize("n_at_once", [1, 40, 2**22])
def test_how_much_a_term_tells_is_the_statistic_of_scikit_learn(n_at_once, monkeypatch):
    monkeypatch.setattr(_ngrams, "_NUMBERS_AT_ONCE", n_at_once)
    rng = np.random.default_rng(0)
    has_term = csr_array((rng.random((60, 25)) < 0.3).astype(np.float32))
    y = rng.integers(0, 12, 60)
    groups = _ngrams._divide(y, 60)
    every_unit = csr_array(np.eye(60, dtype=np.float32))
    in_groups = _ngrams._count_in_groups(every_unit, has_term, groups)
    np.testing.assert_allclose(
        _ngrams._chi_squared(in_groups, groups), chi2(has_term, y)[0], rtol=1e-5
    )


def test_a_numeric_target_is_told_by_terms_too():
    texts = ["low w", "high w"] * 20
    y = np.tile([0.0, 10.0], 20) + np.linspace(0, 1, 40)
    weigh = Ngrams(most_terms=2).fit(read_words(texts), y).transform
    assert weigh(read_words(["w"])).nnz == 0
    assert weigh(read_words(["low high"])).nnz == 2


def test_the_order_of_texts_changes_nothing():
    backwards = TextPreparer().fit(TEXTS[::-1], Y[::-1]).transform(TEXTS)
    forwards = TextPreparer().fit(TEXTS, Y).transform(TEXTS)
    np.testing.assert_array_equal(np.sort(forwards), np.sort(backwards))


def test_texts_without_a_word_in_common_are_taken():
    preparer = TextPreparer().fit(["ab", "cd"], ["x", "y"])
    assert np.isfinite(preparer.transform(["ab", None, ""])).all()


def test_writing_is_measured():
    measures = measure_writing(["Hé 12!", ""])
    expected = [np.log(7), np.log(3), 3.0, 1 / 6, 2 / 6, 1 / 6, 1 / 6]
    np.testing.assert_allclose(measures[0], expected)
    np.testing.assert_allclose(measures[1], [0, np.log(2), 0, 0, 0, 0, 0])


@pytest.mark.parametrize("representation", ["ngrams", "tokens"])
class TestBothRepresentations:
    @pytest.fixture
    def preparer(self, representation):
        return TextPreparer(representation).fit(TEXTS, Y)

    def test_numbers_are_below_what_builders_are_told(self, preparer):
        (most,) = preparer.meta().values()
        prepared = preparer.transform([*TEXTS, "quite unknown"])
        numbers = prepared[:, 0] if prepared.ndim == 3 else prepared
        assert numbers.max() < most
        assert (numbers == np.floor(numbers)).all()

    def test_a_text_is_prepared_alone_as_among_others(self, preparer):
        together = preparer.transform(TEXTS)
        for row, text in enumerate(TEXTS):
            np.testing.assert_allclose(preparer.transform([text])[0], together[row])

    def test_it_pickles_and_clones(self, preparer):
        again = pickle.loads(pickle.dumps(preparer)).transform(TEXTS)
        np.testing.assert_array_equal(again, preparer.transform(TEXTS))
        assert clone(preparer).get_params() == preparer.get_params()

    def test_rows_of_weight_0_are_as_if_removed(self, preparer, representation):
        weighted = TextPreparer(representation).fit(
            [*TEXTS, "zzz zzz", "zzz"], [*Y, "ham", "spam"], [1] * len(TEXTS) + [0, 0]
        )
        texts = [*TEXTS, "zzz"]
        np.testing.assert_array_equal(
            weighted.transform(texts), preparer.transform(texts)
        )

    def test_a_missing_text_has_no_words(self, preparer):
        missing, empty = preparer.transform([None, ""])
        np.testing.assert_array_equal(missing, empty)


def test_a_text_of_many_terms_keeps_the_heaviest(monkeypatch):
    monkeypatch.setattr("skautogen.inputs.text._MOST_TERMS_OF_A_TEXT", 3)
    whole = TextPreparer().fit(TEXTS, Y)
    weights = whole._ngrams.transform(read_words(TEXTS)).toarray()
    kept = whole.transform(TEXTS)[:, 1, 7:]
    assert kept.shape == (7, 3)
    np.testing.assert_allclose(kept.max(axis=1), weights.max(axis=1))


def test_tokens_are_padded_and_cut():
    texts = ["one two three four"] * 40 + ["one two three four one two"]
    prepared = TextPreparer("tokens").fit(texts).transform(["one", *texts])
    assert prepared.shape == (42, 4)
    assert (prepared[0] > 0).tolist() == [True, False, False, False]
    np.testing.assert_array_equal(prepared[1], prepared[-1])


def test_names_are_read_by_their_characters():
    prepared = TextPreparer("tokens").fit(["anna", "ann", "nana"]).transform(["anan"])
    a, n, again, _ = prepared[0]
    assert a == again
    assert a != n


def test_an_unknown_representation_is_refused():
    with pytest.raises(ValueError, match="representation"):
        TextPreparer("words").fit(TEXTS)


def free_texts(n, seed=0):
    rng = np.random.default_rng(seed)
    words = [f"word{number}" for number in range(40)]
    return [" ".join(rng.choice(words, 8)) for _ in range(n)]


def test_texts_in_a_table_are_told_by_topics_and_writing():
    X = pd.DataFrame({"size": np.arange(120.0), "note": free_texts(120)})
    preparer = TablePreparer().fit(X)
    names = preparer.get_feature_names_out()
    assert sum(name.startswith("note_topic") for name in names) == 30
    assert "note_capitals" in names
    assert preparer.meta(np.ones(len(names), bool)) == {"n_numeric_": 8}
    prepared = preparer.transform(X)
    assert np.abs(prepared).max() <= 3
    np.testing.assert_allclose(
        preparer.transform(X.iloc[[5]])[0], prepared[5], 1e-4, 1e-4
    )


def test_a_missing_text_in_a_table_is_indicated():
    X = pd.DataFrame({"note": [*free_texts(120), None]})
    preparer = TablePreparer().fit(X)
    assert preparer.get_feature_names_out()[-1] == "missingindicator_note"
    assert preparer.transform(X)[-1, -1] == 1


def test_short_strings_in_a_table_are_told_by_spelling():
    X = pd.DataFrame({"name": [f"first last{number}" for number in range(100)]})
    names = TablePreparer().fit(X).get_feature_names_out()
    assert sum(name.startswith("name_spelling") for name in names) == 30
    assert not any("topic" in name for name in names)
