"""What editors and people are told of configurations."""

from __future__ import annotations

import json

import yaml

from skautogen.config import SCHEMA, Config, parse_config
from skautogen.config._schema import make_schema
from skautogen.config._template import make_template

TASK = {"name": "TabularClassification", "dataset": {"name": "iris"}}


def test_the_schema_is_current():
    # If not: python -c "from skautogen.config._schema import write_schema; ..."
    # Versions of pydantic differ in how they write 1.0.
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == json.loads(make_schema())


def test_the_schema_explains_every_key():
    schema = json.loads(make_schema())
    sections = [schema, *schema["$defs"].values()]
    properties = [
        each for one in sections for each in one.get("properties", {}).items()
    ]
    assert {"n_iter", "learning_rate", "onnx", "layers"} <= dict(properties).keys()
    for name, about in properties:
        assert "description" in about or "$ref" in about, name
    assert "adam" in json.dumps(schema["$defs"]["Training"])


def test_a_template_is_a_configuration_with_nothing_but_the_task():
    text = make_template({"task": TASK}, "config.yaml")
    assert parse_config(text) == Config.model_validate({"task": TASK})
    assert yaml.safe_load(text)["task"] == TASK


def test_a_template_has_every_key_with_its_default():
    text = make_template({"task": TASK}, "config.yaml")
    filled = parse_config(text).model_dump(exclude={"task"})
    for section, keys in filled.items():
        assert f"\n{section}:\n" in text
        for key, value in keys.items():
            [line] = [each for each in text.splitlines() if f"  # {key}: " in each]
            assert yaml.safe_load(line.removeprefix("  # ")) == {key: value}
    assert max(map(len, text.splitlines()[1:])) <= 88


def test_the_defaults_of_a_template_can_be_taken_out_of_their_comments():
    text = make_template({"task": TASK}, "config.yaml")
    for name in ("n_iter", "cv", "scoring", "layers", "epochs", "optimizer", "onnx"):
        uncommented = text.replace(f"  # {name}: ", f"  {name}: ")
        assert uncommented != text
        assert parse_config(uncommented) == parse_config(text)
