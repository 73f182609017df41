"""The class of a preparation of tables, as source."""

from __future__ import annotations

from .._literals import call_of_list
from ._table_found import Found
from ._table_names import names_method
from ._table_read import read_method


def class_source(has: Found) -> str:
    """Write ``TablePreprocessor``, with the methods that these columns ask for.

    Parameters
    ----------
    has : Found

    Returns
    -------
    source : str
    """
    methods = [_fit(has), _transform(has)]
    if has.reads:
        methods.append(read_method(has))
    if has.reads and has.gaps:
        methods.append(_find_gaps())
    if has.selected is not None and not has.reads_selected:
        methods.append(names_method(has))
    head = [
        "class TablePreprocessor(TransformerMixin, BaseEstimator):",
        f'    """Make of a table {_what_it_makes(has)}."""',
    ]
    return "\n\n".join(["\n".join(head), *methods])


def _what_it_makes(has: Found) -> str:
    made = {
        "scaled numbers": has.numbers,
        "categories": has.categories,
        "frequent values": has.frequent,
        "gaps": has.gaps,
    }
    *first, last = [name for name, is_made in made.items() if is_made]
    return f"{', '.join(first)} and {last}" if first else last


def _read_lines(has: Found) -> list[str]:
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


def _gaps(has: Found) -> str:
    """The expression for which cells of X are missing."""
    if not has.reads:
        return "np.isnan(numbers)"
    taken = [name for name in ("categories", "numbers") if getattr(has, name)]
    return f"self._find_gaps({' | '.join(taken)})"


def _fit(has: Found) -> str:
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
        lines += [
            f"        gaps = {_gaps(has)}",
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


def _transform(has: Found) -> str:
    lines = [
        "    def transform(self, X: pd.DataFrame) -> np.ndarray:",
        '        """Prepare rows for the network."""',
        *_read_lines(has),
    ]
    if has.gaps:
        lines.append(f"        gaps = {_gaps(has)}[:, self.has_gaps_]")
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


def _find_gaps() -> str:
    return "\n".join(
        [
            "    def _find_gaps(self, read: dict[str, np.ndarray]) -> np.ndarray:",
            '        """Tell which cells of X are missing."""',
            "        return np.column_stack([np.isnan(read[name][:, 0]) for name in "
            "FEATURES])",
        ]
    )
