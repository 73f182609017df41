"""A Keras network of your own, searched over its own keywords, inside a Pipeline.

    python examples/own_network.py

178 wines from scikit-learn, 13 chemical measurements each, from three growers.
"""

import keras
from sklearn.datasets import load_wine
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

from skautogen import AutoGenClassifier


def build(meta, units=16, depth=1):
    """Build a network with a skip connection; ``meta`` says what the data are."""
    inputs = keras.Input((meta["n_features_in_"],))
    hidden = keras.layers.Dense(units, activation="gelu")(inputs)
    for _ in range(depth):
        inner = keras.layers.Dense(units, activation="gelu")(hidden)
        hidden = keras.layers.Add()([hidden, inner])
    outputs = keras.layers.Dense(meta["n_classes_"], activation="softmax")(hidden)
    return keras.Model(inputs, outputs)


X, y = load_wine(return_X_y=True)
model = AutoGenClassifier(
    architecture=build,
    param_space={"units": [16, 32], "depth": [1], "learning_rate": [0.01]},
    search="grid",
    epochs=15,
    cv=2,
    random_state=0,
)
pipeline = make_pipeline(PolynomialFeatures(interaction_only=True), model)
print("accuracy:", cross_val_score(pipeline, X, y, cv=2).round(3))

pipeline.fit(X, y)
print("best:", pipeline[-1].best_params_)
pipeline[-1].model_.summary()
