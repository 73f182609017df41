"""The method that names what a table becomes, for a selection, as source."""

from __future__ import annotations

from .._literals import call
from ._table_found import Found

_NUMBER_NAMES = """\
        names = []
        for name in FEATURES:
            width = numbers[name].shape[1] if name in numbers else 0
            names += [name] if width == 1 else [f"{name}_{k}" for k in range(width)]"""
_LEVEL_NAMES = """\
        for name in FEATURES:
            levels = self.levels_.get(name, [])
            shown = levels[1:] if len(levels) == 2 else levels
            names += [f"{name}={level}" for level in shown]"""
_FREQUENT_NAMES = """\
        frequent = zip(self.columns_, self.values_, strict=True)
        names += [f"{names[k]}={value:.12g}" for k, value in frequent]"""
_GAP_NAMES = """\
        names += [f"{name} missing" for name in np.array(FEATURES)[self.has_gaps_]]"""


def names_method(has: Found) -> str:
    """Write the method that names what is prepared, for the selection."""
    taken = ["self"]
    if has.numbers and has.reads:
        taken.append("numbers: dict[str, np.ndarray]")
    lines = [
        call("def _names(", taken, " -> list[str]:"),
        '        """Name what is prepared."""',
    ]
    if not has.reads:
        lines.append("        names = list(FEATURES)")
    elif has.numbers:
        lines += _NUMBER_NAMES.splitlines()
    else:
        lines.append("        names = []")
    if has.categories:
        lines += _LEVEL_NAMES.splitlines()
    if has.frequent:
        lines += _FREQUENT_NAMES.splitlines()
    if has.gaps:
        lines += _GAP_NAMES.splitlines()
    return "\n".join([*lines, "        return names"])
