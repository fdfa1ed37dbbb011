"""Pigment over living lip: nothing gets lighter, nothing goes grey."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import Lab, LipColours
from vermilion.colour.spaces import lab_to_linear, linear_to_lab
from vermilion.treat.blush_plan import shades
from vermilion.treat.pigment import healed, light_on, melanin, stained

FAIR, MEDIUM, DEEP = (49.0, 22.0, 12.0), (42.0, 25.0, 13.0), (33.0, 17.0, 13.0)
LIPS = st.tuples(st.floats(15, 65), st.floats(6, 35), st.floats(2, 25))

every_shade = pytest.mark.parametrize("one", shades(), ids=lambda one: one.key)


def on(masstone: Lab, lab: Lab) -> Lab:
    """The healed colour where both lips are of one colour."""
    return healed(masstone, LipColours(lab, lab)).mean


def chroma(lab: tuple[float, float, float]) -> float:
    return math.hypot(lab[1], lab[2])


@every_shade
@given(lip=LIPS)
def test_no_shade_makes_any_lip_lighter(one, lip) -> None:  # type: ignore[no-untyped-def]
    reached = on(one.masstone, lip)
    assert all(map(math.isfinite, reached))
    assert reached[0] <= lip[0] + 0.01


def test_the_usual_shade_is_a_modest_step_on_a_fair_lip() -> None:
    # blush section B7: L* 2-8 lower, C* 3-10 higher, hue within 15 degrees.
    reached = on(shades()[0].masstone, FAIR)
    assert 2 <= FAIR[0] - reached[0] <= 8
    assert 3 <= chroma(reached) - chroma(FAIR) <= 10
    turn = math.degrees(math.atan2(reached[2], reached[1]) - math.atan2(FAIR[2], FAIR[1]))
    assert abs(turn) <= 15


@every_shade
def test_dark_lips_stay_warm(one) -> None:  # type: ignore[no-untyped-def]
    for lip in (DEEP, (26.0, 10.0, 8.0)):
        reached = on(one.masstone, lip)
        hue_deg = math.degrees(math.atan2(reached[2], reached[1]))
        assert chroma(reached) > chroma(lip)  # never greyer
        assert 20 < hue_deg < 50  # neither lilac nor brick orange


@every_shade
def test_each_shade_shows_less_on_a_deep_lip_than_on_a_fair_one(one) -> None:  # type: ignore[no-untyped-def]
    fair, deep = (float(delta_e_2000(lip, on(one.masstone, lip))) for lip in (FAIR, DEEP))
    assert 0 < deep < fair


def test_shades_stay_apart_on_a_fair_lip() -> None:
    reached = [on(one.masstone, FAIR) for one in shades()]
    pairs = [(a, b) for i, a in enumerate(reached) for b in reached[i + 1 :]]
    assert min(float(delta_e_2000(a, b)) for a, b in pairs) > 1


def test_melanin_is_nothing_on_a_clear_lip_and_grows_with_darkness() -> None:
    assert melanin((55.0, 20.0, 12.0)) == 0
    assert 0 < melanin(MEDIUM) < melanin(DEEP) < melanin((22.0, 9.0, 7.0))


@every_shade
@given(upper=LIPS, lower=LIPS, cover=st.floats(0, 1))
def test_neither_lip_of_a_mouth_gets_lighter(one, upper, lower, cover) -> None:  # type: ignore[no-untyped-def]
    for lip in stained(one.masstone, LipColours(upper, lower)):
        assert lip.at(cover)[0] <= lip.bare[0] + 0.01


@every_shade
def test_the_more_of_a_lip_lies_under_dots_the_nearer_it_comes_to_them_and_no_further(one) -> None:  # type: ignore[no-untyped-def]
    for lip in stained(one.masstone, LipColours(FAIR, DEEP)):
        whole = lip.at(1.0)
        left = [math.dist(lip.at(cover / 10), whole) for cover in range(11)]
        assert left == sorted(left, reverse=True)
        assert left[-1] == 0


def seen_in(lab: Lab, light: float, melanin: float) -> Lab:
    """A lip with less light on it and more melanin in it."""
    less = light * np.exp(-melanin * np.array([0.45, 0.75, 1.0]))
    lightness, a, b = linear_to_lab(lab_to_linear(np.array(lab)) * less)
    return float(lightness), float(a), float(b)


@pytest.mark.parametrize(("light", "melanin"), [(0.3, 0.0), (1.0, 0.8), (0.5, 0.8)])
def test_a_brown_lip_beside_a_pale_one_is_told_from_a_shaded_one(
    light: float, melanin: float
) -> None:
    pale = (60.0, 24.0, 14.0)
    other = seen_in(pale, light, melanin)
    assert light_on(LipColours(other, pale)) == pytest.approx((light, 1.0), rel=0.02)
    assert light_on(LipColours(pale, other)) == pytest.approx((1.0, light), rel=0.02)


def test_a_shaded_lip_takes_as_much_of_its_light_away_as_the_other() -> None:
    pale = (60.0, 24.0, 14.0)
    upper, lower = stained(shades()[0].masstone, LipColours(seen_in(pale, 0.4, 0.0), pale))
    assert upper.at(0.5) == pytest.approx(seen_in(lower.at(0.5), 0.4, 0.0), abs=0.3)
