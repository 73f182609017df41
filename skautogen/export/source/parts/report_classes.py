"""A function of generated files."""

import numpy as np
from sklearn import metrics

from .labels import encode_labels
from .made import Inputs, Trained, predict_proba
from .settings import CLASSES


def report_classes(trained: Trained, X: Inputs, y: np.ndarray) -> str:
    """Tabulate precision and recall of each class."""
    return metrics.classification_report(
        encode_labels(y),
        predict_proba(trained, X).argmax(axis=1),
        labels=range(len(CLASSES)),
        target_names=[str(label) for label in CLASSES],
        zero_division=0,
    )
