"""What a backend of Keras must offer beyond ``keras.ops``: gradients and compilation.

A backend with both is one class here; the rest of the engine is written in
``keras.ops``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Protocol

import keras


class Compiler(Protocol):
    """Gradients and compilation of one backend.

    Attributes
    ----------
    always_fuses : bool
        Whether XLA compiles whatever is compiled.
    """

    always_fuses: bool

    def gradient(
        self, objective: Callable[[Any], tuple[Any, Any]], weights: Any
    ) -> tuple[Any, Any]:
        """Gradient of ``objective(weights) -> (number, rest)``, and that rest."""
        ...

    def compile(
        self, function: Callable[..., Any], signature: Any, fused: bool
    ) -> Callable[..., Any]:
        """Compile a function; ``fused`` asks for XLA where that is a choice.

        ``signature`` has a ``keras.KerasTensor`` for each argument, with None for each
        dimension that varies between calls.
        """
        ...

    def gather(self, table: Any, rows: Any) -> Any:
        """Rows of a table by number; ``keras.ops.take`` makes four operations of it."""
        ...

    def map_models(self, function: Callable[..., Any], stacked: Any) -> Any:
        """Apply a function of one model to each along the first axis, as one."""
        ...

    def is_out_of_memory(self, error: Exception) -> bool: ...


class _TensorFlow:
    always_fuses = False

    def gradient(self, objective, weights):  # type: ignore[no-untyped-def]
        import tensorflow as tf

        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(weights)
            value, rest = objective(weights)
        unused = tf.UnconnectedGradients.ZERO
        return tape.gradient(value, weights, unconnected_gradients=unused), rest

    def compile(self, function, signature, fused):  # type: ignore[no-untyped-def]
        import tensorflow as tf

        # Traced here and now: a function that is traced when it is called counts as
        # retraced, and TensorFlow warns of that. Nothing in it needs AutoGraph, which
        # takes longer than the trace.
        specs = keras.tree.map_structure(
            lambda each: tf.TensorSpec(each.shape, each.dtype), signature
        )
        compiled = tf.function(function, autograph=False, jit_compile=fused)
        concrete = compiled.get_concrete_function(*specs)
        if fused or tf.config.list_logical_devices("GPU"):
            return concrete
        return _call_as_it_is(concrete, specs)

    def gather(self, table: Any, rows: Any) -> Any:
        import tensorflow as tf

        return tf.gather(table, rows)

    def map_models(self, function, stacked):  # type: ignore[no-untyped-def]
        import tensorflow as tf

        # A loop over models would be no stack: better to be refused.
        return tf.vectorized_map(function, stacked, fallback_to_while_loop=False)

    def is_out_of_memory(self, error: Exception) -> bool:
        import tensorflow as tf

        return isinstance(error, (tf.errors.ResourceExhaustedError, MemoryError))


def _call_as_it_is(concrete: Any, specs: Any) -> Callable[..., Any]:
    """A traced function, called without TensorFlow's rewriting of graphs.

    On a CPU that takes as long as the trace, and makes steps no faster
    (docs/performance.md).
    """
    import tensorflow as tf

    config = tf.compat.v1.ConfigProto(allow_soft_placement=True)
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    settings = {
        "f": concrete,
        "Tout": [each.dtype for each in concrete.outputs],
        "config_proto": config.SerializeToString(),
    }
    types = [each.dtype for each in keras.tree.flatten(specs)]

    def call(*arguments: Any) -> Any:
        pairs = zip(keras.tree.flatten(arguments), types, strict=True)
        tensors = [tf.convert_to_tensor(each, dtype) for each, dtype in pairs]
        outputs = tf.raw_ops.StatefulPartitionedCall(
            args=[*tensors, *concrete.captured_inputs], **settings
        )
        return keras.tree.pack_sequence_as(concrete.structured_outputs, outputs)

    return call


class _Jax:
    always_fuses = True

    def gradient(self, objective, weights):  # type: ignore[no-untyped-def]
        import jax

        return jax.grad(objective, has_aux=True)(weights)

    def compile(self, function, signature, fused):  # type: ignore[no-untyped-def]
        import jax

        return jax.jit(function)

    def gather(self, table: Any, rows: Any) -> Any:
        return table[rows]

    def map_models(self, function, stacked):  # type: ignore[no-untyped-def]
        import jax

        return jax.vmap(function)(stacked)

    def is_out_of_memory(self, error: Exception) -> bool:
        return "RESOURCE_EXHAUSTED" in str(error) or isinstance(error, MemoryError)


_COMPILERS: dict[str, type[Compiler]] = {"tensorflow": _TensorFlow, "jax": _Jax}


def can_stack() -> bool:
    """Whether the backend of Keras has what the engine needs."""
    return keras.backend.backend() in _COMPILERS


@cache
def get_compiler() -> Compiler:
    """The compiler of the backend that Keras runs on."""
    return _COMPILERS[keras.backend.backend()]()
