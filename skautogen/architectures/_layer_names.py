"""Which layers of Keras' plain data may name: those that can stand in a chain.

Left out is what runs code of its own or of files (Lambda, TFSMLayer, JaxLayer...),
takes several inputs (Add, Attention...), or learns from the data before the training
(Normalization, TextVectorization...), which the preparation of skautogen does.
"""

from __future__ import annotations

_OF_EACH_DIMENSION = (
    "AveragePooling",
    "Conv",
    "Cropping",
    "GlobalAveragePooling",
    "GlobalMaxPooling",
    "MaxPooling",
    "SpatialDropout",
    "UpSampling",
    "ZeroPadding",
)

LAYER_NAMES = tuple(
    sorted(
        {
            *(f"{name}{n}D" for name in _OF_EACH_DIMENSION for n in (1, 2, 3)),
            *("DepthwiseConv1D", "DepthwiseConv2D"),
            *("SeparableConv1D", "SeparableConv2D"),
            *("Conv1DTranspose", "Conv2DTranspose"),
            *("Dense", "EinsumDense", "Embedding", "Identity", "Masking"),
            *("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax"),
            *("BatchNormalization", "GroupNormalization", "LayerNormalization"),
            *("RMSNormalization", "SpectralNormalization", "UnitNormalization"),
            *("ActivityRegularization", "AlphaDropout", "Dropout"),
            *("GaussianDropout", "GaussianNoise"),
            *("Flatten", "Permute", "RepeatVector", "Reshape", "Rescaling"),
            *("CenterCrop", "Resizing", "ConvLSTM1D", "ConvLSTM2D"),
            *("Bidirectional", "GRU", "LSTM", "SimpleRNN", "TimeDistributed"),
            *("RandomBrightness", "RandomContrast", "RandomCrop", "RandomFlip"),
            *("RandomRotation", "RandomTranslation", "RandomZoom"),
        }
    )
)
