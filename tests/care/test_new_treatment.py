"""A treatment that somebody adds as files alone is guided, screened, scheduled, told day by day and
compared, in both languages, and nothing of the program knows its name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import vermilion
from vermilion.cli.main import program
from vermilion.errors import DataError
from vermilion.know.check import refuse_faults
from vermilion.know.shelf import packaged

FOLDER = Path(__file__).parent / "lip_hydration"
FILES = ("steps", "rules", "guide", "care_days", "treatments")
ON = ("--on", "2027-03-01")


def run(*arguments: str) -> str:
    done = CliRunner().invoke(
        program, [*arguments, "--knowledge", str(FOLDER)], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.output


def as_json(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_the_program_does_not_know_its_name() -> None:
    for path in Path(vermilion.__file__).parent.rglob("*"):
        if path.suffix in (".py", ".toml", ".po"):
            assert "hydration" not in path.read_text("utf-8").lower(), path


def test_its_files_keep_the_rules_of_all() -> None:
    shelf = packaged().with_folder(FOLDER)
    refuse_faults(shelf, tuple(f"{kind}/hydration" for kind in FILES))
    assert shelf.topic("guide/hydration").numbers


@pytest.mark.parametrize(
    ("language", "word"), [("en", "moistens the lips"), ("es", "hidrata los labios")]
)
def test_it_has_a_guide(language: str, word: str) -> None:
    text = run("guide", "hydration", "--lang", language)
    assert word in " ".join(text.split())
    assert "20–40" in text
    assert "Lip filler" in text or "Relleno" in text


def test_it_is_screened_by_its_own_rules_and_those_for_all(tmp_path: Path) -> None:
    questions = as_json("screen", "hydration", "--questions")
    answers = {one["id"]: "no" for one in questions if one["kind"] != "had"}
    answers |= {"age": 30, "cold_sore_ever": "yes"}
    had = {one["id"][4:]: "no" for one in questions if one["kind"] == "had"}
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"edition": "2026-11", "answers": answers, "had": had}))
    found = as_json("screen", "hydration", "--answers", str(path), *ON)
    assert found["verdict"] == "go"
    assert [one["rule"] for one in found["reasons"]] == ["hydration_cold_sore"]
    answers["pregnant"] = "yes"
    path.write_text(json.dumps({"edition": "2026-11", "answers": answers, "had": had}))
    assert as_json("screen", "hydration", "--answers", str(path), *ON)["verdict"] == "not_now"


def test_it_is_scheduled_together_with_others() -> None:
    found = run("schedule", "--event", "2027-06-19", "--treat", "hydration,blush", *ON)
    assert "Lip hydration" in found


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_of_its_days_is_answered(language: str) -> None:
    text = run("today", "hydration", "--done", "2027-02-20", *ON, "--lang", language)
    assert re.search("as always|como siempre", " ".join(text.split()))


def test_its_warning_signs_are_asked() -> None:
    signs = as_json("symptoms", "hydration", "--done", "2027-02-20", *ON, "--signs")
    assert signs[0]["sign"] == "droop"


def test_it_stands_among_the_options() -> None:
    assert "It makes dry lips softer" in " ".join(run("options", "--wish", "fuller").split())


def test_a_broken_file_of_it_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "hydration.toml").write_text(
        'edition = "1"\n[section.what]\ntitle = "Safe for 3 days"\n'
    )
    with pytest.raises(DataError, match=r"guide/hydration\.toml, 'Safe for 3 days'"):
        refuse_faults(packaged().with_folder(tmp_path), ("guide/hydration",))
