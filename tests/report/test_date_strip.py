"""The drawing of a schedule."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from vermilion.care.dates.schedule import Schedule, make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.know.voice import Voice
from vermilion.report.date_strip import WIDTH, date_strip

TODAY = date(2026, 11, 23)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(voice: Voice, event: date | None) -> tuple[Schedule, ET.Element]:
    wish = Wish(("flip", "blush"), TODAY, TODAY + timedelta(days=1), event)
    schedule = make_schedule(voice, wish)
    return schedule, ET.fromstring(date_strip(voice, schedule, "dates"))


@pytest.mark.parametrize("event", [None, date(2027, 6, 19), date(2029, 6, 19)])
def test_every_visit_is_a_dot_in_the_order_of_its_date_and_inside_the_drawing(
    event: date | None,
) -> None:
    schedule, root = drawn(Voice(), event)
    dots = [float(dot.get("cx", "nan")) for dot in root.iter(f"{SVG}circle")]
    visits = [one for one in schedule.items if one.kind in ("talk", "treat", "look")]
    assert len(dots) == len(visits)
    assert all(0 < x < WIDTH for x in dots)
    for treatment in ("flip", "blush"):
        days = [one.day for one in visits if one.treatment == treatment]
        assert days == sorted(days)


def test_where_only_upkeep_is_left_there_is_still_a_drawing() -> None:
    had = (Dated("flip.visit", date(2026, 6, 1)),)
    wish = Wish(("flip",), TODAY, TODAY + timedelta(days=1), had=had)
    schedule = make_schedule(Voice(), wish)
    assert {one.kind for one in schedule.items} == {"upkeep"}
    assert ET.fromstring(date_strip(Voice(), schedule, "dates")) is not None


@pytest.mark.parametrize(
    ("language", "country", "words"), [("en", "us", "Jun 19"), ("es", "es", "19 jun")]
)
def test_the_event_is_named_in_the_language_of_the_page(
    language: str, country: str, words: str
) -> None:
    _, root = drawn(Voice(language=language, country_key=country), date(2027, 6, 19))
    texts = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert any(words in text for text in texts)


def test_words_do_not_run_into_each_other() -> None:
    _, root = drawn(Voice(), date(2027, 6, 19))
    rows: dict[str, list[float]] = {}
    for one in root.iter(f"{SVG}text"):
        if one.get("text-anchor") == "middle":
            rows.setdefault(one.get("y", ""), []).append(float(one.get("x", "nan")))
    for places in rows.values():
        assert all(b - a >= 40 for a, b in zip(sorted(places), sorted(places)[1:], strict=False))
