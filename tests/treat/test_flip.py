"""What a flip does in millimetres."""

from __future__ import annotations

import math

import pytest

from tests.treat.given import evenly
from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.flip import (
    flip_duration_days,
    flip_function,
    flip_of_rise,
    flip_outcome,
)
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, reference_plan, site

FULL = 14.0


def plan(**units: float) -> FlipPlan:
    return FlipPlan("ona", tuple(InjectionPoint(name, dose) for name, dose in units.items()))


def at(profile: tuple[tuple[float, float], ...], s: float) -> float:
    return dict(profile)[s]


def test_the_reference_plan_gives_the_rise_of_the_data_in_the_middle() -> None:
    flip = topic("flip")
    band = flip_outcome(reference_plan(), FULL)
    for outcome, key in (
        (band.low, "midline_rise_low"),
        (band.expected, "midline_rise"),
        (band.high, "midline_rise_high"),
    ):
        middle_mm = outcome.rise_mm * at(outcome.profile, 0.0)
        assert middle_mm == pytest.approx(flip.number(key).value)


def test_even_much_stays_within_what_is_thought_possible() -> None:
    high = flip_outcome(evenly(100), FULL).high
    assert high.rise_mm * at(high.profile, 0.0) <= topic("flip").number("midline_rise").high


def test_most_under_the_peaks_less_beside_and_a_little_less_between() -> None:
    profile = flip_outcome(reference_plan(), FULL).expected.profile
    assert at(profile, -1.0) == pytest.approx(1)
    assert at(profile, 1.0) == pytest.approx(1)
    assert max(height for _, height in profile) == pytest.approx(1, abs=0.01)
    assert 0.8 < at(profile, 0.0) < 0.98
    assert at(profile, 1.5) < 0.8
    assert at(profile, -2.0) == at(profile, 2.0) == 0


def test_a_profile_runs_from_corner_to_corner() -> None:
    knots = [s for s, _ in flip_outcome(reference_plan(), FULL).expected.profile]
    assert knots == sorted(knots)
    assert (knots[0], knots[-1]) == (-2, 2)


def test_an_uneven_plan_lifts_the_side_that_is_treated() -> None:
    outcome = flip_outcome(plan(paramedian_left=2, paramedian_right=1), FULL).expected
    # The client's left is at image right, where s is positive.
    assert at(outcome.profile, 1.0) > 1 > at(outcome.profile, -1.0)
    assert (at(outcome.profile, 1.0) + at(outcome.profile, -1.0)) / 2 == pytest.approx(1)


def test_a_mirrored_plan_gives_a_mirrored_lip() -> None:
    one = flip_outcome(plan(paramedian_left=2, lateral_right=1), FULL).expected
    other = flip_outcome(plan(paramedian_right=2, lateral_left=1), FULL).expected
    assert one.rise_mm == pytest.approx(other.rise_mm)
    for s, height in one.profile:
        assert at(other.profile, -s) == pytest.approx(height)


def test_two_points_do_less_than_four() -> None:
    two = flip_outcome(plan(paramedian_left=1, paramedian_right=1), FULL).expected
    assert 0 < two.rise_mm < flip_outcome(reference_plan(), FULL).expected.rise_mm


def test_it_begins_after_days_peaks_in_the_second_week_and_is_gone_after_months() -> None:
    def rise_mm(day: float) -> float:
        return flip_outcome(reference_plan(), day).expected.rise_mm

    assert rise_mm(0) == rise_mm(1) == 0
    assert 0 < rise_mm(3) < rise_mm(7) < rise_mm(14)
    assert rise_mm(14) == max(rise_mm(day) for day in range(130))
    assert rise_mm(12 * 7) < 0.2 * rise_mm(14)
    assert rise_mm(16 * 7) == 0


def test_short_and_long_responders_end_six_and_sixteen_weeks_after() -> None:
    ends = flip_duration_days()
    assert (ends.low, ends.high) == (6 * 7, 16 * 7)
    band = flip_outcome(reference_plan(), ends.low)
    assert band.low.rise_mm == 0 < band.expected.rise_mm
    assert flip_outcome(reference_plan(), ends.high - 1).high.rise_mm > 0


def test_the_needle_leaves_a_trace_of_swelling_for_a_day() -> None:
    fresh = flip_outcome(reference_plan(), 0)
    assert fresh.low.swelling_mm == 0 < fresh.expected.swelling_mm <= fresh.high.swelling_mm
    assert flip_outcome(reference_plan(), 2).high.swelling_mm == 0


def test_points_are_told_from_image_left_to_image_right() -> None:
    outcome = flip_outcome(plan(lateral_left=1, paramedian_right=1, midline=0), FULL).expected
    assert outcome.point_s == (site("paramedian_right").s, site("lateral_left").s)


@pytest.mark.parametrize("rise_mm", [0.0, 0.25, 1.0, 2.0])
def test_an_asked_rise_is_that_rise_under_both_peaks(rise_mm: float) -> None:
    outcome = flip_of_rise(rise_mm)
    assert outcome.rise_mm == rise_mm
    assert at(outcome.profile, -1.0) == pytest.approx(1, abs=1e-12)
    assert at(outcome.profile, 1.0) == pytest.approx(1, abs=1e-12)
    assert outcome.inner_fall_mm == pytest.approx(
        rise_mm * topic("flip").number("smile_fall_share").value
    )


@pytest.mark.parametrize("rise_mm", [-0.1, math.nan, math.inf])
def test_a_rise_that_is_none_is_refused(rise_mm: float) -> None:
    with pytest.raises(PlanError, match="rise"):
        flip_of_rise(rise_mm)


@pytest.mark.parametrize("key", ["abo", "inco", "praba", "daxi"])
def test_units_without_lip_data_are_neither_converted_nor_simulated(key: str) -> None:
    other = FlipPlan(key, reference_plan().points)
    with pytest.raises(PlanError, match=product(key).name) as caught:
        flip_outcome(other, FULL)
    assert "millimetres" in caught.value.do


def test_the_loss_of_function_is_told_with_its_likelihood() -> None:
    loss = flip_function(reference_plan())
    assert loss is not None
    assert (loss.seen, loss.of, loss.interval_percent) == (3, 3, (29, 100))
    assert 0 < loss.begins_day < loss.ends_day
    assert flip_function(evenly(0)) is None


def test_no_number_of_the_gummy_smile_is_used() -> None:
    # Its lip drop of 3.4 mm belongs to another muscle: the flip's fall stays a share of its rise.
    for day in range(0, 200, 5):
        outcome = flip_outcome(evenly(10), day).high
        assert outcome.inner_fall_mm <= 0.5 * outcome.rise_mm
