"""The page of a screening: what is said first, and that nothing lacks its rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.care.test_screen import BOTH, changed
from vermilion.care.screen import screen
from vermilion.know.practice import Practice, read_practice
from vermilion.know.said import Figure, given
from vermilion.know.voice import Voice
from vermilion.report.page import Page, Paragraph
from vermilion.report.page_text import write_text
from vermilion.report.pages.screen import screen_page

ON = date(2026, 11, 23)


def page(voice: Voice, changes: dict[str, object]) -> Page:
    verdict = screen(voice, BOTH, changed(changes), ON)
    return screen_page(voice, verdict, (given("flip"), given("blush")))


def test_help_within_minutes_stands_above_the_verdict() -> None:
    changes: dict[str, object] = {"palsy": "yes", "sudden_droop": "yes", "pregnant": "yes"}
    first = page(Voice(country_key="es"), changes).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.tone == "stop"
    assert "stroke" in first.said.plain


def test_each_reason_names_its_rule_and_whom_it_concerns() -> None:
    text = write_text(page(Voice(), {"diabetes": "yes", "pregnant": "yes"}))
    assert "Rule: diabetes; for: blush" in text
    assert "Rule: pregnancy\n" in text


def test_each_treatment_has_its_own_verdict_where_they_differ() -> None:
    text = write_text(page(Voice(), {"diabetes": "yes"}))
    assert "flip: Go" in text
    assert "blush: Ask a doctor first." in text
    assert "flip: " not in write_text(page(Voice(), {"pregnant": "yes"}))


def test_an_event_that_is_too_near_names_the_day_after_it() -> None:
    text = write_text(page(Voice(), {"event": ON + timedelta(days=10)}))
    assert "Not before December 4, 2026." in text


def test_what_is_not_known_is_counted_and_follows_what_is_known() -> None:
    text = write_text(page(Voice(), {"heart": "unknown", "bleeding": "yes"}))
    assert "Answers that are not known yet: 1." in text
    assert text.index("bleed and bruise more") < text.index("This is not known yet")


def test_what_a_practice_made_milder_is_said_with_the_name() -> None:
    practice = read_practice(
        "[verdict.wind]\nverdict = 'talk'\nreason = 'plays for fun'\nby = 'Dr Vega'", "p.toml"
    )
    text = write_text(page(Voice(practice=practice), {"wind": "yes"}))
    assert "plays for fun (Dr Vega)" in text


def test_a_longer_wait_of_the_practice_moves_the_day() -> None:
    had: dict[str, object] = {"had.filler": ON - timedelta(days=30)}
    practice = read_practice("[wait.filler_before_blush]\ndays = 60", "p.toml")
    assert "Wait until" not in write_text(page(Voice(practice=Practice()), had))
    assert "Wait until December 23, 2026." in write_text(page(Voice(practice=practice), had))


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_wait_before_an_event_keeps_its_source(language: str) -> None:
    said = [
        one
        for one in page(Voice(language=language), {"event": ON + timedelta(days=10)}).said()
        if "28" in one.plain
    ]
    assert said
    assert all(any(isinstance(part, Figure) for part in one.parts) for one in said)
