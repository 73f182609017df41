"""The function that trains all networks of an ensemble, as source."""

from __future__ import annotations

from .._fragment import Fragment
from .._literals import call
from ..preparers import PreparationSource
from ._folds import Folds

_ON_FOLDS = '''\
def train(X: {inputs}, y: np.ndarray) -> Trained:
    """Train all networks."""
{splitter}
    parts = [rows for rows, _ in splitter.split(X, y)]
    n_networks = sum(len(settings.folds) or 1 for settings in NETWORKS)
    networks = []
    for settings in NETWORKS:
        for rows in [parts[fold] for fold in settings.folds] or [np.arange(len(X))]:
            networks.append(train_network(settings, {taken}, y[rows]))
            loss = networks[-1].model.history.history["loss"][-1]
            print(f"network {{len(networks)}} of {{n_networks}}  loss {{loss:.4f}}")
    return networks'''

_ON_ALL = '''\
def train(X: {inputs}, y: np.ndarray) -> Trained:
    """Train all networks."""
    networks = []
    for settings in NETWORKS:
        networks.append(train_network(settings, X, y))
        loss = networks[-1].model.history.history["loss"][-1]
        print(f"network {{len(networks)}} of {{len(NETWORKS)}}  loss {{loss:.4f}}")
    return networks'''

_TAKEN = {
    "pd.DataFrame": "X.iloc[rows]",
    "list[str]": "[X[row] for row in rows]",
    "np.ndarray": "X[rows]",
}


def train_all_source(
    preparation: PreparationSource, folds: Folds | None, *, stratifies: bool
) -> Fragment:
    """Write the function ``train``.

    Parameters
    ----------
    preparation : PreparationSource
    folds : Folds or None
        What networks are trained on; ``None`` where it is all rows for each.
    stratifies : bool
        Whether folds have the shares of the classes.

    Returns
    -------
    source : Fragment
    """
    imports = ["import numpy as np", *preparation.imports_of_inputs]
    inputs = preparation.inputs
    if folds is None:
        return Fragment.of(_ON_ALL.format(inputs=inputs), *imports)
    splitter, arguments = folds.splitter(stratifies=stratifies)
    imports.append(f"from sklearn.model_selection import {splitter}")
    made = call(f"splitter = {splitter}(", [*arguments, "random_state=SEED"])
    code = _ON_FOLDS.format(inputs=inputs, splitter=made, taken=_TAKEN[inputs])
    return Fragment.of(code, *imports)
