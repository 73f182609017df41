"""Pieces of a page. Whatever is given to them as text is escaped."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ._naming import name_of


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
    # Lone halves of characters, as broken file names have, cannot be written in UTF-8.
    whole = str(text).encode("utf-8", "replace").decode("utf-8")
    return Html(html.escape(whole))


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
    >>> say_value(0.123456), say_value(True), say_value(12_345)
    ('0.1235', 'yes', '12,345')
    """
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (float, np.floating)):
        return "\N{EN DASH}" if math.isnan(value) else name_of(value)
    if isinstance(value, (int, np.integer)):
        return f"{value:,}"
    return name_of(value)


def table(
    header: Sequence[object],
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    best: int | None = None,
    long_text: bool = False,
) -> Html:
    """A table, that scrolls sideways where there is no room for it.

    Parameters
    ----------
    header : sequence of object
        Names of the columns.
    rows : iterable of sequence
        Values; numbers stand at the right. The first of each row names it.
    name : str
        Of the table, for those who hear the page.
    best : int, default=None
        The row that is shaded.
    long_text : bool, default=False
        Whether texts may be longer than a line.

    Returns
    -------
    piece : Html
    """
    rows = [list(row) for row in rows]
    is_number = [
        _is_number_column([row[k] for row in rows]) for k in range(len(header))
    ]
    head = Html("").join(
        _cell("th", each, is_number[k], long_text, scope="col")
        for k, each in enumerate(header)
    )
    body = []
    for number, row in enumerate(rows):
        first = _cell("th", row[0], is_number[0], long_text, scope="row")
        others = Html("").join(
            _cell("td", value, is_number[k], long_text)
            for k, value in enumerate(row[1:], start=1)
        )
        shade = {"class_": "best"} if number == best else {}
        body.append(element("tr", Html(first + others), **shade))
    whole = element(
        "table",
        join(
            [
                element("thead", element("tr", Html(head))),
                element("tbody", join(body)),
            ]
        ),
    )
    # Reached by the keyboard, since it may have to be scrolled.
    return element(
        "div", whole, class_="wide", tabindex="0", role="region", aria_label=name
    )


def _cell(tag: str, value: Any, is_number: bool, long_text: bool, **scope: str) -> Html:
    kind = "number" if is_number else "text" if long_text else ""
    attributes = {"class_": kind, **scope} if kind else scope
    content = value if isinstance(value, str) else say_value(value)
    return element(tag, content, **attributes)


def _is_number_column(values: Sequence[Any]) -> bool:
    numbers = (int, float, np.integer, np.floating)
    return bool(values) and all(
        isinstance(each, numbers) and not isinstance(each, bool) for each in values
    )


def bar(share: float) -> Html:
    """A bar, as long as a share of its cell."""
    length = 8 * min(1.0, max(0.0, share))
    return Html(f'<i class="bar" style="width: {length:.2f}rem"></i>')


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
