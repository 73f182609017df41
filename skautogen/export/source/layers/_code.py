"""What a layer becomes: the call that makes it, and the code that this needs."""

from __future__ import annotations

from dataclasses import dataclass

from .._literals import call


@dataclass(frozen=True)
class LayerCode:
    """A layer as source.

    Attributes
    ----------
    function : str
        What is called, such as ``"layers.Dense"``.
    arguments : tuple of str
    parts : tuple of str
        Files of :mod:`..parts` that define it.
    takes_tensor : bool
        Whether the function takes the tensor as its first argument, as functions of
        several layers do, and makes no layer.
    """

    function: str
    arguments: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    takes_tensor: bool = False

    def statement(self, name: str, tensor: str, indent: int = 4) -> str:
        """Write the layer applied to a tensor, and a name for what comes out."""
        head = f"{name} = {self.function}("
        if self.takes_tensor:
            return call(head, [tensor, *self.arguments], "", indent)
        return call(head, self.arguments, f"({tensor})", indent)
