"""The slider's stops: days that rise, marks that stand evenly, both treatments' own days."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vermilion.consult.plan import Plan, make_plan
from vermilion.consult.stops import BETWEEN, stops

PLANS = {
    "flip": make_plan(flip=True),
    "blush": make_plan(shade=""),
    "flip first": make_plan(flip=True, shade="", first="flip"),
    "blush first": make_plan(flip=True, shade="", first="blush"),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_days_rise_and_marks_stand_evenly(plan: Plan) -> None:
    found = stops(plan)
    assert found[0].day == 0
    assert all(one.day < other.day for one, other in pairwise(found))
    places = [k for k, one in enumerate(found) if one.mark]
    assert places == list(range(0, len(found), BETWEEN + 1))
    assert places[-1] == len(found) - 1


def test_each_treatment_alone_has_the_days_on_which_it_is_judged() -> None:
    def marks(plan: Plan) -> list[float]:
        return [one.day for one in stops(plan) if one.mark]

    assert marks(PLANS["flip"]) == [0, 3, 14, 56, 84]
    assert marks(PLANS["blush"]) == [0, 5, 14, 42, 365, 1095]


@pytest.mark.parametrize("first", ["flip", "blush"])
def test_both_have_the_second_ones_own_first_day(first: str) -> None:
    plan = PLANS[f"{first} first"]
    second = "blush" if first == "flip" else "flip"
    assert plan.begins(second) in {
        one.day for one in stops(plan) if one.mark and one.treatment == second
    }
