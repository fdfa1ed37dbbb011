"""Pigment over living lip: nothing gets lighter, nothing goes grey."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.colour.difference import delta_e_2000
from vermilion.treat.blush_plan import shades
from vermilion.treat.pigment import healed, melanin

FAIR, MEDIUM, DEEP = (49.0, 22.0, 12.0), (42.0, 25.0, 13.0), (33.0, 17.0, 13.0)
LIPS = st.tuples(st.floats(15, 65), st.floats(6, 35), st.floats(2, 25))

every_shade = pytest.mark.parametrize("one", shades(), ids=lambda one: one.key)


def chroma(lab: tuple[float, float, float]) -> float:
    return math.hypot(lab[1], lab[2])


@every_shade
@given(lip=LIPS)
def test_no_shade_makes_any_lip_lighter(one, lip) -> None:  # type: ignore[no-untyped-def]
    reached = healed(one.masstone, lip)
    assert all(map(math.isfinite, reached))
    assert reached[0] <= lip[0] + 0.01


def test_the_usual_shade_is_a_modest_step_on_a_fair_lip() -> None:
    # blush section B7: L* 2-8 lower, C* 3-10 higher, hue within 15 degrees.
    reached = healed(shades()[0].masstone, FAIR)
    assert 2 <= FAIR[0] - reached[0] <= 8
    assert 3 <= chroma(reached) - chroma(FAIR) <= 10
    turn = math.degrees(math.atan2(reached[2], reached[1]) - math.atan2(FAIR[2], FAIR[1]))
    assert abs(turn) <= 15


@every_shade
def test_dark_lips_stay_warm(one) -> None:  # type: ignore[no-untyped-def]
    for lip in (DEEP, (26.0, 10.0, 8.0)):
        reached = healed(one.masstone, lip)
        hue_deg = math.degrees(math.atan2(reached[2], reached[1]))
        assert chroma(reached) > chroma(lip)  # never greyer
        assert 20 < hue_deg < 50  # neither lilac nor brick orange


@every_shade
def test_each_shade_shows_less_on_a_deep_lip_than_on_a_fair_one(one) -> None:  # type: ignore[no-untyped-def]
    fair, deep = (float(delta_e_2000(lip, healed(one.masstone, lip))) for lip in (FAIR, DEEP))
    assert 0 < deep < fair


def test_shades_stay_apart_on_a_fair_lip() -> None:
    reached = [healed(one.masstone, FAIR) for one in shades()]
    pairs = [(a, b) for i, a in enumerate(reached) for b in reached[i + 1 :]]
    assert min(float(delta_e_2000(a, b)) for a, b in pairs) > 1


def test_melanin_is_nothing_on_a_clear_lip_and_grows_with_darkness() -> None:
    assert melanin((55.0, 20.0, 12.0)) == 0
    assert 0 < melanin(MEDIUM) < melanin(DEEP) < melanin((22.0, 9.0, 7.0))
