"""How a run ends: help, one sentence, an exit code, never a traceback."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.wrong_input import phantom
from vermilion import __version__
from vermilion.cli import main as main_module
from vermilion.cli.main import COMMANDS, program, run
from vermilion.errors import PhotoError, VermilionError
from vermilion.photo.save import encode_png


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group whose `measure` ends as the test says."""

    def install(error: BaseException) -> None:
        @click.command("measure")
        def command() -> None:
            raise error

        monkeypatch.setattr(main_module.Commands, "get_command", lambda *_: command, raising=True)

    return install  # type: ignore[return-value]


def test_help_lists_all_commands_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Examples:" in out
    for name, words in COMMANDS.items():
        assert name in out
        assert words in out


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nope"], ["--nope"], ["measure", "--nope", "a"]])
def test_a_usage_mistake_ends_with_2_and_a_hint(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert "--help" in capsys.readouterr().err


def every_error() -> list[type[VermilionError]]:
    return [VermilionError, *VermilionError.__subclasses__()]


@pytest.mark.parametrize("kind", every_error())
def test_an_error_of_the_house_is_one_sentence_with_its_own_code(
    kind: type[VermilionError], broken: object, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(kind("this came", "that is wanted", "do it"))  # type: ignore[operator]
    assert run(["measure"]) == kind.exit_code
    assert capsys.readouterr().err == "this came; that is wanted; do it.\n"


def test_exit_codes_are_all_different() -> None:
    codes = [kind.exit_code for kind in every_error()]
    assert len(set(codes)) == len(codes)


def test_the_unforeseen_is_one_sentence_without_traceback(
    broken: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VERMILION_DEBUG", raising=False)
    broken(ZeroDivisionError("division\nby zero"))  # type: ignore[operator]
    assert run(["measure"]) == 70
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "report" in err


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_traceback_is_shown_when_asked_for(
    way: str,
    broken: object,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(PhotoError("this came"))  # type: ignore[operator]
    if way == "variable":
        monkeypatch.setenv("VERMILION_DEBUG", "1")
    assert run([*(["--debug"] if way == "option" else []), "measure"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_ends_quietly(broken: object, capsys: pytest.CaptureFixture[str]) -> None:
    broken(KeyboardInterrupt())  # type: ignore[operator]
    assert run(["measure"]) == 130
    assert capsys.readouterr().err.strip() == "stopped."


def test_without_a_command_help_is_shown_as_it_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run([]) == 2
    bare = capsys.readouterr().err
    assert run(["--help"]) == 0
    assert bare.strip() == capsys.readouterr().out.strip()


def test_an_option_that_lacks_a_value_is_looked_up_in_its_own_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["measure", "a.jpg", "--reference-mm", "30"]) == 2
    assert "`vermilion measure --help`" in capsys.readouterr().err


def test_a_full_disk_behind_the_output_is_said(
    broken: object, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(OSError(errno.ENOSPC, "No space left on device"))  # type: ignore[operator]
    assert run(["measure"]) == 8
    assert "No space left" in capsys.readouterr().err


def test_a_closed_output_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["--version"]) == 0


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whoever_stops_it_or_closes_its_window_finds_nothing_half_made(
    number: signal.Signals, tmp_path: Path
) -> None:
    words = (
        "import os, signal, sys; from vermilion.cli import consult, main; "
        # a test run in the background hands on that it ignores Ctrl-C
        "signal.signal(signal.SIGINT, signal.default_int_handler); "
        f"consult._write = lambda *_: os.kill(os.getpid(), {int(number)}); "
        "main.main()"
    )
    photo = tmp_path / "photo.png"
    photo.write_bytes(encode_png(phantom()))
    said = ["consult", str(photo), "--rise-mm", "0.5", "-o", str(tmp_path / "report")]
    done = subprocess.run(
        [sys.executable, "-c", words, *said], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (130, "stopped.")
    assert os.listdir(tmp_path) == ["photo.png"]


def test_a_missing_package_is_named(broken: object, capsys: pytest.CaptureFixture[str]) -> None:
    broken(ModuleNotFoundError("no", name="onnxruntime"))  # type: ignore[operator]
    assert run(["measure"]) == 10
    assert "onnxruntime" in capsys.readouterr().err


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Example" in out
    assert f"vermilion {name}" in out
    context = click.Context(program)
    command = program.get_command(context, name)
    assert command is not None
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.name} has no help"


def test_the_program_runs_as_a_module_and_closes_a_broken_pipe_quietly() -> None:
    source = str(Path(main_module.__file__).parents[2])
    environment = os.environ | {"PYTHONPATH": source}
    done = subprocess.run(
        f"{sys.executable} -m vermilion phantom --list | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert len(done.stdout) == 1
    assert done.stderr == ""


def test_phantom_writes_a_picture_and_its_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["phantom", "-o", str(tmp_path / "ph"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert Path(told["picture"]).stat().st_size > 10_000
    assert json.loads(Path(told["truth"]).read_text("utf-8"))["scene"] == "frontal"


def test_phantom_lists_its_scenes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["phantom", "--list"]) == 0
    assert "frontal" in capsys.readouterr().out.split()


def test_phantom_without_a_folder_says_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["phantom"]) == 2
    assert "-o" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["measure"], "missing argument 'PHOTO'; `vermilion measure --help` shows"),
        (["measure", "--foo", "a.jpg"], "no such option '--foo'; `vermilion measure --help`"),
        (["preview", "a.jpg", "--units", "x", "-o", "b.png"], "'x' is not a valid float"),
        (["nonsense"], "no such command 'nonsense'; `vermilion --help`"),
        (["preview", "--blush", "client.jpg", "-o", "b.png"], "'client.jpg' stands after --blush"),
    ],
)
def test_a_command_typed_wrongly_is_one_sentence_with_a_way_on(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
