"""Operations on tensors that are no layers, as source."""

from __future__ import annotations

from typing import Any

from .._refusal import CannotGenerateError
from ._code import LayerCode

# By the names of Keras' classes. ``{0}`` is the first argument of the call.
_OPERATIONS = {
    "GetItem": LayerCode(form="{0}[{1}]", noun="part"),
    "Greater": LayerCode(form="{0} > {1}", noun="is_there"),
    "NotEqual": LayerCode(form="ops.not_equal({0}, {1})", noun="is_there"),
}


def operation(each: Any) -> LayerCode:
    """Write an operation of Keras' such as ``x[..., -1:]``.

    Raises
    ------
    CannotGenerateError
        If it is not among the few that are known.
    """
    name = type(each).__name__
    if name == "Cast":
        return LayerCode(form=f'ops.cast({{0}}, "{each.dtype}")', noun="number")
    if name == "ExpandDims":
        form = f"ops.expand_dims({{0}}, {each.axis})"
        return LayerCode(form=form, noun="number")
    if name not in _OPERATIONS:
        known = ", ".join(["Cast", "ExpandDims", *_OPERATIONS])
        raise CannotGenerateError(
            f"The network computes {name} ({each.name!r}), which cannot be written as "
            f"source. Operations that can are {known}; use a layer of Keras'."
        )
    return _OPERATIONS[name]
