"""Where pigment can lie: on made pictures of a mouth whose every pixel is known."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from vermilion.colour.spaces import lab_to_linear
from vermilion.render.layers import Field, Linear
from vermilion.render.matte import Depths, depths, matte

PX_PER_MM = 6.0
LIP, SKIN, TOOTH, HAIR = (48.0, 26.0, 12.0), (65.0, 13.0, 16.0), (78.0, 1.0, 9.0), (12.0, 2.0, 3.0)


@cache
def mouth(gap_mm: float = 0.0, off_mm: float = 0.0) -> tuple[Linear, Depths, Field]:
    """Straight lips from -7 to 7 mm; the curves' outer borders lie `off_mm` outside the picture's.

    Returns the picture, the depths and each pixel's y in mm.
    """
    y = np.arange(-16, 16, 1 / PX_PER_MM, dtype=np.float32)[:, None]
    y = np.broadcast_to(y, (y.size, 300)).copy()
    lab = np.where((np.abs(y) < 7)[..., None], LIP, SKIN)
    lab = np.where((np.abs(y) < gap_mm / 2)[..., None], TOOTH, lab)
    rng = np.random.default_rng(6)
    linear = lab_to_linear(lab) * (1 + 0.04 * rng.standard_normal((*y.shape, 1)))
    flat = np.ones_like(y)
    half, outer = flat * gap_mm / 2, flat * (7 + off_mm)
    at = depths(y, -outer, -half, half, outer, PX_PER_MM)
    return linear.astype(np.float32), at, y


def test_lip_is_free_and_skin_is_not_covered() -> None:
    linear, at, y = mouth()
    cover = matte(linear, at, PX_PER_MM).cover(0.5)
    assert cover[np.abs(y) < 6].min() > 0.95
    assert not cover[np.abs(y) > 7.8].any()


def test_pigment_fades_as_softly_as_the_photo_shows_the_border() -> None:
    linear, at, y = mouth()
    blurred = np.asarray(cv2.GaussianBlur(linear, (0, 0), 1.3 * PX_PER_MM), np.float32)
    lower = y[:, 150] > 3
    depth = 7 - y[lower, 150]
    crisp, soft = (matte(one, at, PX_PER_MM).cover(0.5)[lower, 150] for one in (linear, blurred))

    def reached(cover: Field, share: float) -> float:
        return float(np.interp(share, cover[::-1], depth[::-1]))

    widths = [reached(cover, 0.9) - reached(cover, 0.1) for cover in (crisp, soft)]
    assert widths[1] > 1.5 * widths[0]
    # The fade lies on the lip: skin is as clean as before, and the middle is full.
    assert not soft[depth < -0.8].any()
    assert soft[depth > 3].min() > 0.95


def test_closed_lips_are_coloured_right_through() -> None:
    linear, at, y = mouth()
    assert matte(linear, at, PX_PER_MM).cover(0.5)[np.abs(y) < 0.5].min() > 0.95


@pytest.mark.parametrize("off_mm", [0.6, -0.3])
def test_a_border_that_is_a_little_off_is_moved_to_where_the_picture_shows_it(
    off_mm: float,
) -> None:
    linear, at, y = mouth(0.0, off_mm)
    depth = matte(linear, at, PX_PER_MM).outer_mm[:, 150]
    upper = y[:, 150] < 0
    found = float(np.interp(0, depth[upper], y[upper, 150]))
    assert abs(found + 7) < 0.6 * abs(off_mm)


def test_two_lips_of_unlike_colour_are_each_told_from_the_skin_beside_them() -> None:
    _, at, y = mouth(0.0, 0.6)
    brown, lilac, skin = (45.0, 20.0, 28.0), (60.0, 18.0, -6.0), (55.0, 15.0, 12.0)
    lab = np.where((np.abs(y) < 7)[..., None], np.where((y > 0)[..., None], lilac, brown), skin)
    lab = lab + np.random.default_rng(6).normal(0, 8, lab.shape)
    linear = np.maximum(lab_to_linear(lab), 0).astype(np.float32)
    depth = matte(linear, at, PX_PER_MM).outer_mm[:, 150]
    for lip in (y[:, 150] < -3, y[:, 150] > 3):
        order = np.argsort(depth[lip])
        found = np.interp(0, depth[lip][order], np.abs(y[lip, 150])[order])
        assert abs(float(found) - 7) < 0.3


def test_a_mark_at_the_border_leaves_no_notch_in_the_pigment() -> None:
    linear, at, y = mouth()
    x = np.broadcast_to(np.arange(300) / PX_PER_MM, y.shape)
    marked = linear.copy()
    marked[np.hypot(x - 25, y - 6.4) < 0.5] = lab_to_linear(np.array(SKIN))
    plain, found = (matte(one, at, PX_PER_MM).inside(0.5) for one in (linear, marked))
    assert np.abs(found - plain)[:, 140:160].max() < 0.25


def test_pigment_thins_out_toward_the_open_mouth_and_a_thin_lip_keeps_its_middle() -> None:
    linear, at, y = mouth(5.0)
    takes = matte(linear, at, PX_PER_MM).takes[:, 150]
    from_mouth = y[:, 150] - 2.5
    assert takes[(from_mouth > 0.1) & (from_mouth < 0.4)].max() < 0.45
    assert takes[from_mouth > 1.5].min() > 0.9
    flat = np.ones_like(y)
    thin = depths(y, -7 * flat, -2.5 * flat, 4.5 * flat, 7 * flat, PX_PER_MM)
    assert matte(linear, thin, PX_PER_MM).takes[y[:, 150] > 5.5, 150].min() > 0.99


def test_teeth_between_open_lips_stay_free_of_pigment() -> None:
    linear, at, y = mouth(5.0)
    assert matte(linear, at, PX_PER_MM).cover(0.5)[np.abs(y) < 2.3].max() < 0.02


def test_teeth_that_the_curves_took_for_lip_stay_nearly_free_too() -> None:
    linear, _, y = mouth(6.0)
    flat = np.ones_like(y)
    at = depths(y, -7 * flat, -2 * flat, 2 * flat, 7 * flat, PX_PER_MM)
    assert matte(linear, at, PX_PER_MM).cover(0.5)[np.abs(y) < 2.7].mean() < 0.1


def test_hairs_of_a_beard_that_reach_over_the_lip_stay_dark() -> None:
    linear, at, y = mouth()
    bearded = linear.copy()
    rng = np.random.default_rng(8)
    hairs = np.zeros(y.shape, bool)
    for x in rng.integers(0, 298, 90):
        hairs[(y[:, 0] > 5.5) & (y[:, 0] < 12), x : x + 2] = True
    bearded[hairs] = lab_to_linear(np.array(HAIR))
    found = matte(bearded, at, PX_PER_MM).free
    over = hairs & (y > 5.5) & (y < 6.5)
    beside = ~hairs & (y > 1) & (y < 4)
    assert found[over].mean() < 0.6
    assert found[beside].mean() > 0.95


def test_lip_that_looks_like_skin_is_left_to_the_curve() -> None:
    _, at, y = mouth()
    same = np.broadcast_to(lab_to_linear(np.array(SKIN)), (*y.shape, 3)).astype(np.float32)
    found = matte(np.ascontiguousarray(same), at, PX_PER_MM)
    assert np.allclose(found.outer_mm, at.outer_mm, atol=1e-4)


def test_beyond_the_corners_the_depth_is_the_distance_to_the_corner() -> None:
    x = np.array([[3.0]], np.float32)
    y = np.array([[4.0]], np.float32)
    zero = np.zeros_like(y)
    at = depths(np.repeat(y, 3, 1), *[np.repeat(zero, 3, 1)] * 4, 1.0, np.repeat(x, 3, 1))
    assert at.outer_mm[0] == pytest.approx([-5, -5, -5])


def test_teeth_that_peep_through_lips_whose_curves_touch_stay_free() -> None:
    linear, _, y = mouth(1.2)
    flat = np.ones_like(y)
    at = depths(y, -7 * flat, 0 * flat, 0 * flat, 7 * flat, PX_PER_MM)
    cover = matte(linear, at, PX_PER_MM).cover(0.5)
    assert cover[np.abs(y) < 0.4].mean() < 0.2
    assert cover[(np.abs(y) > 1.5) & (np.abs(y) < 6)].mean() > 0.95


def test_a_border_that_doubles_back_at_a_corner_brings_no_skin_above_it_near() -> None:
    y = np.full((1, 9), -10.0, np.float32)
    steep = np.repeat(np.linspace(-5, 3, 9, dtype=np.float32)[None], 1, 0) * 8
    zero = np.zeros_like(y)
    outer = depths(y, np.minimum(steep, 0), zero, zero, zero + 5, 1.0).outer_mm
    above = y < np.minimum(steep, 0) - 4
    assert above.any()
    assert outer[above].max() < -1


def test_toward_the_corners_there_is_less_room_and_pigment_still_comes_to_the_wet_line() -> None:
    y = np.broadcast_to(np.arange(-9, 9, 1 / PX_PER_MM, dtype=np.float32)[:, None], (108, 400))
    half = np.cos(np.linspace(-1.4, 1.4, 400, dtype=np.float32))[None] * np.ones_like(y)
    at = depths(y, -8 * half, -2 * half, 2 * half, 8 * half, PX_PER_MM)
    assert np.allclose(at.room[:, 200], 1)
    assert 0.1 < at.room[54, 5] < 0.4
    lip = (np.abs(y) < 8 * half) & (np.abs(y) > 2 * half)
    lab = np.where(lip[..., None], LIP, np.where((np.abs(y) < 2 * half)[..., None], TOOTH, SKIN))
    found = matte(lab_to_linear(lab).astype(np.float32), at, PX_PER_MM)
    cover = found.cover(0.3) * found.takes
    near = [float(np.interp(0.5, at.inner_mm[62:90, x], cover[62:90, x])) for x in (200, 30)]
    assert near[0] < 0.8 < 0.95 < near[1]
