"""A function of generated files."""

import numpy as np
from sklearn import metrics

from .labels import encode_labels
from .made import Inputs, Trained, predict_proba
from .settings import CLASSES


def evaluate(trained: Trained, X: Inputs, y: np.ndarray) -> dict[str, float]:
    """Compute the usual metrics, means over the classes where they are of one."""
    proba, true = predict_proba(trained, X), encode_labels(y)
    predicted = proba.argmax(axis=1)
    codes = range(len(CLASSES))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        true, predicted, average="macro", zero_division=0
    )
    return {
        "accuracy": metrics.accuracy_score(true, predicted),
        "balanced_accuracy": metrics.balanced_accuracy_score(true, predicted),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "roc_auc": metrics.roc_auc_score(true, proba, multi_class="ovr", labels=codes),
        "log_loss": metrics.log_loss(true, proba, labels=codes),
    }
