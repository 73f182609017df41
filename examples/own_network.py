"""A Keras network of your own, searched over its own keywords, inside a Pipeline.

    python examples/own_network.py

178 wines from scikit-learn, 13 chemical measurements each, from three growers.
"""

import keras
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
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
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = AutoGenClassifier(
    architecture=build,
    param_space={"units": [16, 32], "depth": [1], "learning_rate": [0.01]},
    search="grid",
    epochs=15,
    cv=2,
    random_state=0,
)
pipeline = make_pipeline(PolynomialFeatures(interaction_only=True), model)
pipeline.fit(X_train, y_train)
print(f"accuracy: {pipeline.score(X_test, y_test):.3f}")
print("best:", pipeline[-1].best_params_)
pipeline[-1].model_.summary()
