"""Pictures of how well a classifier tells classes apart; need the extra ``plots``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from ._axes import CURVE_COLORS, GREY, check_axes, shorten, text_is_long
from ._metrics import check_proba, classes_present, encode_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Up to so many classes each curve has its name, each cell its number, and each row.
_MOST_NAMED, _MOST_NUMBERED, _MOST_LISTED = 10, 20, 80
_MOST_LETTERS, _LETTERS_ALONG = 24, 40


def plot_confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    classes: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    normalize: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many rows of each class were taken for which.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels, each one of `classes`.
    y_pred : array-like of shape (n_samples,)
        Predicted labels, each one of `classes`.
    classes : array-like of shape (n_classes,)
        The labels known to the classifier, in the order to be drawn.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each row.
    normalize : {"true", "pred", "all"}, default=None
        Shares of the true class, of the predicted one, or of all rows in the place of
        numbers of rows.
    ax : matplotlib.axes.Axes, default=None
        Where to draw. None makes a new figure through pyplot, that grows with the
        number of classes.

    Returns
    -------
    matplotlib.axes.Axes
        Cells have their numbers for up to 20 classes, and a colour bar for more; rows
        have their names for up to 80. Long names are cut in their middle.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If a label is not one of `classes`, or `normalize` none of the above.

    See Also
    --------
    sklearn.metrics.ConfusionMatrixDisplay : What draws it.

    Examples
    --------
    >>> from skautogen.report import plot_confusion_matrix
    >>> ax = plot_confusion_matrix(["a", "b", "b"], ["a", "b", "a"], ["a", "b"])
    >>> [text.get_text() for text in ax.texts]
    ['1', '0', '1', '1']
    """
    labels = _labels(classes)
    true = encode_labels(y_true, labels, "y_true")
    pred = encode_labels(y_pred, labels, "y_pred")
    names = [shorten(each, _MOST_LETTERS) for each in labels]
    is_long = text_is_long(names, most=_LETTERS_ALONG)
    is_numbered = len(labels) <= _MOST_NUMBERED
    width, height = size_of_matrix(labels)
    ax = check_axes(ax, width=width, height=height)
    from sklearn.metrics import ConfusionMatrixDisplay

    is_counted = sample_weight is None and normalize is None
    ConfusionMatrixDisplay.from_predictions(
        true,
        pred,
        labels=range(len(labels)),
        display_labels=names,
        sample_weight=sample_weight,
        normalize=normalize,
        include_values=is_numbered,
        values_format="d" if is_counted else ".2f" if normalize else ".4g",
        xticks_rotation=45 if is_long else 0,
        text_kw={"fontsize": 10 if len(labels) <= 10 else 7},
        cmap="Blues",
        colorbar=not is_numbered,
        ax=ax,
    )
    if is_long:
        for name in ax.get_xticklabels():
            name.set(ha="right", rotation_mode="anchor")
    if len(labels) > _MOST_LISTED:
        ax.set(xticks=[], yticks=[])
    elif not is_numbered:
        ax.tick_params(labelsize=300 / len(labels))
    ax.set(xlabel="predicted", ylabel="true", title="Confusion matrix")
    return ax


def size_of_matrix(labels: Sequence[Any]) -> tuple[float, float]:
    """Width and height, in inches, that a confusion matrix of these labels takes."""
    names = [shorten(each, _MOST_LETTERS) for each in labels]
    side = float(np.clip(2.6 + 0.45 * len(labels), 4.0, 14.0))
    room = 0.07 * max(map(len, names))
    is_long = text_is_long(names, most=_LETTERS_ALONG)
    return side + room, side + (room if is_long else 0.0)


def plot_roc_curve(
    y_true: ArrayLike,
    y_proba: ArrayLike,
    classes: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many positives are found at the price of how many false alarms.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels, each one of `classes`.
    y_proba : array-like of shape (n_samples, n_classes)
        Predicted probabilities, columns in the order of `classes`.
    classes : array-like of shape (n_classes,)
        The labels known to the classifier. Of two, the second is the positive class; of
        more, each has a curve against all others.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each row.
    ax : matplotlib.axes.Axes, default=None
        Where to draw. None makes a new figure of 600 x 600 pixels through pyplot.

    Returns
    -------
    matplotlib.axes.Axes
        The legend has the area under each curve (AUC). Of more than ten classes the
        ten of the smallest area are named, the others are grey.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ValueError
        If a label is not one of `classes`, `y_proba` has another shape, or `y_true`
        holds one class only.

    See Also
    --------
    plot_precision_recall_curve : Says more where positives are rare.
    sklearn.metrics.RocCurveDisplay : What draws each curve.

    Examples
    --------
    >>> from skautogen.report import plot_roc_curve
    >>> proba = [[0.9, 0.1], [0.4, 0.6], [0.6, 0.4], [0.1, 0.9]]
    >>> ax = plot_roc_curve(["no", "no", "yes", "yes"], proba, ["no", "yes"])
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['0.750  yes']
    """
    from sklearn.metrics import RocCurveDisplay, roc_auc_score

    ax = _draw_curves(
        RocCurveDisplay.from_predictions,
        roc_auc_score,
        (y_true, y_proba, classes, sample_weight),
        ax,
    )
    ax.plot([0, 1], [0, 1], ":", color=GREY, linewidth=1, zorder=1)
    ax.set(
        xlabel="false positive rate",
        ylabel="true positive rate",
        title="ROC curve",
    )
    _name_curves(ax, "AUC", "lower right")
    return ax


def plot_precision_recall_curve(
    y_true: ArrayLike,
    y_proba: ArrayLike,
    classes: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many of those found are positives, against how many are found.

    Choose it over the ROC curve where positives are rare.

    Parameters
    ----------
    y_true, y_proba, classes, sample_weight, ax
        As for `plot_roc_curve`.

    Returns
    -------
    matplotlib.axes.Axes
        The legend has the average precision (AP) of each curve. Of more than ten
        classes the ten of the smallest are named, the others are grey.

    Raises
    ------
    ImportError, ValueError
        As of `plot_roc_curve`.

    See Also
    --------
    sklearn.metrics.PrecisionRecallDisplay : What draws each curve.

    Examples
    --------
    >>> from skautogen.report import plot_precision_recall_curve
    >>> proba = [[0.9, 0.1], [0.4, 0.6], [0.6, 0.4], [0.1, 0.9]]
    >>> truth = ["no", "no", "yes", "yes"]
    >>> ax = plot_precision_recall_curve(truth, proba, ["no", "yes"])
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['0.833  yes']
    """
    from sklearn.metrics import PrecisionRecallDisplay, average_precision_score

    ax = _draw_curves(
        PrecisionRecallDisplay.from_predictions,
        average_precision_score,
        (y_true, y_proba, classes, sample_weight),
        ax,
    )
    ax.set(xlabel="recall", ylabel="precision", title="Precision and recall")
    _name_curves(ax, "AP", "lower left")
    return ax


def _draw_curves(
    draw: Callable[..., Any],
    measure: Callable[..., float],
    data: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike | None],
    ax: Axes | None,
) -> Axes:
    """Draw a curve for each class, those of the smallest area last and named."""
    y_true, y_proba, classes, sample_weight = data
    labels = _labels(classes)
    true = encode_labels(y_true, labels, "y_true")
    proba = check_proba(y_proba, (len(true), len(labels)))
    # A curve needs rows of both kinds.
    present = classes_present(true, sample_weight)
    if len(present) < 2:
        raise ValueError(
            "y_true must hold rows of two classes or more for a curve; all "
            "rows that count are of one class. Pass more rows."
        )
    shown = [1] if len(labels) == 2 else present.tolist()
    ax = check_axes(ax, width=6.0, height=6.0)
    measured = {
        each: measure(true == each, proba[:, each], sample_weight=sample_weight)
        for each in shown
    }
    named = shown
    if len(shown) > _MOST_NAMED:
        named = sorted(shown, key=measured.__getitem__)[:_MOST_NAMED]
    for each in [*(other for other in shown if other not in named), *named]:
        draw(
            (true == each).astype(int),
            proba[:, each],
            sample_weight=sample_weight,
            drop_intermediate=True,
            ax=ax,
        )
        line = ax.lines[-1]
        if each in named:
            number = named.index(each)
            style = "-" if number < len(CURVE_COLORS) else "--"
            color = CURVE_COLORS[number % len(CURVE_COLORS)]
            line.set(color=color, linestyle=style, linewidth=1.8)
            line.set_label(f"{measured[each]:.3f}  {shorten(labels[each], 24)}")
        else:
            line.set(color=GREY, alpha=0.4, linewidth=0.8, label="_")
    ax.grid(alpha=0.3)
    return ax


def _name_curves(ax: Axes, measure: str, place: Any) -> None:
    handles, names = ax.get_legend_handles_labels()
    n_others = sum(line.get_label() == "_" for line in ax.lines)
    title = f"{measure}, smallest of {len(names) + n_others}" if n_others else measure
    ax.legend(handles, names, loc=place, title=title, fontsize="small")
    ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.05))


def _labels(classes: ArrayLike) -> list[Any]:
    labels: list[Any] = np.asarray(classes).tolist()
    return labels
