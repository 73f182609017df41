"""The command line as a whole: how it starts, and how it ends."""

import subprocess
import sys
import warnings
from types import SimpleNamespace

import pytest

from skautogen import cli
from skautogen.commands._command import NAMES, load_command

HELP = """
import sys
from skautogen.cli import main
try:
    main(sys.argv[1:])
except SystemExit as error:
    assert error.code == 0
heavy = {"tensorflow", "keras", "pandas", "sklearn", "numpy", "scipy", "rich"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["fit", "--help"], ["--version"]], ids=" ".join
)
def test_help_is_instant(arguments):
    ran = subprocess.run(
        [sys.executable, "-c", HELP, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == "[]\n"
    assert "skautogen" in ran.stdout


@pytest.mark.parametrize("name", NAMES)
def test_commands_keep_to_the_protocol(name):
    command = load_command(name)
    assert command.HELP
    assert "\n" not in command.HELP
    assert not command.HELP.endswith(".")
    assert callable(command.add_arguments)
    assert callable(command.run)


def test_help_lists_all_commands(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    for name in NAMES:
        assert f"    {name} " in shown


@pytest.fixture
def end_with(monkeypatch, capsys):
    """Run a command that does something: exit code and stderr."""

    def end_with(do):
        def load(name):
            return SimpleNamespace(
                HELP="stub", add_arguments=lambda parser: None, run=lambda _: do()
            )

        monkeypatch.setattr(cli, "NAMES", ("stub",))
        monkeypatch.setattr(cli, "load_command", load)
        return cli.main(["stub"]), capsys.readouterr().err

    return end_with


def _raising(error):
    def do():
        raise error

    return do


@pytest.mark.parametrize("kind", [ValueError, FileNotFoundError, ImportError])
def test_what_is_the_users(kind, end_with):
    assert end_with(_raising(kind("a.csv is odd."))) == (
        2,
        "skautogen: error: a.csv is odd.\n",
    )


def test_what_cannot_be_saved(end_with):
    from skautogen.persistence import NotSavableError

    code, shown = end_with(_raising(NotSavableError("scoring is yours")))
    assert (code, shown) == (2, "skautogen: error: scoring is yours\n")


def test_what_is_ours(end_with):
    code, shown = end_with(_raising(RuntimeError("oh")))
    assert code == 1
    assert "Traceback" in shown
    assert "RuntimeError: oh" in shown


def test_an_interrupt(end_with):
    assert end_with(_raising(KeyboardInterrupt())) == (
        130,
        "skautogen: interrupted. A search that has finished no candidate keeps "
        "nothing.\n",
    )


ENDLESS = """
import sys
from types import SimpleNamespace
from skautogen import cli
def run(arguments):
    for line in range(100_000):
        print(line)
    return 0
stub = SimpleNamespace(HELP="stub", add_arguments=lambda parser: None, run=run)
cli.NAMES, cli.load_command = ("stub",), lambda name: stub
sys.exit(cli.main(["stub"]))
"""


def test_a_reader_may_have_had_enough():
    ran = subprocess.Popen(
        [sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert ran.stdout.readline() == b"0\n"
    ran.stdout.close()
    assert ran.stderr.read() == b""
    ran.stderr.close()
    assert ran.wait() == 0


def test_warnings_are_lines(end_with):
    def do():
        warnings.warn("mind the gap", stacklevel=1)
        return 0

    assert end_with(do) == (0, "skautogen: warning: mind the gap\n")


def test_without_a_command(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
