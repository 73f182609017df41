"""Every block of YAML in the documentation is a configuration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skautogen.config import parse_config

DOCS = Path(__file__).parents[2]
BLOCKS = [
    block
    for file in (DOCS / "docs" / "configuration.md", DOCS / "README.md")
    for block in re.findall(
        r"^```yaml\n(.*?)^```", file.read_text("utf-8"), re.M | re.S
    )
]


@pytest.mark.parametrize("block", BLOCKS)
def test_blocks_are_configurations(block, monkeypatch):
    monkeypatch.setattr("skautogen.config._checks._is_there", lambda module: True)
    assert parse_config(block).make_estimator().input_kind


def test_there_are_blocks():
    assert len(BLOCKS) >= 5


PROGRAMS = re.findall(
    r"^```python\n(.*?)^```",
    (DOCS / "docs" / "configuration.md").read_text("utf-8"),
    re.M | re.S,
)


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_run(program, capsys):
    exec(program, {})
    assert capsys.readouterr().out
