"""Every day from two weeks before to five years after is answered, in every language."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from vermilion.care.today import FIRST_DAY, KINDS, LAST_DAY, phases, today
from vermilion.errors import DataError, UsageError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

DONE = date(2027, 3, 1)
TREATMENTS = packaged().names("care_days")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("treatment", TREATMENTS)
def test_every_day_says_what_is_normal_what_to_do_and_when_to_call(
    treatment: str, language: str
) -> None:
    voice = Voice(language=language)
    for day in range(FIRST_DAY, LAST_DAY + 1):
        found = today(voice, treatment, DONE, DONE + timedelta(days=day))
        assert found.day == day
        assert found.normal, day
        assert found.call, day
        assert found.phase.from_day <= day <= found.phase.to_day
        assert (found.after is None) == (day >= found.phases[-1].from_day)


def test_the_healing_of_a_blush_follows_the_evidence() -> None:
    titles = {
        day: today(Voice(), "blush", DONE, DONE + timedelta(days=day)).phase.id
        for day in (0, 1, 4, 10, 20, 45, 200, 800)
    }
    assert list(titles.values()) == [
        "day", "bold", "flaking", "ghost", "bloom", "settled", "first_year", "years",
    ]  # fmt: skip


def test_a_flip_has_its_review_on_day_fourteen() -> None:
    found = today(Voice(), "flip", DONE, DONE + timedelta(days=14))
    assert any("review" in said.plain for said in found.do)


def test_warning_signs_lead_the_calls_of_the_first_days() -> None:
    for treatment in ("flip", "blush"):
        for country, number in (("us", "911"), ("gb-eng", "999"), ("es", "112")):
            found = today(Voice(country_key=country), treatment, DONE, DONE)
            assert number in found.call[0].plain


def test_the_same_day_of_two_treatments_never_asks_for_a_straw_after_a_flip() -> None:
    flip = today(Voice(), "flip", DONE, DONE)
    blush = today(Voice(), "blush", DONE, DONE)
    assert any("straw" in said.plain.lower() for said in flip.avoid)
    straw = next(said.plain for said in blush.do if "straw" in said.plain)
    assert "lip flip" in straw
    assert "cup" in straw


def test_each_sentence_has_its_source() -> None:
    for treatment in TREATMENTS:
        for day in (-5, 0, 3, 12, 40, 100, 700):
            found = today(Voice(), treatment, DONE, DONE + timedelta(days=day))
            for kind in KINDS:
                assert all(said.origin is not None for said in getattr(found, kind))


@pytest.mark.parametrize("day", [FIRST_DAY - 1, LAST_DAY + 1])
def test_a_day_that_nothing_is_known_of_is_said_so(day: int) -> None:
    with pytest.raises(UsageError, match="check both dates"):
        today(Voice(), "flip", DONE, DONE + timedelta(days=day))


def test_an_unknown_treatment_is_said_with_those_known() -> None:
    with pytest.raises(UsageError, match="blush, flip"):
        phases(Voice(), "nothing")


def test_phases_with_a_hole_are_refused(tmp_path: Path) -> None:
    (tmp_path / "care_days").mkdir()
    row = 'title = "x"\nsource = []\nmark = "assumption"\ngrade = "D"\n'
    (tmp_path / "care_days" / "hole.toml").write_text(
        f'edition = "1"\n[phase.a]\nfrom_day = -14\nto_day = 3\n{row}'
        f"[phase.b]\nfrom_day = 5\nto_day = 1825\n{row}"
    )
    with pytest.raises(DataError, match="day 4 is where"):
        phases(Voice(packaged().with_folder(tmp_path)), "hole")


def test_the_json_names_the_next_phase_and_its_date() -> None:
    found = today(Voice(), "blush", DONE, DONE + timedelta(days=4)).to_json()
    assert found["next"] == {"phase": "The pale phase", "day": 8, "date": "2027-03-09"}
