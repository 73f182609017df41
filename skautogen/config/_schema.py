"""The JSON Schema of configurations, for editors.

After a change of the sections, write it anew::

    python -c "from skautogen.config._schema import write_schema; write_schema()"
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

# Beside this file, and part of the package.
SCHEMA = Path(__file__).with_name("schema.json")


def make_schema() -> str:
    """Write the JSON Schema of the sections as they are.

    Returns
    -------
    schema : str
    """
    from ._config import Config

    schema = _tidied(Config.model_json_schema())
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Configuration of skautogen",
        "description": "What is predicted, and how the network for it is found.",
    }
    text = json.dumps(schema, indent=2)
    # pydantic calls ranges by all that holds for their numbers.
    long = dict.fromkeys(re.findall(r"#/\$defs/((?:Between|Choices)_\w+)", text))
    for number, name in enumerate(long, start=1):
        text = text.replace(f'{name}"', f'{name.partition("_")[0]}{number}"')
    return text + "\n"


def _tidied(node: Any) -> Any:
    """Without the titles that pydantic makes, and with descriptions on one line."""
    if isinstance(node, list):
        return [_tidied(each) for each in node]
    if not isinstance(node, dict):
        return node
    tidied = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "description" and isinstance(value, str):
            value = re.sub(r"\s+", " ", value)
        tidied[key] = _tidied(value)
    # A heading with nothing under it is as good as none.
    if tidied.get("type") == "object" and "required" not in tidied:
        tidied["type"] = ["object", "null"]
    return tidied


def write_schema() -> None:
    """Write the file anew, after a change of the sections."""
    SCHEMA.write_text(make_schema(), encoding="utf-8")
