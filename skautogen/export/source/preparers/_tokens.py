"""Texts as sequences of tokens, as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....inputs import _tokens as own
from .._fragment import Fragment
from .._task import Task
from ._source import Command, PreparationSource, Size

_BY_WORD = '''\
def read_tokens(text: str) -> list[str]:
    """Read the words and signs of a text, with all digits alike."""
    return re.findall(r"\\w+|[^\\w\\s]+", re.sub(r"\\d", "0", text.lower()))'''

_BY_CHARACTER = '''\
def read_tokens(text: str) -> list[str]:
    """Read the characters of a text."""
    return list(text)'''

_MAKE = '''\
def make_preprocessing() -> TokenPreprocessor:
    """Make the preprocessing, which is fitted on training texts."""
    return TokenPreprocessor()'''


def tokens_source(
    prepare: Any,
    task: Task,
    command: Command,
    load: Fragment,
    also: Sequence[Any] = (),
) -> PreparationSource:
    """Write how texts become the numbers of their tokens.

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
    tokens = prepare._tokens
    by_character = tokens._by_character
    reads = Fragment.of(_BY_CHARACTER)
    if not by_character:
        reads = Fragment.of(_BY_WORD, "import re")
    return PreparationSource(
        command=command,
        inputs="list[str]",
        parts=("token_preprocessor", "take_known"),
        load=Fragment(f"{reads.code}\n\n\n{load.code}", reads.imports | load.imports),
        input_shape="(None,)",
        definitions=Fragment.of(_MAKE),
        size=Size(
            "n_tokens", "preprocessing.n_tokens_", tokens.n_tokens_, is_learned=True
        ),
        nouns={"part": "presence"},
        settings={
            "MOST_TOKENS": own._MOST_TOKENS,
            "MOST_STEPS": own._MOST_CHARACTERS if by_character else own._MOST_WORDS,
        },
        learned={
            "numbers_": tokens._numbers,
            "n_steps_": tokens.n_steps_,
            "n_tokens_": tokens.n_tokens_,
        },
    )
