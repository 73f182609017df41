"""Keras layers of ours, one a file, that a stack of models computes as one."""

from .._backend import load_keras

load_keras()  # a silent import, before those of the layers

from .embedding_bag import EmbeddingBag  # noqa: E402
from .feature_scale import FeatureScale  # noqa: E402
from .member_heads import MemberHeads  # noqa: E402
from .member_inputs import MemberInputs  # noqa: E402
from .oriented_gradients import OrientedGradients  # noqa: E402
from .parametric_activation import ParametricActivation  # noqa: E402
from .periodic_embedding import PeriodicEmbedding  # noqa: E402
from .random_placement import RandomPlacement  # noqa: E402
from .residual_block import ResidualBlock  # noqa: E402
from .spectrogram_masking import SpectrogramMasking  # noqa: E402
from .spectrogram_shift import SpectrogramShift  # noqa: E402
from .stackable import StackableLayer  # noqa: E402
from .temporal_pooling import TemporalPooling  # noqa: E402

__all__ = [
    "EmbeddingBag",
    "FeatureScale",
    "MemberHeads",
    "MemberInputs",
    "OrientedGradients",
    "ParametricActivation",
    "PeriodicEmbedding",
    "RandomPlacement",
    "ResidualBlock",
    "SpectrogramMasking",
    "SpectrogramShift",
    "StackableLayer",
    "TemporalPooling",
]
