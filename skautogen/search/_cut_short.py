"""Whether a time limit has ended a training."""

from __future__ import annotations

from typing import Any

import numpy as np


def was_cut_short(network: Any) -> bool:
    """Whether a training ended before its last epoch, and not by early stopping.

    Parameters
    ----------
    network : NetworkClassifier or NetworkRegressor
        Fitted.

    Returns
    -------
    was_cut_short : bool
        False for networks with callbacks of the user's: these may end a training, and
        an engine that cuts short does not take them.
    """
    history, strategy = network.history_, network.strategy
    n_epochs = len(history["loss"])
    if network.callbacks or n_epochs >= strategy.last_epoch:
        return False
    if "val_loss" not in history:
        return True
    n_since_best = n_epochs - 1 - int(np.argmin(history["val_loss"]))
    return n_since_best < strategy.patience
