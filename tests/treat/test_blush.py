"""A blush through its days: bold, flaking, ghost, bloom, healed, fading."""

from __future__ import annotations

import math

import pytest

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import LipColours
from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.blush import (
    blush_outcome,
    intensity,
    phase,
    reachable,
    settled_day,
)
from vermilion.treat.blush_plan import BlushPlan, shades
from vermilion.treat.pigment import healed

FAIR, MEDIUM, DEEP = (
    LipColours(lab, lab) for lab in ((49.0, 22.0, 12.0), (42.0, 25.0, 13.0), (33.0, 17.0, 13.0))
)
YEAR = 365.25


@pytest.mark.parametrize("visits", [1, 2, 3])
@pytest.mark.parametrize("lip", [FAIR, MEDIUM, DEEP])
def test_the_planned_colour_is_there_when_the_planned_visits_are_healed(
    visits: int, lip: LipColours
) -> None:
    plan = BlushPlan(visits=visits)
    usual = blush_outcome(plan, lip, settled_day(plan)).expected.mean_lab
    assert float(delta_e_2000(usual, healed(shades()[0].masstone, lip).mean)) < 1


def test_one_visit_keeps_half_of_the_fresh_colour_between_three_and_eight_tenths() -> None:
    fresh, settled = intensity(BlushPlan(), 0).expected, intensity(BlushPlan(), 42)
    kept = [share / fresh for share in (settled.low, settled.expected, settled.high)]
    assert kept == pytest.approx([0.3, 0.5, 0.8])


def test_two_visits_leave_what_the_two_leave_together() -> None:
    plan = BlushPlan(visits=2)
    second = intensity(plan, settled_day(plan))
    # 1 - (1 - r)^2 for r = 0.3, 0.5, 0.8, the first visit's share faded by seven weeks since.
    planned = 1 - (1 - 0.5) ** 2
    for got, r in zip((second.low, second.expected, second.high), (0.3, 0.5, 0.8), strict=True):
        assert got * planned == pytest.approx(1 - (1 - r) ** 2, abs=0.06)
        assert got * planned <= 1 - (1 - r) ** 2


def test_the_ghost_phase_is_paler_than_what_comes_before_and_after() -> None:
    at = {day: intensity(BlushPlan(), day).expected for day in (1, 4, 10, 42)}
    assert at[10] < at[42] < at[4] < at[1]


def test_after_healing_the_step_halves_in_each_half_life() -> None:
    years = topic("blush").number("half_life")
    for pick, half_life in (("low", years.low), ("expected", years.value), ("high", years.high)):
        settled = intensity(BlushPlan(), 42).pick(pick)
        later = intensity(BlushPlan(), 42 + half_life * YEAR).pick(pick)
        assert later == pytest.approx(settled / 2)


def test_most_blushes_can_be_seen_for_one_to_three_years() -> None:
    visible = topic("blush").number("visible").value
    plan = BlushPlan()

    def seen(day: float) -> float:
        return math.dist(blush_outcome(plan, FAIR, day).expected.mean_lab, FAIR.mean)

    assert seen(YEAR) > visible > seen(3 * YEAR)


def test_a_touch_up_brings_the_usual_course_back_to_the_plan() -> None:
    plan = BlushPlan(touch_up_days=(2 * YEAR,))
    before, after = intensity(plan, 2 * YEAR - 1), intensity(plan, 2 * YEAR + 42)
    assert before.expected < 0.3
    assert after.expected == pytest.approx(1, abs=1e-6)
    assert phase(plan, 2 * YEAR + 1) == "bold"


def test_phases_follow_each_other_after_each_visit() -> None:
    plan = BlushPlan()
    assert [phase(plan, day) for day in (0, 4, 10, 20, 42, 900)] == [
        "bold",
        "flaking",
        "ghost",
        "bloom",
        "settled",
        "settled",
    ]
    assert phase(BlushPlan(visits=2), 50) == "bold"


def test_a_fresh_lip_swells_and_reddens_a_dry_one_flakes_a_healed_one_is_itself() -> None:
    fresh, dry, ghost, done = (
        blush_outcome(BlushPlan(), FAIR, day).expected for day in (0, 5, 10, 42)
    )
    assert fresh.swelling_mm > 0.3
    assert fresh.redness > 0.5
    assert fresh.gloss > 1 > dry.gloss
    assert dry.dryness > 0.5
    assert 0 < dry.flaked < 1
    assert ghost.veil > 0.5
    assert (done.swelling_mm, done.redness, done.dryness, done.veil) == (0, 0, 0, 0)
    assert done.gloss == 1


@pytest.mark.parametrize("name", [one.key for one in shades()])
@pytest.mark.parametrize("lip", [FAIR, MEDIUM, DEEP])
def test_a_shade_that_cannot_be_had_names_one_that_can(name: str, lip: LipColours) -> None:
    reach = reachable(name, lip)
    assert reach.nearest is not None
    assert reachable(reach.nearest.key, lip).reachable
    assert reach.reachable == (reach.nearest == reach.shade)
    assert reach.healed.mean[0] <= lip.mean[0] + 0.01
    if reach.whole.lighter_by > 2:
        assert not reach.reachable


def test_the_default_can_be_had_on_any_lip() -> None:
    others = ((28.0, 12.0, 9.0), (65.0, 20.0, 12.0), (55.0, 40.0, 25.0))
    for lip in (FAIR, MEDIUM, DEEP, *(LipColours(lab, lab) for lab in others)):
        assert reachable("natural rose", lip).reachable


def test_the_default_is_never_blocked_as_lighter() -> None:
    for lightness in range(10, 70, 5):
        lab = (float(lightness), 15.0, 10.0)
        assert reachable("natural rose", LipColours(lab, lab)).whole.lighter_by <= 0


def test_peach_can_be_had_on_a_fair_lip_and_not_on_a_deep_one() -> None:
    assert reachable("peach", FAIR).reachable
    assert not reachable("peach", DEEP).reachable


def test_no_work_is_more_than_a_lip_takes() -> None:
    plan = BlushPlan("cherry", saturation=1, passes=4)
    for day in (0, 1, 14, 42):
        lightness = blush_outcome(plan, DEEP, day).high.mean_lab[0]
        assert 0 < lightness <= DEEP.mean[0]


@pytest.mark.parametrize("lab", [(0.0, 1.0, 1.0), (120.0, 0.0, 0.0), (math.nan, 1.0, 1.0)])
def test_a_colour_that_is_none_is_refused(lab: tuple[float, float, float]) -> None:
    with pytest.raises(PlanError, match="colour"):
        blush_outcome(BlushPlan(), LipColours(lab, FAIR.lower), 42)
