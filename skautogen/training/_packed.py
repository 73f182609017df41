"""Weights in fewer bytes than float32 takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PackedWeight:
    """A weight as small numbers, and what they are multiplied by.

    Parameters
    ----------
    codes : ndarray
        Integers or float16, in the shape of the weight; of 4 bits two a byte, flat.
    scale : ndarray or None
        Of each unit; it broadcasts over the codes.
    shape : tuple of int
    """

    codes: np.ndarray
    scale: np.ndarray | None
    shape: tuple[int, ...]

    def unpack(self) -> np.ndarray:
        """The weight in float32."""
        codes = self.codes
        if codes.dtype == np.uint8:
            halves = np.stack([codes & 15, codes >> 4], axis=-1).ravel()
            codes = halves[: int(np.prod(self.shape))].astype(np.int8) - 8
        weight = codes.reshape(self.shape).astype(np.float32)
        return weight if self.scale is None else weight * self.scale
