"""The page of a schedule, in both languages."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.know.practice import Practice, read_practice
from vermilion.know.said import Figure, Given
from vermilion.know.voice import Voice
from vermilion.report.page import Page
from vermilion.report.page_html import write_html
from vermilion.report.page_text import write_markdown, write_text
from vermilion.report.pages.schedule import schedule_page

TODAY = date(2026, 11, 23)


def page(voice: Voice, event: date | None, *had: Dated) -> Page:
    wish = Wish(("flip", "blush"), TODAY, TODAY + timedelta(days=1), event, had=had)
    return schedule_page(voice, make_schedule(voice, wish))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("event", [None, date(2027, 6, 19), date(2027, 2, 1), date(2026, 12, 1)])
def test_no_number_stands_on_the_page_without_a_source(language: str, event: date | None) -> None:
    had = Dated("filler", date(2026, 11, 10))
    for said in page(Voice(language=language, country_key="es"), event, had).said():
        for part in said.parts:
            if isinstance(part, Figure):
                assert part.origin.sources or part.origin.mark == "assumption"
            elif not isinstance(part, Given):
                assert not re.search(r"\d", part), part


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_visit_stands_on_the_page_with_its_date(language: str) -> None:
    voice = Voice(language=language, country_key="es")
    wish = Wish(("flip", "blush"), TODAY, TODAY + timedelta(days=1), date(2027, 6, 19))
    schedule = make_schedule(voice, wish)
    text = write_markdown(schedule_page(voice, schedule))
    for item in schedule.items:
        assert item.title.plain in text
        assert voice.date(item.day).text in text


def test_a_day_is_written_as_the_country_writes_it() -> None:
    event = date(2027, 6, 19)
    assert "June 19, 2027" in write_text(page(Voice(), event))
    assert "Saturday, 19 June 2027" in write_text(page(Voice(country_key="gb-eng"), event))
    assert "sábado, 19 de junio de 2027" in write_text(
        page(Voice(language="es", country_key="es"), event)
    )


def test_an_impossible_wish_says_why_and_offers_two_ways_out() -> None:
    text = write_text(page(Voice(), date(2027, 2, 20)))
    assert "no dates keep all the" in text
    assert "WHAT STANDS IN THE WAY" in text
    assert "THE NEAREST LATER EVENT: MARCH 9, 2027" in text
    assert "WHAT FITS BEFORE FEBRUARY 20, 2027" in text


def test_any_day_of_the_week_is_admitted_where_no_opening_days_were_given() -> None:
    said = "No opening days were given"
    assert said in write_text(page(Voice(), None))
    own = Voice(practice=Practice(open_weekdays=frozenset({1, 3})))
    assert said not in write_text(page(own, None))


def test_a_milder_rule_stands_on_the_page_with_its_reason() -> None:
    text = '[wait.filler_before_blush]\ndays = 14\nreason = "seen in person"\nby = "Dr Ito"\n'
    own = Voice(practice=read_practice(text, "ours.toml"))
    written = write_html(page(own, None, Dated("filler", date(2026, 11, 20))))
    assert "This practice waits only 14 days: seen in person (Dr Ito)." in written
