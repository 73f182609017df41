"""The central test: stacked training is the same training as one after another."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import make_classification, make_regression
from sklearn.model_selection import KFold

from skautogen.inputs import TablePreparer
from skautogen.selection import FeatureSelector
from skautogen.training import (
    OPTIMIZERS,
    NetworkPipeline,
    Plan,
    Training,
    get_engine,
    make_network_pipeline,
)


def make_pipeline(y, epochs=4, early_stopping=True) -> NetworkPipeline:
    from skautogen.training._network_classifier import NetworkClassifier
    from skautogen.training._network_regressor import NetworkRegressor

    settings = {
        "architecture": "mlp",
        "hyperparameters": {"epochs": epochs, "hidden_layer_sizes": (12,)},
        "early_stopping": early_stopping,
        "seed": 7,
    }
    classifier = y.dtype.kind in "iU"
    if classifier:
        network = NetworkClassifier(classes=np.unique(y), **settings)
    else:
        network = NetworkRegressor(**settings)
    task = "classification" if classifier else "regression"
    return make_network_pipeline(TablePreparer(), FeatureSelector(task=task), network)


def make_folds(X, n_folds):
    """Training rows of folds of unequal size."""
    halves = KFold(2, shuffle=True, random_state=0).split(X)
    return [rows[number:] for number, (rows, _) in enumerate(halves)][:n_folds]


def train(engine, pipeline, X, y, candidates, sample_weight=None, n_folds=2):
    """Pipelines trained, candidate by candidate and fold by fold."""
    folds = make_folds(X, n_folds)
    trainings = [
        Training(number, parameters, rows)
        for number, parameters in enumerate(candidates)
        for rows in folds
    ]
    plan = Plan(pipeline, X, y, sample_weight, trainings)
    outcomes = get_engine(engine).carry_out(plan)
    return [outcome.fitted() for outcome in outcomes]


def assert_same_trainings(
    pipeline, X, y, candidates, sample_weight=None, atol=2e-4, n_folds=2
):
    both = [
        train(engine, pipeline, X, y, candidates, sample_weight, n_folds)
        for engine in ("stacked", "sequential")
    ]
    stacked, single = both
    for ours, theirs in zip(stacked, single, strict=True):
        a, b = ours.named_steps["network"], theirs.named_steps["network"]
        assert a.history_.keys() == b.history_.keys()
        for name in a.history_:
            np.testing.assert_allclose(a.history_[name], b.history_[name], atol=atol)
        for w, v in zip(a.weights_, b.weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=atol)
        np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))
    return stacked


@pytest.fixture(scope="module")
def three_classes():
    return make_classification(
        301, 8, n_informative=5, n_classes=3, class_sep=2.0, random_state=0
    )


def test_optimizers_schedules_decay_and_weights_agree(three_classes):
    X, y = three_classes
    weight = np.random.default_rng(0).uniform(0.2, 3, len(y))
    schedules = ["constant", "exponential", "step", "cosine", "warmup_cosine"]
    candidates = [
        {
            "optimizer": name,
            "learning_rate": 3e-3,
            "schedule": schedules[number % len(schedules)],
            "weight_decay": 0.05 * (number % 2),
            "epochs": 2,
        }
        for number, name in enumerate(OPTIMIZERS)
    ]
    assert_same_trainings(make_pipeline(y), X, y, candidates, weight, n_folds=1)


def test_widths_depths_activations_normalisation_and_epochs_agree(three_classes):
    X, y = three_classes
    candidates = [
        {"hidden_layer_sizes": (), "epochs": 3},
        {"hidden_layer_sizes": (6, 5), "activation": "mish", "batch_size": 50},
        {"batch_normalization": True, "activation": "selu", "epochs": 3},
    ]
    assert_same_trainings(make_pipeline(y), X, y, candidates)


@pytest.mark.parametrize("architecture", ["realmlp", "resnet", "tabm"])
def test_architectures_of_our_own_layers_agree(three_classes, architecture):
    X, y = three_classes
    candidates = [
        {"architecture": architecture, "dropout": 0.0, "weight_decay": decay}
        for decay in (0.0, 0.1)
    ]
    assert_same_trainings(make_pipeline(y), X, y, candidates)


def test_parts_of_realmlp_agree(three_classes):
    X, y = three_classes
    whole = {
        "architecture": "realmlp",
        "dropout": 0.0,
        "input_scale": True,
        "parametric_activation": True,
        "activation": "mish",
    }
    assert_same_trainings(make_pipeline(y), X, y, [whole], n_folds=1)


def test_folds_of_different_width_share_a_program(monkeypatch):
    from skautogen.training.stacked import _group

    kinds = []
    get = _group.get_program
    monkeypatch.setattr(
        _group, "get_program", lambda kind: kinds.append(kind) or get(kind)
    )
    rng = np.random.default_rng(0)
    # The second fold's training rows have a category less than the first's.
    letters = np.array(["a", "b"] * 60 + ["c"])
    X = pd.DataFrame({"letter": letters, "number": rng.normal(size=121)})
    y = (X["number"] + (letters == "b") > 0).to_numpy(int)
    rows = [np.arange(121), np.arange(120)]
    pipeline = make_pipeline(y, epochs=3)
    pipeline.set_params(architecture="realmlp", dropout=0.0)
    plan = Plan(pipeline, X, y, None, [Training(0, {}, each) for each in rows])
    both = [
        [each.fitted() for each in get_engine(name).carry_out(plan)]
        for name in ("stacked", "sequential")
    ]
    assert len(kinds) == 1
    widths = [each[-1].n_features_in_ for each in both[0]]
    assert widths[0] > widths[1]
    for ours, theirs in zip(*both, strict=True):
        for w, v in zip(ours[-1].weights_, theirs[-1].weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=2e-4)


def test_early_stopping_keeps_the_same_best_epoch():
    # Labels that cannot be learned: the loss on the rows held out soon rises.
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(161, 4)), rng.integers(0, 2, 161)
    candidates = [{"learning_rate": 0.02}]
    pipeline = make_pipeline(y, epochs=40)
    stacked = assert_same_trainings(pipeline, X, y, candidates, atol=2e-3)
    for each in stacked:
        network = each.named_steps["network"]
        losses = network.history_["val_loss"]
        assert len(losses) < 40
        assert np.argmin(losses) == len(losses) - 1 - network.strategy.patience


def test_an_output_that_is_not_linear_agrees():
    import keras

    def positive(meta):
        inputs = keras.Input((meta["n_features_in_"],))
        return keras.Model(inputs, keras.layers.Dense(1, "softplus")(inputs))

    X, y = make_regression(121, 6, random_state=0)
    pipeline = make_pipeline(y).set_params(architecture=positive)
    pipeline.named_steps["network"].set_params(hyperparameters={"epochs": 2})
    both = [
        train(engine, pipeline, X, y, [{}], n_folds=1)[0][-1].history_["loss"]
        for engine in ("stacked", "sequential")
    ]
    np.testing.assert_allclose(*both, rtol=1e-4)


@pytest.mark.parametrize("n_targets", [1, 2])
def test_regression_agrees(n_targets):
    X, y = make_regression(121, 6, n_targets=n_targets, noise=5.0, random_state=0)
    stacked = train("stacked", make_pipeline(y), X, y, [{"epochs": 3}])
    single = train("sequential", make_pipeline(y), X, y, [{"epochs": 3}])
    for ours, theirs in zip(stacked, single, strict=True):
        np.testing.assert_allclose(
            ours.predict(X), theirs.predict(X), rtol=1e-4, atol=1e-2
        )


def test_a_diverging_model_touches_no_other(three_classes):
    X, y = three_classes
    pipeline = make_pipeline(y)
    calm = {"optimizer": "sgd", "learning_rate": 0.01}
    wild = {"optimizer": "sgd", "learning_rate": 1e30}
    alone = train("stacked", pipeline, X, y, [calm])
    trainings = [
        Training(number, parameters, rows)
        for number, parameters in enumerate([calm, wild])
        for rows in make_folds(X, 2)
    ]
    plan = Plan(pipeline, X, y, None, trainings)
    outcomes = list(get_engine("stacked").carry_out(plan))
    for outcome, other in zip(outcomes[:2], alone, strict=True):
        network = outcome.fitted().named_steps["network"]
        for w, v in zip(network.weights_, other[-1].weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=1e-6)
    for outcome in outcomes[2:]:
        with pytest.raises(FloatingPointError, match="smaller learning_rate"):
            outcome.fitted()


def test_dropout_is_of_each_model_and_off_in_prediction(three_classes):
    X, y = three_classes
    fitting = {"epochs": 30, "learning_rate": 0.01}
    candidates = [{"dropout": 0.05, **fitting}, {"dropout": 0.6, **fitting}]
    little, _, much, _ = train("stacked", make_pipeline(y), X, y, candidates)
    # What is dropped shows in the loss of training.
    losses = [each[-1].history_["loss"][-1] for each in (little, much)]
    assert losses[1] > 1.3 * losses[0]
    np.testing.assert_array_equal(little.predict_proba(X), little.predict_proba(X))


def test_each_network_comes_out_as_an_ordinary_keras_model(three_classes):
    import keras
    from scikeras.wrappers import KerasClassifier

    X, y = three_classes
    pipeline = train("stacked", make_pipeline(y), X, y, [{}])[0]
    network = pipeline.named_steps["network"]
    assert isinstance(network, KerasClassifier)
    assert isinstance(network.model_, keras.Model)
    prepared = pipeline[:-1].transform(X)
    np.testing.assert_allclose(
        network.model_.predict(prepared, verbose=0),
        pipeline.predict_proba(X),
        atol=1e-6,
    )


def test_one_program_trains_all_that_can_be_merged(three_classes):
    from skautogen.training.stacked import _programs

    X, y = three_classes
    pipeline = make_pipeline(y)
    candidates = [
        {
            "hidden_layer_sizes": (width,),
            "activation": activation,
            "optimizer": optimizer,
            "dropout": dropout,
            "label_smoothing": smoothing,
            "epochs": epochs,
        }
        for width, activation, optimizer, dropout, smoothing, epochs in [
            (5, "relu", "adam", 0.0, 0.0, 3),
            (16, "tanh", "momentum", 0.2, 0.1, 2),
            (9, "silu", "lion", 0.0, 0.05, 4),
        ]
    ]
    _programs._PROGRAMS.clear()
    together = train("stacked", pipeline, X, y, candidates, n_folds=1)
    assert len(_programs._PROGRAMS) == 1
    for candidate, ours in zip(candidates, together, strict=True):
        (alone,) = train("stacked", pipeline, X, y, [candidate], n_folds=1)
        a, b = ours[-1], alone[-1]
        np.testing.assert_allclose(a.history_["loss"], b.history_["loss"], atol=1e-4)
        for w, v in zip(a.weights_, b.weights_, strict=True):
            assert w.shape == v.shape
            np.testing.assert_allclose(w, v, atol=1e-3)


def kinds():
    """Of the programs there are."""
    from skautogen.training.stacked import _programs

    return list(_programs._PROGRAMS)


def test_merged_widths_activations_and_smoothing_agree_with_keras(three_classes):
    X, y = three_classes
    candidates = [
        {"hidden_layer_sizes": (7, 5), "activation": "relu", "epochs": 2},
        {"hidden_layer_sizes": (4, 9), "activation": "gelu", "label_smoothing": 0.2},
    ]
    assert_same_trainings(make_pipeline(y), X, y, candidates, n_folds=1)
    hidden = [layer.n_units for layer in kinds()[-1].lifted.layers]
    assert hidden == [7, 7, 9, 9, 3]


def test_smoothed_binary_labels_agree_with_keras(three_classes):
    X, y = three_classes
    y = (y > 0).astype(int)
    candidates = [{"label_smoothing": 0.3, "epochs": 2}]
    assert_same_trainings(make_pipeline(y), X, y, candidates, n_folds=1)


def test_an_activation_that_is_not_0_at_0_is_not_padded(three_classes):
    X, y = three_classes
    candidates = [
        {"hidden_layer_sizes": (width,), "activation": "sigmoid", "epochs": 2}
        for width in (6, 11)
    ]
    assert_same_trainings(make_pipeline(y), X, y, candidates, n_folds=1)


@pytest.mark.parametrize("early_stopping", [True, False])
def test_places_are_filled_again_and_change_nothing(
    three_classes, monkeypatch, early_stopping
):
    """More models than places, of different lengths, as when memory is short."""
    from skautogen.training.stacked import _cost

    X, y = three_classes
    pipeline = make_pipeline(y, early_stopping=early_stopping)
    candidates = [{"epochs": n, "learning_rate": 0.01} for n in (5, 2, 9, 1, 3)]
    at_once = train("stacked", pipeline, X, y, candidates)
    monkeypatch.setattr(_cost, "_most_models", lambda *_: 3)
    in_places = train("stacked", pipeline, X, y, candidates)
    for ours, theirs in zip(in_places, at_once, strict=True):
        a, b = ours[-1], theirs[-1]
        assert len(a.history_["loss"]) == len(b.history_["loss"])
        np.testing.assert_allclose(a.history_["loss"], b.history_["loss"], atol=1e-5)
        for w, v in zip(a.weights_, b.weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=1e-4)


@pytest.mark.parametrize("early_stopping", [True, False])
def test_compiled_by_xla_it_is_the_same_training(
    three_classes, monkeypatch, early_stopping
):
    from skautogen.training.stacked import _cost

    X, y = three_classes
    pipeline = make_pipeline(y, epochs=6, early_stopping=early_stopping)
    candidates = [
        {"batch_normalization": True, "dropout": 0.3, "optimizer": "nadam"},
        {"hidden_layer_sizes": (5,), "batch_normalization": True, "epochs": 3},
    ]
    plain = train("stacked", pipeline, X, y, candidates)
    monkeypatch.setitem(_cost._COMPILING, True, 0.0)
    monkeypatch.setitem(_cost._COMPILING, False, 0.0)
    fused = train("stacked", pipeline, X, y, candidates)
    assert kinds()[-1].fused
    for ours, theirs in zip(fused, plain, strict=True):
        a, b = ours[-1], theirs[-1]
        for name in a.history_:
            np.testing.assert_allclose(a.history_[name], b.history_[name], atol=1e-3)


def test_running_out_of_memory_trains_fewer_at_once(three_classes, monkeypatch):
    import tensorflow as tf

    from skautogen.training.stacked import _program

    X, y = three_classes
    sizes = []
    run = _program.Program.run

    def run_short_of_memory(self, state, *arguments):
        sizes.append(len(state.stale))
        if sizes[-1] > 2:
            raise tf.errors.ResourceExhaustedError(None, None, "OOM")
        return run(self, state, *arguments)

    monkeypatch.setattr(_program.Program, "run", run_short_of_memory)
    trained = train("stacked", make_pipeline(y), X, y, [{}, {"learning_rate": 0.1}])
    assert len(trained) == 4
    assert sizes[:2] == [4, 2]


@pytest.mark.parametrize("early_stopping", [True, False])
def test_a_training_that_was_paused_goes_on_as_if_it_had_not(
    three_classes, monkeypatch, early_stopping
):
    from skautogen.training.stacked import _stack

    X, y = three_classes
    pipeline = make_pipeline(y, epochs=9, early_stopping=early_stopping)
    rows = make_folds(X, 2)
    engine = get_engine("stacked")
    n_epochs = []
    train_epochs = _stack.Stack._train

    def count(self):
        before = [len(model.history.get("loss", [])) for model in self._models]
        train_epochs(self)
        after = [len(model.history["loss"]) for model in self._models]
        n_epochs.append(sum(after) - sum(before))

    monkeypatch.setattr(_stack.Stack, "_train", count)
    for stop_after in (3, 9):
        trainings = [Training(0, {"stop_after": stop_after}, each) for each in rows]
        plan = Plan(pipeline, X, y, None, trainings)
        outcomes = [each.fitted() for each in engine.carry_out(plan)]
    assert sum(n_epochs) == 2 * 9
    for ours, theirs in zip(
        outcomes, train("stacked", pipeline, X, y, [{}]), strict=True
    ):
        a, b = ours[-1], theirs[-1]
        np.testing.assert_allclose(a.history_["loss"], b.history_["loss"], atol=1e-5)
        for w, v in zip(a.weights_, b.weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=1e-5)


def test_a_training_that_stopped_early_before_its_pause_is_not_begun_again():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(161, 4)), rng.integers(0, 2, 161)
    pipeline = make_pipeline(y, epochs=40)
    engine = get_engine("stacked")
    fast = {"learning_rate": 0.05}
    lengths = []
    for stop_after in (30, 40):
        trainings = [Training(0, {**fast, "stop_after": stop_after}, np.arange(150))]
        (outcome,) = engine.carry_out(Plan(pipeline, X, y, None, trainings))
        lengths.append(len(outcome.fitted()[-1].history_["loss"]))
    assert lengths[0] == lengths[1] < 30
    assert outcome.seconds == 0


def test_stopping_after_some_epochs_is_in_the_middle_of_the_schedule(three_classes):
    X, y = three_classes
    candidates = [{"stop_after": 2, "epochs": 4, "schedule": "cosine"}]
    assert_same_trainings(make_pipeline(y), X, y, candidates, n_folds=1)


def test_one_trace_serves_other_numbers_of_models_and_rows(three_classes):
    from skautogen.training.stacked import _programs

    X, y = three_classes
    train("stacked", make_pipeline(y), X, y, [{}])
    before = set(_programs._PROGRAMS)
    rates = [{"learning_rate": rate} for rate in (1e-3, 2e-3, 3e-3)]
    train("stacked", make_pipeline(y), X[:200], y[:200], rates)
    assert set(_programs._PROGRAMS) == before


def test_a_later_plan_trains_its_networks_in_a_program_that_is_there(
    monkeypatch, three_classes
):
    from skautogen.training.stacked import _group

    X, y = three_classes
    pipeline, rows = make_pipeline(y), np.arange(250)
    wide = {"hidden_layer_sizes": (9, 8), "activation": "relu", "epochs": 2}
    narrow = {**wide, "hidden_layer_sizes": (5, 7)}
    other = {**wide, "activation": "silu"}
    kinds = []
    get_program = _group.get_program
    monkeypatch.setattr(
        _group, "get_program", lambda kind: kinds.append(kind) or get_program(kind)
    )
    engine = get_engine("stacked")
    for candidate, n_kinds in ((wide, 1), (narrow, 1), (other, 2)):
        plan = Plan(pipeline, X, y, None, [Training(0, candidate, rows)])
        (outcome,) = engine.carry_out(plan)
        assert len(set(kinds)) == n_kinds
        ours = outcome.fitted()[-1]
        (alone,) = get_engine("sequential").carry_out(plan)
        for w, v in zip(ours.weights_, alone.fitted()[-1].weights_, strict=True):
            np.testing.assert_allclose(w, v, atol=1e-4)
