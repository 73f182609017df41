"""What tests of several files share."""

import pytest


@pytest.fixture(scope="session")
def fast():
    """Settings of a search over one small network, which learns in about a second."""
    return {
        "architecture": "mlp",
        "n_iter": 1,
        "cv": 2,
        "epochs": 15,
        "param_space": {"hidden_layer_sizes": [(16,)], "learning_rate": [0.03]},
        "random_state": 0,
    }
