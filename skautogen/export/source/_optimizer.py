"""The optimizer of networks, with its schedule, as source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._literals import call, literal
from ._schedules import SCHEDULE_SOURCES

_OPTIMIZERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sgd": ("SGD", ()),
    "momentum": ("SGD", ("momentum=0.9", "nesterov=True")),
    "rmsprop": ("RMSprop", ()),
    "adagrad": ("Adagrad", ()),
    "adam": ("Adam", ()),
    "adamw": ("AdamW", ()),
    "nadam": ("Nadam", ()),
    "lion": ("Lion", ()),
}


def is_scheduled(strategies: Sequence[Any]) -> bool:
    """Whether the rate of any of these strategies changes."""
    return any(SCHEDULE_SOURCES[each.schedule].lines for each in strategies)


def optimizer_source(
    strategies: Sequence[Any], models: Sequence[Any], terms: Mapping[str, str]
) -> str:
    """Write the function ``make_optimizer``.

    Parameters
    ----------
    strategies : sequence of TrainingStrategy
        Of all networks; where they differ, the function has a branch for each.
    models : sequence of keras.Model
        Of these networks.
    terms : mapping of str to str
        What stands for constants that differ from network to network.

    Returns
    -------
    source : str
    """
    scheduled = is_scheduled(strategies)
    taken = ["settings: Settings"] if terms else []
    taken += ["n_steps: int"] if scheduled else []
    with_schedule = ", with its schedule" if scheduled else ""
    head = call("def make_optimizer(", taken, " -> keras.optimizers.Optimizer:", 0)
    return "\n".join(
        [
            head,
            f'    """Make the optimizer{with_schedule}."""',
            *(_make_rate(strategies, terms) if scheduled else []),
            *_make_optimizer(strategies, models, terms, scheduled=scheduled),
        ]
    )


def _make_rate(strategies: Sequence[Any], terms: Mapping[str, str]) -> list[str]:
    """Statements that make ``rate``."""
    branches = {}
    for name in dict.fromkeys(each.schedule for each in strategies):
        branches[name] = list(SCHEDULE_SOURCES[name].lines) or ["rate = LEARNING_RATE"]
    lines = []
    if any("schedules." in line for each in branches.values() for line in each):
        lines.append("    schedules = keras.optimizers.schedules")
    made = _branches("settings.schedule", branches)
    if "LEARNING_RATE" in terms:
        lines.append(f"    learning_rate = {terms['LEARNING_RATE']}")
        made = [line.replace("LEARNING_RATE", "learning_rate") for line in made]
    return lines + made


def _make_optimizer(
    strategies: Sequence[Any],
    models: Sequence[Any],
    terms: Mapping[str, str],
    *,
    scheduled: bool,
) -> list[str]:
    """Statements that make the optimizer of ``rate``, and return it."""
    decays = any(each.weight_decay for each in strategies)
    rate = "rate" if scheduled else terms.get("LEARNING_RATE", "LEARNING_RATE")
    decay = terms.get("WEIGHT_DECAY", "WEIGHT_DECAY")
    names = list(dict.fromkeys(each.optimizer for each in strategies))
    spared = _spared_names(models) if decays else []
    returns = len(names) == 1 and not spared
    branches = {}
    for name in names:
        kind, settings = _OPTIMIZERS[name]
        arguments = [f"learning_rate={rate}", *settings]
        if decays:
            arguments.append(f"weight_decay={decay}")
        elif name == "adamw":
            arguments.append("weight_decay=0.0")
        made = f"{'return' if returns else 'optimizer ='} keras.optimizers.{kind}("
        indent = 4 if len(names) == 1 else 8
        # The indentation comes with the branches.
        written = call(made, arguments, "", indent).splitlines()
        branches[name] = [line[indent:] for line in written]
    lines = _branches("settings.optimizer", branches)
    if spared:
        argument = [f"var_names={literal(spared)}"]
        lines.append(call("optimizer.exclude_from_weight_decay(", argument))
    return lines if returns else [*lines, "    return optimizer"]


def _branches(asked: str, branches: Mapping[str, list[str]]) -> list[str]:
    """Statements by name, of which those of one name are carried out."""
    if len(branches) == 1:
        (lines,) = branches.values()
        return [f"    {line}" for line in lines]
    *first, last = branches
    written = []
    for number, name in enumerate(first):
        word = "elif" if number else "if"
        written.append(f'    {word} {asked} == "{name}":')
        written += [f"        {line}" for line in branches[name]]
    written.append(f"    else:  # {last}")
    return [*written, *(f"        {line}" for line in branches[last])]


def _spared_names(models: Sequence[Any]) -> list[str]:
    """Parts of the names of variables that do not decay; those that there are."""
    from ...training._optimizers import _DO_NOT_DECAY

    variables = (each for model in models for each in model.trainable_variables)
    names = {variable.name for variable in variables}
    return [part for part in _DO_NOT_DECAY if any(part in name for name in names)]
