"""Texts as weighted n-grams, as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ....inputs import text as own
from ....inputs._ngrams import MOST_TERMS
from .._fragment import Fragment
from .._task import Task
from ._source import Command, PreparationSource, Size
from ._vocabularies import characters_part, read_vocabularies

_MAKE = '''\
def make_preprocessing() -> NgramPreprocessor:
    """Make the preprocessing, which is fitted on training texts."""
    return NgramPreprocessor()'''

# How much terms tell of labels, and of numbers.
_SCORES = r"chi2\(has_term, y\)\[0\]"
_SCORES_OF = {
    "number": "chi2(has_term, find_eighths(y))[0]",
    "numbers": "sum(chi2(has_term, each)[0] for each in find_eighths(y).T)",
}


def ngrams_source(
    prepare: Any,
    task: Task,
    command: Command,
    load: Fragment,
    also: Sequence[Any] = (),
) -> PreparationSource:
    """Write how texts become the numbers and weights of their n-grams.

    Parameters
    ----------
    prepare : TextPreparer
        Fitted.
    task : Task
    command : Command
    load : Fragment
    also : sequence of TextPreparer, default=()

    Returns
    -------
    source : PreparationSource
    """
    n_terms = prepare.meta()["n_terms_"]
    terms, rarity = read_vocabularies(prepare._ngrams)
    # Characters of two halves may be in the texts of some folds alone.
    others = [each for each in also if each.representation == prepare.representation]
    characters = [read_vocabularies(each._ngrams)[0] for each in (prepare, *others)]
    eighths = () if task.is_classifier else (f"eighths_of_{task.kind}",)
    return PreparationSource(
        command=command,
        inputs="list[str]",
        parts=(
            *eighths,
            characters_part(characters),
            "ngram_preprocessor",
            "take_known",
        ),
        stands_for={_SCORES: _SCORES_OF[task.kind]} if task.kind in _SCORES_OF else {},
        load=load,
        input_shape="(2, None)",
        definitions=Fragment.of(_MAKE),
        fits_target=True,
        size=Size("n_terms", "preprocessing.n_terms_", n_terms, is_learned=True),
        settings={"MOST_TERMS": MOST_TERMS},
        learned={
            "n_terms_": n_terms,
            "n_of_a_text_": prepare._n_of_a_text,
            "center_": prepare._center,
            "width_": _widths(prepare._factor),
            "terms_": terms,
            "rarity_": rarity,
        },
    )


def _widths(factor: np.ndarray) -> np.ndarray:
    """Deviations of measures; infinite for those that never vary."""
    widths: np.ndarray = np.full(len(factor), np.inf)
    np.divide(1, factor, out=widths, where=factor > 0)
    return widths / own._WEIGHT_OF_WRITING
