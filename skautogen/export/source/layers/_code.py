"""What a layer becomes: the call that makes it, and the code that this needs."""

from __future__ import annotations

from dataclasses import dataclass

from .._literals import call


@dataclass(frozen=True)
class LayerCode:
    """A layer, or a function of tensors, as source.

    Attributes
    ----------
    function : str
        What is called, such as ``"layers.Dense"``.
    arguments : tuple of str
        In them, ``{x}`` stands for the tensor that is taken.
    parts : tuple of str
        Files of :mod:`..parts` that define it.
    takes_tensor : bool
        Whether the function takes the tensor as its first argument, as functions of
        several layers do, and makes no layer.
    noun : str, default="hidden"
        What is made, where a name is needed for it.
    form : str, default=""
        Of an expression that is no call, such as ``"{0}[:, -1:]"``.
    """

    function: str = ""
    arguments: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    takes_tensor: bool = False
    noun: str = "hidden"
    form: str = ""

    def statement(self, name: str, taken: list[str], indent: int = 4) -> str:
        """Write the layer applied to tensors, and a name for what comes out."""
        if self.form:
            return f"{' ' * indent}{name} = {self.form.format(*taken)}"
        arguments = [each.replace("{x}", taken[0]) for each in self.arguments]
        head = f"{name} = {self.function}("
        if self.takes_tensor:
            return call(head, [*taken, *arguments], "", indent)
        made = f"{head}{', '.join(arguments)})("
        if len(made) + indent <= 88 < len(made) + indent + len(", ".join(taken)) + 1:
            return call(made, taken, "", indent)  # as formatters have it
        return call(head, arguments, f"({', '.join(taken)})", indent)
