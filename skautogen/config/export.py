"""The section ``export``: what is written of the network that was found."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from ..export.formats._export import FORMATS
from ._section import Section


def _ending(ending: str) -> AfterValidator:
    def check(path: str) -> str:
        if not path.endswith(ending) or path == ending:
            raise ValueError(f"must be a file that ends with {ending!r}; got {path!r}.")
        return path

    return AfterValidator(check)


def check_module(path: str) -> str:
    """Refuse a path that names no Python module.

    Parameters
    ----------
    path : str

    Returns
    -------
    path : str

    Raises
    ------
    ValueError
        If it does not end in ``.py``, or cannot be imported by its name.
    """
    from pathlib import Path

    if not path.endswith(".py") or not Path(path).stem.isidentifier():
        raise ValueError(
            f"must be a Python module such as 'model.py', to be imported; got {path!r}."
        )
    return path


class Export(Section):
    """What is written, each the path of a file. What is left out is not written."""

    code: Annotated[str, AfterValidator(check_module)] = "model.py"
    """The network, its preparation and its training as a Python file."""
    weights: bool = False
    """Write what the network has learnt beside the Python file."""
    estimator: Annotated[str, _ending(".skautogen")] | None = None
    """The whole fitted estimator, which skautogen.load reads."""
    report: Annotated[str, _ending(".html")] | None = None
    """A page with all there is to know of the search and its result."""
    keras: Annotated[str, _ending(FORMATS["keras"].ending)] | None = None
    """The network for Keras."""
    saved_model: str | None = None
    """The network for TensorFlow: a folder."""
    onnx: Annotated[str, _ending(FORMATS["onnx"].ending)] | None = None
    """The network for any runtime of ONNX."""
    litert: Annotated[str, _ending(FORMATS["litert"].ending)] | None = None
    """The network for LiteRT."""
