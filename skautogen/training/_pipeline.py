"""The pipeline that a candidate is: prepare -> select -> network."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from sklearn.pipeline import Pipeline

from ..architectures import get_architecture

if TYPE_CHECKING:
    from ..inputs import Preparer
    from ..selection import FeatureSelector, KeepAll
    from ._plan import Outcome

# Flat names of hyper-parameters that are not of the network.
FLAT_NAMES = {
    "architecture": "network__architecture",
    "feature_selection": "select__method",
    "n_features": "select__n_features",
    "score_func": "select__score_func",
}


class Trainer(Protocol):
    """Who a pipeline asks for its training, when it does not train by itself."""

    def outcome(self, pipeline: NetworkPipeline, rows: np.ndarray) -> Outcome: ...


class NetworkPipeline(Pipeline):
    """A scikit-learn ``Pipeline`` of preparing, selecting features, and a network.

    Beside ``step__parameter`` it understands the flat names of hyper-parameters, which
    is how a search over it has ``learning_rate`` in its ``cv_results_`` and not
    ``network__hyperparameters``.

    A pipeline, and each clone of it, may have been given a *trainer*. Its ``fit`` then
    asks the trainer for what has been trained for it, instead of training: this is how
    scikit-learn's own searches run over trainings that are carried out in bulk.
    """

    _trainer: Trainer | None = None

    def with_trainer(self, trainer: Trainer) -> NetworkPipeline:
        """Let the next ``fit`` of this pipeline, or of its clones, ask ``trainer``."""
        self._trainer = trainer
        return self

    def without_trainer(self) -> NetworkPipeline:
        """Let the next ``fit`` of this pipeline train by itself."""
        self.__dict__.pop("_trainer", None)
        return self

    def __sklearn_clone__(self) -> NetworkPipeline:
        twin = super().__sklearn_clone__()
        return twin if self._trainer is None else twin.with_trainer(self._trainer)

    def set_params(self, **params: Any) -> NetworkPipeline:
        """Set parameters by ``step__parameter`` or hyper-parameters by flat names.

        Parameters
        ----------
        **params : object

        Returns
        -------
        self : NetworkPipeline
        """
        own = set(self.get_params(deep=False))
        routed, hyperparameters = {}, {}
        for name, value in params.items():
            if name in own or "__" in name:
                routed[name] = value
            elif name in FLAT_NAMES:
                routed[FLAT_NAMES[name]] = value
            else:
                hyperparameters[name] = value
        super().set_params(**routed)
        if hyperparameters:
            network = self.named_steps["network"]
            merged = {**(network.hyperparameters or {}), **hyperparameters}
            network.set_params(hyperparameters=merged)
        if "architecture" in params:
            self._agree_on_representation()
        return self

    def fit(
        self,
        X: Any,
        y: Any = None,
        sample_weight: np.ndarray | None = None,
        rows: np.ndarray | None = None,
    ) -> NetworkPipeline:
        """Train, or take over what the trainer has trained.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : ndarray of shape (n_samples,), default=None
        rows : ndarray of shape (n_samples,), default=None
            Which rows of the whole search's X these are. Only a trainer asks.

        Returns
        -------
        self : NetworkPipeline
        """
        trainer = self.__dict__.pop("_trainer", None)
        if trainer is None:
            return self.train(X, y, sample_weight)
        self.__dict__.update(vars(trainer.outcome(self, rows).fitted()))
        return self

    def train(
        self, X: Any, y: np.ndarray, sample_weight: np.ndarray | None = None
    ) -> NetworkPipeline:
        """Fit the steps one after another.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
        y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
        sample_weight : ndarray of shape (n_samples,), default=None

        Returns
        -------
        self : NetworkPipeline
        """
        prepare, select, network = (step for _, step in self.steps)
        prepared = prepare.fit(X, y, sample_weight=sample_weight).transform(X)
        selected = select.fit(prepared, y, sample_weight=sample_weight).transform(
            prepared
        )
        self.tell_the_network()
        network.fit(selected, y, sample_weight=sample_weight)
        return self

    def tell_the_network(self) -> None:
        """Let builders find in their ``meta`` what the preparation knows."""
        prepare, select, network = (step for _, step in self.steps)
        network.tell(prepare.meta(select.support_))

    def _agree_on_representation(self) -> None:
        """Let the preparation represent X as the architecture takes it."""
        prepare, network = self.named_steps["prepare"], self.named_steps["network"]
        known = inspect.signature(type(prepare)).parameters
        if "representation" not in known:
            return
        wanted = get_architecture(network.architecture).representation
        # A builder of the user's takes what is usual, whatever stands beside it.
        usual = known["representation"].default
        prepare.set_params(representation=wanted or usual)


def make_network_pipeline(
    prepare: Preparer, select: FeatureSelector | KeepAll, network: Any
) -> NetworkPipeline:
    """Put the three steps together.

    Parameters
    ----------
    prepare : Preparer
        Of :mod:`skautogen.inputs`.
    select : FeatureSelector or KeepAll
    network : NetworkClassifier or NetworkRegressor

    Returns
    -------
    pipeline : NetworkPipeline
        Steps named ``"prepare"``, ``"select"`` and ``"network"``.
    """
    # Arrays between the steps, whatever ``transform_output`` is configured.
    for step in (prepare, select):
        if hasattr(step, "set_output"):  # there are columns
            step.set_output(transform="default")
    pipeline = NetworkPipeline(
        [("prepare", prepare), ("select", select), ("network", network)]
    )
    pipeline._agree_on_representation()
    return pipeline
