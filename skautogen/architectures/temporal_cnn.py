"""Residual blocks of dilated convolutions: for sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from ._architecture import Architecture
from ._steps import pooled_model, sequence_input

if TYPE_CHECKING:
    import keras


def build_temporal_cnn(
    meta: dict[str, Any],
    *,
    n_blocks: int = 4,
    filters: int = 64,
    kernel_size: int = 5,
    activation: str = "relu",
    dropout: float = 0.2,
) -> keras.Model:
    """Build residual blocks of convolutions, each of twice the dilation of the last.

    Choose it for sequences of which there are some hundreds or more: it finds shapes of
    several lengths wherever they are.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        channels of the prepared sequences.
    n_blocks : int, default=4
        A network of n blocks with kernels of 5 sees about 4 * 2**n steps.
    filters : int, default=64
    kernel_size : int, default=5
    activation : str, default="relu"
        Any activation that Keras knows by name.
    dropout : float in [0, 1), default=0.2
        Share of the pooled channels that is dropped in training.

    Returns
    -------
    model : keras.Model
        Not compiled.

    References
    ----------
    S. Bai, J. Z. Kolter, V. Koltun, "An Empirical Evaluation of Generic Convolutional
    and Recurrent Networks for Sequence Modeling", arXiv 1803.01271, 2018.

    Examples
    --------
    >>> from skautogen.architectures.temporal_cnn import build_temporal_cnn
    >>> meta = {"X_shape_": (50, 30, 4), "target_type_": "multiclass", "n_classes_": 3}
    >>> build_temporal_cnn(meta, n_blocks=2, filters=8).output_shape
    (None, 3)
    """
    layers = load_keras().layers
    inputs, presence = sequence_input(meta)
    convolution = {
        "filters": int(filters),
        "kernel_size": int(kernel_size),
        "padding": "same",
        "kernel_initializer": "he_normal",
    }
    hidden = layers.Conv1D(**convolution, activation=str(activation))(inputs)
    hidden = layers.Multiply()([hidden, presence])
    for number in range(int(n_blocks)):
        inner = layers.Conv1D(**convolution, dilation_rate=2**number, use_bias=False)(
            hidden
        )
        # Keras' momentum of 0.99 needs hundreds of batches to forget its start.
        inner = layers.BatchNormalization(momentum=0.9)(inner)
        inner = layers.Activation(str(activation))(inner)
        # Each block begins as the identity.
        inner = layers.Conv1D(int(filters), 1, kernel_initializer="zeros")(inner)
        hidden = layers.Multiply()([layers.Add()([hidden, inner]), presence])
    return pooled_model(inputs, hidden, presence, dropout, meta)


_TRAINING = {"schedule": "warmup_cosine", "weight_decay": 2e-2}

TEMPORAL_CNN = Architecture(
    name="temporal_cnn",
    build=build_temporal_cnn,
    input_kind="sequence",
    representation="steps",
    space={
        "n_blocks": [3, 4, 5],
        "filters": [32, 64],
        "kernel_size": [3, 5, 7],
        "dropout": [0.0, 0.2, 0.4],
        "learning_rate": loguniform(5e-4, 8e-3),
        "weight_decay": loguniform(1e-3, 1e-1),
        "epoch_share": loguniform(0.2, 1.0),
        "schedule": ["warmup_cosine"],
    },
    grid={"filters": [32, 64], "learning_rate": [1e-3, 3e-3]},
    portfolio=(
        {**_TRAINING, "learning_rate": 3e-3, "epoch_share": 0.5},
        {**_TRAINING, "learning_rate": 2e-3, "dropout": 0.4, "epoch_share": 1.0},
    ),
)
