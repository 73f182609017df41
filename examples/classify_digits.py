"""Handwritten digits: search a classifier, read the leaderboard, keep the model.

    python examples/classify_digits.py

1797 images of 8 x 8 pixels from scikit-learn, each a row of 64 numbers.
"""

import joblib
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from skautogen import AutoGenClassifier

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, test_size=0.3, stratify=y, random_state=0
)

model = AutoGenClassifier(n_iter=3, cv=2, epochs=40, random_state=0, verbose=1)
model.fit(X_train, y_train)

print(model.leaderboard().head().to_string())
for metric, value in model.evaluate(X_test, y_test).items():
    print(f"{metric:<18} {value:.4f}")

# The pickle holds the preparation and the weights, and none of the training data.
joblib.dump(model, "digits.joblib")
again = joblib.load("digits.joblib")
assert (again.predict(X_test) == model.predict(X_test)).all()
