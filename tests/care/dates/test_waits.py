"""Waiting rules: whom they count for, and what a practice may change."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.care.dates.waits import EVENT, read_waits, why_wait
from vermilion.errors import DataError, UsageError
from vermilion.know.practice import read_practice
from vermilion.know.shelf import Shelf, packaged
from vermilion.know.voice import Voice


def keys(first: str, then: str) -> list[str]:
    return [wait.key for wait in read_waits(packaged()).between(first, then)]


def test_toxin_anywhere_in_the_face_counts_before_a_flip() -> None:
    assert keys("toxin", "flip") == ["toxin_before_toxin"]
    assert keys("gummy", "flip") == ["toxin_before_toxin"]


def test_toxin_in_the_forehead_does_not_count_before_a_blush_but_a_gummy_smile_does() -> None:
    assert keys("toxin", "blush") == []
    assert "toxin_before_blush" in keys("gummy", "blush")


def test_an_operation_of_the_lip_by_any_name_waits_a_year() -> None:
    for thing in ("lift", "implant", "scar"):
        (wait,) = read_waits(packaged()).between(thing, "blush")
        assert wait.days == 365


@pytest.mark.parametrize(
    ("first", "then", "days"),
    [
        ("flip", "flip", 90),
        ("filler", "blush", 28),
        ("blush", "filler", 28),
        ("flip", "blush", 28),
        ("blush", "flip", 28),
        ("blush", "blush", 42),
        ("peel", "blush", 28),
        ("isotretinoin", "blush", 180),
        ("sunburn", "blush", 7),
        ("cold_sore", "blush", 14),
        ("dental", "blush", 14),
        ("blush", "dental", 28),
        ("pmu", "blush", 42),
        ("illness", "blush", 7),
        ("retinoid", "blush", 14),
        ("flip", EVENT, 28),
        ("blush", EVENT, 42),
    ],
)
def test_the_days_are_those_of_the_evidence(first: str, then: str, days: int) -> None:
    found = read_waits(packaged()).between(first, then)
    assert max(wait.days for wait in found if wait.only in ("", "first")) == days


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_wait_says_why_with_its_figure_and_source(language: str) -> None:
    voice = Voice(language=language)
    for wait in read_waits(packaged()).waits:
        (said,) = why_wait(voice, wait)
        assert any(character.isdigit() for character in said.plain), wait.key
        assert list(said.origins)


def test_a_longer_wait_is_taken_freely_and_said() -> None:
    practice = read_practice("[wait.filler_before_blush]\ndays = 42\n", "ours.toml")
    (wait,) = read_waits(packaged(), practice).between("filler", "blush")
    assert wait.days == 42
    assert not wait.milder
    assert why_wait(Voice(), wait)[1].plain == "This practice waits 42 days."


def test_a_shorter_wait_needs_a_reason_and_a_name() -> None:
    practice = read_practice("[wait.filler_before_blush]\ndays = 14\n", "ours.toml")
    with pytest.raises(DataError, match=r"ours\.toml, line 1: 14 is milder than the rule's 28"):
        read_waits(packaged(), practice)


def test_the_reason_for_a_shorter_wait_is_said() -> None:
    text = '[wait.filler_before_blush]\ndays = 14\nreason = "seen in person"\nby = "Dr Ito"\n'
    (wait,) = read_waits(packaged(), read_practice(text, "ours.toml")).between("filler", "blush")
    assert wait.milder
    said = why_wait(Voice(), wait)[1].plain
    assert said == "This practice waits only 14 days: seen in person (Dr Ito)."


def test_an_override_of_an_unknown_wait_is_refused_with_its_line() -> None:
    practice = read_practice("open = ['mon']\n[wait.filler_blush]\ndays = 99\n", "ours.toml")
    with pytest.raises(DataError, match=r"ours\.toml, line 2: there is no wait 'filler_blush'"):
        read_waits(packaged(), practice)


def test_an_unknown_thing_is_refused_with_those_known() -> None:
    with pytest.raises(UsageError, match=r"'botoks' is not known; one of .*filler"):
        read_waits(packaged()).thing("botoks")


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ('[wait.x]\nafter="a"\nbefore="b"\nsource=[]\nmark="assumption"\ngrade="D"', "lacks why"),
        ('[wait.x]\nafter="a"\nbefore="b"\nwhy="w"', "has no source"),
        (
            '[wait.x]\nafter="a"\nbefore="b"\nwhy="w"\nsource=[]\nmark="assumption"\ngrade="D"',
            "has no 'x'",
        ),
    ],
)
def test_a_rule_without_text_origin_or_days_is_refused(
    tmp_path: Path, rows: str, complaint: str
) -> None:
    (tmp_path / "waits.toml").write_text(f'edition = "x"\n{rows}\n', "utf-8")
    with pytest.raises(DataError, match=complaint):
        read_waits(Shelf((tmp_path,)))
