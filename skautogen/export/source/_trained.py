"""What training makes, and how it is written to files and read again, as source."""

from __future__ import annotations

from ._fragment import Fragment
from ._task import Task
from .preparers import PreparationSource


def stands_for(preparation: PreparationSource, task: Task) -> dict[str, str]:
    """What names in files of :mod:`.parts` stand for, as regular expressions.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task

    Returns
    -------
    replaced : dict of str -> str
        In the order in which they are replaced.
    """
    replaced = stands_for_inputs(preparation)
    if preparation.is_raw:
        replaced[r"\btrained\.preprocessing\.transform\(X\)"] = "X"
        if task.is_classifier:  # the model is all there is
            replaced |= {
                r"\btrained\.model\b": "model",
                r"\btrained\b": "model",
                r"\bTrained\b": "keras.Model",
            }
    return replaced


def stands_for_inputs(preparation: PreparationSource) -> dict[str, str]:
    """What names stand for that are of the preparation alone."""
    return {r"\bInputs\b": preparation.inputs, **preparation.stands_for}


def trained_source(preparation: PreparationSource, task: Task) -> list[Fragment]:
    """Write the class ``Trained``, where there is one.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task

    Returns
    -------
    source : list of Fragment
    """
    fields = fields_of(preparation, task)
    if fields == {"model": "keras.Model"}:
        return []
    lines = ["class Trained(NamedTuple):", '    """What training makes."""', ""]
    lines += [f"    {name}: {kind}" for name, kind in fields.items()]
    imports = ["from typing import NamedTuple", "import keras"]
    if "preprocessing" in fields:
        imports.append("from typing import Any")
    return [Fragment.of("\n".join(lines), *imports)]


def keep_source(preparation: PreparationSource, task: Task) -> Fragment:
    """Write ``save`` and ``load``.

    Parameters
    ----------
    preparation : PreparationSource
    task : Task

    Returns
    -------
    source : Fragment
    """
    fields = fields_of(preparation, task)
    if fields == {"model": "keras.Model"}:
        return Fragment.of(_KEEP_MODEL, "import keras")
    kept, made, updated = [], {}, []
    size = preparation.size
    n_in_all = ""
    if size is not None and not size.is_learned:
        kept.append(f'"{size.name}": trained.model.input_shape[1]')
        n_in_all = f'learned["{size.name}"]'
    elif size is not None:
        n_in_all = size.made
    if "preprocessing" in fields:
        made["preprocessing"] = "make_preprocessing()"
    if "target" in fields:
        made["target"] = "TargetScaler()"
    for name in made:
        kept.append(f'"{name}": vars(trained.{name})')
        updated.append(f'    vars({name}).update(learned["{name}"])')
    dump = [f"        {{{kept[0]}}}, LEARNED"]
    if len(kept) > 1:
        dump = ["        {", *(f"            {each}," for each in kept), "        },"]
        dump.append("        LEARNED,")
    dump = ["    joblib.dump(", *dump, "    )"]
    if len(kept) == 1:
        dump = [f"    joblib.dump({{{kept[0]}}}, LEARNED)"]
    lines = [
        "def save(trained: Trained) -> None:",
        '    """Write the network, and what was learned beside it, to files."""',
        "    trained.model.save(MODEL)",
        *dump,
        "",
        "",
        "def load() -> Trained:",
        '    """Read what ``save`` has written."""',
        "    learned = joblib.load(LEARNED)",
        f"    {', '.join(made)} = {', '.join(made.values())}",
        *updated,
        f"    model = build_model({n_in_all})",
        "    model.load_weights(MODEL)",
        f"    return Trained({', '.join(fields)})",
    ]
    return Fragment.of("\n".join(lines), "import joblib")


def fields_of(preparation: PreparationSource, task: Task) -> dict[str, str]:
    """Names and types of what training makes."""
    fields = {}
    if not preparation.is_raw:
        fields["preprocessing"] = "Any"
    if not task.is_classifier:
        fields["target"] = "TargetScaler"
    return {**fields, "model": "keras.Model"}


_KEEP_MODEL = '''\
def save(model: keras.Model) -> None:
    """Write the network beside this file."""
    model.save(MODEL)


def load() -> keras.Model:
    """Read what ``save`` has written."""
    model = build_model()
    model.load_weights(MODEL)
    return model'''
