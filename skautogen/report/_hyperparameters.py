"""The hyper-parameters of a search, read out of ``cv_results_``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ._naming import distinct_names, is_number

# Names side by side in a picture, above which a hyper-parameter of which nearly every
# candidate has a value of its own is no longer shown.
_FEW_NAMES = 12


@dataclass(frozen=True)
class HyperParameter:
    """The values of one hyper-parameter, candidate by candidate.

    Attributes
    ----------
    name : str
    values : list of object
        None where it is not set.
    is_set : ndarray of bool of shape (n_candidates,)
    """

    name: str
    values: list[Any]
    is_set: np.ndarray

    def of(self, rows: np.ndarray) -> HyperParameter:
        """The same of some candidates, by their numbers."""
        values = [self.values[row] for row in rows]
        return HyperParameter(self.name, values, self.is_set[rows])

    @property
    def is_numeric(self) -> bool:
        """Whether all values are finite numbers."""
        return all(
            is_number(each) and np.isfinite(each)
            for each, is_set in zip(self.values, self.is_set, strict=True)
            if is_set
        )

    @property
    def numbers(self) -> np.ndarray:
        """Values that are all numbers, NaN where it is not set."""
        pairs = zip(self.values, self.is_set, strict=True)
        return np.array([float(each) if is_set else np.nan for each, is_set in pairs])

    @property
    def codes(self) -> np.ndarray:
        """Numbers that are equal where values are, -1 where it is not set."""
        pairs = zip(self.values, self.is_set, strict=True)
        number: dict[Any, int] = {}
        return np.array(
            [
                number.setdefault(_key_of(each), len(number)) if is_set else -1
                for each, is_set in pairs
            ],
            dtype=int,
        )

    @property
    def names(self) -> np.ndarray:
        """Values in words, other words for other values; "not set" where it is not."""
        codes = self.codes
        found, firsts = np.unique(codes, return_index=True)
        names = distinct_names([self.values[k] for k in firsts[found >= 0]])
        # The last is where the code -1 points to.
        return np.array([*names, "not set"], dtype=object)[codes]

    @property
    def varies(self) -> bool:
        """Whether candidates differ in it."""
        return len(np.unique(self.codes)) > 1

    @property
    def is_all_distinct(self) -> bool:
        """Whether it has names, of which nearly every candidate has one of its own."""
        codes = self.codes[self.is_set]
        n_distinct = len(np.unique(codes))
        return not self.is_numeric and n_distinct > max(_FEW_NAMES, len(codes) / 2)


def _key_of(value: Any) -> Any:
    """Something to compare a value by, whatever it is."""
    if isinstance(value, np.ndarray):
        return (value.shape, repr(value.tolist()))
    try:
        hash(value)
    except TypeError:
        return (type(value), repr(value))
    # A truth value equals 0 or 1, and NaN not even itself.
    return (isinstance(value, bool), value if value == value else "NaN")


def read_hyperparameters(cv_results: Mapping[str, Any]) -> list[HyperParameter]:
    """Read the hyper-parameters that were searched, in the order of ``cv_results_``.

    Parameters
    ----------
    cv_results : dict

    Returns
    -------
    hyperparameters : list of HyperParameter
        In the place of a :class:`skautogen.structures.Structure`, whose values are all
        of their own, there is what can be compared of it, such as its number of blocks.
    """
    found = []
    for key, column in cv_results.items():
        if key.startswith("param_"):
            is_set = ~np.ma.getmaskarray(np.ma.asarray(column))
            values = np.ma.getdata(column).tolist()
            parameter = HyperParameter(key[len("param_") :], values, is_set)
            found += split_structures(parameter) or [parameter]
    return found


def split_structures(parameter: HyperParameter) -> list[HyperParameter]:
    """What can be compared of structures of networks; nothing of other values.

    Parameters
    ----------
    parameter : HyperParameter

    Returns
    -------
    parts : list of HyperParameter
        The number of blocks, their kinds, their units or filters added up, and the
        settings of the stem.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.report._hyperparameters import HyperParameter, split_structures
    >>> from skautogen.structures import Block, Structure
    >>> blocks = (Block.of("dense", units=8), Block.of("dense", units=4))
    >>> values = [Structure(Block.of("numbers"), blocks)]
    >>> parts = split_structures(HyperParameter("net", values, np.array([True])))
    >>> [(part.name, part.values) for part in parts]
    [('net: blocks', [2]), ('net: kinds', ['dense']), ('net: units', [12])]
    """
    from ..structures import Structure

    shown = [
        v
        for v, is_set in zip(parameter.values, parameter.is_set, strict=True)
        if is_set
    ]
    if not shown or not all(isinstance(each, Structure) for each in shown):
        return []
    told = [
        _tell(each) if is_set else {}
        for each, is_set in zip(parameter.values, parameter.is_set, strict=True)
    ]
    return [
        HyperParameter(
            f"{parameter.name}: {part}",
            [each.get(part) for each in told],
            np.array([part in each for each in told]),
        )
        for part in dict.fromkeys(part for each in told for part in each)
    ]


def _tell(structure: Any) -> dict[str, Any]:
    """A structure by what can be compared with others."""
    kinds = " + ".join(sorted({block.kind for block in structure.blocks}))
    told: dict[str, Any] = {"blocks": len(structure.blocks), "kinds": kinds or "none"}
    for block in structure.blocks:
        for name, value in block.settings:
            if name in ("units", "filters"):
                told[name] = told.get(name, 0) + value
    for name, value in structure.stem.settings:
        told[f"stem {name}"] = value
    return told
