"""What a preparation of inputs becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .._fragment import Fragment


class Code(str):
    """An expression, where other strings are values."""


@dataclass(frozen=True)
class Size:
    """A number that training rows decide on, and the network is built with.

    Attributes
    ----------
    name : str
        Of the argument of ``build_model``.
    made : str
        What it is after the preprocessing, as an expression.
    value : int
        In the network that was found.
    is_learned : bool, default=False
        Whether a preprocessing that is read from a file tells it by this expression;
        otherwise it is kept beside.
    """

    name: str
    made: str
    value: int
    is_learned: bool = False


@dataclass(frozen=True)
class Command:
    """What the command line of a file takes, and what its docstring says of it.

    Attributes
    ----------
    data : str
        What is trained on, such as ``"CSV file"``.
    to_predict : str
        What is predicted for.
    examples : tuple of str
        Arguments that train, and those that predict, for the docstring.
    unit : str
        What is held out, such as ``"rows"``.
    read : tuple of str
        Statements that read X to be predicted for.
    table : tuple of str
        Arguments of the DataFrame of what is predicted.
    load : str, default="path"
        Arguments of ``load_data``.
    arguments : tuple of tuple of str, default=()
        Further ones of the command line, as ``add_argument`` takes them.
    settings : dict of str -> object, default={}
        Constants that name the data.
    """

    data: str
    to_predict: str
    examples: tuple[str, str]
    unit: str
    read: tuple[str, ...]
    table: tuple[str, ...]
    load: str = "path"
    arguments: tuple[tuple[str, ...], ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PreparationSource:
    """A preparation as source.

    Attributes
    ----------
    command : Command
    inputs : str
        The type of X, as ``load_data`` gives it and annotations have it.
    parts : tuple of str
        Files of :mod:`..parts` that it needs.
    load : Fragment
        The function ``load_data``, and those that it calls.
    input_shape : str
        Of the network, as an expression.
    definitions : Fragment or None
        A class, and the function ``make_preprocessing``; ``None`` if X is what the
        network takes.
    fits_target : bool
        Whether the class learns from the target too.
    counts_weights : bool
        Whether a row of a whole weight k is to the class as if repeated k times.
    size : Size or None
    stands_for : dict of str -> str
        Regular expressions in files of :mod:`..parts`, and what their matches become.
    nouns : dict of str -> str
        What tensors of the network are called here.
    settings : dict of str -> object
        Constants at the head of the file; of type :class:`Code` where they are
        expressions.
    learned : dict of str -> object
        The attributes that the class has after its ``fit``, as the estimator's own
        preparation has learned them.
    """

    command: Command
    inputs: str
    parts: tuple[str, ...]
    load: Fragment
    input_shape: str
    definitions: Fragment | None = None
    fits_target: bool = False
    counts_weights: bool = False
    size: Size | None = None
    stands_for: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    learned: dict[str, Any] = field(default_factory=dict)

    @property
    def is_raw(self) -> bool:
        """Whether the network takes X as it is."""
        return self.definitions is None

    @property
    def imports_of_inputs(self) -> frozenset[str]:
        """What annotations of X need."""
        known = {"pd.": "import pandas as pd", "np.": "import numpy as np"}
        return frozenset(line for word, line in known.items() if word in self.inputs)
