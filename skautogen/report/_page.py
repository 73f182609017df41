"""The page with all there is to know of a search: one HTML file that needs nothing."""

from __future__ import annotations

import importlib.resources
from datetime import datetime
from os import PathLike
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
from sklearn.base import is_classifier

from ._candidates import read_trace
from ._html import Html, escape, join, tile
from ._metrics import classification_metrics, regression_metrics
from ._naming import name_of_metric
from ._pictures import plain_style
from ._section_data import data_section, lead_of
from ._section_network import network_section
from ._section_quality import quality_section
from ._section_search import search_section
from ._section_settings import settings_section


def write_report(
    estimator: Any,
    path: str | PathLike[str],
    X: Any = None,
    y: Any = None,
    sample_weight: Any = None,
) -> Path:
    """Write the page of a fitted estimator.

    Parameters
    ----------
    estimator : AutoGenClassifier or AutoGenRegressor
        Fitted.
    path : str or path-like
        The file; one that is there is replaced.
    X : array-like or DataFrame of shape (n_samples, n_features), or other input, \
            default=None
        Rows to judge by. ``None`` judges by ``oof_predictions_``, if y is given.
    y : array-like of shape (n_samples,) or (n_samples, n_outputs), default=None
        Their truth.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each row in the metrics and in the pictures of classes.

    Returns
    -------
    path : pathlib.Path
        The file written.

    Raises
    ------
    FileNotFoundError
        If the folder of `path` does not exist.
    ImportError
        If matplotlib is not installed.
    ValueError
        If X is given without y, or y does not suit.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from sklearn.datasets import load_iris
    >>> from skautogen import AutoGenClassifier
    >>> from skautogen.report import write_report
    >>> X, y = load_iris(return_X_y=True)
    >>> model = AutoGenClassifier(
    ...     architecture="mlp", n_iter=1, cv=2, epochs=3, random_state=0
    ... )
    >>> model = model.fit(X, y)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_report(model, Path(folder) / "iris.html", y=y)
    ...     print(page.name, "<title>" in page.read_text(encoding="utf-8"))
    iris.html True
    """
    path = Path(path)
    # Before all is drawn.
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"path={str(path)!r} is in a folder that does not exist. Make it first, or "
            "pass another path."
        )
    with plain_style():
        page = _make_page(estimator, X, y, sample_weight)
    path.write_text(page, encoding="utf-8")
    return path


def _make_page(estimator: Any, X: Any, y: Any, sample_weight: Any) -> str:
    answers = judged = None
    if X is not None or y is not None:
        answers = estimator._answers_to(X, y, sample_weight)
        judged = _judge(estimator, *answers)
    n = 0 if answers is None else len(answers.truth)
    where = f"On the {n:,} rows that were given to the report."
    if X is None:
        where = (
            f"Out of fold: on {n:,} rows that fit was given, each answered by networks "
            "that were not trained on it."
        )
    name = type(estimator).__name__
    return _read("page.html").substitute(
        style=_read("page.css").template,
        title=escape(f"{name} report"),
        kind=escape(f"skautogen, {datetime.now():%Y-%m-%d %H:%M}"),
        lead=lead_of(estimator),
        # Out of fold, it is the same as the ensemble's own score.
        tiles=_tiles(estimator, None if X is None else judged),
        quality=quality_section(estimator, judged, answers, where),
        search=search_section(estimator),
        network=network_section(estimator),
        data=data_section(estimator),
        settings=settings_section(estimator),
        footer=escape("Written by skautogen. The page holds everything it shows."),
    )


def _judge(
    estimator: Any, truth: Any, answers: np.ndarray, sample_weight: Any
) -> dict[str, float]:
    if not is_classifier(estimator):
        return regression_metrics(truth, answers, sample_weight)
    labels = estimator._labels(answers)
    return classification_metrics(
        truth, labels, answers, estimator.classes_, sample_weight
    )


def _tiles(estimator: Any, judged: dict[str, float] | None) -> Html:
    results, metric = estimator.cv_results_, estimator._refit_metric()
    best, name = estimator.best_index_, name_of_metric(estimator)
    scores = results[f"mean_test_{metric}"]
    std = results[f"std_test_{metric}"][best]
    tiles = []
    if judged is not None:
        foremost = "accuracy" if is_classifier(estimator) else "r2"
        if np.isnan(judged[foremost]):  # R2 of a single row
            foremost = "rmse"
        tiles.append(tile(f"{judged[foremost]:.4g}", f"{foremost}, rows given"))
    spread = f"\N{PLUS-MINUS SIGN} {std:.2g}"
    told = f"{spread} {name}, best candidate in cross-validation"
    tiles.append(tile(f"{scores[best]:.4g}", told))
    if hasattr(estimator, "oof_score_"):
        tiles.append(
            tile(f"{estimator.oof_score_:.4g}", f"{name}, ensemble out of fold")
        )
    failed = int(np.isnan(scores).sum())
    candidates = f"candidates tried, {failed} failed" if failed else "candidates tried"
    n_tried = read_trace(results, metric).n_tried
    tiles.append(tile(f"{n_tried:,}", candidates))
    n_networks = len(estimator.ensemble_ or [None])
    tiles.append(
        tile(
            f"{n_networks:,}",
            "networks answer" if n_networks > 1 else "network answers",
        )
    )
    tiles.append(tile(_say_seconds(estimator._record.seconds), "time of the fit"))
    return join(tiles)


def _say_seconds(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _read(name: str) -> Template:
    """A part of the page that stands in a file of its own."""
    folder = importlib.resources.files(__package__ or "")
    return Template((folder / name).read_text(encoding="utf-8"))
