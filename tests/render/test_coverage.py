"""Techniques: where pigment is dense, and how far a correction goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.render.coverage import Technique, coverage, ends, gradient, outward
from vermilion.render.matte import Matte

ACROSS = np.linspace(0, 1, 50, dtype=np.float32)[None]
MIDDLE = np.zeros_like(ACROSS)


def column(softer_px: float = 0.0) -> Matte:
    """One column of pixels, from 4 mm outside the border to 6 mm inside it."""
    depth = np.linspace(-4, 6, 500, dtype=np.float32)[None]
    return Matte(depth, depth, np.ones_like(depth), softer_px)


@given(st.floats(0, 3), st.floats(0, 3))
def test_border_and_wet_line_carry_what_the_technique_says(edge: float, centre: float) -> None:
    amount = gradient(Technique(edge, centre, 1.0, 0.5, 0.0), MIDDLE, ACROSS)
    assert amount[0, 0] == pytest.approx(edge, abs=1e-5)
    assert amount[0, -1] == pytest.approx(centre, abs=1e-5)
    steps = np.diff(amount[0])
    assert (steps >= -1e-5).all() or (steps <= 1e-5).all()


def test_a_liner_is_narrower_than_an_ombre() -> None:
    liner = gradient(Technique(4.0, 0.0, 1.0, 0.3, 0.0), MIDDLE, ACROSS)[0]
    ombre = gradient(Technique(4.0, 2.0, 1.0, 0.3, 0.0), MIDDLE, ACROSS)[0]
    assert (liner > 2.0).mean() < 0.5 * (ombre > 3.0).mean() + 0.2


def test_corners_carry_their_own_amount() -> None:
    along = np.array([[-2.0, -1.0, 0.0, 1.0, 2.0]], np.float32)
    amount = gradient(Technique(1, 1, 0.4, 0.5, 0.0), along, np.full_like(along, 0.5))
    assert amount[0] == pytest.approx([0.4, 1, 1, 1, 0.4], abs=1e-5)


def test_pigment_is_whole_but_for_the_last_of_the_corners_and_nothing_at_their_ends() -> None:
    along = np.array([[-2.0, -1.99, -1.9, 0.0, 1.9, 2.0]], np.float32)
    left = ends(along)[0]
    assert left[[0, 5]] == pytest.approx([0, 0], abs=1e-6)
    assert left[2:5] == pytest.approx([1, 1, 1])
    assert 0 < left[1] < 0.2


@given(st.floats(0.1, 2.0))
def test_a_correction_is_full_in_the_middle_and_nothing_at_the_corners(border_mm: float) -> None:
    along = np.linspace(-2, 2, 81, dtype=np.float32)[None]
    out = outward(border_mm, along)
    assert out[0, 40] == pytest.approx(border_mm, rel=1e-5)
    assert out[0, 0] == out[0, -1] == 0


@pytest.mark.parametrize("border_mm", [0.0, 0.5, 1.0])
def test_pigment_is_at_half_where_the_planned_border_lies(border_mm: float) -> None:
    where = column()
    depth = where.outer_mm
    plan = Technique(1, 1, 1, 0.5, border_mm)
    weight = coverage(plan, where, np.zeros_like(depth), np.zeros_like(depth))
    half = float(np.interp(0.5, weight[0], depth[0]))
    assert half == pytest.approx(-border_mm, abs=0.03)
    assert not weight[depth < -border_mm - 0.3].any()
    assert (np.diff(weight[0]) >= -1e-6).all()


def test_a_blurred_photo_gets_a_softer_border() -> None:
    sharp, soft = (column(blur).cover(0.4) for blur in (0.0, 1.0))
    assert ((soft > 0.05) & (soft < 0.95)).sum() > 2 * ((sharp > 0.05) & (sharp < 0.95)).sum()


def test_skin_half_a_millimetre_beyond_the_border_is_clean_in_a_coarse_photo() -> None:
    where = column(2.0)
    weight = where.cover(0.4)
    assert not weight[where.outer_mm < -0.5].any()
    assert weight[0, np.argmin(np.abs(where.outer_mm))] == pytest.approx(0.5, abs=0.05)


def test_a_pixel_that_is_half_lip_takes_half_but_a_planned_border_is_skin_and_takes_all() -> None:
    plain = column(0.4)
    mixed = replace(plain, lips=np.full_like(plain.outer_mm, 0.5))
    assert np.allclose(mixed.cover(0.4), plain.cover(0.4) / 2)
    beyond = np.full_like(plain.outer_mm, 1.0)
    assert np.allclose(mixed.cover(0.4, beyond), plain.cover(0.4, beyond))
