"""Networks of several settings as functions that build them: one for each structure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .._convolve import join_convolutions
from .._fragment import Fragment
from .._network import functional, write_build
from .._steps import Step, is_tensor, read_steps
from ..preparers import PreparationSource
from ._table import Table


@dataclass(frozen=True)
class BuildsSource:
    """What builds the networks.

    Attributes
    ----------
    parts : tuple of str
        Files of :mod:`..parts` that they need.
    functions : list of Fragment
    names : list of str
        Of the function, for each network.
    takes_settings : bool
        Whether the functions take settings.
    """

    parts: tuple[str, ...]
    functions: list[Fragment]
    names: list[str]
    takes_settings: bool


@dataclass(frozen=True)
class _Read:
    """A network that was read."""

    place: int
    architecture: str
    model: Any
    steps: list[Step]

    @property
    def structure(self) -> tuple[Any, ...]:
        """What networks have in common that one function builds."""
        made = {id(self.model.inputs[0]): -1}
        made |= {id(step.made): number for number, step in enumerate(self.steps)}
        return (
            self.architecture,
            *(
                (
                    step.code.function,
                    step.code.form,
                    tuple(_keyword(each) for each in step.code.arguments),
                    _plain(step.arguments, made),
                    _plain(step.keywords, made),
                )
                for step in self.steps
            ),
        )


def builds_source(
    models: Sequence[Any],
    architectures: Sequence[str],
    task: str,
    preparations: Sequence[PreparationSource],
    table: Table,
) -> BuildsSource:
    """Write a function for each structure; what differs within is in the table.

    Parameters
    ----------
    models : sequence of keras.Model
        Functional, of one input and one output.
    architectures : sequence of str
        The names of their architectures.
    task : str
        What is predicted, in words.
    preparations : sequence of PreparationSource
        Of what each network takes.
    table : Table
        It is given the settings.

    Returns
    -------
    source : BuildsSource
    """
    groups = _group(models, architectures, preparations)
    several = len(groups) > 1
    settings = {id(group): _settings_of(group, table) for group in groups}
    takes_settings = several or any(
        "settings." in argument
        for steps in settings.values()
        for step in steps
        for argument in step.code.arguments
    )
    names: list[str] = [""] * len(models)
    functions: list[Fragment] = []
    parts: dict[str, None] = {}
    taken = ("settings: Settings",) if takes_settings else ()
    for group in groups:
        architecture = group[0].architecture
        same = [each for each in groups if each[0].architecture == architecture]
        number = f"_{same.index(group) + 1}" if len(same) > 1 else ""
        word = re.sub(r"\W+", "_", architecture).strip("_")  # of "<lambda>" too
        name = f"build_{word}{number}" if several else "build_model"
        for each in group:
            names[each.place] = name
        built = write_build(
            group[0].model,
            settings[id(group)],
            preparations[group[0].place],
            f"{architecture} for {task}",
            name,
            taken,
        )
        functions.append(built.build)
        parts |= dict.fromkeys(built.parts)
    return BuildsSource(tuple(parts), functions, names, takes_settings)


def _group(
    models: Sequence[Any],
    architectures: Sequence[str],
    preparations: Sequence[PreparationSource],
) -> list[list[_Read]]:
    """Networks of one structure together, in the order of the first of each."""
    # Where some have a dropout and others none, all have one, which may be 0.
    found = [
        _grouped(models, architectures, preparations, keeps_dropout=keeps)
        for keeps in (False, True)
    ]
    return min(found, key=len)


def _grouped(
    models: Sequence[Any],
    architectures: Sequence[str],
    preparations: Sequence[PreparationSource],
    *,
    keeps_dropout: bool,
) -> list[list[_Read]]:
    groups: dict[tuple[Any, ...], list[_Read]] = {}
    for place, model in enumerate(map(functional, models)):
        size = preparations[place].size
        steps = read_steps(model, size, keeps_dropout=keeps_dropout)
        read = _Read(place, architectures[place], model, join_convolutions(steps))
        groups.setdefault(read.structure, []).append(read)
    return list(groups.values())


def _settings_of(group: list[_Read], table: Table) -> list[Step]:
    """The steps of a group, with settings in the place of what differs."""
    places = [each.place for each in group]
    steps = []
    for number, step in enumerate(group[0].steps):
        arguments = []
        for position, argument in enumerate(step.code.arguments):
            every = [each.steps[number].code.arguments[position] for each in group]
            if len(set(every)) > 1:
                keyword = _keyword(argument)
                values = [each.removeprefix(f"{keyword}=") for each in every]
                name = _name(step.code.function, keyword, position)
                setting = table.add(name, dict(zip(places, values, strict=True)))
                argument = f"{keyword}={setting}" if keyword else setting
            arguments.append(argument)
        steps.append(replace(step, code=replace(step.code, arguments=tuple(arguments))))
    return steps


# What settings are called that have no keyword.
_NAMES = {
    "convolve": ("filters", "kernel_size"),
    "layers.Activation": ("activation",),
    "layers.AveragePooling2D": ("pool_size",),
    "layers.Conv1D": ("filters", "kernel_size"),
    "layers.Conv2D": ("filters", "kernel_size"),
    "layers.Dense": ("units",),
    "layers.DepthwiseConv2D": ("kernel_size",),
    "layers.Dropout": ("dropout",),
    "layers.Embedding": ("n_tokens", "dimension"),
    "layers.GRU": ("units",),
    "layers.LSTM": ("units",),
    "layers.MultiHeadAttention": ("n_heads", "key_dim"),
    "layers.Rescaling": ("scale",),
    "MemberHeads": ("n_members", "n_outputs"),
    "MemberInputs": ("n_members",),
}


def _name(function: str, keyword: str, position: int) -> str:
    known = _NAMES.get(function, ())
    return keyword or (known[position] if position < len(known) else "value")


def _keyword(argument: str) -> str:
    """``"rate"`` of ``"rate=0.1"``; nothing of an argument without a keyword."""
    word, sign, _ = argument.partition("=")
    return word if sign and word.isidentifier() else ""


def _plain(value: Any, made: dict[int, int]) -> Any:
    """Arguments of a call, with numbers of steps in the place of what these make."""
    if is_tensor(value):
        return ("made", made.get(id(value)))
    if isinstance(value, (list, tuple)):
        return tuple(_plain(each, made) for each in value)
    if isinstance(value, dict):
        return tuple((name, _plain(each, made)) for name, each in value.items())
    return repr(value)
