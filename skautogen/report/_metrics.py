"""The usual metrics of a prediction, as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

# scikit-learn is imported on use: with pandas and rich, which it brings along, that
# takes seconds.

# Probabilities computed in half precision do not sum to one more exactly than this.
_SUM_TOLERANCE = 1e-2


def classification_metrics(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    y_proba: ArrayLike,
    classes: ArrayLike,
    sample_weight: ArrayLike | None = None,
) -> dict[str, float]:
    """Compute the usual metrics of a classifier's predictions.

    Choose it over scikit-learn's functions one by one when the rows at hand may lack
    some of the classes known from training, as small test sets do: every metric is
    then still computed, or NaN where it has no meaning, without a warning.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,)
        True labels, of any type, each one of `classes`.
    y_pred : array-like of shape (n_samples,)
        Predicted labels, each one of `classes`.
    y_proba : array-like of shape (n_samples, n_classes)
        Predicted probabilities, columns in the order of `classes`. Rows sum to one;
        rounding errors of half precision are evened out.
    classes : array-like of shape (n_classes,)
        The labels known to the classifier, two or more (its ``classes_``). With two,
        the second is the positive class.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each row. None weighs all rows alike.

    Returns
    -------
    dict of str to float
        In this order (greater is better, but for ``log_loss``):

        - ``accuracy``: share of the rows predicted right.
        - ``balanced_accuracy``: mean over the classes in `y_true` of the share
          predicted right.
        - ``precision``, ``recall``, ``f1``: with two classes, of the positive one;
          with more, the mean over all classes that occur in `y_true` or `y_pred`.
          A ratio whose denominator is zero counts as 0.
        - ``roc_auc``: area under the ROC curve; with more than two classes, the mean
          over the classes in `y_true` of each class against the rest. NaN where
          `y_true` holds one class only.
        - ``log_loss``: mean of minus the logarithm of the probability given to the
          true label.

    Raises
    ------
    ValueError
        If there are fewer than two classes, a label is not one of `classes`, or
        `y_proba` has another shape or rows that do not sum to one.

    See Also
    --------
    regression_metrics : The same for numbers.

    Examples
    --------
    >>> from skautogen.report import classification_metrics
    >>> result = classification_metrics(
    ...     y_true=["no", "yes", "yes", "no"],
    ...     y_pred=["no", "yes", "no", "no"],
    ...     y_proba=[[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3]],
    ...     classes=["no", "yes"],
    ... )
    >>> for name, value in result.items():
    ...     print(f"{name:17} {value:.3f}")
    accuracy          0.750
    balanced_accuracy 0.750
    precision         1.000
    recall            0.500
    f1                0.667
    roc_auc           1.000
    log_loss          0.400

    A class that the rows at hand lack:

    >>> result = classification_metrics(
    ...     y_true=["a", "b"],
    ...     y_pred=["a", "b"],
    ...     y_proba=[[0.8, 0.1, 0.1], [0.1, 0.7, 0.2]],
    ...     classes=["a", "b", "c"],
    ... )
    >>> result["f1"], result["roc_auc"]
    (1.0, 1.0)
    """
    from sklearn.metrics import log_loss

    labels = _column(classes).tolist()
    if len(labels) < 2:
        raise ValueError(
            f"classes must hold at least two labels, got {labels}: metrics of a "
            "classifier that knows a single class say nothing."
        )
    true = encode_labels(y_true, labels, "y_true")
    pred = encode_labels(y_pred, labels, "y_pred")
    proba = check_proba(y_proba, (len(true), len(labels)))
    weight = None if sample_weight is None else _column(sample_weight)
    result = {
        **_label_metrics(true, pred, binary=len(labels) == 2, weight=weight),
        "roc_auc": _roc_auc(true, proba, weight),
        "log_loss": log_loss(
            true, proba, labels=range(len(labels)), sample_weight=weight
        ),
    }
    return {name: float(value) for name, value in result.items()}


def regression_metrics(
    y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | None = None
) -> dict[str, float]:
    """Compute the usual metrics of a regressor's predictions.

    Parameters
    ----------
    y_true : array-like of shape (n_samples,) or (n_samples, n_outputs)
        True values.
    y_pred : array-like of shape (n_samples,) or (n_samples, n_outputs)
        Predicted values.
    sample_weight : array-like of shape (n_samples,), default=None
        Weight of each row. None weighs all rows alike.

    Returns
    -------
    dict of str to float
        With several outputs, each is the plain mean over the outputs. In this order:

        - ``rmse``: root of the mean squared error, in the unit of y; weighs large
          errors more.
        - ``mae``: mean absolute error, in the unit of y.
        - ``r2``: coefficient of determination: 1 is perfect, 0 is as good as the mean
          of `y_true`. NaN for a single row.

    Raises
    ------
    ValueError
        If the shapes of `y_true` and `y_pred` differ or a value is not finite.

    See Also
    --------
    classification_metrics : The same for labels.

    Examples
    --------
    >>> from skautogen.report import regression_metrics
    >>> result = regression_metrics(y_true=[1.0, 2.0, 3.0], y_pred=[1.0, 2.0, 4.0])
    >>> {name: round(value, 3) for name, value in result.items()}
    {'rmse': 0.577, 'mae': 0.333, 'r2': 0.5}
    """
    from sklearn import metrics

    arguments: dict[str, Any] = {
        "y_true": y_true,
        "y_pred": y_pred,
        "sample_weight": sample_weight,
    }
    rmse = metrics.root_mean_squared_error(**arguments)
    mae = metrics.mean_absolute_error(**arguments)
    # scikit-learn gives NaN too, with a warning that says nothing new here.
    r2 = metrics.r2_score(**arguments) if np.shape(y_true)[0] > 1 else np.nan
    return {"rmse": float(rmse), "mae": float(mae), "r2": float(r2)}


def _column(values: ArrayLike) -> np.ndarray:
    from sklearn.utils import column_or_1d

    return np.asarray(column_or_1d(values))


def encode_labels(y: ArrayLike, labels: list[Any], name: str) -> np.ndarray:
    """Positions in `labels`: scikit-learn refuses some kinds of label (1.5, mixed).

    Parameters
    ----------
    y : array-like of shape (n_samples,)
    labels : list
    name : str
        Of `y`, for the error.

    Returns
    -------
    positions : ndarray of int of shape (n_samples,)

    Raises
    ------
    ValueError
        If a label is not one of `labels`.
    """
    code_of = {label: code for code, label in enumerate(labels)}
    values = _column(y).tolist()
    unknown = {value for value in values if value not in code_of}
    if unknown:
        raise ValueError(
            f"{name} holds labels that are not in classes: "
            f"{sorted(unknown, key=str)[:5]}; known are {labels[:20]}. Leave these "
            "rows out, or fit with rows of these classes."
        )
    return np.array([code_of[value] for value in values])


def classes_present(true: np.ndarray, sample_weight: ArrayLike | None) -> np.ndarray:
    """The classes of the rows that count, those of a weight above zero.

    Parameters
    ----------
    true : ndarray of shape (n_samples,)
    sample_weight : array-like of shape (n_samples,) or None

    Returns
    -------
    present : ndarray of shape (n_present,)
        Sorted.
    """
    counted = true if sample_weight is None else true[_column(sample_weight) > 0]
    return np.unique(counted)


def check_proba(y_proba: ArrayLike, shape: tuple[int, int]) -> np.ndarray:
    """Refuse what are no probabilities, and let each row sum to one exactly.

    Parameters
    ----------
    y_proba : array-like of shape (n_samples, n_classes)
    shape : tuple of int
        That it must have.

    Returns
    -------
    proba : ndarray of shape (n_samples, n_classes)

    Raises
    ------
    ValueError
        If the shape is another, or a row does not sum to one.
    """
    proba = np.asarray(y_proba)
    if proba.shape != shape:
        raise ValueError(
            f"y_proba must have shape (n_samples, n_classes) = {shape}, got "
            f"{proba.shape}."
        )
    sums = proba.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(~(np.abs(sums - 1) <= _SUM_TOLERANCE))
    if len(wrong):
        raise ValueError(
            f"each row of y_proba must sum to one, but row {wrong[0]} sums to "
            f"{sums[wrong[0], 0]} (and {len(wrong) - 1} more are wrong): pass "
            "probabilities, not scores or logits."
        )
    # log_loss warns of sums that are off by a float32's rounding in a float64 array.
    return np.asarray(proba / sums)


def _label_metrics(
    true: np.ndarray, pred: np.ndarray, *, binary: bool, weight: np.ndarray | None
) -> dict[str, float]:
    from sklearn import metrics

    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        true,
        pred,
        average="binary" if binary else "macro",
        pos_label=1,
        sample_weight=weight,
        zero_division=0,
    )
    return {
        "accuracy": metrics.accuracy_score(true, pred, sample_weight=weight),
        # Balanced accuracy by its definition: balanced_accuracy_score warns of
        # predicted classes that y_true lacks; as NaN they are left out of the mean.
        "balanced_accuracy": metrics.recall_score(
            true, pred, average="macro", sample_weight=weight, zero_division=np.nan
        ),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }


def _roc_auc(true: np.ndarray, proba: np.ndarray, weight: np.ndarray | None) -> Any:
    from sklearn.metrics import roc_auc_score

    present = classes_present(true, weight)
    if len(present) < 2:
        return np.nan
    if proba.shape[1] == 2:
        return roc_auc_score(true, proba[:, 1], sample_weight=weight)
    # One class against the rest, written as one column per class: the multiclass form
    # refuses a y_true that lacks a class.
    one_hot = true[:, np.newaxis] == present
    return roc_auc_score(
        one_hot, proba[:, present], average="macro", sample_weight=weight
    )
