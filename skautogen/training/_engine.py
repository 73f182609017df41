"""The ways of carrying out a plan. A new one is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from .._backend import load_keras
from .._spelling import unknown_name
from ._plan import Outcome, Plan
from ._sequential import SequentialEngine


class Engine(Protocol):
    """Carries out plans."""

    def carry_out(self, plan: Plan) -> Iterator[Outcome]:
        """Yield the outcome of each training, in the order of the plan.

        The one who iterates decides how far: what is not asked for need not be
        trained. A training that fails is an outcome, and does not end the others.
        ``KeyboardInterrupt`` passes through.
        """
        ...


def _sequential(n_jobs: int | None, say: Callable[[str], None]) -> Engine:
    return SequentialEngine(n_jobs)


def _stacked(n_jobs: int | None, say: Callable[[str], None]) -> Engine:
    from .stacked import StackedEngine

    return StackedEngine()


def _auto(n_jobs: int | None, say: Callable[[str], None]) -> Engine:
    load_keras()
    from .stacked import StackedEngine, can_stack

    if not can_stack():
        return SequentialEngine(n_jobs)

    return StackedEngine(fallback=SequentialEngine(n_jobs), say=say)


ENGINES: dict[str, Callable[..., Engine]] = {
    "auto": _auto,
    "sequential": _sequential,
    "stacked": _stacked,
}


def get_engine(
    name: str, n_jobs: int | None = None, say: Callable[[str], None] = lambda _: None
) -> Engine:
    """Make an engine.

    Parameters
    ----------
    name : str
        A key of ``ENGINES``: ``"stacked"``, many networks as one program;
        ``"sequential"``, one after another; ``"auto"``, stacked what can be.
    n_jobs : int, default=None
        Processes that train side by side in the sequential way, as in scikit-learn.
    say : callable
        Is told what the user may want to know.

    Returns
    -------
    engine : Engine

    Raises
    ------
    ValueError
        If there is no such engine.
    """
    if name not in ENGINES:
        raise ValueError(unknown_name("engine", name, ENGINES))
    return ENGINES[name](n_jobs, say)
