"""Whether pixels are on the scale of those that were learnt from."""

from __future__ import annotations

import warnings
from typing import NamedTuple, Self

import numpy as np

# Fractions of a whole are up to 1, and a little more where they were resized.
_MOST_OF_FRACTIONS = 1.5


class PixelRange(NamedTuple):
    """The least and the largest pixel, and whether all are whole numbers."""

    low: float
    high: float
    is_whole: bool

    @classmethod
    def of(cls, images: np.ndarray) -> Self:
        """The range of images in uint8 or float32.

        Examples
        --------
        >>> import numpy as np
        >>> from skautogen.inputs._pixel_range import PixelRange
        >>> print(PixelRange.of(np.array([[0.0, 0.25]])))
        fractions from 0 to 0.25
        """
        # Looks at no more images than to the first that has fractions.
        is_whole = images.dtype.kind != "f" or all(
            np.array_equal(image, np.rint(image)) for image in images
        )
        return cls(float(images.min()), float(images.max()), is_whole)

    def __str__(self) -> str:
        numbers = "whole numbers" if self.is_whole else "fractions"
        return f"{numbers} from {self.low:g} to {self.high:g}"

    def check(self, images: np.ndarray) -> None:
        """Refuse images of another scale, or warn of them, by what is certain.

        It is certain where one side is whole numbers beyond 1 and the other fractions
        up to 1, since cameras and files give the former: someone has divided. Images of
        nothing but 0 and 1 are on any scale. Where both sides are fractions, or both
        whole, images may just be very dark, or masks: there it is a warning. Negative
        pixels are on scales of their own.

        Parameters
        ----------
        images : ndarray
            In uint8 or float32.

        Raises
        ------
        ValueError
            If the scale is another for certain.

        Warns
        -----
        UserWarning
            If it looks like another.
        """
        if self.low < 0 or images.min() < 0:
            return
        if self.high > _MOST_OF_FRACTIONS and images.max() <= 1:
            now = PixelRange.of(images)
            if not now.is_whole:
                way_out = "if X was divided by 255, pass X * 255"
                if self.is_whole:
                    way_out += ", and if images are so dark, np.rint(X)"
                self._complain(now, self.is_whole, way_out)
        elif self.high <= _MOST_OF_FRACTIONS < images.max():
            now = PixelRange.of(images)
            way_out = "if those were divided by 255, pass X / 255"
            self._complain(now, now.is_whole and not self.is_whole, way_out)

    def _complain(self, now: PixelRange, is_certain: bool, way_out: str) -> None:
        message = (
            f"X has pixels that are {now}, and fit saw {self}. Answers mean nothing if "
            "these are two scales. Do to X what was done to the images that fit saw: "
            f"{way_out}."
        )
        if is_certain:
            raise ValueError(message)
        # At the one who has called predict.
        warnings.warn(message, stacklevel=7)
