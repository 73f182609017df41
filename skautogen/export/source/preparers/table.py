"""The preparation of tables as source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._fragment import Fragment
from .._literals import call, call_of_list
from .._refusal import CannotGenerateError
from .._task import Task
from ._columns import Columns, read_columns
from ._load_table import load_source
from ._source import Code, Command, PreparationSource, Size
from ._target import Target
from ._vocabularies import characters_part

_MAKE = '''def make_preprocessing() -> TablePreprocessor:
    """Make the preprocessing, which is fitted on training rows."""
    return TablePreprocessor()'''


def table_source(
    prepare: Any, select: Any, task: Task, also: Sequence[Any] = ()
) -> PreparationSource:
    """Write a ``TablePreparer`` and the columns that a selection has kept.

    Parameters
    ----------
    prepare : TablePreparer
    select : FeatureSelector
    task : Task
    also : sequence of transformer, default=()

    Returns
    -------
    source : PreparationSource

    Raises
    ------
    CannotGenerateError
        If a column is read in a way that cannot be written, or a selection makes new
        columns.
    """
    columns = read_columns(prepare)
    selected = _selected(prepare, select, columns)
    has = _Has(prepare, columns, selected, also)
    definitions = Fragment.of(f"{_class(has)}\n\n\n{_MAKE}", *has.imports)
    n_features = len(prepare.input_index_)
    if has.selected is not None:
        n_features = len(has.selected)
    return PreparationSource(
        command=_command(task),
        inputs="pd.DataFrame",
        parts=(*has.parts, "take_known"),
        load=load_source(_read_columns(has), is_classifier=task.is_classifier),
        input_shape="(n_features,)",
        definitions=definitions,
        counts_weights=True,
        # Categories are learnt in training: rows tell how many numbers there are.
        size=Size("n_features", "inputs.shape[1]", n_features),
        settings=_settings(has),
        learned=_learned(has),
    )


def _command(task: Task) -> Command:
    """The command line of tables: CSV files, of which a column is the target."""
    target = Target.of(task)
    read = "pick_features(read_table(path), target)"
    return Command(
        data="CSV file",
        to_predict="the rows of another file",
        examples=(f"--data data.csv --target {target.shown}", "--predict new.csv"),
        unit="rows",
        read=(f"X = {read}",),
        table=("predict(load(), X)", f"columns={target.columns}"),
        load="path, target",
        arguments=(target.argument,),
        settings={"DATA": "data.csv", "TARGET": target.names},
    )


class _Has:
    """What a preparation has, and so what its source needs."""

    def __init__(
        self,
        prepare: Any,
        columns: Columns,
        selected: list[str] | None,
        also: Sequence[Any],
    ) -> None:
        self.prepare = prepare
        self.columns = columns
        self.selected = selected
        self.numbers = columns.have_numbers
        self.categories = bool(columns.levels)
        every = [prepare, *also]
        self.frequent = any(len(each._frequent.columns) > 0 for each in every)
        self.gaps = any(len(each._indicators) > 0 for each in every)
        self.reads = not columns.all_are_numbers
        # Nothing but numbers: those that are not selected need not be read.
        self.reads_selected = selected is not None and not (
            self.reads or self.frequent or self.gaps
        )

    @property
    def imports(self) -> list[str]:
        return [
            "from typing import Self",
            "import numpy as np",
            "import pandas as pd",
            "from sklearn.base import BaseEstimator",
            "from sklearn.base import TransformerMixin",
        ]

    @property
    def parts(self) -> tuple[str, ...]:
        columns = self.columns
        needed = {
            "join_columns": self.reads,
            "scale": self.numbers,
            "frequent": self.frequent,
            "levels": self.categories,
            "frequent_words": bool(columns.spelled or columns.texts),
            "spelling": bool(columns.spelled),
            "loose_numbers": bool(columns.loose),
            "durations": bool(columns.durations),
            "dates": bool(columns.dates) and not self.has_zones,
            "dates_of_zones": self.has_zones,
            "topics": bool(columns.texts),
        }
        parts = [name for name, is_needed in needed.items() if is_needed]
        if columns.texts:
            terms = [
                own for topics in columns.texts.values() for own in topics["terms"][1]
            ]
            parts.insert(-1, characters_part([[[], terms]]))
        return tuple(parts)

    @property
    def has_zones(self) -> bool:
        """Whether there are dates with a time zone."""
        return any(len(each) == 3 for each in self.columns.dates.values())


def _selected(prepare: Any, select: Any, columns: Columns) -> list[str] | None:
    """Names of the prepared columns that are kept; ``None`` for all."""
    if select.support_ is None:
        raise CannotGenerateError(
            f"feature_selection={select.method!r} makes new features, which cannot be "
            'written as source yet. Use "kbest", "rfe" or another selector of columns.'
        )
    if select.support_.all():
        return None
    names = _prepared_names(prepare, columns)
    if columns.texts:
        raise CannotGenerateError(
            "Features are selected by name, and the topics of texts have none that "
            f"stays: {', '.join(columns.texts)}. Fit with feature_selection=None, or "
            "without these columns."
        )
    if len(set(names)) < len(names):
        repeated = sorted({name for name in names if names.count(name) > 1})
        raise CannotGenerateError(
            "Features are selected by name, and the columns of X give several features "
            f"the same name: {', '.join(repeated)}. Rename the columns."
        )
    return [name for name, kept in zip(names, select.support_, strict=True) if kept]


def _prepared_names(prepare: Any, columns: Columns) -> list[str]:
    numbers = columns.number_names()
    frequent = zip(prepare._frequent.columns, prepare._frequent.values, strict=True)
    return [
        *numbers,
        *columns.level_names(),
        *(f"{numbers[column]}={value:.12g}" for column, value in frequent),
        *(f"{columns.names[k]} missing" for k in _columns_with_gaps(prepare)),
    ]


def _columns_with_gaps(prepare: Any) -> np.ndarray:
    """Which columns of X have an indicator of what is missing."""
    n_indicators = len(prepare._indicators)
    found: np.ndarray = prepare.input_index_[len(prepare.input_index_) - n_indicators :]
    return found


def _read_columns(has: _Has) -> Columns:
    """The columns that are read from files."""
    if has.reads_selected and has.columns.have_names:
        return Columns(list(has.selected or ()), have_names=True)
    return has.columns


def _settings(has: _Has) -> dict[str, Any]:
    columns = has.columns
    settings: dict[str, Any] = {"FEATURES": _read_columns(has).names}
    if not columns.have_names:
        settings["FEATURES"] = Code(f'[f"x{{i}}" for i in range({len(columns.names)})]')
    if has.reads:
        settings |= {
            "NUMBERS": columns.numbers,
            "LOOSE_NUMBERS": columns.loose,
            "DURATIONS": columns.durations,
            "DATES": columns.dates,
            "CATEGORIES": columns.categories,
            "SPELLED": list(columns.spelled),
            "TEXTS": list(columns.texts),
        }
    if has.selected is not None and _read_columns(has) is columns:
        settings["SELECTED"] = has.selected
    return {name: value for name, value in settings.items() if value}


def _learned(has: _Has) -> dict[str, Any]:
    prepare, columns = has.prepare, has.columns
    learned: dict[str, Any] = {}
    if has.categories:
        learned["levels_"] = columns.levels
    if columns.spelled:
        learned["spelling_"] = columns.spelled
    if columns.texts:
        learned["topics_"] = columns.texts
    if has.numbers:
        numbers = np.arange(prepare.n_numeric_)
        if has.reads_selected:
            numbers = np.flatnonzero(np.isin(columns.names, has.selected or []))
        learned["center_"] = prepare._scale.center[numbers]
        learned["width_"] = prepare._scale.width[numbers]
    if has.frequent:
        learned["columns_"] = prepare._frequent.columns
        learned["values_"] = prepare._frequent.values
    if has.gaps:
        learned["has_gaps_"] = np.isin(
            np.arange(len(columns.names)), _columns_with_gaps(prepare)
        )
    return learned


def _class(has: _Has) -> str:
    methods = [_fit(has), _transform(has)]
    if has.reads:
        methods.append(_read(has))
    if has.reads and has.gaps:
        methods.append(_find_gaps())
    if has.selected is not None and not has.reads_selected:
        methods.append(_names(has))
    head = [
        "class TablePreprocessor(TransformerMixin, BaseEstimator):",
        f'    """Make of a table {_what_it_makes(has)}."""',
    ]
    return "\n\n".join(["\n".join(head), *methods])


def _what_it_makes(has: _Has) -> str:
    made = {
        "scaled numbers": has.numbers,
        "categories": has.categories,
        "frequent values": has.frequent,
        "gaps": has.gaps,
    }
    *first, last = [name for name, is_made in made.items() if is_made]
    return f"{', '.join(first)} and {last}" if first else last


def _read_lines(has: _Has) -> list[str]:
    """The statements that read X in ``fit`` and ``transform``."""
    if not has.reads:
        by_order = has.reads_selected and not has.columns.have_names
        read = "SELECTED" if by_order else "FEATURES"
        return [f"        numbers = X[{read}].to_numpy(dtype=float)"]
    lines = ["        numbers, categories = self._read(X)"]
    if not has.categories:
        lines = ["        numbers = self._read(X)"]
    if not has.numbers:
        lines = ["        categories = self._read(X)"]
    return lines


def _fit(has: _Has) -> str:
    columns = has.columns
    lines = [
        "    def fit(self, X: pd.DataFrame, y=None) -> Self:",
        '        """Learn what the columns of training rows hold."""',
    ]
    if has.categories:
        if columns.categories:
            of_all = "{name: find_levels(X[name]) for name in CATEGORIES}"
            lines.append(f"        self.levels_ = {of_all}")
        if columns.spelled:
            sign = "|=" if columns.categories else "="
            frequent = "{name: find_frequent_words(X[name]) for name in SPELLED}"
            spelling = "{name: fit_spelling(X[name]) for name in SPELLED}"
            lines += [
                f"        self.levels_ {sign} {frequent}",
                f"        self.spelling_ = {spelling}",
            ]
        if columns.texts:
            sign = "|=" if columns.categories or columns.spelled else "="
            frequent = "{name: find_frequent_words(X[name]) for name in TEXTS}"
            lines += [
                f"        self.levels_ {sign} {frequent}",
                "        self.topics_ = {name: fit_topics(X[name]) for name in TEXTS}",
            ]
    if has.numbers or has.gaps:
        lines += _read_lines(has)
    if has.gaps:
        gaps = "np.isnan(numbers)"
        if has.reads:
            taken = [n for n in ("categories", "numbers") if getattr(has, n)]
            gaps = f"self._find_gaps({' | '.join(taken)})"
        lines += [
            f"        gaps = {gaps}",
            "        self.has_gaps_ = gaps.any(axis=0) & ~gaps.all(axis=0)",
        ]
    if has.numbers:
        if has.reads:
            lines.append("        numbers = join_columns(numbers)")
        lines += [
            "        scales = [fit_scale(values) for values in numbers.T]",
            "        self.center_, self.width_ = np.transpose(scales)",
        ]
    if has.frequent:
        lines.append("        self.columns_, self.values_ = find_frequent(numbers)")
    return "\n".join([*lines, "        return self"])


def _transform(has: _Has) -> str:
    lines = [
        "    def transform(self, X: pd.DataFrame) -> np.ndarray:",
        '        """Prepare rows for the network."""',
        *_read_lines(has),
    ]
    if has.gaps:
        gaps = "np.isnan(numbers)"
        if has.reads:
            taken = [n for n in ("categories", "numbers") if getattr(has, n)]
            gaps = f"self._find_gaps({' | '.join(taken)})"
        lines.append(f"        gaps = {gaps}[:, self.has_gaps_]")
    takes_numbers = has.numbers and has.reads
    picks = has.selected is not None and not has.reads_selected
    if picks:
        names = f"self._names({'numbers' if takes_numbers else ''})"
        lines.append(f"        names = {names}")
    parts = []
    if has.numbers:
        if has.reads:
            lines.append("        numbers = join_columns(numbers)")
        parts.append("squash(numbers, self.center_, self.width_)")
    if has.categories:
        # A missing category is none of them.
        parts.append("np.nan_to_num(join_columns(categories))")
    if has.frequent:
        parts.append("numbers[:, self.columns_] == self.values_")
    if has.gaps:
        parts.append("gaps")
    prepared = parts[0]
    if len(parts) > 1:
        lines.append(call_of_list("prepared = np.hstack(", parts, indent=8))
        prepared = "prepared"
    if picks:
        lines += [
            f"        named = pd.DataFrame({prepared}, columns=names)",
            "        # A category that training rows lack is 0.",
            "        kept = named.reindex(columns=SELECTED, fill_value=0)",
        ]
        prepared = "kept.to_numpy()"
    return "\n".join([*lines, f'        return {prepared}.astype("float32")'])


def _read(has: _Has) -> str:
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


def _find_gaps() -> str:
    return "\n".join(
        [
            "    def _find_gaps(self, read: dict[str, np.ndarray]) -> np.ndarray:",
            '        """Tell which cells of X are missing."""',
            "        return np.column_stack([np.isnan(read[name][:, 0]) for name in "
            "FEATURES])",
        ]
    )


def _names(has: _Has) -> str:
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


_DESCRIBE_TEXTS = """\
        for name in TEXTS:
            topics = describe_topics(X[name], self.topics_[name])
            categories[name] = np.hstack([categories[name], topics])"""
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
