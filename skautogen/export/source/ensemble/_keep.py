"""A trained network of an ensemble, and how all are saved and read, as source."""

from __future__ import annotations

from .._fragment import Fragment
from .._task import Task
from .._trained import fields_of
from ..preparers import PreparationSource
from ._builds import BuildsSource

_SAVE = '''\
def model_file(number: int) -> Path:
    """The file of a network."""
    return MODEL.with_stem(f"{{MODEL.stem}}_{{number}}")


def save(trained: Trained) -> None:
    """Write the networks, and what was learned beside them, to files."""
{save}


def load() -> Trained:
    """Read what ``save`` has written."""
    every = [settings for settings in NETWORKS for _ in {folds}]
{read}
    networks = []
{each}
    return networks'''


def _append(kept: list[str]) -> list[str]:
    if len(kept) == 1:
        return [f"        kept.append({{{kept[0]}}})"]
    items = [f"                {each}," for each in kept]
    return ["        kept.append(", "            {", *items, "            }", "        )"]


def network_class(preparation: PreparationSource, task: Task) -> Fragment:
    """Write the class of a trained network."""
    fields = {"weight": "float", **fields_of(preparation, task)}
    lines = ["class Network(NamedTuple):", '    """A trained network."""', ""]
    lines += [f"    {name}: {kind}" for name, kind in fields.items()]
    lines += ["", "", "Trained = list[Network]"]
    imports = ["from typing import NamedTuple", "import keras"]
    if "preprocessing" in fields:
        imports.append("from typing import Any")
    return Fragment.of("\n".join(lines), *imports)


def keep_all_source(
    preparation: PreparationSource, task: Task, builds: BuildsSource, *, has_folds: bool
) -> Fragment:
    """Write ``save`` and ``load``.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task
    builds : BuildsSource
    has_folds : bool
        Whether settings have folds.

    Returns
    -------
    source : Fragment
    """
    fields = fields_of(preparation, task)
    size = preparation.size
    kept, lines, given = [], [], ["settings"] if builds.takes_settings else []
    if size is not None and not size.is_learned:
        kept.append(f'"{size.name}": network.model.input_shape[1]')
        given.append(f'learned["{size.name}"]')
    elif size is not None:
        given.append(size.made)
    made = {"preprocessing": "make_preprocessing()", "target": "TargetScaler()"}
    for name in made.keys() & fields.keys():
        kept.append(f'"{name}": vars(network.{name})')
    for name in (name for name in made if name in fields):
        lines.append(f"{name} = {made[name]}")
        lines.append(f'vars({name}).update(learned["{name}"])')
    build = "settings.build" if len(builds.functions) > 1 else "build_model"
    lines.append(f"model = {build}({', '.join(given)})")
    lines.append("model.load_weights(model_file(number))")
    lines.append(f"networks.append(Network(settings.weight, {', '.join(fields)}))")
    save = ["    for number, network in enumerate(trained, start=1):"]
    save.append("        network.model.save(model_file(number))")
    read, each = "", "    for number, settings in enumerate(every, start=1):"
    imports = ["from pathlib import Path"]
    if kept:
        imports.append("import joblib")
        save.insert(0, "    kept = []")
        save += _append(kept)
        save.append("    joblib.dump(kept, LEARNED)")
        read = "    kept = zip(every, joblib.load(LEARNED), strict=True)"
        each = "    for number, (settings, learned) in enumerate(kept, start=1):"
    code = _SAVE.format(
        save="\n".join(save),
        folds="settings.folds or [None]" if has_folds else "[None]",
        read=read,
        each="\n".join([each, *(f"        {line}" for line in lines)]),
    )
    return Fragment.of(code.replace("\n\n    networks = []", "\n    networks = []"), *imports)
