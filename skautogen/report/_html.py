"""Pieces of a page. Whatever is given to them as text is escaped."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ._naming import is_number, name_of, printable, rounded_name_of

# Floats from here on are not told as whole numbers; texts as long as this may wrap.
_LARGE, _LONG = 1e15, 32


class Html(str):
    """Text that is a piece of a page already, and is not escaped again."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Make text safe to stand on a page.

    Parameters
    ----------
    text : object
        Anything; a piece of a page stays as it is.

    Returns
    -------
    piece : Html

    Examples
    --------
    >>> from skautogen.report._html import escape
    >>> escape("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    if isinstance(text, Html):
        return text
    return Html(html.escape(printable(text)))


def join(pieces: Iterable[object]) -> Html:
    """Put pieces one below the other."""
    return Html("\n".join(escape(each) for each in pieces))


def element(tag: str, content: object, **attributes: str) -> Html:
    """An element; its attributes with ``_`` for ``-``, and ``class_`` for class."""
    given = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return Html(f"<{tag}{given}>{escape(content)}</{tag}>")


def paragraph(text: object, *, is_note: bool = False) -> Html:
    """A paragraph; a note is paler."""
    return element("p", text, class_="note") if is_note else element("p", text)


def say_value(value: Any) -> str:
    """A value in a table: few digits, a dash for what is missing.

    Examples
    --------
    >>> from skautogen.report._html import say_value
    >>> say_value(0.123456), say_value(True), say_value(12_345), say_value(12_345.0)
    ('0.1235', 'yes', '12,345', '12,345')
    """
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (float, np.floating)):
        if math.isnan(value):
            return "\N{EN DASH}"
        # Such as counts in a column that has gaps.
        number = float(value)
        is_whole = number.is_integer() and abs(number) < _LARGE
        return f"{int(number):,}" if is_whole else rounded_name_of(value)
    if isinstance(value, (int, np.integer)):
        return f"{value:,}"
    return name_of(value)


def table(
    header: Sequence[object],
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    best: int | None = None,
    is_wide: bool = False,
) -> Html:
    """A table, that scrolls sideways where there is no room for it.

    Parameters
    ----------
    header : sequence of object
        Names of the columns, none empty.
    rows : iterable of sequence
        Values; numbers stand at the right. The first of each row names it.
    name : str
        Of the table, for those who hear the page.
    best : int, default=None
        The row that is shaded.
    is_wide : bool, default=False
        Whether it is large enough to be reached by its name and by the keyboard, since
        it has to be scrolled.

    Returns
    -------
    piece : Html
    """
    rows = [list(row) for row in rows]
    is_right = [_is_number_column([row[k] for row in rows]) for k in range(len(header))]
    head = Html("").join(
        _cell("th", each, is_right[k], scope="col") for k, each in enumerate(header)
    )
    body = []
    for number, row in enumerate(rows):
        first = _cell("th", row[0], is_right[0], scope="row")
        others = Html("").join(
            _cell("td", value, is_right[k]) for k, value in enumerate(row[1:], start=1)
        )
        shade = {"class_": "best"} if number == best else {}
        body.append(element("tr", Html(first + others), **shade))
    whole = element(
        "table",
        join(
            [
                element("caption", name),
                element("thead", element("tr", Html(head))),
                element("tbody", join(body)),
            ]
        ),
    )
    reached = {"tabindex": "0", "role": "region", "aria_label": name}
    return element("div", whole, class_="wide", **(reached if is_wide else {}))


def _cell(tag: str, value: Any, is_right: bool, **scope: str) -> Html:
    content = value if isinstance(value, str) else say_value(value)
    is_long = len(content) > _LONG and not isinstance(content, Html)
    kind = "number" if is_right else "text" if is_long else ""
    attributes = {"class_": kind, **scope} if kind else scope
    return element(tag, content, **attributes)


def _is_number_column(values: Sequence[Any]) -> bool:
    return bool(values) and all(map(is_number, values))


def bar(share: float) -> Html:
    """A bar, as long as a share of its cell."""
    length = 8 * min(1.0, max(0.0, share))
    return Html(
        f'<i class="bar" aria-hidden="true" style="width: {length:.2f}rem"></i>'
    )


def tile(value: object, text: object) -> Html:
    """A number that stands out, and what it is."""
    said = element("b", value) + element("span", text)
    return element("li", Html(said))


def details(summary: object, content: object) -> Html:
    """What is shown when its summary is clicked."""
    return element("details", join([element("summary", summary), content]))


def code(text: str) -> Html:
    """Lines of a program."""
    return element("pre", element("code", text), tabindex="0")
