"""Networks of :mod:`keras.applications` within others, as source."""

from __future__ import annotations

from typing import Any

from ....architectures.backbone import BACKBONES
from .._refusal import CannotGenerateError
from ._code import LayerCode


def application(model: Any) -> LayerCode:
    """The call that makes a network without its last layer, and without weights.

    Raises
    ------
    CannotGenerateError
        If the network is another.
    """
    found = [each for each in BACKBONES.values() if _plain(each) == _plain(model.name)]
    if not found:
        raise CannotGenerateError(
            f"The network has a model within it, {model.name!r}, and only these can be "
            f"generated: {', '.join(BACKBONES.values())}."
        )
    settings = (
        "include_top=False",
        "weights=None",
        "input_shape={x}.shape[1:]",
        'pooling="avg"',
        "include_preprocessing=False",
    )
    return LayerCode(f"keras.applications.{found[0]}", settings, noun="features")


def _plain(name: str) -> str:
    return name.lower().replace("-", "")
