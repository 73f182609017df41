"""How good the estimator is: the part of the page with metrics and predictions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from sklearn.base import is_classifier

from ._html import (
    Html,
    bar,
    details,
    element,
    join,
    paragraph,
    table,
)
from ._metrics import classes_present, encode_labels
from ._naming import name_of_metric, short_name
from ._pictures import picture
from ._plot_classes import (
    plot_confusion_matrix,
    plot_precision_recall_curve,
    plot_roc_curve,
    size_of_matrix,
)
from ._plot_residuals import KINDS, plot_residuals
from ._record import MOST_CLASSES

# Columns, and outputs, that are shown.
_MOST_FEATURES, _MOST_OUTPUTS = 20, 6
# Classes up to which the numbers of the confusion matrix are a table, too.
_MOST_CELLS = 20
_SQUARE = (4.4, 4.4)
_METRIC_NAMES = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced accuracy",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "roc_auc": "area under the ROC curve",
    "log_loss": "log loss (less is better)",
    "rmse": "root mean squared error (less is better)",
    "mae": "mean absolute error (less is better)",
    "r2": "R2",
}


def quality_section(
    estimator: Any, judged: Mapping[str, float] | None, answers: Any, where: str
) -> Html:
    """Metrics, pictures of the predictions, and which columns matter.

    Parameters
    ----------
    estimator : BaseAutoGen
    judged : mapping of str to float or None
        Metrics by name; None if there was nothing to judge by.
    answers : Answers or None
    where : str
        Which rows they are about.
    """
    pieces: list[object] = []
    if judged is None:
        told = (
            "The page was written without a truth to compare with, and has the scores "
            "of the search only. Give report(path, X, y) rows that fit did not see, or "
            "report(path, y=y) the y that fit was given."
        )
        pieces.append(paragraph(told, is_note=True))
    else:
        rows = [
            (_METRIC_NAMES.get(name, name), value) for name, value in judged.items()
        ]
        pieces += [paragraph(where), table(["metric", "value"], rows, name="Metrics")]
        draw = (
            _pictures_of_classes if is_classifier(estimator) else _pictures_of_numbers
        )
        pieces.append(
            element("div", join(draw(estimator, answers, judged)), class_="pictures")
        )
    pieces.append(_scores_of_the_search(estimator))
    pieces.append(_features(estimator))
    return join(pieces)


def _scores_of_the_search(estimator: Any) -> Html:
    results, metric = estimator.cv_results_, estimator._refit_metric()
    best = estimator.best_index_
    names = [
        key.removeprefix("mean_test_")
        for key in results
        if key.startswith("mean_test_")
    ]
    rows = [
        (
            name_of_metric(estimator) if name == metric else name,
            results[f"mean_test_{name}"][best],
            results[f"std_test_{name}"][best],
        )
        for name in names
    ]
    header = ["metric", "mean over the folds", "standard deviation"]
    pieces = [
        element("h3", "The best candidate in cross-validation"),
        table(header, rows, name="Cross-validation"),
    ]
    if hasattr(estimator, "oof_score_"):
        pieces.append(
            paragraph(
                f"The ensemble scores {estimator.oof_score_:.4g} out of fold: each row "
                "answered by those of its networks that were not trained on it. That "
                "is what to expect of new rows, and optimistic by a little, since the "
                "candidates were chosen by it.",
                is_note=True,
            )
        )
    return join(pieces)


def _pictures_of_classes(
    estimator: Any, answers: Any, judged: Mapping[str, float]
) -> list[Html]:
    truth, proba, weight = answers
    classes = estimator.classes_
    predicted = estimator._labels(proba)
    pieces = [
        picture(
            partial(
                plot_confusion_matrix, truth, predicted, classes, sample_weight=weight
            ),
            size_of_matrix(classes.tolist()),
            alt=f"Confusion matrix of {len(classes)} classes, accuracy "
            f"{judged['accuracy']:.4g}.",
            caption="Rows are the true classes, columns the predicted ones.",
        )
    ]
    if len(classes) <= _MOST_CELLS:
        pieces.append(_numbers_of_matrix(truth, predicted, classes, weight))
    if len(classes) > MOST_CLASSES:
        told = f"Curves are drawn of up to {MOST_CLASSES} classes; here are"
        return [*pieces, paragraph(f"{told} {len(classes)}.", is_note=True)]
    true = encode_labels(truth, classes.tolist(), "y")
    if len(classes_present(true, weight)) < 2:
        return pieces
    against = " Each class against all others." if len(classes) > 2 else ""
    for draw, alt, caption in (
        (
            plot_roc_curve,
            f"ROC curve, AUC {judged['roc_auc']:.4g}.",
            f"The nearer to the upper left corner, the better.{against}",
        ),
        (
            plot_precision_recall_curve,
            f"Precision-recall curve, precision {judged['precision']:.4g} at a recall "
            f"of {judged['recall']:.4g}.",
            f"The nearer to the upper right corner, the better.{against}",
        ),
    ):
        drawn = partial(draw, truth, proba, classes, sample_weight=weight)
        pieces.append(
            picture(
                drawn,
                _SQUARE,
                alt=alt,
                caption=caption,
            )
        )
    return pieces


def _pictures_of_numbers(
    estimator: Any, answers: Any, judged: Mapping[str, float]
) -> list[Html]:
    truth, predicted = (
        np.asarray(each, dtype=float).reshape(len(each), -1) for each in answers[:2]
    )
    pieces = []
    for output in range(min(truth.shape[1], _MOST_OUTPUTS)):
        own = f" of output {output}" if truth.shape[1] > 1 else ""
        for kind, title in KINDS.items():
            drawn = partial(
                plot_residuals, truth[:, output], predicted[:, output], kind=kind
            )
            pieces.append(
                picture(
                    drawn,
                    _SQUARE,
                    alt=f"{title}{own}, points for {len(truth):,} rows.",
                    caption=f"{title}{own}, a point a row.",
                )
            )
    n = truth.shape[1]
    if n > _MOST_OUTPUTS:
        pieces.append(
            paragraph(f"The first {_MOST_OUTPUTS} of {n} outputs.", is_note=True)
        )
    return pieces


def _numbers_of_matrix(truth: Any, predicted: Any, classes: Any, weight: Any) -> Html:
    from sklearn.metrics import confusion_matrix

    labels = classes.tolist()
    counts = confusion_matrix(
        encode_labels(truth, labels, "y"),
        encode_labels(predicted, labels, "predictions"),
        labels=range(len(labels)),
        sample_weight=weight,
    )
    names = [short_name(each, 24) for each in labels]
    rows = [(name, *row.tolist()) for name, row in zip(names, counts, strict=True)]
    listed = table(["true, predicted as", *names], rows, name="Confusion matrix")
    return details("the numbers of the confusion matrix", listed)


def _features(estimator: Any) -> Html:
    found = getattr(estimator, "feature_importances_", None)
    if found is None or not np.isfinite(found).any():
        return Html("")
    names = getattr(
        estimator, "feature_names_in_", [f"x{k}" for k in range(len(found))]
    )
    order = np.argsort(-found, kind="stable")[:_MOST_FEATURES]
    rows = [
        (short_name(names[k]), found[k], bar(found[k] / max(found.max(), 1e-300)))
        for k in order
    ]
    loss = "Brier score" if is_classifier(estimator) else "squared error"
    of_all = f" The {len(order)} of {len(found)} that matter most." * (
        len(order) < len(found)
    )
    return join(
        [
            element("h3", "Columns that matter"),
            paragraph(
                f"How much the {loss} rises when a column is shuffled among rows that "
                f"the networks were not trained on.{of_all}",
                is_note=True,
            ),
            table(
                ["column", "rise", "bar"],
                rows,
                name="Columns that matter",
            ),
        ]
    )
