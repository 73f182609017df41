"""The bridge from SciKeras 0.13 to the scikit-learn of today.

SciKeras 0.13, the last release, predates scikit-learn 1.6. Its habits that no longer
fit are put right here, and no other file has to know:

- it describes itself through ``_more_tags`` instead of ``__sklearn_tags__``;
- its ``__init__`` stores twenty attributes beside the declared parameters, and it
  finds the names of its parameters by looking at ``__dict__``;
- it turns on TensorFlow's op determinism, a setting of the whole process, while it
  trains with a seed;
- it prints itself in a form of its own;
- it has no place for subclassed models.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sklearn.base import BaseEstimator
from sklearn.utils import ClassifierTags, RegressorTags, Tags

from .._backend import load_keras

load_keras()  # SciKeras imports TensorFlow: ours must be the first, silent import

from scikeras import wrappers  # noqa: E402


class Bridge(BaseEstimator):
    """What a SciKeras wrapper needs to be a scikit-learn estimator of today."""

    # What SciKeras reads from an instance as a parameter. Ours are declared by the
    # concrete class; these are the values of SciKeras' own that it never changes.
    model: ClassVar[Any] = None
    build_fn: ClassVar[Any] = None
    warm_start: ClassVar[bool] = False
    loss: ClassVar[Any] = None
    shuffle: ClassVar[bool] = False

    # SciKeras seeds training through this attribute, and turns on op determinism for
    # the whole process while it does. Training here is seeded by ``seeded``.
    @property
    def _random_state(self) -> None:
        return None

    @_random_state.setter
    def _random_state(self, value: object) -> None:
        pass

    def _check_model_compatibility(self, y: Any) -> None:
        # Counts outputs, which a subclassed model does not tell.
        if getattr(self.model_, "outputs", None):
            super()._check_model_compatibility(y)

    @classmethod
    def _get_param_names(cls) -> list[str]:
        return BaseEstimator.__dict__["_get_param_names"].__func__(cls)

    def set_params(self, **params: Any) -> Any:
        return BaseEstimator.set_params(self, **params)

    def __repr__(self, N_CHAR_MAX: int = 700) -> str:
        return BaseEstimator.__repr__(self, N_CHAR_MAX=N_CHAR_MAX)


class ScikerasClassifier(Bridge, wrappers.KerasClassifier):
    """SciKeras' ``KerasClassifier`` as today's scikit-learn expects a classifier."""

    _estimator_type = "classifier"
    class_weight: ClassVar[Any] = None

    def __sklearn_tags__(self) -> Tags:
        tags = BaseEstimator.__sklearn_tags__(self)
        tags.estimator_type = "classifier"
        tags.classifier_tags = ClassifierTags()
        tags.target_tags.required = True
        return tags


class ScikerasRegressor(Bridge, wrappers.KerasRegressor):
    """SciKeras' ``KerasRegressor`` as today's scikit-learn expects a regressor."""

    _estimator_type = "regressor"

    def __sklearn_tags__(self) -> Tags:
        tags = BaseEstimator.__sklearn_tags__(self)
        tags.estimator_type = "regressor"
        tags.regressor_tags = RegressorTags()
        tags.target_tags.required = True
        return tags
