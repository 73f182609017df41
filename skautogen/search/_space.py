"""The space that is searched: the user's own, or those of the architectures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle, zip_longest
from typing import Any

from sklearn.model_selection import ParameterGrid

from .._backend import load_keras
from .._spelling import unknown_name
from ..architectures import ARCHITECTURES, Architecture, get_architecture
from ..selection import METHODS, SCORE_FUNCS
from ..training import FLAT_NAMES, OPTIMIZERS, SCHEDULES, TrainingStrategy
from ._narrowed import NarrowedSpace

# Hyper-parameters that are of the feature selection, or choose the architecture.
_OF_THE_PIPELINE = frozenset(FLAT_NAMES)

# What is searched of the feature selection when the user says only that there is one.
SELECTION_SPACE = {"n_features": [0.25, 0.5, 0.75, 1.0]}

# Hyper-parameters whose values are names, and the names there are.
_NAMED_VALUES: Mapping[str, Iterable[str]] = {
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "architecture": ["auto", *ARCHITECTURES],
    "feature_selection": METHODS,
    "score_func": SCORE_FUNCS,
}


def resolve_space(
    param_space: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None,
    architectures: Mapping[Any, Architecture],
    *,
    which: str,
    selects: bool,
    has_columns: bool = True,
) -> list[dict[str, Any]]:
    """Find out what is searched over, and check its names.

    Parameters
    ----------
    param_space : mapping, sequence of mappings or None
        What the user gave.
    architectures : mapping
        What the user called each architecture, and the architecture.
    which : {"space", "grid"}
        Which of the architectures' own spaces to take when the user gave none.
    selects : bool
        Whether the user asked for feature selection.
    has_columns : bool, default=True
        Whether there are features to select.

    Returns
    -------
    space : list of dict
        As ``RandomizedSearchCV(param_distributions)`` takes it.

    Raises
    ------
    TypeError
        If ``param_space`` is neither a mapping nor a sequence of mappings.
    ValueError
        If it names a hyper-parameter that no architecture has.
    """
    if param_space is None:
        return _own_space(architectures, which, selects)
    space = [param_space] if isinstance(param_space, Mapping) else list(param_space)
    if not all(isinstance(each, Mapping) for each in space):
        raise TypeError(
            "param_space must be a dict of lists or distributions, or a list of such "
            f"dicts; got {param_space!r}."
        )
    if not space:
        raise ValueError("param_space must have at least one dict; got an empty list.")
    for each in space:
        if isinstance(each, NarrowedSpace) and each is not param_space:
            raise TypeError(
                "param_space must be one NarrowedSpace, or a list of dicts; got a list "
                "with a NarrowedSpace in it."
            )
        _check_named_values(each, _NAMED_VALUES)
        named = [get_architecture(name) for name in _listed(each, "architecture")]
        suited = named or list(architectures.values())
        _check_names(each, suited)
        if not has_columns:
            _check_no_selection(each)
        _check_activations(each, suited)
    return [one for each in space for one in _by_architecture(each, architectures)]


def first_candidates(
    architectures: Mapping[Any, Architecture], *, selects: bool
) -> list[dict[str, Any]]:
    """The portfolios of the architectures, by turns.

    Parameters
    ----------
    architectures, selects : as for :func:`resolve_space`

    Returns
    -------
    candidates : list of dict
    """
    portfolios = []
    for identifier, architecture in architectures.items():
        name = {"architecture": identifier} if len(architectures) > 1 else {}
        # One without a portfolio is tried as it is by itself.
        portfolio = architecture.portfolio or ({},)
        portfolios.append([{**name, **each} for each in portfolio])
    by_turns = [
        each for turn in zip_longest(*portfolios) for each in turn if each is not None
    ]
    if not selects:
        return by_turns
    # All features first, and few with candidates that differ.
    shares = sorted(SELECTION_SPACE["n_features"], reverse=True)
    return [
        {"n_features": share, **each}
        for each, share in zip(by_turns, cycle(shares), strict=False)
    ]


def _by_architecture(
    space: Mapping[str, Any], architectures: Mapping[Any, Architecture]
) -> list[dict[str, Any]]:
    """A space for each architecture, with the names that it knows."""
    if len(architectures) == 1 or "architecture" in space:
        return [dict(space)]
    shared = _OF_THE_PIPELINE | TrainingStrategy.searched_names()
    return [
        {
            "architecture": [identifier],
            **{
                name: values
                for name, values in space.items()
                if name in shared | architecture.hyperparameters
                or architecture.takes_any_keyword
            },
        }
        for identifier, architecture in architectures.items()
    ]


def clip_n_iter(n_iter: int, space: list[dict[str, Any]]) -> int:
    """As many candidates as were asked for, or all there are where they are fewer."""
    if any(hasattr(values, "rvs") for each in space for values in each.values()):
        return n_iter
    return min(n_iter, len(ParameterGrid(space)))


def _own_space(
    architectures: Mapping[Any, Architecture], which: str, selects: bool
) -> list[dict[str, Any]]:
    """The spaces of the architectures, each with its name where there are several."""
    chosen = []
    for identifier, architecture in architectures.items():
        own = getattr(architecture, which)
        for each in [own] if isinstance(own, Mapping) else own:
            space = dict(each)
            if len(architectures) > 1:
                space["architecture"] = [identifier]
            if selects:
                space = {**SELECTION_SPACE, **space}
            chosen.append(space)
    return chosen


def _check_names(
    space: Mapping[str, Any], architectures: Sequence[Architecture]
) -> None:
    if any(each.takes_any_keyword for each in architectures):
        return
    known = _OF_THE_PIPELINE | TrainingStrategy.searched_names()
    known = known.union(*(each.hyperparameters for each in architectures))
    for name in space:
        if name not in known:
            raise ValueError(
                unknown_name("hyper-parameter in param_space:", name, known)
            )


def _check_no_selection(space: Mapping[str, Any]) -> None:
    for name in _OF_THE_PIPELINE - {"architecture"}:
        if name in space:
            raise ValueError(
                f"param_space has {name!r}, which is of selecting columns of tables; X "
                "is no table. Leave it out."
            )


def _check_named_values(
    space: Mapping[str, Any], names: Mapping[str, Iterable[str]]
) -> None:
    for name, known in names.items():
        for value in _listed(space, name):
            if isinstance(value, str) and value not in known:
                raise ValueError(unknown_name(f"{name} in param_space:", value, known))


def _check_activations(
    space: Mapping[str, Any], architectures: Sequence[Architecture]
) -> None:
    """Check the names of activations, which Keras knows, and is loaded for here."""
    # A builder of the user's may have names of its own.
    ours = all(ARCHITECTURES.get(each.name) is each for each in architectures)
    if "activation" in space and ours:
        public = {name for name in dir(load_keras().activations) if name[0] != "_"}
        helpers = {"get", "serialize", "deserialize"}
        _check_named_values(space, {"activation": public - helpers})


def _listed(space: Mapping[str, Any], name: str) -> Iterable[Any]:
    """The values that are listed for a hyper-parameter, if it has a list of them."""
    values = space.get(name, ())
    # scikit-learn refuses a single value, and asks a distribution for values.
    is_list = isinstance(values, Iterable) and not isinstance(values, str)
    return values if is_list else ()
