"""What is told of a day: nothing without a treatment, in order, and gum never below none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.colour.lips import LipColours
from vermilion.consult.foretold import foretold, gum_after
from vermilion.consult.plan import make_plan
from vermilion.units import Band, Measured

BARE = LipColours((55.0, 22.0, 12.0), (55.0, 22.0, 12.0))


def test_a_flip_alone_tells_no_colour() -> None:
    told = foretold(make_plan(flip=True), 14, BARE)
    assert told.colour_de is None
    assert told.rise_mm is not None
    assert told.fall_mm is not None
    assert 0 < told.fall_mm.expected < told.rise_mm.expected


def test_a_blush_alone_tells_no_rise() -> None:
    told = foretold(make_plan(shade=""), 42, BARE)
    assert (told.rise_mm, told.fall_mm) == (None, None)
    assert told.colour_de is not None
    assert told.colour_de.expected > 1


def test_lips_of_two_colours_are_told_one_by_one_and_of_nearly_one_together() -> None:
    plan = make_plan(shade="")
    two = foretold(plan, 42, LipColours((34.0, 16.0, 14.0), BARE.lower, 0.4))
    assert two.lips_de is not None
    assert two.colour_de is not None
    upper, lower = (one.expected for one in two.lips_de)
    assert upper < two.colour_de.expected < lower
    assert foretold(plan, 42, LipColours((54.0, 22.0, 12.0), BARE.lower)).lips_de is None


def test_what_has_not_begun_is_not_told() -> None:
    plan = make_plan(flip=True, shade="", first="flip", wait_days=28)
    assert foretold(plan, 14, BARE).colour_de is None
    assert foretold(plan, 30, BARE).colour_de is not None


def test_a_lip_that_was_not_measured_has_no_colour() -> None:
    assert foretold(make_plan(shade=""), 42, None).colour_de is None


@given(st.floats(0, 120))
def test_weak_usual_and_strong_stand_in_order(day: float) -> None:
    rise = foretold(make_plan(flip=True), day, BARE).rise_mm
    assert rise is not None
    assert rise.low <= rise.expected <= rise.high


@pytest.mark.parametrize(("gum", "left"), [(2.0, 1.7), (0.2, 0.0)])
def test_a_lip_that_hangs_lower_hides_gum_and_no_more(gum: float, left: float) -> None:
    found = gum_after(Measured(gum, 0.3, "mm"), Band(0.1, 0.3, 0.6))
    assert found.expected == pytest.approx(left)
    assert found.high >= 0
