"""Fitted estimators in a file that runs no code when it is loaded."""

import json
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.decomposition import PCA
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.feature_selection import SelectFromModel
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.model_selection import RepeatedKFold

import skautogen
from skautogen import AutoGenClassifier, AutoGenRegressor
from skautogen.persistence import FORMAT_VERSION, InvalidFileError, NotSavableError
from skautogen.persistence._read import Reader
from skautogen.persistence._write import Writer

SHORT = {"n_iter": 1, "cv": 2, "epochs": 1, "random_state": 0}
N_ROWS = 40

# Another process, which knows of nothing but the files, and how pickles are loaded.
LATER = """
import pickle
import pathlib
import multiprocessing.reduction  # takes pickle.loads for what threads tell each other
import numpy
import skautogen

def refuse(*args, **kwargs):
    raise AssertionError("a pickle was loaded")

inputs = pickle.load(open("inputs.pickle", "rb"))
pickle.load = pickle.loads = refuse
answers = {
    name: skautogen.load(name + ".skautogen")._answer(X)
    for name, X in inputs.items()
}
numpy.savez("answers.npz", **answers)
"""


def _table(rng):
    X = pd.DataFrame(
        {
            "number": rng.normal(size=N_ROWS),
            "amount": np.where(rng.random(N_ROWS) < 0.6, 0, rng.random(N_ROWS)),
            "colour": pd.Categorical(rng.choice(["red", "green", "blue"], N_ROWS)),
            "flag": rng.random(N_ROWS) < 0.5,
            "day": pd.date_range("2024-01-01", periods=N_ROWS, tz="Europe/Oslo"),
            "written": pd.date_range("2023-01-01", periods=N_ROWS).strftime("%d/%m/%Y"),
            "took": pd.to_timedelta(rng.integers(0, 99, N_ROWS), unit="s"),
            "code": [f"item{i * 7919 % 1000:04d}x" for i in range(N_ROWS)],
            "empty": np.full(N_ROWS, None),
        }
    )
    X.loc[3, "number"] = np.nan
    X.loc[5, "colour"] = None
    return X


def _texts(rng):
    words = "the plain red fox jumps over a lazy dog while rain falls".split()  # noqa: SIM905
    return [" ".join(rng.choice(words, rng.integers(3, 12))) for _ in range(N_ROWS)]


INPUTS = {
    "table": _table,
    "image": lambda rng: rng.integers(0, 256, (N_ROWS, 12, 12, 3), dtype=np.uint8),
    "sequence": lambda rng: rng.normal(size=(N_ROWS, 20, 2)),
    "ragged": lambda rng: [
        rng.normal(size=(n, 2)) for n in rng.integers(9, 20, N_ROWS)
    ],
    "text": _texts,
    "audio": lambda rng: rng.normal(size=(N_ROWS, 2000)).astype(np.float32),
}
# With preparations of their own, and quick to train.
ARCHITECTURES = {
    "image": "cnn",
    "sequence": "rocket",
    "ragged": "rocket",
    "text": "ngrams",
    "audio": "spectrogram_cnn",
}
KINDS = {"audio": "audio"}


@pytest.fixture(scope="module")
def fitted():
    """An ensemble for each kind of input, one of them a regressor, and its X."""
    rng = np.random.default_rng(0)
    y = np.array(["ham", "spam"])[np.arange(N_ROWS) % 2]
    models = {}
    for name, make in INPUTS.items():
        X = make(rng)
        model = AutoGenClassifier(
            **SHORT,
            input_kind=KINDS.get(name, "auto"),
            architecture=ARCHITECTURES.get(name, "auto"),
        )
        models[name] = model.fit(X, y), X
    X = models["table"][1]
    regressor = AutoGenRegressor(**SHORT, architecture="mlp", feature_selection="kbest")
    models["numbers"] = regressor.fit(X, rng.normal(size=(N_ROWS, 2))), X
    return models


@pytest.fixture(scope="module")
def saved(fitted, tmp_path_factory):
    """A folder with a file for each."""
    folder = tmp_path_factory.mktemp("saved")
    for name, (model, _) in fitted.items():
        assert model.save(folder / f"{name}.skautogen").is_file()
    return folder


@pytest.fixture(scope="module")
def answers(fitted, saved):
    """What a fresh process answers after loading."""
    inputs = {name: X for name, (_, X) in fitted.items()}
    (saved / "inputs.pickle").write_bytes(pickle.dumps(inputs))
    fresh = {key: os.environ[key] for key in os.environ if not key.startswith("TF_")}
    package = str(Path(skautogen.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", LATER],
        cwd=saved,
        env={**fresh, "PYTHONPATH": package},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return np.load(saved / "answers.npz")


@pytest.mark.parametrize("name", [*INPUTS, "numbers"])
def test_a_fresh_process_predicts_the_same(name, fitted, answers):
    model, X = fitted[name]
    assert len(model.ensemble_) > 1
    np.testing.assert_array_equal(answers[name], model._answer(X))


@pytest.mark.parametrize("name", [*INPUTS, "numbers"])
def test_the_file_is_not_larger_than_the_pickle(name, fitted, saved):
    size = (saved / f"{name}.skautogen").stat().st_size
    assert size < 1.1 * len(pickle.dumps(fitted[name][0])) + 20_000


def test_everything_that_is_documented_is_kept(fitted, saved):
    model, X = fitted["table"]
    twin = skautogen.load(saved / "table.skautogen")
    y = model.predict(X)
    assert twin.get_params() == model.get_params()
    assert twin.best_params_ == model.best_params_
    assert twin.history_ == model.history_
    assert twin.evaluate(X, y) == model.evaluate(X, y)
    assert twin.score(X, y) == model.score(X, y)
    np.testing.assert_array_equal(twin.oof_predictions_, model.oof_predictions_)
    np.testing.assert_array_equal(twin.classes_, model.classes_)
    assert twin.get_feature_names_out().tolist() == (
        model.get_feature_names_out().tolist()
    )
    pd.testing.assert_frame_equal(twin.leaderboard(), model.leaderboard())
    for ours, theirs in zip(
        model.model_.get_weights(), twin.model_.get_weights(), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_what_was_one_object_is_one_again(fitted, saved):
    model, _ = fitted["table"]
    twin = skautogen.load(saved / "table.skautogen")
    assert model.ensemble_.pipelines[-1] is model.best_estimator_
    assert twin.ensemble_.pipelines[-1] is twin.best_estimator_
    assert twin.search_.best_estimator_ is twin.best_estimator_


def test_it_can_be_fitted_again(fast, tmp_path):
    X, y = np.random.default_rng(0).normal(size=(N_ROWS, 2)), np.arange(N_ROWS) % 2
    model = AutoGenClassifier(**fast).fit(X, y)
    twin = skautogen.load(model.save(tmp_path / "model"))
    np.testing.assert_array_equal(twin.fit(X, y).predict(X), model.predict(X))


def test_one_that_is_not_fitted(fast, tmp_path):
    random_state = np.random.RandomState(3)
    model = AutoGenClassifier(**{**fast, "random_state": random_state})
    twin = skautogen.load(model.save(tmp_path / "model"))
    assert not twin.__sklearn_is_fitted__()
    assert twin.param_space == model.param_space
    assert twin.random_state.randint(999) == random_state.randint(999)


def test_what_is_written_replaces_what_was_there(fast, tmp_path):
    path = tmp_path / "model"
    path.write_text("before")
    AutoGenClassifier(**fast).save(path)
    AutoGenRegressor(**fast).save(str(path))
    assert isinstance(skautogen.load(str(path)), AutoGenRegressor)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "params",
    [
        {"search": "evolution", "architecture": "auto"},
        {"cv": RepeatedKFold(n_splits=2, n_repeats=1), "scoring": ["accuracy", "f1"]},
        {"feature_selection": PCA(1)},
    ],
)
def test_searches_of_several_kinds(params, fast, tmp_path):
    X, y = np.random.default_rng(0).normal(size=(N_ROWS, 2)), np.arange(N_ROWS) % 2
    settings = {**fast, "epochs": 2, **params}
    if "search" in params:
        settings["param_space"] = None
    model = AutoGenClassifier(**settings).fit(X, y)
    twin = skautogen.load(model.save(tmp_path / "model"))
    np.testing.assert_array_equal(twin.predict_proba(X), model.predict_proba(X))
    pd.testing.assert_frame_equal(twin.leaderboard(), model.leaderboard())


# What is refused in saving


def _own_builder(meta):
    return None


class _OwnStrategy:
    def propose(self, *args):
        return None


class _OwnClassifier(AutoGenClassifier):
    pass


@pytest.mark.parametrize(
    ("params", "what"),
    [
        (
            {"architecture": _own_builder},
            r"architecture is the function .*_own_builder",
        ),
        ({"architecture": ["mlp", _own_builder]}, r"architecture\[1\] is the function"),
        ({"architecture": lambda meta: None}, r"architecture is the function .*lambda"),
        ({"scoring": _own_builder}, "scoring is the function"),
        (
            {"scoring": make_scorer(_own_builder)},
            r"scoring\._score_func is the function",
        ),
        ({"search": _OwnStrategy()}, r"search is of type .*_OwnStrategy"),
        ({"param_space": {"units": [_own_builder]}}, r"param_space\['units'\]\[0\]"),
    ],
)
def test_code_of_the_users_is_refused(params, what, tmp_path):
    model = AutoGenClassifier(**params)
    with pytest.raises(NotSavableError, match=what) as caught:
        model.save(tmp_path / "model")
    assert "pickle or joblib" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_class_of_the_users_is_refused(tmp_path):
    with pytest.raises(NotSavableError, match=r"estimator is of type .*_OwnClassifier"):
        _OwnClassifier().save(tmp_path / "model")


def test_a_metric_of_scikit_learn_is_none_of_the_users(tmp_path):
    model = AutoGenClassifier(scoring=make_scorer(accuracy_score))
    twin = skautogen.load(model.save(tmp_path / "model"))
    assert twin.scoring._score_func is accuracy_score


def test_trees_are_refused(tmp_path):
    rng = np.random.default_rng(0)
    trees = SelectFromModel(
        ExtraTreesClassifier(2).fit(rng.normal(size=(9, 2)), [0, 1, 2] * 3)
    )
    with pytest.raises(NotSavableError, match=r"Tree, which is compiled"):
        AutoGenClassifier(feature_selection=trees).save(tmp_path / "model")


# What is mostly 0


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays_of_zeros_are_kept_to_the_bit_in_little(dtype, order):
    array = np.zeros((50, 41), dtype, order=order)
    array[3, 7], array[49, 40] = 5, -2
    if dtype[0] == "f":
        array[2, 2], array[4, 4], array[5, 5] = np.nan, -0.0, np.inf
    writer = Writer()
    writer.value(array, "")
    arrays = {name: np.concatenate(each) for name, each in writer.arrays.items()}
    assert sum(each.nbytes for each in arrays.values()) < array.nbytes / 10
    again = Reader(writer.names, arrays).read(writer.nodes)
    assert (again.dtype, again.flags.f_contiguous) == (array.dtype, order == "F")
    assert again.tobytes(order) == array.tobytes(order)


# What is refused in loading


@pytest.fixture
def file(fast, tmp_path):
    return AutoGenClassifier(**fast).save(tmp_path / "model.skautogen")


def _rewrite(file, name, change):
    """Change a JSON part of a file."""
    with zipfile.ZipFile(file) as parts:
        content = {each: parts.read(each) for each in parts.namelist()}
    part = json.loads(content[name])
    content[name] = json.dumps(change(part) or part).encode()
    with zipfile.ZipFile(file, "w") as parts:
        for each, data in content.items():
            parts.writestr(each, data)


def test_the_manifest_tells_the_versions(file):
    with zipfile.ZipFile(file) as parts:
        manifest = json.loads(parts.read("manifest.json"))
    assert manifest["format_version"] == FORMAT_VERSION
    assert manifest["versions"]["skautogen"] == skautogen.__version__


def test_a_newer_format_is_refused(file):
    def age(manifest):
        manifest["format_version"] = 9
        manifest["versions"]["skautogen"] = "7.1"

    _rewrite(file, "manifest.json", age)
    with pytest.raises(InvalidFileError, match=r"by skautogen 7\.1, in version 9"):
        skautogen.load(file)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_truncated_file_is_refused(file, share):
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(InvalidFileError, match="is damaged"):
        skautogen.load(file)


def test_a_changed_byte_is_noticed(saved, tmp_path):
    whole = bytearray((saved / "table.skautogen").read_bytes())
    whole[len(whole) // 2] ^= 1
    file = tmp_path / "changed"
    file.write_bytes(whole)
    with pytest.raises(InvalidFileError, match=r"is damaged .*CRC"):
        skautogen.load(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["nodes"].pop(0) and None,
        lambda content: content["nodes"].append(["array", "<f4", 0, [9], False]),
        lambda content: content["nodes"].append(["nonsense", 1]),
        lambda content: {"names": []},
        lambda content: [1],
    ],
)
def test_nonsense_is_refused(file, change):
    _rewrite(file, "objects.json", change)
    with pytest.raises(InvalidFileError, match="is damaged"):
        skautogen.load(file)


def test_a_pickle_is_refused(tmp_path):
    file = tmp_path / "model.pickle"
    file.write_bytes(pickle.dumps({}))
    with pytest.raises(InvalidFileError, match="is not a file of an estimator's save"):
        skautogen.load(file)


def test_another_zip_is_refused(tmp_path):
    file = tmp_path / "arrays.npz"
    np.savez(file, a=np.zeros(3))
    with pytest.raises(InvalidFileError, match="zip file of something else"):
        skautogen.load(file)


def test_no_file():
    with pytest.raises(FileNotFoundError, match="nowhere"):
        skautogen.load("nowhere.skautogen")


@pytest.mark.parametrize(
    "node",
    [
        ["function", "os:system"],
        ["function", "posix:system"],
        ["class", "subprocess:Popen"],
        ["function", "builtins:eval"],
        ["function", "skautogen.cli:main"],
        ["function", "sklearn.metrics._ranking:os.system"],
        ["object", "subprocess:Popen", [], []],
        ["object", "sklearn.metrics._plot.roc_curve:RocCurveDisplay", [], []],
        ["object", "sklearn.tree._tree:Tree", [], []],
        ["object", "scipy.stats._distn_infrastructure:rv_continuous", [], []],
        ["object", "skautogen.training._network:np", [], []],
        ["object", "skautogen.training._network:TrainingDivergedError", [], []],
        ["named", "collections:OrderedDict", []],
        ["type", "save"],
        ["drawn", "ttest_ind", [0], [0]],
    ],
)
def test_names_that_are_not_trusted_are_refused(file, node):
    def plant(content):
        if node[0] in ("function", "class", "object", "named"):
            content["names"].append(node[1])
            node[1] = len(content["names"]) - 1
        content["nodes"].append(node)

    _rewrite(file, "objects.json", plant)
    with pytest.raises(InvalidFileError, match="is not loaded"):
        skautogen.load(file)


def test_an_array_of_objects_is_not_unpickled(saved, tmp_path):
    file = tmp_path / "model"
    with zipfile.ZipFile(saved / "table.skautogen") as old:
        content = {each: old.read(each) for each in old.namelist()}
    np.save(tmp_path / "objects.npy", np.array([{}], dtype=object))
    content["arrays/_f4.npy"] = (tmp_path / "objects.npy").read_bytes()
    with zipfile.ZipFile(file, "w") as new:
        for each, data in content.items():
            new.writestr(each, data)
    with pytest.raises(InvalidFileError, match="array of objects"):
        skautogen.load(file)


def test_what_is_no_estimator_is_refused(file):
    _rewrite(
        file, "objects.json", lambda content: content["nodes"].append(["list", []])
    )
    with pytest.raises(InvalidFileError, match="holds no estimator"):
        skautogen.load(file)


@pytest.mark.parametrize("estimator", [AutoGenClassifier, AutoGenRegressor])
def test_parameters_survive(estimator, tmp_path):
    model = estimator(param_space={"units": [(1, 2), None, 3.5, np.float32(1)]})
    twin = skautogen.load(model.save(tmp_path / "model"))
    assert clone(twin).get_params() == model.get_params()
    assert type(twin.param_space["units"][3]) is np.float32


@pytest.mark.parametrize("values", [["a", "b", "c"], [1, 2, 3], [1.0, 2.0]])
def test_a_sparse_array_that_does_not_fit_is_refused(values):
    values = np.array(values)
    if values.dtype.kind == "i":
        values = values.astype("int8")
    arrays = {"bits": np.array([0b11100000], "uint8"), "values": values}
    nodes = [
        ["array", "bits", 0, [1], False],
        ["array", "values", 0, [len(values)], False],
        ["sparse", [0], [1], [8], False],
    ]
    with pytest.raises(ValueError, match=r"sparse array|do not fit"):
        Reader([], arrays).read(nodes)
