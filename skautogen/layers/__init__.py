"""Keras layers for tables, one a file, that a stack of models computes as one."""

from .._backend import load_keras

load_keras()  # a silent import, before those of the layers

from .feature_scale import FeatureScale  # noqa: E402
from .member_heads import MemberHeads  # noqa: E402
from .member_inputs import MemberInputs  # noqa: E402
from .parametric_activation import ParametricActivation  # noqa: E402
from .periodic_embedding import PeriodicEmbedding  # noqa: E402
from .residual_block import ResidualBlock  # noqa: E402
from .stackable import StackableLayer  # noqa: E402

__all__ = [
    "FeatureScale",
    "MemberHeads",
    "MemberInputs",
    "ParametricActivation",
    "PeriodicEmbedding",
    "ResidualBlock",
    "StackableLayer",
]
