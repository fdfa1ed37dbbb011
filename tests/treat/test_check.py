"""Warnings and blocks of the evidence's dose rule, keep-outs, border limits and waits."""

from __future__ import annotations

import pytest

from tests.treat.given import evenly
from tests.treat.test_pigment import seen_in
from vermilion.colour.lips import Lab, LipColours
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.check import Notice, check_blush, check_flip, check_rise, check_wait
from vermilion.treat.plan import FlipPlan, InjectionPoint, reference_plan

FAIR, DEEP = (LipColours(lab, lab) for lab in ((49.0, 22.0, 12.0), (33.0, 17.0, 13.0)))


def told(notices: tuple[Notice, ...]) -> dict[str, str]:
    return {one.key: one.severity for one in notices}


def plan(reason: str = "", product: str = "ona", **units: float) -> FlipPlan:
    points = tuple(InjectionPoint(name, dose) for name, dose in units.items())
    return FlipPlan(product, points, reason)


def test_the_usual_plan_calls_for_nothing() -> None:
    assert check_flip(reference_plan()) == ()


@pytest.mark.parametrize(
    ("total", "key", "severity"),
    [(6.5, "flip_total", "warn"), (10.0, "flip_total", "warn"), (10.5, "flip_total_most", "block")],
)
def test_much_is_warned_of_and_more_is_blocked(total: float, key: str, severity: str) -> None:
    assert told(check_flip(evenly(total)))[key] == severity
    assert "flip_total" not in told(check_flip(evenly(6)))


def test_more_than_two_units_at_a_point_are_warned_of() -> None:
    assert "flip_point" not in told(check_flip(plan(paramedian_left=2, paramedian_right=2)))
    assert "flip_point" in told(check_flip(plan(paramedian_left=2.5, paramedian_right=2.5)))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("midline", "keep_out_midline"),
        ("corner_left", "keep_out_corner"),
        ("corner_right", "keep_out_corner"),
    ],
)
def test_keep_outs_are_blocked_unless_a_reason_is_given(name: str, key: str) -> None:
    units = {"paramedian_left": 1.0, "paramedian_right": 1.0, name: 1.0}
    assert check_flip(plan(**units))[0].severity == "block"
    lifted = [one for one in check_flip(plan("old scar", **units)) if one.key == key]
    assert lifted[0].severity == "warn"
    assert "old scar" in lifted[0].text
    assert told(check_flip(plan(**{**units, name: 0.0}))) == {}


def test_an_uneven_plan_is_said_aloud() -> None:
    assert "flip_uneven" in told(check_flip(plan(paramedian_left=1, paramedian_right=2)))


def test_units_of_other_products_are_not_measured_by_the_limits_of_one() -> None:
    notices = check_flip(FlipPlan("abo", evenly(12).points))
    assert told(notices) == {"flip_units_other": "warn"}
    assert "abobotulinumtoxinA" in notices[0].text


def test_an_asked_rise_is_told_where_too_much_begins() -> None:
    assert check_rise(0.75) == ()
    assert "0.9 mm" in check_rise(1.2)[0].text
    assert told(check_rise(2.5)) == {"flip_beyond": "warn"}


@pytest.mark.parametrize(
    ("border_mm", "expected"),
    [
        (0.5, {}),
        (0.6, {"border_small": "warn"}),
        (1.2, {"border_large": "block"}),
        (2.2, {"border_most": "block"}),
    ],
)
def test_a_border_drawn_outward_has_limits(border_mm: float, expected: dict[str, str]) -> None:
    assert told(check_blush(BlushPlan(border_mm=border_mm))) == expected


def test_a_reason_lifts_the_middle_border_limit_and_never_the_last() -> None:
    assert check_blush(BlushPlan(border_mm=1.2, reason="cleft"))[0].severity == "warn"
    last = check_blush(BlushPlan(border_mm=2.2, reason="cleft"))[0]
    assert (last.severity, last.lifted_by_reason) == ("block", False)
    assert check_blush(BlushPlan(border_mm=1.2))[0].lifted_by_reason


def test_a_shade_lighter_than_the_lip_is_blocked_with_the_nearest_that_can_be_had() -> None:
    notices = check_blush(BlushPlan("peach"), DEEP)
    assert told(notices)["blush_lighter"] == "block"
    assert "nearest that can be had" in notices[0].text
    assert told(check_blush(BlushPlan("peach"), FAIR)) == {}


def test_what_reads_as_lipstick_on_one_lip_alone_is_said() -> None:
    strong = BlushPlan("cherry", saturation=1, passes=3)
    mouth = LipColours(DEEP.mean, FAIR.mean, 0.9)
    assert "blush_lipstick" not in told(check_blush(strong, DEEP))
    assert "blush_lipstick" in told(check_blush(strong, mouth))


def test_a_notice_says_of_which_lip_it_holds_where_they_differ() -> None:
    strong = BlushPlan("cherry", saturation=1, passes=3)

    def lipstick(upper: Lab, lower: Lab) -> str:
        found = check_blush(strong, LipColours(upper, lower))
        return next((one.text for one in found if one.key == "blush_lipstick"), "")

    assert lipstick(FAIR.mean, FAIR.mean).startswith("the healed colour")
    assert lipstick(DEEP.mean, FAIR.mean).startswith("lower lip alone: ")
    assert lipstick(FAIR.mean, DEEP.mean).startswith("upper lip alone: ")
    paler = (FAIR.mean[0] + 6, *FAIR.mean[1:])
    assert lipstick(FAIR.mean, paler).startswith("both lips, the lower one most: ")


def test_a_shade_that_one_lip_alone_cannot_take_is_said_and_not_blocked() -> None:
    mouth = LipColours(seen_in(FAIR.mean, 1.0, 0.4), FAIR.mean, 0.1)
    found = {one.key: one for one in check_blush(BlushPlan("peach"), mouth)}
    assert found["blush_lighter"].severity == "warn"
    assert found["blush_lighter"].text.startswith("upper lip alone: ")


def test_lips_of_which_one_lies_in_shade_are_not_called_dark() -> None:
    shaded = seen_in(FAIR.mean, 0.4, 0.0)
    assert shaded[0] < 36
    assert "blush_dark" not in told(check_blush(BlushPlan(), LipColours(shaded, FAIR.mean, 0.3)))
    assert "blush_dark" in told(check_blush(BlushPlan(), LipColours(shaded, DEEP.mean)))


def test_a_lip_that_changes_little_in_the_others_shade_alone_is_not_called_faint() -> None:
    shaded = LipColours(seen_in(FAIR.mean, 0.2, 0.0), FAIR.mean)
    plan = BlushPlan("nude rose", saturation=0.5)
    assert "blush_faint" not in told(check_blush(plan, FAIR))
    assert "blush_faint" not in told(check_blush(plan, shaded))


def test_the_usual_blush_on_a_fair_lip_calls_for_nothing() -> None:
    assert check_blush(BlushPlan(), FAIR) == ()


def test_much_colour_reads_as_lipstick() -> None:
    strong = BlushPlan("cherry", saturation=1, passes=3)
    assert "blush_lipstick" in told(check_blush(strong, FAIR))


def test_a_colour_that_is_hardly_seen_is_said() -> None:
    assert "blush_faint" in told(check_blush(BlushPlan("nude rose", saturation=0.3), FAIR))


def test_dark_lips_are_told_what_to_expect() -> None:
    assert "blush_dark" in told(check_blush(BlushPlan(), DEEP))


def test_nothing_planned_is_said() -> None:
    assert told(check_flip(evenly(0))) == {"flip_nothing": "warn"}
    assert told(check_blush(BlushPlan(saturation=0), FAIR)) == {"blush_nothing": "warn"}


@pytest.mark.parametrize("first", ["flip", "blush"])
def test_both_on_one_day_are_blocked_and_too_near_warned_of(first: str) -> None:
    assert told(check_wait(first, 0, BlushPlan())) == {"wait_same_day": "block"}
    assert set(told(check_wait(first, 14, BlushPlan())).values()) == {"warn"}
    assert check_wait(first, 28, BlushPlan()) == ()


def test_a_border_is_drawn_when_the_toxin_has_worn_off() -> None:
    shaped = BlushPlan(border_mm=0.3)
    assert told(check_wait("flip", 40, shaped)) == {"shape_after_flip": "warn"}
    assert check_wait("flip", 84, shaped) == ()
    assert check_wait("blush", 40, shaped) == ()


def test_blocks_come_first_and_every_notice_has_an_origin() -> None:
    notices = check_flip(plan(paramedian_left=5, midline=6))
    severities = [one.severity for one in notices]
    assert severities == sorted(severities)
    assert {"block", "warn"} == set(severities)
    assert all(one.origin.grade for one in notices)
