"""Programs that have been compiled, kept for later groups and fits of the same kind."""

from __future__ import annotations

import logging
from collections import OrderedDict

from ..._backend import quiet_tensorflow
from ._cost import Work, divide
from ._lift import Lifted, NotStackableError
from ._mapped import Mapped
from ._program import Kind, Program

# A trace costs some tenths of a second, and a program some megabytes.
_MOST_PROGRAMS = 32
_PROGRAMS: OrderedDict[Kind, Program] = OrderedDict()


def get_program(kind: Kind) -> Program:
    """The program of a kind: one that is there, or a new one."""
    if kind not in _PROGRAMS:
        _PROGRAMS[kind] = Program(kind)
    _PROGRAMS.move_to_end(kind)
    while len(_PROGRAMS) > _MOST_PROGRAMS:
        _PROGRAMS.popitem(last=False)
    return _PROGRAMS[kind]


def check_program(
    lifted: Lifted, loss: str, input_shape: tuple[int, ...], watches: bool
) -> None:
    """Try whether layers that nothing is known of can be stacked, by compiling them.

    Raises
    ------
    NotStackableError
        If they can't.
    """
    if not isinstance(lifted, Mapped):
        return
    # As it will be trained, so that it is not compiled again.
    division = divide(Work(lifted, n_jobs=1, n_rows=1, n_steps=1, watches=watches))
    try:
        kind = Kind(
            lifted,
            loss,
            input_shape,
            smooths=False,
            signs=False,
            watches=watches,
            fused=division.fused,
            in_a_row=division.in_a_row,
        )
        # It logs for each layer that it cannot map, and what follows says it in a line.
        with quiet_tensorflow(logging.CRITICAL):
            get_program(kind)
    except Exception as error:
        reason = str(error).strip().partition("\n")[0]
        raise NotStackableError(
            f"its layers cannot be called for many models at once ({reason})"
        ) from error
