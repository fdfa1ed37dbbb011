"""All treatments side by side: nothing ranked, unknown is never no, new ones by data alone."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.wish import Wish
from vermilion.care.options import FACTS, FITS, Comparison, Option, compare, wishes_known
from vermilion.care.treatments import MEETS
from vermilion.errors import UsageError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.practice import read_practice
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

ON = date(2026, 11, 23)
FACIAL = """
edition = "2026-11"
[treatment]
kind = "compared"
name = "lip hydration facial"
short = "A moist pack on the lips."
source = []
mark = "assumption"
grade = "D"
[number.settles]
value = 1
range = [1, 2]
unit = "days"
source = []
mark = "assumption"
grade = "D"
[fact.changes]
text = "Dry lips feel softer for {settles.range} days."
source = []
mark = "assumption"
grade = "D"
[wish.little-pain]
meets = "yes"
why = "Nothing is pricked."
source = []
mark = "assumption"
grade = "D"
[event]
settled = "settles"
best_from = "settles"
"""


def found(*wishes: str, voice: Voice | None = None, **more: object) -> Comparison:
    return compare(voice or Voice(), wishes, on=ON, **more)  # type: ignore[arg-type]


def one(key: str, comparison: Comparison) -> Option:
    return next(option for option in comparison.options if option.id == key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_treatments_stand_side_by_side_in_the_order_of_their_names(language: str) -> None:
    names = [
        option.name.plain.casefold() for option in found(voice=Voice(language=language)).options
    ]
    assert names == sorted(names)
    assert len(names) == len(packaged().names("treatments")) == 8


def test_every_option_says_why_it_meets_a_wish_or_not() -> None:
    for option in found().options:
        for met in option.met:
            assert met.meets in MEETS
            assert (met.why is None) <= (met.meets == "unknown")


@pytest.mark.parametrize(
    ("wish", "yes"),
    [
        ("fuller", {"filler", "implant"}),
        ("less-gum", {"gummy"}),
        ("colour", {"blush", "both"}),
        ("permanent", {"lift", "implant"}),
        ("no-needles", {"nothing"}),
    ],
)
def test_wishes_are_met_by_those_that_the_evidence_names(wish: str, yes: set[str]) -> None:
    met = {option.id for option in found(wish).options if option.met[0].meets == "yes"}
    assert met == yes


def test_a_flip_and_a_blush_add_no_volume_and_say_so() -> None:
    for key in ("flip", "blush", "both"):
        assert "volume" in one(key, found()).facts["never"].plain


def test_facts_of_the_two_full_treatments_are_complete() -> None:
    for key in ("flip", "blush"):
        assert tuple(one(key, found()).facts) == FACTS


def test_an_event_is_met_later_the_more_days_are_left() -> None:
    rank = {"late": 0, "settled": 1, "best": 2}
    levels: dict[str, int] = {}
    for days in (*range(200), *range(200, 800, 10)):
        for option in found(event=ON + timedelta(days)).options:
            assert option.event is not None
            assert option.event.level in FITS
            if option.event.level in rank:
                assert rank[option.event.level] >= levels.get(option.id, 0)
                levels[option.id] = rank[option.event.level]
    assert set(levels.values()) == {2}


def test_the_first_visit_lies_between_today_and_the_event() -> None:
    for days in (0, 14, 28, 42, 91, 105, 400, 1000):
        event = ON + timedelta(days)
        for option in found(event=event).options:
            fit = option.event
            assert fit is not None
            if fit.earliest and fit.latest:
                assert ON <= fit.earliest <= fit.latest <= event


def test_no_first_flip_in_the_last_four_weeks_before_an_event() -> None:
    event = date(2027, 6, 19)
    fit = one("flip", found(event=event)).event
    assert fit is not None
    assert fit.latest == event - timedelta(28)


def test_a_budget_is_compared_in_its_own_currency_only() -> None:
    dollars = found(budget=600.0)
    assert one("flip", dollars).within == "yes"
    assert one("blush", dollars).within == "partly"
    assert one("lift", dollars).within == "no"
    assert one("gummy", dollars).within == "unknown"
    euros = found(budget=600.0, voice=Voice(country_key="es"))
    assert one("flip", euros).within == "unknown"
    assert one("nothing", euros).within == "yes"


@pytest.mark.parametrize(
    ("wishes", "more"),
    [
        (("taller",), {}),
        ((), {"event": date(2026, 11, 22)}),
        ((), {"budget": -1.0}),
        ((), {"budget": float("nan")}),
        ((), {"years": 0}),
        ((), {"years": 6}),
    ],
)
def test_what_makes_no_sense_is_refused(wishes: tuple[str, ...], more: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        found(*wishes, **more)


def test_a_treatment_added_as_data_only_stands_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "treatments").mkdir()
    (tmp_path / "treatments" / "facial.toml").write_text(FACIAL, "utf-8")
    voice = Voice(packaged().with_folder(tmp_path))
    facial = one("facial", found("little-pain", "fuller", voice=voice, event=ON + timedelta(3)))
    assert facial.facts["changes"].plain == "Dry lips feel softer for 1–2 days."
    assert [met.meets for met in facial.met] == ["yes", "unknown"]
    assert facial.event is not None
    assert facial.event.level == "best"
    assert facial.outlay.first is None


def test_the_result_is_plain_json_in_the_voice_s_language() -> None:
    told = json.dumps(found("fuller", voice=Voice(language="es"), event=ON).to_json())
    assert "labios con m" in told
    assert set(wishes_known(Voice())) >= {"fuller", "less-gum", "colour"}


@pytest.mark.parametrize(
    ("key", "treatments"), [("flip", ("flip",)), ("blush", ("blush",)), ("both", ("flip", "blush"))]
)
def test_the_last_day_for_a_first_visit_is_the_schedule_s(
    key: str, treatments: tuple[str, ...]
) -> None:
    event = date(2027, 6, 19)
    wish = Wish(treatments, ON, ON + timedelta(1), event)
    treated = [item.day for item in make_schedule(Voice(), wish).items if item.kind == "treat"]
    fit = one(key, found(event=event)).event
    assert fit is not None
    assert fit.latest == min(treated)


def test_a_practice_s_longer_wait_moves_the_last_day() -> None:
    practice = read_practice("[wait.flip_before_event]\ndays = 40\n", "own.toml")
    event = date(2027, 6, 19)
    fit = one("flip", found(event=event, voice=Voice(practice=practice))).event
    assert fit is not None
    assert fit.latest == event - timedelta(40)
