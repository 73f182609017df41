"""Well-known networks for images, as keras.applications has them, without weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scipy.stats import loguniform

from .._backend import load_keras
from .._spelling import unknown_name
from ._architecture import Architecture
from ._head import output_layer
from ._images import see

if TYPE_CHECKING:
    import keras

# Their names in keras.applications. All take any number of channels and images from
# 32 x 32 pixels on, and can leave out their own scaling of pixels.
_SHORTEST_SIDE = 32
BACKBONES = {
    "mobilenet_v3_small": "MobileNetV3Small",
    "mobilenet_v3_large": "MobileNetV3Large",
    "efficientnet_v2_b0": "EfficientNetV2B0",
    "efficientnet_v2_b1": "EfficientNetV2B1",
}


def build_backbone(
    meta: dict[str, Any],
    *,
    backbone: str = "mobilenet_v3_small",
    dropout: float = 0.2,
    shift: float = 0.04,
    mirror: bool = False,
) -> keras.Model:
    """Build a network of ``keras.applications`` with initial weights drawn at random.

    Choose it for tens of thousands of images, and with a GPU: nothing is downloaded, so
    it has to learn from your images alone what others bring with them. It costs many
    times what ``"cnn"`` does, and is searched only if it is asked for by name.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data, and ``pixel_mean_`` and ``pixel_scale_``, the
        mean and deviation of each channel.
    backbone : str, default="mobilenet_v3_small"
        ``"mobilenet_v3_small"``, ``"mobilenet_v3_large"`` (Howard et al., ICCV 2019),
        ``"efficientnet_v2_b0"`` or ``"efficientnet_v2_b1"`` (Tan and Le, ICML 2021).
    dropout : float in [0, 1), default=0.2
        Share of the features that is dropped in training before they are put together.
    shift : float in [0, 1], default=0.04
        Most that images are moved by in training, as a share of their sides; a pixel
        at least, unless it is 0.
    mirror : bool, default=False
        Whether half of the images are mirrored in training, left to right.

    Returns
    -------
    model : keras.Model
        Not compiled.

    Raises
    ------
    ValueError
        If there is no backbone of that name.

    Examples
    --------
    >>> from skautogen.architectures.backbone import build_backbone
    >>> meta = {"X_shape_": (9, 32, 32, 1), "target_type_": "continuous"}
    >>> meta |= {"n_outputs_": 1, "pixel_mean_": (73.0,), "pixel_scale_": (90.0,)}
    >>> build_backbone(meta).output_shape
    (None, 1)
    """
    if backbone not in BACKBONES:
        raise ValueError(unknown_name("backbone", backbone, BACKBONES))
    keras = load_keras()
    inputs, hidden = see(meta, n_orientations=0, shift=shift, mirror=mirror)
    # They halve the sides five times, and refuse what is too small for that.
    times = -(-_SHORTEST_SIDE // min(hidden.shape[1:3]))
    if times > 1:
        hidden = keras.layers.UpSampling2D(times)(hidden)
    make = getattr(keras.applications, BACKBONES[str(backbone)])
    features = make(
        include_top=False,
        weights=None,
        input_shape=hidden.shape[1:],
        pooling="avg",
        include_preprocessing=False,
    )(hidden)
    features = keras.layers.Dropout(float(dropout))(features)
    return keras.Model(inputs, output_layer(meta)(features))


BACKBONE = Architecture(
    name="backbone",
    build=build_backbone,
    input_kind="image",
    space={
        "backbone": [*BACKBONES],
        "dropout": [0.0, 0.2, 0.4],
        "shift": [0.0, 0.04, 0.08],
        "mirror": [False, True],
        "learning_rate": loguniform(5e-4, 4e-3),
        "weight_decay": loguniform(1e-2, 3e-1),
        "schedule": ["warmup_cosine"],
        "epoch_share": loguniform(0.3, 1.0),
    },
    grid={"backbone": ["mobilenet_v3_small", "efficientnet_v2_b0"]},
    portfolio=(
        {
            "learning_rate": 2e-3,
            "weight_decay": 0.1,
            "schedule": "warmup_cosine",
            "epoch_share": 1.0,
        },
    ),
)
