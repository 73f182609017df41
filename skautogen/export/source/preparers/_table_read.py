"""The method that reads the columns of a table, as source."""

from __future__ import annotations

from .._literals import call
from ._table_found import Found

_DESCRIBE_TEXTS = """\
        for name in TEXTS:
            topics = describe_topics(X[name], self.topics_[name])
            categories[name] = np.hstack([categories[name], topics])"""


def read_method(has: Found) -> str:
    """Write ``_read``, which makes numbers and categories of columns of any kind.

    Parameters
    ----------
    has : Found

    Returns
    -------
    source : str
    """
    columns = has.columns
    makes = [name for name in ("numbers", "categories") if getattr(has, name)]
    kind = "dict[str, np.ndarray]"
    kinds = f"tuple[{kind}, {kind}]" if len(makes) == 2 else kind
    lines = [
        call("def _read(", ["self", "X: pd.DataFrame"], f" -> {kinds}:"),
        '        """Read each column as arrays of two axes, missing as NaN."""',
    ]
    spelled = "describe_spelling(X[name], self.spelling_[name])"
    readers = {
        "NUMBERS": ("X[[name]].to_numpy(dtype=float)", columns.numbers),
        "LOOSE_NUMBERS": ("read_loose_numbers(X[name])", columns.loose),
        "DURATIONS": ("read_durations(X[name])", columns.durations),
        "DATES": ("read_dates(X[name], *DATES[name])", columns.dates),
        "SPELLED": (spelled, columns.spelled),
        "TEXTS": ("describe_writing(X[name])", columns.texts),
    }
    sign = "="
    for source, (read, some) in readers.items():
        if some:
            lines.append(_assign_dict("numbers", sign, read, f"name in {source}"))
            sign = "|="
    if has.categories:
        read = "encode_levels(X[name], levels)"
        each = "name, levels in self.levels_.items()"
        lines.append(_assign_dict("categories", "=", read, each))
    if columns.texts:
        lines += _DESCRIBE_TEXTS.splitlines()
    return "\n".join([*lines, f"        return {', '.join(makes)}"])


def _assign_dict(target: str, sign: str, value: str, each: str) -> str:
    line = f"        {target} {sign} {{name: {value} for {each}}}"
    if len(line) <= 88:
        return line
    body = f"            name: {value} for {each}"
    if len(body) > 88:
        body = f"            name: {value}\n            for {each}"
    return f"        {target} {sign} {{\n{body}\n        }}"
