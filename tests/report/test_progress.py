"""The progress bar on a terminal, in a file, under pytest, and switched off."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from skautogen.report import SearchProgress

ESCAPE = "\x1b"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """Take away what makes rich believe in, or shun, a terminal."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def clock(monkeypatch):
    """Stop the clock; it moves when told: `clock.now += 60`."""

    class Clock:
        now = 1000.0

    monkeypatch.setattr("time.monotonic", lambda: Clock.now)
    return Clock


class Terminal(io.StringIO):
    def isatty(self):
        return True


def last_line(text):
    return text.splitlines()[-1]


def test_one_plain_line_remains_where_there_is_no_terminal(capsys, clock):
    with SearchProgress(1, total_fits=4) as progress:
        for score in (0.5, 0.75, 0.25):
            clock.now += 30
            progress.advance()
            progress.best(score)
    out, err = capsys.readouterr()
    assert out == ""
    assert ESCAPE not in err
    assert "\r" not in err
    assert len(err.splitlines()) == 1
    assert err.startswith("searching ")
    assert err.endswith(" 3/4 trainings, best 0.75, 0:01:30 (0:00:30 left)\n")


@pytest.mark.parametrize("columns", ["80", "40"])
def test_the_line_stays_one_line_however_narrow(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    with SearchProgress(1, total_fits=2000, time_limit=3600) as progress:
        progress.advance(1999)
        progress.best(-12345.678)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert len(line) <= int(columns) + 1


def test_verbose_0_writes_nothing_and_does_without_rich(capsys, monkeypatch):
    for name in [*sys.modules]:
        if name.split(".")[0] == "rich":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rich", None)  # importing it now fails
    with SearchProgress(0, total_fits=2, time_limit=1.0) as progress:
        progress.advance(2)
        progress.best(0.5)
        progress.add_total(3)
        progress.say("unheard")
    assert capsys.readouterr() == ("", "")


def test_the_folder_is_imported_without_anything_heavy():
    # Counted from scikit-learn on, which itself loads pandas and rich.
    code = (
        "import sys, sklearn.base, sklearn.metrics\n"
        "before = {*sys.modules}\n"
        "import skautogen.report\n"
        "heavy = {'matplotlib', 'pandas', 'rich', 'sklearn', 'tensorflow', 'keras'}\n"
        "print(sorted(heavy & ({*sys.modules} - before)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_messages_are_printed_above_the_bar_as_they_are(capsys):
    message = "candidate [bold]3[/bold] failed :smile: " + 30 * "loss was NaN "
    with SearchProgress(1, total_fits=1) as progress:
        progress.say(message)
    first, second = capsys.readouterr().err.splitlines()
    assert first.rstrip() == message.rstrip()
    assert second.startswith("searching ")


def test_the_best_score_is_the_greatest_and_never_nan(capsys):
    with SearchProgress(1, total_fits=1) as progress:
        assert "best -," in progress.summary
        progress.best(float("nan"))
        assert "best -," in progress.summary
        progress.best(-3.0)
        progress.best(-2.5)
        progress.best(float("nan"))
        progress.best(-7.0)
    assert "best -2.5," in capsys.readouterr().err


def test_time_left_is_unknown_then_extrapolated(capsys, clock):
    with SearchProgress(1, total_fits=10) as progress:
        clock.now += 5
        assert progress.summary.endswith("0:00:05 (-:--:-- left)")
        clock.now += 15
        progress.advance(4)
        assert progress.summary.endswith("0:00:20 (0:00:30 left)")
        progress.add_total(2)
        assert progress.summary.endswith(
            "4/12 trainings, best -, 0:00:20 (0:00:40 left)"
        )
        progress.advance(8)
        assert progress.summary.endswith("(0:00:00 left)")


def test_time_left_is_at_most_what_the_limit_leaves(capsys, clock):
    with SearchProgress(1, total_fits=100, time_limit=60) as progress:
        clock.now += 20
        assert progress.summary.endswith("0:00:20 (0:00:40 left)")
        progress.advance(10)
        assert progress.summary.endswith("(0:00:40 left)")
        progress.advance(70)
        assert progress.summary.endswith("(0:00:05 left)")
        clock.now += 3600
        assert progress.summary.endswith("1:00:20 (0:00:00 left)")


def test_time_runs_from_entering_the_context(capsys, clock):
    progress = SearchProgress(1, total_fits=1, time_limit=60)
    clock.now += 30
    with progress:
        clock.now += 1
        assert progress.summary.endswith("0:00:01 (0:00:59 left)")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_exceptions_pass_and_the_bar_is_closed(monkeypatch, error):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = SearchProgress(1, total_fits=4)
    with pytest.raises(error, match="by design"), progress:  # noqa: PT012
        progress.advance()
        raise error("by design")
    assert sys.stderr is terminal
    assert terminal.getvalue().endswith(f"{ESCAPE}[?25h")  # the cursor is back
    assert "1/4 trainings" in terminal.getvalue()
    written = terminal.getvalue()
    progress.say("too late")
    progress.advance()
    assert terminal.getvalue() == written


def test_a_terminal_sees_the_bar_grow(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with SearchProgress(2, total_fits=2) as progress:
        progress.advance()
        progress.say("half way")
        progress.advance()
    start, end = terminal.getvalue().split("half way")
    assert "0/2 trainings" in start
    assert "2/2 trainings" in end


def test_what_is_printed_goes_to_stdout_where_that_is_a_file(monkeypatch):
    terminal, file = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", file)
    with SearchProgress(1, total_fits=1):
        print("a result")
    assert file.getvalue() == "a result\n"
    assert "a result" not in terminal.getvalue()


def test_two_searches_can_follow_each_other(capsys):
    for _ in range(2):
        with SearchProgress(1, total_fits=1) as progress:
            progress.advance()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all("1/1 trainings" in line for line in lines)
