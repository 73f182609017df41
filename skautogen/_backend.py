"""Keras and TensorFlow, imported on first use, silently and with care for the GPU.

Whatever needs Keras gets it from :func:`load_keras` inside a function, and the modules
that need it at their import are themselves imported inside functions: so that
``import skautogen`` and constructing an estimator cost nothing.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType


def load_keras() -> ModuleType:
    """Import Keras with its backend and return the module.

    The first import of TensorFlow in a process writes start-up lines to the file
    descriptor of standard error from C++, where no logging setting of Python reaches;
    they are held back. What the user has set in the environment is left alone.

    Returns
    -------
    keras : module
    """
    if "keras" in sys.modules and "tensorflow" in sys.modules:
        return sys.modules["keras"]
    # Memory growth can only be chosen before TensorFlow first touches the GPU, and a
    # process that has taken all of the GPU's memory starves every other one.
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _muted_stderr():
        import keras

        if importlib.util.find_spec("tensorflow") is not None:
            import tensorflow  # noqa: F401
    return keras


@contextmanager
def _muted_stderr() -> Iterator[None]:
    """Send file descriptor 2 to the null device, where there is one to send."""
    try:
        sys.stderr.flush()
        saved = os.dup(2)
    except (AttributeError, OSError):  # no standard error at all, as under pythonw
        yield
        return
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(null)


@contextmanager
def quiet_tensorflow(allowed: int = logging.ERROR) -> Iterator[None]:
    """Hold back what TensorFlow logs of its own accord, such as advice on tracing.

    Parameters
    ----------
    allowed : int, default=logging.ERROR
        The level from which on it is heard.
    """
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(allowed)
    try:
        yield
    finally:
        logger.setLevel(level)


@cache
def n_gpus() -> int:
    """Number of GPUs that the backend of Keras can use.

    Returns
    -------
    n_gpus : int
    """
    backend = load_keras().backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        return len(tf.config.list_physical_devices("GPU"))
    if backend == "jax":
        import jax

        return sum(device.platform == "gpu" for device in jax.devices())
    import torch

    return int(torch.cuda.device_count())
