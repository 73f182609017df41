"""The example of the page on source code runs as it stands."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "source_code.md"


def test_example_of_the_page_runs(tmp_path, monkeypatch, capsys):
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(block, str(PAGE), "exec"), {"__name__": "__main__"})
    shown = capsys.readouterr().out
    largest = float(re.search(r"largest difference (\S+)", shown)[1])
    assert largest < 1e-5
