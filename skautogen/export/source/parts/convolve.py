"""A function of generated files."""

from keras import layers


def convolve(x, filters: int, kernel_size=3, strides=1, activation="relu"):
    """Convolve, normalise over the batch, and activate."""
    x = layers.Conv2D(
        filters,
        kernel_size,
        strides=strides,
        padding="same",
        use_bias=False,  # the normalisation would take it away again
        kernel_initializer="he_normal",
    )(x)
    # Keras' momentum of 0.99 needs hundreds of batches to forget its start.
    x = layers.BatchNormalization(momentum=0.9)(x)
    return x if activation is None else layers.Activation(activation)(x)
