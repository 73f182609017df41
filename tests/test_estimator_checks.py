"""scikit-learn's own word for it: every check, no expected failure."""

from sklearn.utils.estimator_checks import parametrize_with_checks

from skautogen import AutoGenClassifier, AutoGenRegressor

# The default estimator with a smaller search: the checks of one take about a minute.
SPACE = {"learning_rate": [0.01, 0.03], "hidden_layer_sizes": [(32,)]}
SMALL = {"n_iter": 2, "cv": 2, "epochs": 30, "param_space": SPACE}


@parametrize_with_checks([AutoGenClassifier(**SMALL), AutoGenRegressor(**SMALL)])
def test_scikit_learn_check(estimator, check):
    check(estimator)
