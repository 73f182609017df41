"""What architectures for sequences share.

A prepared sequence is (steps, channels + 1): the last channel tells which steps there
are, 1 or 0. What is computed for steps that are not there is multiplied by 0, so that
a sequence gives the same whatever it was padded to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._backend import load_keras
from ._head import output_layer

if TYPE_CHECKING:
    import keras


def sequence_input(meta: dict[str, Any]) -> tuple[Any, Any]:
    """The input of sequences of any length, and which of their steps there are.

    Parameters
    ----------
    meta : dict
        What SciKeras knows of the data; the last of ``X_shape_`` is the number of
        channels of prepared sequences.

    Returns
    -------
    inputs : keras.KerasTensor of shape (batch, steps, channels + 1)
    presence : keras.KerasTensor of shape (batch, steps, 1)
    """
    inputs = load_keras().layers.Input((None, meta["X_shape_"][-1]))
    return inputs, inputs[..., -1:]


def read_both_ways(make: Any, units: int, hidden: Any, is_there: Any = None) -> Any:
    """Read steps forwards and backwards.

    Parameters
    ----------
    make : type of a recurrent layer of Keras'
    units : int
        Of each direction.
    hidden : keras.KerasTensor of shape (batch, steps, channels)
    is_there : keras.KerasTensor of bool of shape (batch, steps), default=None
        Steps that are not there are passed over; ``None`` passes over none.

    Returns
    -------
    hidden : keras.KerasTensor of shape (batch, steps, 2 * units)
    """
    forwards = make(units, return_sequences=True)(hidden, mask=is_there)
    backwards = make(units, return_sequences=True, go_backwards=True)(
        hidden, mask=is_there
    )
    # It gives its steps in the order in which it reads them.
    return load_keras().layers.Concatenate()([forwards, backwards[:, ::-1]])


def pooled_model(
    inputs: Any, hidden: Any, presence: Any, dropout: float, meta: dict[str, Any]
) -> keras.Model:
    """End a network: pool over the steps, drop, and answer.

    Parameters
    ----------
    inputs, presence : keras.KerasTensor
        Of :func:`sequence_input`.
    hidden : keras.KerasTensor of shape (batch, steps, units)
    dropout : float in [0, 1)
        Share of the pooled units.
    meta : dict
        What SciKeras knows of the data.

    Returns
    -------
    model : keras.Model
    """
    from ..layers import TemporalPooling

    keras = load_keras()
    hidden = keras.layers.Multiply()([hidden, presence])
    pooled = TemporalPooling()(keras.layers.Concatenate()([hidden, presence]))
    dropped = keras.layers.Dropout(float(dropout))(pooled)
    return keras.Model(inputs, output_layer(meta)(dropped))
