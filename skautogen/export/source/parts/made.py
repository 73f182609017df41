"""Functions of generated files that are written for each network."""

from typing import Any


def make_preprocessing() -> Any:
    """Stand for the function that makes the preprocessing."""


def build_model(n_features: int) -> Any:
    """Stand for the function that builds the network."""


def train(X: Any, y: Any) -> Any:
    """Stand for the function that trains."""
