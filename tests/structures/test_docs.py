"""The examples of docs/structures.md run."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "structures.md"


def test_examples_of_the_page_run(capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    assert len(blocks) == 3
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})
    printed = capsys.readouterr().out
    accuracy = re.search(r"accuracy (0\.\d+)", printed)
    assert accuracy is not None
    assert float(accuracy[1]) > 0.9
    assert "numbers(n_frequencies=" in printed
    assert "stem:" in printed
