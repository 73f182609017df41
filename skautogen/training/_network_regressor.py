"""The network of a regressor: a SciKeras ``KerasRegressor``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import RegressorMixin

from .._backend import load_keras
from ._network import Network
from ._rows import Rows
from ._scikeras import ScikerasRegressor
from ._target_scaler import TargetScaler

load_keras()  # unpickling comes here first: the first import must be the silent one

import keras  # noqa: E402

# Share of the range of the targets that predictions may leave it by.
_RANGE_MARGIN = 0.05


class NetworkRegressor(Network, ScikerasRegressor):
    """A Keras network as a regressor: the last step of a pipeline.

    Targets are standardised for the training and brought back in predictions.

    Parameters
    ----------
    architecture : str or callable, default="auto"
        See :func:`skautogen.architectures.get_architecture`.
    hyperparameters : mapping, default=None
        Of the architecture and of the training strategy, by their flat names.
    early_stopping : bool, default=True
        Hold rows out, end when the loss on them has not fallen for some epochs, and
        keep the weights of the best epoch.
    callbacks : sequence of keras.callbacks.Callback, default=None
    seed : int, default=0
        Of the initial weights, the order of the rows, dropout, and the rows held out.

    Attributes
    ----------
    model_ : keras.Model
    weights_ : list of ndarray
    history_ : dict of list of float
        Losses by epoch: ``"loss"``, and ``"val_loss"`` of the rows held out.
    """

    def __init__(
        self,
        architecture: Any = "auto",
        *,
        hyperparameters: Mapping[str, Any] | None = None,
        early_stopping: bool = True,
        callbacks: Sequence[Any] | None = None,
        seed: int = 0,
    ) -> None:
        self.architecture = architecture
        self.hyperparameters = hyperparameters
        self.early_stopping = early_stopping
        self.callbacks = callbacks
        self.seed = seed

    def _learn_target(self, training: Rows) -> None:
        y = training.y.reshape(len(training), -1)
        self._target_scaler = TargetScaler().fit(y, training.weight)
        margin = _RANGE_MARGIN * np.ptp(y, axis=0)
        self._target_range = y.min(axis=0) - margin, y.max(axis=0) + margin
        self._target_ndim = training.y.ndim
        self.n_outputs_ = y.shape[1]

    def _type_of_target(self, y: np.ndarray) -> str:
        # scikit-learn calls whole numbers classes; to a regressor they are numbers.
        return "continuous" if y.ndim == 1 else "continuous-multioutput"

    @property
    def target_encoder(self) -> Any:
        """The scaler of the target, already fitted with its weights (SciKeras asks)."""
        return _AlreadyFitted(self._target_scaler)

    def loss_name(self, model: keras.Model) -> str:
        if self.strategy.label_smoothing:
            raise ValueError(
                "label_smoothing is for classification, regression has no labels; got "
                f"{self.strategy.label_smoothing!r}."
            )
        return "mean_squared_error"

    loss_for = loss_name

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Predicted values, of shape (n_rows,) or (n_rows, n_outputs)."""
        outputs = self._outputs(X).astype("float64").reshape(len(X), -1)
        values = self._target_scaler.inverse_transform(outputs)
        # Beyond what it was trained on, a network goes anywhere.
        np.clip(values, *self._target_range, out=values)
        return values.ravel() if self._target_ndim == 1 else values

    score = RegressorMixin.score


class _AlreadyFitted:
    """Stands between SciKeras, which fits a target encoder, and a scaler that is."""

    def __init__(self, scaler: TargetScaler) -> None:
        self._scaler = scaler

    def fit(self, y: np.ndarray) -> _AlreadyFitted:
        return self

    def transform(self, y: np.ndarray) -> np.ndarray:
        return self._scaler.transform(y.reshape(len(y), -1)).astype("float32")
