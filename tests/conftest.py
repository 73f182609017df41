"""What tests of several files share."""

import pytest

# Files that take longest. They begin first, so that no worker is left alone with one.
LONGEST = (
    "tests/test_estimator_checks.py",
    "tests/training/test_stacked.py",
    "tests/export/test_source.py",
    "tests/test_budget.py",
    "tests/test_persistence_file.py",
    "tests/search/test_strategies.py",
    "tests/test_manners.py",
    "tests/training/test_traced.py",
    "tests/architectures/test_sequences.py",
    "tests/test_builders.py",
    "tests/test_examples.py",
    "README.md",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the longest files first; all else stays in its order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(
        key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST))
    )


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
