"""The network step of a pipeline: a Keras model in a SciKeras wrapper.

One training, from prepared rows to a fitted wrapper, stands here as Keras carries it
out. Whoever trains in another way hands the result over through ``adopt``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from .._backend import load_keras, quiet_tensorflow
from ..architectures import Architecture, get_architecture
from ._batches import ShuffledBatches
from ._forward import Forward, make_forward
from ._keep_to_time import KeepToTime
from ._packed import PackedWeight
from ._rows import Rows, hold_out, make_rows
from ._scikeras import Bridge
from ._seeded import seeded
from ._strategy import TrainingStrategy
from ._traced import TracedModel

load_keras()  # the first import must be the silent one

import keras  # noqa: E402

# Rows, and numbers in them, that go through the network at once in a prediction.
_ROWS_AT_ONCE, _NUMBERS_AT_ONCE = 4096, 2**20


class TrainingDivergedError(FloatingPointError):
    """The loss of a training became NaN or infinite."""


class Network(Bridge):
    """What the classifier's and the regressor's network share.

    The concrete classes are final, and add what the target asks for.
    """

    architecture: Any
    hyperparameters: Mapping[str, Any] | None
    early_stopping: bool
    callbacks: Sequence[Any] | None
    seed: int

    # The Keras model, built again from its weights when someone asks for it after
    # unpickling: a model is many times the size of its weights, and does not pickle
    # when a layer of the user's is not registered.
    @property
    def model_(self) -> keras.Model:
        state = self.__dict__
        if "_model" not in state:
            if not hasattr(self, "weights_"):  # which unpacks them, where it has to
                raise AttributeError("model_")
            state["_model"] = self.build_model()
            self._ensure_compiled_model()
            state["_model"].set_weights(self.weights_)
        return state["_model"]

    @model_.setter
    def model_(self, model: keras.Model) -> None:
        self.__dict__["_model"] = model

    # Unpacked when someone asks for them, where they were packed.
    @cached_property
    def weights_(self) -> list[np.ndarray]:
        packed = self.__dict__.get("_packed_weights")
        if packed is None:
            raise AttributeError("weights_")
        return [each.unpack() for each in packed]

    def pack(self, pack: Callable[[np.ndarray], PackedWeight]) -> None:
        """Keep the weights in fewer bytes; it answers with what they unpack to.

        Parameters
        ----------
        pack : callable
            Of one weight.
        """
        packed = [pack(each) for each in self.weights_]
        for derived in ("weights_", "_model"):
            self.__dict__.pop(derived, None)
        self._packed_weights = packed

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "weights_")

    def __getstate__(self) -> dict[str, Any]:
        # scikit-learn's own adds its version, which it checks when unpickling.
        state = dict(super().__getstate__())
        for transient in ("_model", "_fit_callbacks", "_predict_callbacks"):
            state.pop(transient, None)
        state.pop("_how_to_answer", None)
        if "_packed_weights" in state:
            state.pop("weights_", None)
        return state

    def tell(self, meta: Mapping[str, Any]) -> None:
        """Let builders find something in their ``meta``.

        Parameters
        ----------
        meta : mapping
            In the place of what was told before. Names end with an underscore.
        """
        for name in self.__dict__.get("_told", ()):
            del self.__dict__[name]
        self._told = tuple(meta)
        self.__dict__.update(meta)

    @property
    def strategy(self) -> TrainingStrategy:
        return TrainingStrategy.from_hyperparameters(self.hyperparameters or {})

    @property
    def holds_out(self) -> bool:
        """Whether early stopping watches rows that are held out.

        Where the length of trainings is searched, folds tell when to end, and all rows
        are trained on.
        """
        is_searched = "epoch_share" in (self.hyperparameters or {})
        return self.early_stopping and not is_searched

    @property
    def _architecture(self) -> Architecture:
        return get_architecture(self.architecture)

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        sample_weight: Any = None,
        seconds_to_train: Callable[[], float] | None = None,
        traced: TracedModel | None = None,
    ) -> Any:
        """Build the network and train it.

        Parameters
        ----------
        X : ndarray of shape (n_rows, ...)
        y : ndarray of shape (n_rows,) or (n_rows, n_outputs)
        sample_weight : ndarray of shape (n_rows,), default=None
        seconds_to_train : callable, default=None
            How long it may train, asked when it has begun; ``None`` for any time.
        traced : TracedModel, default=None
            That may have trained a network of this structure before.

        Returns
        -------
        self : object
        """
        training, watched = self.divide(X, y, sample_weight)
        # SciKeras: validate, encode, build, compile, then ``_fit_keras_model`` below.
        self._fit(
            training.X,
            training.y,
            sample_weight=training.weight,
            warm_start=False,
            epochs=self.strategy.last_epoch,
            initial_epoch=0,
            watched=watched,
            seconds_to_train=seconds_to_train,
            traced=traced,
        )
        return self

    def divide(
        self, X: np.ndarray, y: np.ndarray, sample_weight: Any = None
    ) -> tuple[Rows, Rows | None]:
        """Divide the rows into those to train on and those that early stopping watches.

        Parameters
        ----------
        X, y, sample_weight : as for ``fit``

        Returns
        -------
        training, watched : Rows, Rows or None
        """
        rows = make_rows(X, y, sample_weight)
        training, watched = rows, None
        if self.holds_out:
            training, watched = hold_out(
                rows, stratify=isinstance(self, ClassifierMixin), seed=self.seed
            )
        self._learn_target(training)
        return training, watched

    def learn_data(self, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Learn what SciKeras wants to know of the data before a model is built."""
        X, y = self._validate_data(X, y, reset=True)
        self.target_encoder_ = self.target_encoder.fit(y)
        self.__dict__.update(getattr(self.target_encoder_, "get_metadata", dict)())
        self.feature_encoder_ = self.feature_encoder.fit(X)
        return X, y

    def _initialize(
        self, X: np.ndarray, y: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        # SciKeras' own, with its first half for whoever trains in another way.
        X, y = self.learn_data(X, y)
        self.model_ = self.build_model()
        return X, y

    def _builder_hyperparameters(self) -> dict[str, Any]:
        """Those that the builder takes; the others are of the training."""
        architecture = self._architecture
        return {
            name: value
            for name, value in (self.hyperparameters or {}).items()
            if name in architecture.hyperparameters
            or (architecture.takes_any_keyword and name not in TrainingStrategy.names())
        }

    def builder_key(self) -> tuple[Any, ...]:
        """Equal for networks that are built in the same way, on data of one form."""
        hyperparameters = sorted(self._builder_hyperparameters().items())
        # A regressor's weights may have the shapes of a classifier's.
        build = type(self), self._architecture.build
        names = ("n_outputs_", "n_classes_", *self.__dict__.get("_told", ()))
        data = self.X_shape_[1:], *(getattr(self, name, None) for name in names)
        return *build, repr(hyperparameters), data

    def build_model(self) -> keras.Model:
        """Build the model with the seed of this training."""
        architecture = self._architecture
        hyperparameters = self._builder_hyperparameters()
        with seeded(self.seed, draws_from_keras=self._is_of_ours):
            model = architecture(self._get_metadata(), **hyperparameters)
            if isinstance(model, keras.Model) and not model.built:
                model(self._a_row())
        if not isinstance(model, keras.Model):
            raise TypeError(
                f"architecture {architecture.name!r} must return a keras.Model; got "
                f"{model!r} of type {type(model).__name__}."
            )
        return model

    def _a_row(self) -> np.ndarray:
        """Zeros in the shape of a row, to learn what a model makes of it."""
        return np.zeros((1, *self.X_shape_[1:]), dtype="float32")

    def _ensure_compiled_model(self) -> None:
        """Compile the model, unless its builder did (SciKeras calls this)."""
        if self.model_.compiled:
            return
        n_rows = self.X_shape_[0]
        self.model_.compile(
            optimizer=self.strategy.optimizer_for(n_rows),
            loss=self.loss_for(self.model_),
            steps_per_execution=self._steps_at_once(n_rows),
            # XLA takes seconds to compile what trains in one.
            jit_compile=False,
        )

    def _steps_at_once(self, n_rows: int) -> int:
        """Steps in one call into the backend.

        Between steps of small models Python costs more than the steps; but a function
        of several steps takes half a second longer to trace.
        """
        n_steps = self.strategy.steps_per_epoch(n_rows)
        return min(n_steps, 64) if n_steps * self.strategy.n_epochs > 1_000 else 1

    def _fit_keras_model(
        self,
        X: np.ndarray,
        y: np.ndarray,
        sample_weight: np.ndarray,
        warm_start: bool,
        epochs: int,
        initial_epoch: int,
        watched: Rows | None,
        seconds_to_train: Callable[[], float] | None = None,
        traced: TracedModel | None = None,
    ) -> None:
        """Train the compiled model (SciKeras calls this)."""
        batch_size = self.strategy.rows_per_step(len(X))
        y, validation = self._targets_for_loss(y), None
        if watched is not None:
            encoded = self.target_encoder_.transform(watched.y)
            validation = (watched.X, self._targets_for_loss(encoded), watched.weight)
        batches = ShuffledBatches(Rows(X, y, sample_weight), batch_size, self.seed)
        in_order = keras.callbacks.LambdaCallback(on_epoch_begin=batches.draw_order)
        callbacks = [in_order, *self._make_callbacks(watched is not None)]
        if seconds_to_train is not None and self.strategy.stop_after is None:
            n_epochs = self.strategy.n_epochs
            callbacks.append(KeepToTime(seconds_to_train, n_epochs, len(batches)))
        model = own = self.model_
        is_known = self._has_nothing_of_users
        if traced is not None and not is_known:
            traced = None
        if traced is not None:
            key = self._trace_key()
            model = traced.lend(own, key)
        with seeded(self.seed, draws_from_keras=is_known), quiet_tensorflow():
            model.fit(
                batches,
                shuffle=False,
                epochs=epochs,
                validation_data=validation,
                validation_batch_size=self._rows_at_once(X),
                callbacks=callbacks,
                verbose=0,
            )
        self.adopt(model.history.history, model.get_weights())
        if traced is not None:
            traced.take_back(model, key)
            if model is not own:
                own.set_weights(self.weights_)
            else:  # it may train others: built again when it is asked for
                del self.__dict__["_model"]
        self._is_cut_short = any(
            isinstance(each, KeepToTime) and each.is_cut_short for each in callbacks
        )

    @property
    def _is_of_ours(self) -> bool:
        """Whether no user's builder had a hand in the model."""
        return isinstance(self.architecture, str)

    @property
    def _has_nothing_of_users(self) -> bool:
        """Whether all state of the training is in Keras and in the model's variables.

        Of what users wrote nobody knows: their builders' layers, and their callbacks,
        may keep what they like, and draw it wherever they like.
        """
        return self._is_of_ours and not self.callbacks

    def _trace_key(self) -> Hashable:
        """Equal for networks whose training steps are traced alike."""
        # Schedules are of steps, of which a few more rows may ask for one more.
        n_steps = self.strategy.steps_per_epoch(self.X_shape_[0])
        return *self.builder_key(), repr(self.strategy), n_steps

    def _make_callbacks(self, watches: bool) -> list[Any]:
        """The user's callbacks, each training with copies of its own, and ours."""
        callbacks = [deepcopy(each) for each in self.callbacks or ()]
        callbacks.append(keras.callbacks.TerminateOnNaN())
        if watches:
            callbacks.append(
                keras.callbacks.EarlyStopping(
                    monitor="val_loss",
                    mode="min",
                    patience=self.strategy.patience,
                    restore_best_weights=True,
                )
            )
        return callbacks

    def _targets_for_loss(self, y: np.ndarray) -> np.ndarray:
        """One-hot labels, where a builder compiled its model with a loss for them."""
        loss = self.model_.loss
        name = loss if isinstance(loss, str) else getattr(loss, "name", None)
        if name in ("categorical_crossentropy", "categorical_focal_crossentropy"):
            return keras.utils.to_categorical(y, self.n_classes_)
        return y

    @property
    def _forward(self) -> Forward:
        """The function through which it answers."""
        state = self.__dict__
        if "_how_to_answer" not in state:
            built = state["_model"] if "_model" in state else self.build_model()
            state["_how_to_answer"] = make_forward(built)
        how: Forward = state["_how_to_answer"]
        return how

    def adopt(
        self,
        history: dict[str, list[float]],
        weights: list[np.ndarray],
        forward: Forward | None = None,
    ) -> None:
        """Keep what a training brought, whoever carried it out.

        Parameters
        ----------
        history : dict of list of float
            Losses by epoch.
        weights : list of ndarray
            In the order of ``keras.Model.get_weights``.
        forward : callable, default=None
            Of its structure, as :func:`._forward.make_forward` finds it, where it has
            been found already.

        Raises
        ------
        TrainingDivergedError
            If they are not finite.
        """
        if not all(np.isfinite(w).all() for w in (np.array(history["loss"]), *weights)):
            raise TrainingDivergedError(
                f"The loss became {history['loss'][-1]} in epoch "
                f"{len(history['loss'])}. A smaller learning_rate usually helps."
            )
        self.history_ = {
            name: [float(v) for v in values] for name, values in history.items()
        }
        self.weights_ = weights
        for former in ("_how_to_answer", "_packed_weights"):
            self.__dict__.pop(former, None)
        if forward is not None:
            self.__dict__["_how_to_answer"] = forward

    def _outputs(self, X: np.ndarray) -> np.ndarray:
        """What the network answers, of shape (n_rows, n_units)."""
        check_is_fitted(self)
        forward, n_at_once = self._forward, self._rows_at_once(X)
        starts = range(0, max(1, len(X)), n_at_once)
        chunks = (X[start : start + n_at_once] for start in starts)
        return np.concatenate(
            [forward(self, np.asarray(each, dtype="float32")) for each in chunks]
        )

    @staticmethod
    def _rows_at_once(X: np.ndarray) -> int:
        n_numbers = max(1, math.prod(X.shape[1:]))
        return max(1, min(_ROWS_AT_ONCE, _NUMBERS_AT_ONCE // n_numbers))
