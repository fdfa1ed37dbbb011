"""`vermilion options` and `vermilion plan` as people call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vermilion.cli.main import run

NOW = ("--on", "2026-11-23")
UNITS = ("--product", "ona", "--at", "paramedian_left=1", "--at", "paramedian_right=1")


def test_options_stand_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["options", "--wish", "fuller,less-gum", "--budget", "600", *NOW]) == 0
    text = capsys.readouterr().out
    assert "less gum when smiling" in text
    assert "lip filler: yes. It adds real volume." in text
    assert "SOURCES" in text


def test_options_as_json_in_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["options", "--json", "--lang", "es", "--event", "2027-06-19", *NOW]
    assert run(arguments) == 0
    told = json.loads(capsys.readouterr().out)
    flip = next(one for one in told["options"] if one["id"] == "flip")
    assert flip["event"] == {"level": "best", "earliest": "2027-05-08", "latest": "2027-05-22"}
    assert flip["first_cost"]["currency"] == "USD"


def test_the_practice_s_prices_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "practice.toml"
    file.write_text('country = "es"\n[price.flip]\nlow = 180\nhigh = 220\n', "utf-8")
    assert run(["options", "--json", "--practice", str(file), *NOW]) == 0
    told = json.loads(capsys.readouterr().out)
    flip = next(one for one in told["options"] if one["id"] == "flip")
    assert flip["first_cost"] == {
        "low": 180,
        "high": 220,
        "currency": "EUR",
        "sources": [],
        "own": True,
    }
    assert flip["costs_by_year"][0]["high"] == 4 * 220


@pytest.mark.parametrize("ending", ["pdf", "html", "md", "txt"])
@pytest.mark.parametrize("command", [("options",), ("plan", "flip"), ("plan", "blush")])
def test_each_is_written_in_every_form(
    command: tuple[str, ...], ending: str, tmp_path: Path
) -> None:
    file = tmp_path / f"sheet.{ending}"
    assert run([*command, *NOW, "-o", str(file)]) == 0
    assert file.stat().st_size > 1000


def test_a_plan_within_the_rules_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "flip", *UNITS, "--vial", "100", "--diluent", "2.5", *NOW, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total_ml"] == pytest.approx(0.05)
    assert not told["blocked"]


def test_a_blocked_plan_is_told_and_ends_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "flip", *UNITS, "--at", "midline=1", *NOW]) == 6
    said = capsys.readouterr()
    assert "Blocked: not to be carried out as it stands." in said.out
    assert "the plan is blocked" in said.err


def test_a_blush_s_plan_speaks_spanish(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "blush", "--lang", "es", "--shade", "coral", *NOW]) == 0
    assert "falta el número de lote" in capsys.readouterr().out.lower()
