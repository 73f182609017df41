"""The examples of the page on source code run as they stand."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "source_code.md"


def test_examples_of_the_page_run(tmp_path, monkeypatch, capsys):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile("\n".join(blocks), str(PAGE), "exec"), {"__name__": "__main__"})
    shown = capsys.readouterr().out
    largest = re.findall(r"largest difference.* (\S+)$", shown, re.MULTILINE)
    assert len(largest) == 2
    assert max(map(float, largest)) < 1e-5
