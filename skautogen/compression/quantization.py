"""Quantisation: the same networks, their weights in fewer bits."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from ..ensemble import NetworkEnsemble
from ..training import NetworkPipeline
from ..training._packed import PackedWeight
from ._lesson import Lesson
from ._smaller import with_answering, with_network

Pack = Callable[[np.ndarray], PackedWeight]


def pack_float16(weight: np.ndarray) -> PackedWeight:
    """Keep 11 binary digits of each number."""
    return PackedWeight(weight.astype(np.float16), None, weight.shape)


def pack_int8(weight: np.ndarray) -> PackedWeight:
    """Keep 255 steps for each unit, and what a step is.

    That is how Keras' own ``quantize("int8")`` keeps kernels. Vectors, which are few
    numbers, stay float16.
    """
    return _in_steps(weight, 127)


def pack_int4(weight: np.ndarray) -> PackedWeight:
    """Keep 15 steps for each unit, two numbers a byte."""
    packed = _in_steps(weight, 7)
    if packed.scale is None:
        return packed
    codes = (packed.codes.ravel() + 8).astype(np.uint8)
    pairs = np.resize(np.append(codes, np.uint8(8)), 2 * -(-codes.size // 2))
    return PackedWeight(pairs[::2] | pairs[1::2] << 4, packed.scale, weight.shape)


def _in_steps(weight: np.ndarray, most: int) -> PackedWeight:
    if weight.ndim < 2:
        return pack_float16(weight)
    largest = np.abs(weight).max(axis=-2, keepdims=True)
    scale = np.maximum(largest / most, np.finfo(np.float32).tiny).astype(np.float32)
    codes = np.clip(np.round(weight / scale), -most, most).astype(np.int8)
    return PackedWeight(codes, scale, weight.shape)


@dataclass(frozen=True)
class Quantization:
    """Keep every weight of every network in fewer bits.

    Choose it for bytes alone: networks, and milliseconds, stay as they are. Weights
    become float32 again when a network is first asked; computing with integers itself
    was measured and is slower (``docs/compression.md``).

    Parameters
    ----------
    name : str
    pack : callable
        Of one weight.
    """

    name: str
    pack: Pack
    keeps_networks: ClassVar[bool] = True
    strengths: Mapping[str, None] = field(default_factory=lambda: {"": None})

    def apply(
        self, estimator: Any, lesson: Lesson, strengths: Sequence[str]
    ) -> dict[str, Any]:
        """See :class:`Method`."""
        best, ensemble = estimator.best_estimator_, estimator.ensemble_
        if ensemble is None:
            return {"": with_answering(estimator, self._packed(best), None)}
        packed = {id(each): self._packed(each) for each in ensemble.pipelines}
        smaller = NetworkEnsemble(
            [packed[id(each)] for each in ensemble.pipelines],
            ensemble.weights.tolist(),
            ensemble.temperature,
        )
        best = packed.get(id(best)) or self._packed(best)
        return {"": with_answering(estimator, best, smaller)}

    def _packed(self, pipeline: NetworkPipeline) -> NetworkPipeline:
        network = copy.copy(pipeline.named_steps["network"])
        network.pack(self.pack)
        return with_network(pipeline, network)
