"""The commands of the studio speak the language that is asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from vermilion.cli import studio_options
from vermilion.cli.main import run
from vermilion.cli.studio_options import speaker
from vermilion.errors import VermilionError
from vermilion.know.catalogue import catalogue
from vermilion.know.shelf import packaged


@pytest.mark.parametrize("command", ["serve", "backup", "restore", "user", "keys", "doctor"])
def test_help_names_the_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert "--lang en|es" in capsys.readouterr().out


def test_a_refusal_of_the_terminal_is_spanish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", "--data", str(tmp_path), "--lang", "es"]) == 2
    assert "no se nombró ningún archivo" in capsys.readouterr().err


def test_keys_without_a_sheet_are_refused_in_spanish(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["keys", "from-sheet", "--data", str(tmp_path), "--lang", "es"]) == 2
    assert "no se nombró ninguna hoja" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["user", "user olga --password", "keys sheet"])
def test_a_folder_without_a_practice_gets_none_by_mistake(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mistyped"
    assert run([*command.split(), "--data", str(folder), "--lang", "es"]) == 2
    assert "no hay ninguna consulta" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.parametrize("command", ["keys", "user"])
def test_every_text_of_the_commands_is_translated(command: str) -> None:
    source = (Path(studio_options.__file__).parent / f"{command}.py").read_text("utf-8")
    known = catalogue(packaged(), "es")
    texts = [
        arg.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "UsageError")
        for arg in node.args
        if isinstance(arg, ast.Constant) and arg.value
    ]
    assert len(texts) > 6
    assert [one for one in texts if one not in known] == []


def test_a_language_that_there_is_not_is_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert run(["serve", "--data", str(folder), "--lang", "fr"]) != 0
    assert "fr" in capsys.readouterr().err
    assert not folder.exists()


def test_a_speaker_says_it_with_its_values() -> None:
    words = "The studio is open: {address}"
    assert speaker("en")(words, address="x") == "The studio is open: x"
    assert speaker("es")(words, address="x") == "El estudio está abierto: x"
    assert words in catalogue(packaged(), "es")
    with pytest.raises(VermilionError):
        speaker("fr")
