"""A function of generated files."""

from keras import layers


def residual_block(x, units: int, activation: str):
    """Add what two dense layers make of x to it; nothing at the beginning."""
    hidden = layers.Dense(
        units, activation=activation, kernel_initializer="lecun_normal"
    )(x)
    change = layers.Dense(x.shape[-1], kernel_initializer="zeros")(hidden)
    return layers.Add()([x, change])
