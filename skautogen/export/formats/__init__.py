"""The network of an estimator in formats that run without scikit-learn."""

from ._export import FORMATS, export_network

__all__ = ["FORMATS", "export_network"]
