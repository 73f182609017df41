"""Images: arrays of pixels, or the files that hold them, as a network takes them."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags, check_consistent_length
from sklearn.utils.validation import check_is_fitted

from ._images import check_images, looks_like_images
from ._kind import InputKind
from ._pixel_range import PixelRange
from ._weights import check_not_all_zero

# Pixels whose sums are computed at once.
_PIXELS_AT_ONCE = 2**20
# A channel deviates if it does so by more than the rounding of float32.
_ROUNDING = 1e-6


class ImagePreparer(TransformerMixin, BaseEstimator):
    """Prepare images for a network: read them, check them, and learn their scale.

    The first step of every pipeline for images. Pixels are left as they are, in one
    byte each where they are integers up to 255. The mean and the standard deviation of
    each channel are learnt here, and told to the builder of the network, which brings
    pixels to one scale in a layer of its own: so the Keras model takes raw pixels.

    Attributes
    ----------
    sample_shape_ : tuple of int
        Height, width and number of channels of an image.
    pixel_mean_, pixel_scale_ : ndarray of shape (n_channels,)
        Mean and standard deviation of each channel; 1 where it does not deviate.

    Examples
    --------
    >>> import numpy as np
    >>> from skautogen.inputs import ImagePreparer
    >>> X = np.array([[[0, 10]], [[10, 20]]])
    >>> preparer = ImagePreparer().fit(X)
    >>> preparer.sample_shape_, preparer.pixel_mean_
    ((1, 2, 1), array([10.]))
    >>> preparer.transform(X).dtype
    dtype('uint8')
    """

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn the shape of the images, and the scale of their channels.

        Parameters
        ----------
        X : array-like or paths
            As :func:`check_images` takes them.
        y : None
            Not used.
        sample_weight : array-like of shape (n_samples,), default=None
            How often a row counts.

        Returns
        -------
        self : ImagePreparer

        Raises
        ------
        ValueError, FileNotFoundError, ImportError
            As :func:`check_images`.
        """
        images = check_images(self, X, reset=True)
        weight = np.ones(len(images))
        if sample_weight is not None:
            weight = np.asarray(sample_weight, dtype=np.float64)
            check_consistent_length(images, weight)
            check_not_all_zero(weight)
        mean, mean_square = _moments(images, weight / weight.sum())
        deviation = np.sqrt(np.maximum(mean_square - mean**2, 0))
        self.pixel_mean_ = mean
        deviates = deviation > _ROUNDING * np.abs(mean)
        self.pixel_scale_ = np.where(deviates, deviation, 1.0)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Read and check images.

        Parameters
        ----------
        X : array-like or paths
            Images of the shape that ``fit`` saw, or files, which are brought to it.

        Returns
        -------
        images : ndarray of shape (n_samples, height, width, n_channels)
            In uint8 or float32; X itself where nothing had to be changed.

        Raises
        ------
        NotFittedError
            If ``fit`` has not been called.
        ValueError, FileNotFoundError, ImportError
            As :func:`check_images`.
        """
        check_is_fitted(self)
        return check_images(self, X, reset=False)

    def meta(self, support: np.ndarray | None = None) -> dict[str, Any]:
        """Mean and deviation of each channel, roughly, as builders find them.

        Rounded so that the folds of one set of images agree: their networks are then
        the same, and traced once. The first weights come to terms with the rest.

        Parameters
        ----------
        support : None
            Images have no columns.

        Returns
        -------
        meta : dict
            ``pixel_mean_`` and ``pixel_scale_``, tuples of float.
        """
        scale = 2.0 ** np.round(np.log2(self.pixel_scale_))
        mean = np.round(self.pixel_mean_ / scale) * scale
        return {
            "pixel_mean_": tuple(mean.tolist()),
            "pixel_scale_": tuple(scale.tolist()),
        }

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "pixel_scale_")

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.three_d_array = True
        tags.input_tags.string = True
        tags.transformer_tags.preserves_dtype = []
        return tags


def _moments(images: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weighted mean of each channel, and of its square, of shape (2, n_channels)."""
    moments = np.zeros((2, images.shape[3]))
    n_at_once = max(1, _PIXELS_AT_ONCE // images[0].size)
    for start in range(0, len(images), n_at_once):
        rows = slice(start, start + n_at_once)
        pixels = images[rows].astype(np.float64)
        for power in (1, 2):
            moments[power - 1] += weight[rows] @ (pixels**power).mean(axis=(1, 2))
    return moments


def check_images_and_scale(estimator: Any, X: Any, *, reset: bool) -> np.ndarray:
    """Refuse what :func:`check_images` does, and pixels of another scale than in fit.

    For the estimators alone: the training rows of a fold may lack the pixels that tell
    the scale.

    Parameters
    ----------
    estimator : estimator
        Learns ``sample_shape_`` and ``pixel_range_``.
    X : array-like or paths
    reset : bool
        Whether to learn (in ``fit``) or to compare (afterwards).

    Returns
    -------
    images : ndarray of shape (n_samples, height, width, n_channels)

    Raises
    ------
    ValueError, TypeError, FileNotFoundError, ImportError
        As :func:`check_images`; and if one side has whole numbers, such as 0 to 255,
        and the other fractions from 0 to 1.

    Warns
    -----
    UserWarning
        If pixels look as if they were of another scale.
    """
    images = check_images(estimator, X, reset=reset)
    if reset:
        estimator.pixel_range_ = PixelRange.of(images)
    else:
        estimator.pixel_range_.check(images)
    return images


IMAGE = InputKind(
    name="image",
    recognises=looks_like_images,
    check=check_images_and_scale,
    make_preparer=lambda estimator: ImagePreparer(),
    learns=("sample_shape_", "pixel_range_"),
)
