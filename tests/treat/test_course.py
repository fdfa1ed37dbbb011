"""Curves between their days."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.course import checked_day, course

CURVES = [(name, key) for name in ("flip", "blush", "looks") for key in topic(name).curves]


@pytest.mark.parametrize(("name", "key"), CURVES)
def test_a_curve_passes_through_its_data(name: str, key: str) -> None:
    curve = topic(name).curve(key)
    for i, day in enumerate(curve.days):
        at = course(name, key).at(day)
        assert (at.low, at.expected, at.high) == (curve.low[i], curve.expected[i], curve.high[i])


@pytest.mark.parametrize(("name", "key"), CURVES)
@given(day=st.floats(0, 1e4))
def test_a_curve_neither_overshoots_nor_leaves_its_order(name: str, key: str, day: float) -> None:
    curve, at = topic(name).curve(key), course(name, key).at(day)
    assert at.low <= at.expected <= at.high
    i = max(j for j, knot in enumerate(curve.days) if knot <= day)
    around = curve.expected[i : i + 2]
    assert min(around) <= at.expected <= max(around)


def test_a_rising_stretch_rises_all_the_way() -> None:
    effect = course("flip", "effect")
    values = [effect.at(day / 10).expected for day in range(0, 141)]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] == 1


def test_outside_its_days_a_curve_keeps_its_ends() -> None:
    intensity = course("blush", "intensity")
    assert intensity.at(-5).expected == intensity.at(0).expected
    assert intensity.at(1e6).expected == intensity.at(intensity.last_day).expected


@pytest.mark.parametrize("day", [-1.0, -1e-9, 1e7, 1e300, math.nan, math.inf, -math.inf])
def test_a_day_that_is_none_is_refused(day: float) -> None:
    with pytest.raises(PlanError, match="day"):
        checked_day(day)
