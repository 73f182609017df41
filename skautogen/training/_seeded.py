"""Seeds for a while: the global random states are as before afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from .._backend import load_keras


@contextmanager
def seeded(seed: int, *, draws_from_keras: bool = False) -> Iterator[None]:
    """Seed Python, NumPy, Keras and its backend, and put their states back at the end.

    Initial weights and dropout masks are drawn from these states, so that a training
    within is a function of the seed.

    Parameters
    ----------
    seed : int
    draws_from_keras : bool, default=False
        Whether all that is random within comes from Keras. Other operations of
        TensorFlow's, such as ``tf.random.normal``, begin anew only if it forgets
        how to run whatever it has run so far: each function is then made ready again,
        which takes longer than many a small network trains.
    """
    keras = load_keras()
    python_state, numpy_state = random.getstate(), np.random.get_state()
    with _keras_state(), _backend_state():
        try:
            if draws_from_keras and keras.backend.backend() == "tensorflow":
                _seed_keras(seed)
            else:
                keras.utils.set_random_seed(seed)
            yield
        finally:
            random.setstate(python_state)
            np.random.set_state(numpy_state)


def _seed_keras(seed: int) -> None:
    """Seed as Keras' ``set_random_seed``, but let TensorFlow forget nothing."""
    from keras.src.backend.common import global_state
    from tensorflow.python.eager import context

    random.seed(seed)
    np.random.seed(seed)
    global_state.set_global_attribute("global_random_seed", seed)
    vars(context.context()).update(_seed=seed, _rng=random.Random(seed))


@contextmanager
def _keras_state() -> Iterator[None]:
    """Put back the seed that ``keras.utils.set_random_seed`` set, and its generator."""
    # There is no public way to read either.
    from keras.src.backend.common import global_state
    from keras.src.random.seed_generator import GLOBAL_SEED_GENERATOR

    names = (GLOBAL_SEED_GENERATOR, "global_random_seed")
    before = {name: global_state.get_global_attribute(name) for name in names}
    # A generator made by someone else must not be the one that is drawn from here.
    global_state.set_global_attribute(GLOBAL_SEED_GENERATOR, None)
    try:
        yield
    finally:
        for name, value in before.items():
            global_state.set_global_attribute(name, value)


@contextmanager
def _backend_state() -> Iterator[None]:
    """Put back the global seed of TensorFlow, and the generator of PyTorch."""
    backend = load_keras().backend.backend()
    if backend == "torch":
        import torch

        with torch.random.fork_rng():
            yield
        return
    try:
        from tensorflow.python.eager import context
    except ImportError:
        yield
        return
    # The seed and the position in its sequence go together: ``tf.random.set_seed``
    # would restart the sequence that the user is in the middle of.
    state = vars(context.context())
    before = {name: state[name] for name in ("_seed", "_rng") if name in state}
    try:
        yield
    finally:
        state.pop("_rng", None)
        state.update(before)
