"""Functions of generated files."""

import joblib

from .made import build_model, make_preprocessing
from .settings import LEARNED, MODEL
from .target_scaler import TargetScaler
from .trained_regressor import Trained


def save(trained: Trained) -> None:
    """Write the network, and what was learned beside it, next to this file."""
    trained.model.save(MODEL)
    joblib.dump(
        {
            "n_features": trained.model.input_shape[1],
            "preprocessing": vars(trained.preprocessing),
            "target": vars(trained.target),
        },
        LEARNED,
    )


def load() -> Trained:
    """Read what ``save`` has written."""
    learned = joblib.load(LEARNED)
    preprocessing, target = make_preprocessing(), TargetScaler()
    vars(preprocessing).update(learned["preprocessing"])
    vars(target).update(learned["target"])
    model = build_model(learned["n_features"])
    model.load_weights(MODEL)
    return Trained(preprocessing, target, model)
