"""Diabetes: a regressor with feature selection, in a time that you set.

    python examples/regress_diabetes.py

442 patients from scikit-learn, ten measurements each; the target is the progression of
the disease after a year.
"""

import warnings

from sklearn.datasets import load_diabetes
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import train_test_split

from skautogen import AutoGenRegressor
from skautogen.search import SearchStoppedWarning

X, y = load_diabetes(return_X_y=True, as_frame=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)

model = AutoGenRegressor(
    feature_selection="kbest",
    param_space={
        "hidden_layer_sizes": [(64, 64)],
        "learning_rate": [0.001, 0.003],
        "n_features": [5, 7, 10],
    },
    search="grid",
    cv=3,
    time_limit=30,
    random_state=0,
)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", SearchStoppedWarning)  # a slow machine tries fewer
    model.fit(X_train, y_train)

print("kept:", ", ".join(X.columns[model.support_]))
print("best:", model.best_params_)
for metric, value in model.evaluate(X_test, y_test).items():
    print(f"{metric:<6} {value:.2f}")
ridge = RidgeCV().fit(X_train, y_train)
print(f"R2 of ridge regression: {ridge.score(X_test, y_test):.2f}")
