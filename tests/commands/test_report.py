"""skautogen report and skautogen export."""

import json

import pytest


@pytest.mark.parametrize("data", [[], ["test.csv"]])
def test_report(run, folder, data):
    pytest.importorskip("matplotlib")
    code, _, err = run("report", "churn.skautogen", *data, "-o", "page.html")
    assert (code, err) == (0, "Page: page.html\n")
    page = (folder / "page.html").read_text()
    assert ("Confusion" in page or "confusion" in page) == bool(data)


def test_a_report_is_not_lost(run, folder):
    (folder / "page.html").write_text("mine")
    code, _, err = run("report", "churn.skautogen", "-o", "page.html")
    assert code == 2
    assert "page.html is there already" in err
    assert (folder / "page.html").read_text() == "mine"


def test_export(run, folder):
    arguments = ("export", "churn.skautogen", "--format", "keras", "-o")
    code, _, err = run(*arguments, "net.keras")
    assert code == 0
    assert "What to feed, and what it answers: net.keras.json" in err
    told = json.loads((folder / "net.keras.json").read_text())
    assert [each["name"] for each in told["input"]["columns"]] == ["age", "city"]
    assert (folder / "net.keras").stat().st_size > 1000


def test_what_to_feed_is_not_lost(run, folder):
    (folder / "net.keras.json").write_text("mine")
    arguments = ("export", "churn.skautogen", "--format", "keras", "-o", "net.keras")
    code, _, err = run(*arguments)
    assert code == 2
    assert "net.keras.json is there already" in err
    assert (folder / "net.keras.json").read_text() == "mine"
    assert not (folder / "net.keras").exists()


def test_export_in_another_format(run, folder):
    arguments = ("export", "churn.skautogen", "--format", "onx", "-o", "net.onnx")
    code, _, err = run(*arguments)
    assert code == 2
    assert "Did you mean 'onnx'?" in err
