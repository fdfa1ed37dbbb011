"""A day that somebody chose is held against the same rules as the solver's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vermilion.care.dates.breaches import breaches
from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.steps import read_course
from vermilion.care.dates.waits import read_waits
from vermilion.care.dates.wish import Dated, Wish
from vermilion.know.voice import Voice

VOICE = Voice(audience="practitioner")
DAY = date(2027, 3, 1)


def after(days: int) -> date:
    return DAY + timedelta(days=days)


@pytest.mark.parametrize("treatment", ["flip", "blush"])
def test_every_wait_is_broken_one_day_early_and_kept_on_its_day(treatment: str) -> None:
    book = read_waits(VOICE.shelf)
    for thing in book.things:
        waits = [one for one in book.between(thing, treatment) if not one.only]
        if not waits:
            continue
        longest = max(one.days for one in waits)
        had = [Dated(thing, DAY)]
        assert breaches(VOICE, f"{treatment}.visit", after(longest - 1), had), thing
        if thing != treatment:
            assert not breaches(VOICE, f"{treatment}.visit", after(longest), had), thing


@pytest.mark.parametrize("event", [None, date(2027, 9, 1)])
def test_the_solvers_own_days_break_nothing(event: date | None) -> None:
    wish = Wish(("flip", "blush"), DAY, after(1), event)
    found = make_schedule(VOICE, wish)
    assert found.possible
    items = [item for item in found.items if item.at_practice]
    names = [(".".join(item.key.split(".")[:2]), item.day) for item in items]
    known = {step.name for one in ("flip", "blush") for step in read_course(VOICE.shelf, one).steps}
    for n, (name, day) in enumerate(names):
        if name in known:
            others = [one for one in names[:n] + names[n + 1 :] if one[0] in known]
            asked_event = event if event is not None and day < event else None
            assert breaches(VOICE, name, day, (), others, asked_event) == (), (name, day)


def test_a_first_flip_near_the_event_is_told_and_a_later_one_is_not() -> None:
    event = after(20)
    assert breaches(VOICE, "flip.visit", DAY, (), (), event)
    had = [Dated("flip", after(-200))]
    assert not breaches(VOICE, "flip.visit", DAY, had, (), event)


def test_a_later_booking_is_protected_from_an_earlier_one() -> None:
    booked = [("blush.visit", after(3))]
    alone = breaches(VOICE, "flip.visit", DAY)
    assert alone == ()
    assert breaches(VOICE, "blush.perfecting", DAY, (), booked)


def test_a_review_and_a_second_visit_have_a_first_and_a_last_day() -> None:
    had = [Dated("flip", DAY)]
    low, high = next(s for s in read_course(VOICE.shelf, "flip").steps if s.key == "review").span
    for days, broken in ((low - 1, True), (low, False), (high, False), (high + 1, True)):
        assert bool(breaches(VOICE, "flip.review", after(days), had)) is broken


def test_a_talk_too_near_to_its_treatment_is_told_from_both_sides() -> None:
    talk = read_course(VOICE.shelf, "blush").of_kind("talk")[-1]
    days = talk.least_days
    visit, patch = "blush.visit", talk.name
    assert breaches(VOICE, visit, after(days - 1), (), [(patch, DAY)])
    assert not breaches(VOICE, visit, after(days), (), [(patch, DAY)])
    assert breaches(VOICE, patch, DAY, (), [(visit, after(days - 1))])
    assert not breaches(VOICE, patch, DAY, (), [(visit, after(days))])
