"""A plan is what was said, in either order, and comes back from its JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from vermilion.colour.lips import LipColours
from vermilion.consult.plan import Plan, make_plan
from vermilion.errors import PlanError, UsageError
from vermilion.treat.flip import flip_duration_days

LIP = LipColours((52.0, 22.0, 12.0), (52.0, 22.0, 12.0))


def test_a_flip_without_more_is_the_reference_plan() -> None:
    plan = make_plan(flip=True)
    assert plan.flip is not None
    assert plan.flip.total_units == 4
    assert plan.treatments == ("flip",)


def test_units_go_to_every_point_and_points_can_have_their_own() -> None:
    plan = make_plan(flip=True, units=0.5, points="paramedian_left, paramedian_right=1.5")
    assert plan.flip is not None
    assert plan.flip.units_at("paramedian_left") == 0.5
    assert plan.flip.units_at("paramedian_right") == 1.5


@pytest.mark.parametrize("name", ["", "rose", "Rose", "natural rose"])
def test_a_blush_without_a_name_is_a_natural_rose(name: str) -> None:
    blush = make_plan(shade=name).blush
    assert blush is not None
    assert blush.shade.replace(" ", "_") == "natural_rose"


@pytest.mark.parametrize(("said", "kept"), [("powder dots", "powder"), ("Ombre", "ombre")])
def test_a_technique_is_taken_as_people_write_it(said: str, kept: str) -> None:
    blush = make_plan(shade="rose", technique=said).blush
    assert blush is not None
    assert blush.technique == kept


def test_nothing_planned_is_refused() -> None:
    with pytest.raises(UsageError, match="a flip, a blush or both are needed"):
        make_plan()


@pytest.mark.parametrize(
    "said",
    [
        {"flip": True, "technique": "full"},
        {"shade": "rose", "units": 2.0},
        {"flip": True, "wait_days": 10.0},
        {"rise_mm": 0.5, "units": 1.0},
        {"rise_mm": 0.5, "product": "ona"},
        {"flip": True, "first": "blush"},
    ],
)
def test_options_that_go_with_nothing_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        make_plan(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        {"shade": "sky blue"},
        {"flip": True, "product": "water"},
        {"flip": True, "points": "nose"},
        {"flip": True, "points": "midline=many"},
        {"rise_mm": -1.0},
        {"rise_mm": float("nan")},
        {"flip": True, "product": ""},
        {"flip": True, "points": ""},
        {"flip": True, "points": " , "},
        {"flip": True, "shade": "rose", "wait_days": -1.0},
        {"flip": True, "shade": "rose", "wait_days": 29.7},
        {"flip": True, "shade": "rose", "wait_days": 1e9},
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(said: dict[str, object]) -> None:
    with pytest.raises(PlanError):
        make_plan(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", ["flip", "blush"])
def test_the_second_treatment_shows_only_after_the_wait(first: str) -> None:
    plan = make_plan(flip=True, shade="rose", first=first, wait_days=30)
    assert plan.treatments == ("flip", "blush", "both")
    assert (plan.flip_on(29) is None) == (first == "blush")
    assert (plan.blush_on(29, LIP) is None) == (first == "flip")
    assert plan.flip_on(30) is not None
    assert plan.blush_on(30, LIP) is not None


def test_a_flip_after_a_wait_has_its_own_day_0() -> None:
    later = make_plan(flip=True, shade="rose", first="blush", wait_days=30).flip_on(44)
    alone = make_plan(flip=True).flip_on(14)
    assert later == alone


def test_without_a_wait_given_the_evidence_gives_one() -> None:
    assert make_plan(flip=True, shade="rose").wait_days == 28


def test_a_rise_is_reached_at_full_effect_and_gone_at_the_end() -> None:
    plan = make_plan(rise_mm=0.8)
    full, gone = plan.flip_on(plan.judged_day("flip")), plan.flip_on(flip_duration_days().expected)
    assert full is not None
    assert gone is not None
    assert full.expected.rise_mm == pytest.approx(0.8)
    assert gone.expected.rise_mm == 0


def test_a_day_that_was_looked_at_is_drawn_too_from_its_treatments_beginning() -> None:
    plan = replace(make_plan(flip=True, shade="rose", wait_days=28), also_day=17.0)
    assert 17.0 in plan.days("both")
    assert 17.0 in plan.days("flip")
    assert 17.0 not in plan.days("blush")
    assert min(plan.days("blush")) == plan.begins("blush")
    assert Plan.from_json(plan.to_json()) == plan


def test_days_begin_with_the_visit_and_hold_the_judged_day() -> None:
    plan = make_plan(flip=True, shade="rose", first="blush", wait_days=10)
    for treatment in plan.treatments:
        days = plan.days(treatment)
        assert list(days) == sorted(set(days))
        assert days[0] == (0 if treatment != "flip" else 10)
        assert min(abs(day - plan.judged_day(treatment)) for day in days) < 1e-9


@pytest.mark.parametrize(
    "plan",
    [
        make_plan(flip=True, units=1.5, reason="known client"),
        make_plan(rise_mm=0.4),
        make_plan(shade="coral", technique="ombre", saturation=0.4, passes=1, border_mm=0.2),
        make_plan(flip=True, shade="", first="blush", wait_days=40),
    ],
)
def test_a_plan_comes_back_from_its_json(plan: Plan) -> None:
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
