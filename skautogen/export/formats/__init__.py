"""The network of an estimator in formats that run without scikit-learn."""

from ._export import FORMATS, PreparationLeftOutWarning, export_network

__all__ = ["FORMATS", "PreparationLeftOutWarning", "export_network"]
