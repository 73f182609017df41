"""The part of the page about settings, versions, and how to get the same again."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Sequence
from typing import Any

import numpy as np

from ._html import (
    Html,
    code,
    details,
    element,
    join,
    paragraph,
    table,
)
from ._settings_text import Setting, changed_settings, write_call

_PACKAGES = ("skautogen", "scikit-learn", "scikeras", "keras", "numpy", "pandas")


def settings_section(estimator: Any) -> Html:
    """The program that fits the same again, all settings, and versions."""
    name = type(estimator).__name__
    settings = changed_settings(estimator)
    record = estimator._record
    given = "X, y"
    given += ", sample_weight=sample_weight" * record.has_weights
    given += ", groups=groups" * record.has_groups
    program = (
        f"from skautogen import {name}\n\n"
        f"model = {write_call(name, settings)}\nmodel.fit({given})\n"
    )
    parameters = [
        (key, Setting.of(key, value).text)
        for key, value in estimator.get_params(deep=False).items()
    ]
    pieces = [
        code(program),
        *(
            paragraph(each, is_note=True)
            for each in _what_may_differ(estimator, settings)
        ),
        paragraph(
            Html(
                "A fitted model is kept with "
                '<code>joblib.dump(model, "model.joblib")</code>; it holds none of the '
                "rows it was trained on."
            )
        ),
        element("h3", "Versions"),
        table(["package", "version"], _versions(), name="Versions"),
        details(
            "all parameters",
            table(["parameter", "value"], parameters, name="Parameters"),
        ),
    ]
    return join(pieces)


def _what_may_differ(estimator: Any, settings: Sequence[Setting]) -> list[str]:
    notes = []
    in_part = [each.name for each in settings if not each.is_whole]
    if in_part:
        notes.append(
            f"Not a whole program: of {', '.join(in_part)} there is no text that "
            "Python reads, or only a part of it. Write there what you gave."
        )
    to_import = sorted({name for each in settings for name in each.to_import})
    if to_import:
        notes.append(f"To be imported first: {', '.join(to_import)}.")
    if not isinstance(estimator.random_state, (int, np.integer)):
        notes.append(
            f"random_state was {estimator.random_state!r}: another fit finds another "
            "network. With a whole number it finds the same."
        )
    if estimator.time_limit is not None:
        notes.append(
            "There was a time_limit: what is tried depends on how fast the machine is."
        )
    return notes


def _versions() -> Sequence[tuple[str, str]]:
    from .._backend import load_keras

    backend = load_keras().backend.backend()
    versions = [("Python", platform.python_version())]
    for package in (*_PACKAGES, backend):
        try:
            versions.append((package, importlib.metadata.version(package)))
        except importlib.metadata.PackageNotFoundError:  # such as a checkout
            continue
    return [*versions, ("operating system", platform.system())]
