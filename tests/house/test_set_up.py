"""The set-up: it repairs itself, and its troubles are sentences."""

from __future__ import annotations

import ast
import errno
import json
import runpy
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from tools import commands, environment, pip, places, prepare
from tools.environment import Environment
from tools.say import HouseError

Version = namedtuple("Version", ["major", "minor", "micro", "releaselevel", "serial"])


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 14)])
def test_another_python_gets_one_sentence(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(*version, 0, "final", 0))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(places.ROOT / "run.py"), run_name="__main__")
    sentence = str(ended.value.code)
    assert f"This is Python {version[0]}.{version[1]} " in sentence
    assert "needs Python 3.11, 3.12 or 3.13" in sentence


def test_an_old_python_can_read_run_py() -> None:
    text = (places.ROOT / "run.py").read_text(encoding="ascii")
    tree = ast.parse(text, feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """pip is not run: what it was asked is noted here."""
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(environment.pip, "install", lambda *words: asked.append(words))
    return asked


@pytest.fixture
def made(
    installs: list[tuple[object, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Environment:
    """An environment about to be made, with a real interpreter and a noted pip."""
    monkeypatch.setattr(environment, "pip_wheel", lambda: tmp_path / "pip.whl")
    return Environment(tmp_path / "venv", places.RUNTIME_LOCK)


def test_a_second_run_installs_nothing(
    made: Environment, installs: list[tuple[object, ...]]
) -> None:
    made.ready()
    assert len(installs) == 2  # pip into itself, and the lock
    made.ready()
    assert len(installs) == 2


def test_an_interrupted_set_up_is_repaired(
    made: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr(made, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made.ready()
    (made.folder / "half").mkdir()
    assert not made.whole()
    made.ready()
    assert made.whole()
    assert not (made.folder / "half").exists()


def test_another_lock_makes_the_environment_anew(made: Environment, tmp_path: Path) -> None:
    made.ready()
    record = made.folder / "vermilion-setup.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "packages": "of another lock"}))
    (made.folder / "lingering").write_text("")
    made.ready()
    assert not (made.folder / "lingering").exists()


def test_a_folder_that_is_not_ours_is_left_alone(made: Environment) -> None:
    made.folder.mkdir()
    (made.folder / "work").write_text("mine")
    with pytest.raises(HouseError, match=r"not made by run\.py"):
        made.ready()
    assert (made.folder / "work").read_text() == "mine"


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "is full"),
        ("WARNING: ... connection broken by 'NewConnectionError'", "could not be reached"),
        ("... Temporary failure in name resolution", "could not be reached"),
        ("SSLError(... CERTIFICATE_VERIFY_FAILED ...)", "certificate is not trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM ...", "not the one that is locked"),
        ("ERROR: Something else.", "Something else."),
        ("", "ended early"),
    ],
)
def test_a_failure_of_pip_becomes_one_sentence(output: str, sentence: str) -> None:
    said = pip.sentence(output)
    assert sentence in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/x"), "/srv/x can't be written"),
        (HouseError("The reason and the way out."), "The reason and the way out."),
    ],
)
def test_a_trouble_ends_the_command_with_its_sentence(
    error: Exception,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(commands, "CACHE", tmp_path)
    monkeypatch.setattr(commands.lock, "lock", fail)
    assert commands.main(["lock"]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_the_demo_names_a_photo_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(commands, "CACHE", tmp_path)
    assert commands.main(["demo", "--photo", str(tmp_path / "none.jpg")]) == 1
    assert "none.jpg" in capsys.readouterr().err


def test_the_tools_need_the_standard_library_only() -> None:
    """They run before anything is installed: -I -S leaves no site-packages to lean on."""
    program = f"import sys; sys.path.insert(0, {str(places.ROOT)!r}); import tools.commands"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)


def test_the_portrait_is_the_one_that_is_pinned() -> None:
    if not places.PORTRAIT.is_file():
        pytest.skip("no portrait here: `python3 run.py demo` fetches it")
    from build_models import fetch

    fetch.checked(places.PORTRAIT.read_bytes(), prepare.PORTRAIT_SHA256, "the portrait")
