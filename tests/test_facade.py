"""AutoGen: generate a model for data, train it, evaluate it."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris
from sklearn.utils.validation import check_is_fitted

from skautogen import AutoGen, AutoGenClassifier, AutoGenRegressor
from skautogen.data import TaskGuessedWarning

iris = load_iris(as_frame=True).frame.rename(columns={"target": "species"})
shuffled = iris.sample(frac=1, random_state=0)
train, test = shuffled[:100], shuffled[100:]


@pytest.fixture(scope="module")
def trained(fast):
    ag = AutoGen("species", **fast)
    model = ag.generate_model(train)
    assert ag.train(model, train) is model
    return ag, model


def test_a_generated_model_is_an_estimator_that_is_not_fitted(fast):
    model = AutoGen("species", **fast).generate_model(train)
    assert type(model) is AutoGenClassifier
    assert model.get_params() == AutoGenClassifier(**fast).get_params()
    clone(model)
    with pytest.raises(ValueError, match="not fitted"):
        check_is_fitted(model)


def test_metrics_are_those_of_the_estimator(trained):
    ag, model = trained
    expected = model.evaluate(test[iris.columns[:-1]], test["species"])
    # Columns in another order, and one more.
    assert ag.evaluate(model, test[iris.columns[::-1]].assign(more=1)) == expected
    assert expected["accuracy"] > 0.8


def test_files(trained, tmp_path):
    ag, model = trained
    test.to_csv(tmp_path / "test.csv", index=False)
    assert ag.evaluate(model, tmp_path / "test.csv") == ag.evaluate(model, test)


def test_arrays(fast):
    X, y = train.iloc[:, :3].to_numpy(), train.iloc[:, 3].to_numpy()
    ag = AutoGen(**fast)
    model = ag.generate_model((X, y))
    assert type(model) is AutoGenRegressor
    assert ag.task_.name == "regression"
    assert ag.task_.reason == "numbers with fractions"
    ag.train(model, (X, y))
    assert ag.evaluate(model, (X, y)).keys() == {"rmse", "mae", "r2"}


def test_a_guess_is_said():
    ratings = (np.zeros((30, 2)), np.arange(30) % 5 + 1)
    with pytest.warns(TaskGuessedWarning, match=r"5 different .* task=.regression"):
        model = AutoGen().generate_model(ratings)
    assert type(model) is AutoGenClassifier
    for task, kind in (
        ("classification", AutoGenClassifier),
        ("regression", AutoGenRegressor),
    ):
        assert type(AutoGen(task=task).generate_model(ratings)) is kind


# What is refused


def test_an_unknown_setting():
    with pytest.raises(
        TypeError, match=r"parameter of AutoGenClassifier 'n_itr'.*'n_iter'\?"
    ):
        AutoGen("species", n_itr=3).generate_model(train)


def test_an_unknown_task():
    with pytest.raises(ValueError, match=r"Unknown task 'classify'"):
        AutoGen("species", task="classify").generate_model(train)


def test_an_unknown_target():
    with pytest.raises(ValueError, match=r"The DataFrame has no column 'specie'.*'spe"):
        AutoGen("specie").generate_model(train)


def test_a_frame_without_a_target():
    with pytest.raises(ValueError, match="Which column of the DataFrame"):
        AutoGen().generate_model(train)


def test_the_name_of_the_target_is_kept_only_where_there_is_one(fast):
    model = AutoGenClassifier(**fast, ensemble_size=0)
    y = pd.Series(np.arange(20) % 2, name="even")
    assert model.fit(np.arange(20.0)[:, None], y).target_name_ == "even"
    assert model.fit(np.arange(20.0)[:, None], y.to_numpy()).target_name_ is None


def test_a_task_that_the_target_is_not():
    with pytest.raises(ValueError, match="2 classes, of strings, which ask for task="):
        AutoGen(task="regression").generate_model(([[0.5], [1.5]], ["a", "b"]))
