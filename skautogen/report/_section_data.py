"""The part of the page about X and y."""

from __future__ import annotations

from typing import Any

from ._html import (
    Html,
    bar,
    details,
    element,
    escape,
    join,
    paragraph,
    table,
)
from ._naming import short_name

# Classes that are shown without a click.
_MOST_OPEN = 15


def lead_of(estimator: Any) -> Html:
    """What the page is about, in a sentence."""
    record = estimator._record
    n_classes = len(record.classes) and len(estimator.classes_)
    task = f"tell {n_classes} classes apart" if n_classes else "predict numbers"
    return escape(
        f"Fitted to {record.n_rows:,} rows of {record.row} "
        f"(taken for input_kind={estimator.input_kind_!r}), to {task}."
    )


def data_section(estimator: Any) -> Html:
    """What X and y were taken for."""
    record = estimator._record
    facts = [
        ("X was taken for", estimator.input_kind_),
        ("rows", f"{record.n_rows:,}"),
        ("a row of X is", record.row),
    ]
    if hasattr(estimator, "support_"):
        reached = int(estimator.support_.sum())
        facts.append(("columns that reach the network", f"{reached:,}"))
    pieces: list[object] = [
        table(["what", "value"], facts, name="Data"),
        _target(estimator),
    ]
    if record.columns:
        n_missing = sum(each.n_missing for each in record.columns)
        rows = [
            (short_name(each.name), each.dtype, each.n_missing)
            for each in record.columns
        ]
        n = estimator.n_features_in_
        first = f"the first {len(rows):,} of " * (len(rows) < n)
        counted = f"{first}{n:,} columns, {n_missing:,} values missing in them"
        listed = table(
            ["column", "type", "missing"], rows, name="Columns", is_wide=True
        )
        pieces.append(details(counted, listed))
    return join(pieces)


def _target(estimator: Any) -> Html:
    record = estimator._record
    heading = element("h3", "The target")
    if record.classes:
        most = record.classes[0][1]
        rows = [
            (
                short_name(name),
                count,
                f"{count / record.n_rows:.1%}",
                bar(count / most),
            )
            for name, count in record.classes
        ]
        n_classes = len(estimator.classes_)
        listed = f", the {len(rows)} most frequent" * (len(rows) < n_classes)
        header = ["class", "rows", "share", "bar"]
        shown = table(header, rows, name="Classes")
        if len(rows) > _MOST_OPEN:
            shown = details("rows of each class", shown)
        return join([heading, paragraph(f"{n_classes:,} classes{listed}."), shown])
    rows_of_numbers = [
        (number, each.least, each.median, each.mean, each.greatest, each.deviation)
        for number, each in enumerate(record.outputs)
    ]
    header = ["output", "least", "median", "mean", "greatest", "standard deviation"]
    return join([heading, table(header, rows_of_numbers, name="Target")])
