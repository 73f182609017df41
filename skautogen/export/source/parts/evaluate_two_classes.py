"""A function of generated files."""

import numpy as np
from sklearn import metrics

from .labels import encode_labels
from .made import Inputs, Trained, predict_proba


def evaluate(trained: Trained, X: Inputs, y: np.ndarray) -> dict[str, float]:
    """Compute the usual metrics, of which the second class is the positive one."""
    proba, true = predict_proba(trained, X), encode_labels(y)
    predicted = proba.argmax(axis=1)
    return {
        "accuracy": metrics.accuracy_score(true, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(true, predicted),
        "precision": metrics.precision_score(true, predicted, zero_division=0),
        "recall": metrics.recall_score(true, predicted),
        "f1": metrics.f1_score(true, predicted),
        "roc_auc": metrics.roc_auc_score(true, proba[:, 1]),
        "log_loss": metrics.log_loss(true, proba),
    }
