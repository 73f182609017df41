"""What the networks of an ensemble answer together, as source."""

from __future__ import annotations

from .._fragment import Fragment
from .._task import Task
from ..preparers import PreparationSource

_ANSWER = '''\
def answer(network: Network, X: {inputs}) -> np.ndarray:
    """Ask one network."""
    inputs = {prepared}
    # Some rows at a time; model.predict would first trace each of the networks.
    parts = np.array_split(inputs, len(inputs) // 1024 + 1)
    answers = np.concatenate(
        [ops.convert_to_numpy(network.model(part, training=False)) for part in parts]
    ){made}


def average(trained: Trained, X: {inputs}) -> np.ndarray:
    """Ask all networks, and average what they answer."""
    answers = [answer(network, X) for network in trained]
    weights = [network.weight for network in trained]
    return np.average(answers, axis=0, weights=weights)


{predict}'''

_MADE = {
    "two_classes": """
    second = answers.astype("float64")
    return np.hstack([1 - second, second])""",
    "classes": """
    proba = answers.astype("float64")
    return proba / proba.sum(axis=1, keepdims=True)""",
    "number": """
    return network.target.inverse_transform(answers)[:, 0]""",
    "numbers": """
    return network.target.inverse_transform(answers)""",
}

_CLASSES = '''\
def predict_proba(trained: Trained, X: {inputs}) -> np.ndarray:
    """Probabilities of the classes, in the order of CLASSES."""
{proba}


def predict(trained: Trained, X: {inputs}) -> np.ndarray:
    """The most probable label of each row."""
    return np.array(CLASSES)[predict_proba(trained, X).argmax(axis=1)]'''

_AS_THEY_ARE = "    return average(trained, X)"
_TEMPERED = """\
    # As sure as the networks were right on rows that they had not seen.
    logs = np.log(np.maximum(average(trained, X), 1e-12))
    return softmax(logs / TEMPERATURE, axis=1)"""

_NUMBERS = '''\
def predict(trained: Trained, X: {inputs}) -> np.ndarray:
    """Predict {what} for each row."""
    return average(trained, X)'''


def answers_source(
    preparation: PreparationSource, task: Task, temperature: float
) -> Fragment:
    """Write the functions that predict.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task
    temperature : float
        Of the probabilities.

    Returns
    -------
    source : Fragment
    """
    inputs = preparation.inputs
    is_tempered = temperature != 1.0
    imports = ["import numpy as np", "from keras import ops"]
    imports += preparation.imports_of_inputs
    if task.is_classifier:
        proba = _TEMPERED if is_tempered else _AS_THEY_ARE
        predict = _CLASSES.format(inputs=inputs, proba=proba)
        imports += ["from scipy.special import softmax"] if is_tempered else []
    else:
        what = "a number" if task.n_outputs == 1 else "the numbers"
        predict = _NUMBERS.format(inputs=inputs, what=what)
    raw = preparation.is_raw
    code = _ANSWER.format(
        inputs=inputs,
        prepared="X" if raw else "network.preprocessing.transform(X)",
        made=_MADE[task.kind],
        predict=predict,
    )
    return Fragment.of(code, *imports)
