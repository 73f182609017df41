"""Functions of generated files."""

import joblib

from .made import build_model, make_preprocessing
from .settings import LEARNED, MODEL
from .trained_classifier import Trained


def save(trained: Trained) -> None:
    """Write the network, and what the preprocessing has learned, beside this file."""
    trained.model.save(MODEL)
    joblib.dump(
        {
            "n_features": trained.model.input_shape[1],
            "preprocessing": vars(trained.preprocessing),
        },
        LEARNED,
    )


def load() -> Trained:
    """Read what ``save`` has written."""
    learned = joblib.load(LEARNED)
    preprocessing = make_preprocessing()
    vars(preprocessing).update(learned["preprocessing"])
    model = build_model(learned["n_features"])
    model.load_weights(MODEL)
    return Trained(preprocessing, model)
