"""Schedules of both treatments with the packaged rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from vermilion.care.dates.find_days import Knowledge, find_conflict, find_days
from vermilion.care.dates.items import Item
from vermilion.care.dates.schedule import Schedule, make_schedule
from vermilion.care.dates.solve import possible
from vermilion.care.dates.waits import EVENT, read_waits
from vermilion.care.dates.wish import Dated, Wish
from vermilion.errors import UsageError
from vermilion.know.practice import Practice, read_practice
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

TODAY = date(2026, 11, 23)
START = TODAY + timedelta(days=1)
WEEKDAYS = frozenset(range(5))
BOTH = ("flip", "blush")


def wish(*treatments: str, **rest: object) -> Wish:
    return Wish(treatments or BOTH, TODAY, START, **rest)  # type: ignore[arg-type]


def voice(**rest: object) -> Voice:
    return Voice(practice=Practice(open_weekdays=WEEKDAYS, **rest))  # type: ignore[arg-type]


def days(schedule: Schedule) -> dict[str, date]:
    return {item.key: item.day for item in schedule.items}


def item(schedule: Schedule, key: str) -> Item:
    return next(one for one in schedule.items if one.key == key)


def test_both_before_an_event_by_hand() -> None:
    """19 June 2027 is a Saturday, the practice is open from Monday to Friday."""
    found = days(make_schedule(voice(), wish(event=date(2027, 6, 19))))
    assert found["flip.visit"] == date(2027, 5, 21)  # 28 days before is 22 May, a Saturday
    assert found["flip.review"] == date(2027, 6, 4)
    assert found["blush.perfecting"] == date(2027, 4, 23)  # 28 days before the flip
    assert found["blush.visit"] == date(2027, 3, 12)  # 42 days before
    assert found["blush.patch"] == found["blush.consultation"] == date(2027, 3, 5)
    assert found["flip.consultation"] == date(2027, 3, 5)
    assert found["blush.week_before"] == date(2027, 3, 5)
    assert found["flip.day_before"] == date(2027, 5, 20)
    assert found["flip.next.1"] == date(2027, 8, 19)  # 90 days


def test_a_first_flip_keeps_four_weeks_and_a_later_one_only_its_effect() -> None:
    event = date(2027, 6, 18)
    first = days(make_schedule(voice(), wish("flip", event=event)))
    again = wish("flip", event=event, had=(Dated("flip", date(2026, 9, 1)),))
    later = days(make_schedule(voice(), again))
    assert first["flip.visit"] == date(2027, 5, 21)
    assert later["flip.visit"] == date(2027, 6, 4)


def test_the_wait_after_filler_is_said_where_it_binds() -> None:
    had = (Dated("filler", date(2026, 11, 10)),)
    schedule = make_schedule(voice(), wish("blush", had=had))
    visit = item(schedule, "blush.visit")
    assert visit.day == date(2026, 12, 8)
    words = " ".join(said.plain for said in visit.why)
    assert "lip filler on November 10, 2026" in words
    assert "Wait 28 days before the blush" in words


def test_shape_work_waits_until_the_toxin_has_worn_off() -> None:
    had = (Dated("flip", date(2026, 11, 1)),)
    plain = days(make_schedule(voice(), wish("blush", had=had)))
    shape = days(make_schedule(voice(), wish("blush", had=had, work=frozenset({"shape"}))))
    assert plain["blush.visit"] == date(2026, 12, 1)
    assert shape["blush.visit"] == date(2027, 1, 25)  # 84 days are 24 January, a Sunday


def test_a_talk_that_was_had_is_not_planned_again() -> None:
    had = (Dated("consultation", date(2026, 11, 20)),)
    found = days(make_schedule(voice(), wish("flip", had=had)))
    assert "flip.consultation" not in found
    assert found["flip.visit"] == date(2026, 11, 27)


def test_after_the_first_visit_the_rest_is_planned() -> None:
    had = (Dated("blush.visit", date(2026, 11, 2)), Dated("filler", date(2026, 9, 1)))
    schedule = make_schedule(voice(), wish("blush", had=had))
    found = days(schedule)
    assert found.keys().isdisjoint({"blush.visit", "blush.consultation", "blush.week_before"})
    assert found["blush.perfecting"] == date(2026, 12, 14)  # 42 days
    assert "blush.flaking.visit" not in found  # over since 12 November
    assert found["blush.settled.visit"] == date(2026, 12, 14)
    words = " ".join(said.plain for said in item(schedule, "blush.perfecting").why)
    assert "after “Lip blush: first visit” (November 2, 2026)" in words


def test_a_perfecting_visit_that_is_overdue_comes_as_soon_as_it_can() -> None:
    had = (Dated("blush.visit", date(2026, 6, 1)),)
    assert days(make_schedule(voice(), wish("blush", had=had)))["blush.perfecting"] == START


def test_after_the_only_visit_its_review_and_upkeep_are_left() -> None:
    had = (Dated("flip.visit", date(2026, 11, 20)),)
    found = days(make_schedule(voice(), wish("flip", "blush", had=had)))
    assert found["flip.review"] == date(2026, 12, 4)
    assert found["blush.visit"] == date(2026, 12, 18)  # 28 days after the flip
    assert found["blush.perfecting"] == date(2027, 1, 29)
    assert found["flip.next.1"] == date(2027, 2, 26)  # 28 days after the blush, 98 after the flip


def test_a_later_visit_done_without_the_first_is_refused() -> None:
    had = (Dated("blush.perfecting", date(2026, 6, 1)),)
    with pytest.raises(UsageError, match=r"not 'Lip blush: first visit' before it") as caught:
        make_schedule(voice(), wish("blush", had=had))
    assert "--had blush.visit:" in caught.value.in_terminal


def test_what_is_booked_is_kept_clear_on_both_sides() -> None:
    booked = (Dated("dental", date(2027, 1, 10)),)
    found = days(make_schedule(voice(), wish("blush", booked=booked)))
    assert found["blush.visit"] <= date(2026, 12, 13)
    assert found["blush.perfecting"] >= date(2027, 1, 24)


def test_no_visit_lies_on_a_closed_day_or_weekday() -> None:
    closed = frozenset(date(2027, 5, 17) + timedelta(days=n) for n in range(7))
    schedule = make_schedule(voice(closed=closed), wish(event=date(2027, 6, 19)))
    for one in schedule.items:
        if one.at_practice:
            assert one.day.weekday() in WEEKDAYS
            assert one.day not in closed
    assert item(schedule, "flip.visit").day == date(2027, 5, 14)
    words = [said.plain for said in item(schedule, "flip.visit").why]
    assert "The practice does not see clients on May 22, 2027." in words


def test_nobody_comes_for_a_review_on_the_day_of_the_event() -> None:
    again = wish("flip", event=date(2027, 6, 18), had=(Dated("flip", date(2026, 9, 1)),))
    found = days(make_schedule(voice(), again))
    assert found["flip.visit"] == date(2027, 6, 4)
    assert found["flip.review"] == date(2027, 6, 21)  # 14 days are the event, then a weekend


def test_every_date_has_its_why() -> None:
    for event in (None, date(2027, 6, 19)):
        for one in make_schedule(voice(), wish(event=event)).items:
            assert one.why or one.kind == EVENT, one.key


def test_an_event_too_soon_names_the_fewest_rules_a_later_event_and_a_part() -> None:
    schedule = make_schedule(voice(), wish(event=date(2027, 2, 20)))
    assert not schedule.possible
    assert {one.rule for one in schedule.conflict} == {
        "wait:blush_before_event",
        "step:blush.perfecting",
        "step:blush.consultation",
    }
    assert schedule.later is not None
    assert schedule.later.wish.event == date(2027, 3, 9)
    assert schedule.part is not None
    part = days(schedule.part)
    assert part["flip.visit"] < date(2027, 2, 20) < part["blush.perfecting"]
    assert part["blush.visit"] <= date(2027, 2, 20) - timedelta(days=42)


@pytest.mark.parametrize("ahead", [20, 45, 60, 80, 100])
def test_no_event_between_the_wished_one_and_the_later_one_would_do(ahead: int) -> None:
    event = TODAY + timedelta(days=ahead)
    schedule = make_schedule(voice(), wish(event=event))
    assert schedule.later is not None
    later = schedule.later.wish.event
    assert later is not None
    knowledge = Knowledge.of(packaged(), voice().practice, BOTH)
    while event < later:
        assert find_days(wish(event=event), knowledge) is None
        event += timedelta(days=1)
    assert find_days(wish(event=later), knowledge) is not None


def test_a_practice_that_never_opens_in_time_is_named() -> None:
    closed = frozenset(START + timedelta(days=n) for n in range(200))
    schedule = make_schedule(voice(closed=closed), wish("flip", event=date(2027, 2, 1)))
    assert [one.rule for one in schedule.conflict] == ["closed"]
    assert "closed on these days" in schedule.conflict[0].said.plain


def test_a_milder_rule_is_said_where_it_counts() -> None:
    text = '[wait.filler_before_blush]\ndays = 14\nreason = "seen"\nby = "Dr Ito"\n'
    own = Voice(practice=read_practice(text, "ours.toml"))
    had = (Dated("filler", date(2026, 11, 20)),)
    schedule = make_schedule(own, wish("blush", had=had))
    assert item(schedule, "blush.visit").day == date(2026, 12, 4)
    said = "This practice waits only 14 days: seen (Dr Ito)."
    assert said in [one.plain for one in schedule.own_rules]
    assert said in [one.plain for one in item(schedule, "blush.visit").why]
    without = make_schedule(own, wish("blush"))
    assert without.own_rules == ()


def test_random_wishes_break_no_wait_between_any_two_visits() -> None:
    """Read off the dates themselves, with the book of waits alone."""
    rng = Random("wishes")
    book = read_waits(packaged())
    planned = 0
    for _ in range(150):
        had = tuple(
            Dated(rng.choice(sorted(book.things)), TODAY - timedelta(days=rng.randint(0, 120)))
            for _ in range(rng.randint(0, 3))
        )
        one = wish(
            *rng.choice((BOTH, ("blush", "flip"), ("flip",), ("blush",))),
            event=rng.choice((None, TODAY + timedelta(days=rng.randint(100, 500)))),
            had=had,
        )
        if rng.random() < 0.3:
            one = replace(one, until=TODAY + timedelta(days=900))
        schedule = make_schedule(voice(), one)
        if not schedule.possible:
            continue
        planned += 1
        acts = [(x.treatment, x.day) for x in schedule.items if x.kind in ("treat", "upkeep")]
        acts += [(x.thing, x.day) for x in had]
        for (first, on), (then, day) in combinations(sorted(acts, key=lambda act: act[1]), 2):
            if day >= START:
                for rule in book.between(first, then):
                    assert rule.only or (day - on).days >= rule.days, rule.key
    assert planned > 100


def test_twelve_visits_over_two_years_are_found() -> None:
    one = wish(until=date(2028, 11, 23), had=(Dated("filler", date(2026, 11, 1)),))
    knowledge = Knowledge.of(packaged(), Practice(open_weekdays=WEEKDAYS), BOTH)
    found = find_days(one, knowledge)
    assert found is not None
    assert sum(visit.kind != EVENT for visit in found.layout.visits) >= 12


def test_upkeep_ends_where_it_was_asked_to_end() -> None:
    until = date(2028, 11, 23)
    schedule = make_schedule(voice(), wish("flip", until=until))
    upkeep = [one.day for one in schedule.items if one.kind == "upkeep"]
    assert len(upkeep) == 7
    assert max(upkeep) <= until < max(upkeep) + timedelta(days=90)


@pytest.mark.parametrize(
    ("rest", "complaint"),
    [
        ({"event": TODAY}, "is not in the future"),
        ({"event": date(2020, 1, 1)}, "is not in the future"),
        ({"event": date(2126, 1, 1)}, "too far away"),
        ({"until": date(2026, 11, 1)}, "ends before it begins"),
        ({"had": (Dated("filler", date(2027, 1, 1)),)}, "still to come"),
        ({"had": (Dated("filler", date(1900, 1, 1)),)}, "too long ago"),
        ({"had": (Dated("botoks", date(2026, 1, 1)),)}, "'botoks' is not known"),
        ({"booked": (Dated("dental", TODAY),)}, "is not in the future"),
        ({"work": frozenset({"magic"})}, "the work is 'magic'; one of shape is needed"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(rest: dict[str, object], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        make_schedule(voice(), wish(**rest))


def test_a_treatment_named_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="named twice"):
        make_schedule(voice(), wish("flip", "flip"))


def test_a_treatment_added_as_data_is_scheduled_without_code(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "hydration.toml").write_text(HYDRATION, "utf-8")
    shelf = packaged().with_folder(tmp_path)
    both = Voice(shelf, practice=Practice(open_weekdays=WEEKDAYS))
    found = days(make_schedule(both, wish("hydration", "blush", event=date(2027, 6, 19))))
    assert found["hydration.visit"] == date(2027, 6, 17)  # 2 days before the event: Thursday
    assert (found["hydration.visit"] - found["blush.perfecting"]).days >= 14
    assert found["hydration.next.1"] > date(2027, 6, 19)


HYDRATION = """
edition = "2026-11"
[treatment]
name = "lip hydration facial"
ask = "the day of the facial"
source = []
mark = "assumption"
grade = "D"
[number.best_from]
value = 2
range = [1, 3]
unit = "days"
source = []
mark = "assumption"
grade = "D"
[number.best_until]
value = 20
range = [10, 30]
unit = "days"
source = []
mark = "assumption"
grade = "D"
[number.again]
value = 30
range = [30, 60]
unit = "days"
source = []
mark = "assumption"
grade = "D"
[number.blush_before_hydration]
value = 14
range = [14, 28]
unit = "days"
source = []
mark = "assumption"
grade = "D"
[wait.blush_before_hydration]
after = "blush"
before = "hydration"
why = "A healing lip is left alone for {days} days."
source = []
mark = "assumption"
grade = "D"
[step.visit]
kind = "treat"
title = "Lip hydration: the visit"
why = "It moistens the lip."
do = ["Come without lipstick."]
source = []
mark = "assumption"
grade = "D"
[step.best]
kind = "best"
from = ["visit"]
days = "best_from"
until = "best_until"
title = "Lip hydration: look your best"
why = "The lip is at its best after {best_from} days."
source = []
mark = "assumption"
grade = "D"
[step.next]
kind = "upkeep"
from = ["visit"]
days = "again"
title = "Lip hydration: next one"
why = "It is repeated after {again} days."
source = []
mark = "assumption"
grade = "D"
"""


def sum_of_days(one: Wish, practice: Practice) -> int | None:
    found = find_days(one, Knowledge.of(packaged(), practice, one.treatments))
    return None if found is None else sum(found.solution.days)


def some_wishes(count: int) -> list[Wish]:
    rng = Random("some wishes")
    things = sorted(read_waits(packaged()).things)
    return [
        wish(
            event=rng.choice((None, TODAY + timedelta(days=rng.randint(90, 300)))),
            had=tuple(
                Dated(rng.choice(things), TODAY - timedelta(days=rng.randint(0, 60)))
                for _ in range(rng.randint(0, 2))
            ),
            booked=tuple(
                Dated(rng.choice(things), TODAY + timedelta(days=rng.randint(5, 90)))
                for _ in range(rng.randint(0, 1))
            ),
        )
        for _ in range(count)
    ]


def test_the_order_in_which_treatments_are_named_changes_no_sum_of_days() -> None:
    practice = Practice(open_weekdays=WEEKDAYS)
    for one in some_wishes(60):
        turned = replace(one, treatments=one.treatments[::-1])
        assert sum_of_days(one, practice) == sum_of_days(turned, practice)


def test_closed_days_never_bring_a_forward_plan_earlier() -> None:
    rng = Random("closed")
    for one in some_wishes(60):
        forward = replace(one, event=None)
        closed = frozenset(START + timedelta(days=rng.randint(0, 120)) for _ in range(20))
        plain = sum_of_days(forward, Practice(open_weekdays=WEEKDAYS))
        fewer = sum_of_days(forward, Practice(open_weekdays=WEEKDAYS, closed=closed))
        assert plain is not None
        assert fewer is not None
        assert plain <= fewer


def test_each_rule_named_for_an_event_too_soon_is_needed() -> None:
    named = 0
    practice = Practice(open_weekdays=WEEKDAYS)
    for one in some_wishes(120):
        knowledge = Knowledge.of(packaged(), practice, one.treatments)
        if find_days(one, knowledge) is not None:
            continue
        layout, rules = find_conflict(one, knowledge)
        others = set(layout.problem.rules) - set(rules)
        assert not possible(layout.problem, others)
        for rule in rules:
            assert possible(layout.problem, others | {rule})
        named += 1
    assert named > 10
