"""Data sets by name: those of ``keras.datasets`` and ``sklearn.datasets``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .._backend import load_keras

# X and y of the rows to train on, and of those to test on where the set has some.
Splits = tuple[tuple[Any, Any], tuple[Any, Any] | None]

_TABULAR_CLASSES = ("TabularClassification",)
_TABULAR_NUMBERS = ("TabularRegression",)
_IMAGES = ("ImageClassification",)
_TEXTS = ("TextClassification",)


class DownloadError(OSError):
    """A data set is not on this machine, and could not be fetched."""


@dataclass(frozen=True)
class NamedSet:
    """A data set.

    Attributes
    ----------
    tasks : tuple of str
        What it is for.
    load : callable
        ``load(task) -> splits``. Fetches the set, where it is not kept already.
    """

    tasks: tuple[str, ...]
    load: Callable[[str], Splits]


def _of_keras(module: str, task: str) -> Splits:
    """Images, or numbers."""
    train, test = getattr(load_keras().datasets, module).load_data()
    return (train[0], np.ravel(train[1])), (test[0], np.ravel(test[1]))


def _texts_of_keras(module: str, task: str) -> Splits:
    """Texts, put together of the numbers of their words."""
    dataset = getattr(load_keras().datasets, module)
    (X_train, y_train), (X_test, y_test) = dataset.load_data()
    # The first numbers are padding, the start of a text, and a word that is not known.
    words = {number + 3: word for word, number in dataset.get_word_index().items()}

    def written(texts: Any) -> list[str]:
        return [
            " ".join(words.get(each, "") for each in text).strip() for text in texts
        ]

    return (written(X_train), y_train), (written(X_test), y_test)


def _of_sklearn(function: str, task: str) -> Splits:
    """A table with the names of its columns."""
    import sklearn.datasets

    X, y = getattr(sklearn.datasets, function)(return_X_y=True, as_frame=True)
    return (X, y.to_numpy()), None


def _digits(task: str) -> Splits:
    import sklearn.datasets

    data = sklearn.datasets.load_digits(as_frame=task == "TabularClassification")
    X = data.data if task == "TabularClassification" else data.images
    return (X, np.asarray(data.target)), None


def _pictures_of_sklearn(function: str, task: str) -> Splits:
    import sklearn.datasets

    data = getattr(sklearn.datasets, function)()
    return (data.images, data.target), None


def _newsgroups(task: str) -> Splits:
    import sklearn.datasets

    def load(subset: str) -> tuple[Any, Any]:
        # What is around the letters would tell the group.
        data = sklearn.datasets.fetch_20newsgroups(
            subset=subset, remove=("headers", "footers", "quotes")
        )
        return data.data, np.asarray(data.target_names)[data.target]

    return load("train"), load("test")


NAMED: dict[str, NamedSet] = {
    **{
        name: NamedSet(_IMAGES, partial(_of_keras, name))
        for name in ("cifar10", "cifar100", "fashion_mnist", "mnist")
    },
    **{
        name: NamedSet(_TEXTS, partial(_texts_of_keras, name))
        for name in ("imdb", "reuters")
    },
    "california_housing": NamedSet(
        _TABULAR_NUMBERS, partial(_of_keras, "california_housing")
    ),
    **{
        name: NamedSet(_TABULAR_CLASSES, partial(_of_sklearn, f"load_{name}"))
        for name in ("breast_cancer", "iris", "wine")
    },
    **{
        name: NamedSet(_TABULAR_NUMBERS, partial(_of_sklearn, f"load_{name}"))
        for name in ("diabetes", "linnerud")
    },
    "digits": NamedSet(("ImageClassification", "TabularClassification"), _digits),
    "covtype": NamedSet(_TABULAR_CLASSES, partial(_of_sklearn, "fetch_covtype")),
    **{
        name: NamedSet(_IMAGES, partial(_pictures_of_sklearn, f"fetch_{name}"))
        for name in ("lfw_people", "olivetti_faces")
    },
    "20newsgroups": NamedSet(_TEXTS, _newsgroups),
}


def find_named(name: str) -> NamedSet | None:
    """Find a data set; upper and lower case, ``-`` and ``_`` do not matter.

    Parameters
    ----------
    name : str

    Returns
    -------
    named : NamedSet or None

    Examples
    --------
    >>> from skautogen.config.datasets import find_named
    >>> find_named("Fashion-MNIST").tasks
    ('ImageClassification',)
    """
    by_letters = {_letters(each): named for each, named in NAMED.items()}
    return by_letters.get(_letters(name))


def load_named(name: str, task: str) -> Splits:
    """Load a data set, from this machine or else from where it is published.

    Parameters
    ----------
    name : str
    task : str
        What it is for.

    Returns
    -------
    train : tuple of X, y
    test : tuple of X, y, or None

    Raises
    ------
    DownloadError
        If it could not be fetched.
    """
    named = find_named(name)
    assert named is not None
    try:
        return named.load(task)
    except Exception as error:  # Keras raises its own kinds, and Exception itself
        raise DownloadError(
            f"The data set {name!r} is not on this machine, and could not be "
            f"downloaded ({type(error).__name__}: {error}). Try again where there is a "
            "network: it is then kept in ~/.keras or ~/scikit_learn_data, which may be "
            "copied. Or give data of your own: in task.dataset, instead of name, "
            f"{_instead(task)}."
        ) from error


def _instead(task: str) -> str:
    if task.startswith(("Tabular", "Text")):
        return "'path: data.csv' and 'target: the column that is predicted'"
    return "'path: folder', with a folder of files for each class, or 'path: data.npz'"


def _letters(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")
