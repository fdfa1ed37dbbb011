"""A border lost inside the upper lip is found again; a beard's edge is not taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, MouthCrop
from vermilion.face.borders.lost_border import MIDDLE as ASKED
from vermilion.face.borders.lost_border import (
    NARROW,
    WIDE,
    further_out,
    judged,
    lost_places,
    redness,
    rest_is_skin,
)

SKIN, LIT, SHADE, BEARD = (68, 11, 17), (56, 23, 14), (42, 21, 13), (38, 5, 8)
X = np.linspace((CANVAS_PX[0] - MOUTH_PX) / 2, (CANVAS_PX[0] + MOUTH_PX) / 2, 97)
ARCH = 1 - ((X - CANVAS_PX[0] / 2) / (MOUTH_PX / 2)) ** 2
MIDDLE = CANVAS_PX[1] / 2


def line(height: float) -> np.ndarray:
    """An arch so many crop px above the line between the lips."""
    return np.column_stack([X, MIDDLE - height * ARCH])


def painted(above: tuple[int, int, int], rim_px: float = 0.0) -> MouthCrop:
    """A lip 30 px tall, its lower half in its own shade, under a rim of skin and `above`."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    arch = np.interp(x[0], X, ARCH, left=0.0, right=0.0)
    height = (MIDDLE - y) / np.maximum(arch, 0.05)
    lab = np.full((*y.shape, 3), above, np.float32)
    lab[height < 30 + rim_px] = SKIN
    lab[height < 30] = LIT
    lab[height < 15] = SHADE
    rng = np.random.default_rng(1)
    lab += rng.normal(0, 0.5, lab.shape).astype(np.float32)
    channels = np.dstack([lab, np.zeros(y.shape, np.float32)]).astype(np.float32)
    return MouthCrop(channels, channels, np.eye(2, 3))


def gloss(crop: MouthCrop, from_px: float, to_px: float) -> MouthCrop:
    """The same with a white band between two heights above the line between the lips."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    height = (MIDDLE - y) / np.maximum(np.interp(x[0], X, ARCH, left=0.0, right=0.0), 0.05)
    crop.fine[(height > from_px) & (height < to_px), :3] = (80, 8, 10)
    return crop


def test_outside_the_true_border_nothing_is_red() -> None:
    red, apart = redness(painted(SKIN), line(30), line(0), line(30), WIDE)
    assert red[0, ASKED] == pytest.approx(0, abs=0.2)
    assert np.median(apart[ASKED]) > 5
    assert not lost_places(painted(SKIN), line(30), line(0), line(30), WIDE).any()


def test_a_border_on_the_lips_own_shade_is_lost_and_found_further_out() -> None:
    crop = painted(SKIN)
    places = lost_places(crop, line(15), line(0), line(20), WIDE)
    assert places[ASKED].all()
    start = further_out(crop, line(15), line(0), line(20), places, WIDE)
    assert start is not None
    moved, floor = start
    assert MIDDLE - moved[48, 1] == pytest.approx(30, abs=6)
    assert (floor <= 0).all()
    assert -10 < floor[48] < -1
    assert judged(crop, line(30), line(0), line(20), places, WIDE).found


@pytest.mark.parametrize(("red", "possible"), [(0.15, False), (0.25, True), (0.35, False)])
def test_a_border_that_one_more_compression_could_find_is_possible(
    red: float, possible: bool
) -> None:
    places = np.abs(X - CANVAS_PX[0] / 2) < 40
    crop = painted(SKIN)
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    height = (MIDDLE - y) / np.maximum(np.interp(x[0], X, ARCH, left=0.0, right=0.0), 0.05)
    crop.fine[(height > 30) & (height < 36), 1] += red * (LIT[1] - SKIN[1])
    answer = judged(crop, line(30), line(0), line(20), places, WIDE)
    assert answer.possible == possible
    assert answer.found == (red < WIDE.found)


def test_a_border_lost_on_one_side_moves_there_alone() -> None:
    half = np.where(CANVAS_PX[0] / 2 > X, 15.0, 30.0)
    border = np.column_stack([X, MIDDLE - half * ARCH])
    crop = painted(SKIN)
    places = lost_places(crop, border, line(0), line(20), WIDE)
    start = further_out(crop, border, line(0), line(20), places, WIDE)
    assert places[20:40].all()
    assert not places[60:].any()
    assert start is not None
    assert start[0][65:] == pytest.approx(border[65:])
    assert start[0][30, 1] < border[30, 1] - 5


def test_where_skin_is_the_redder_one_over_much_of_the_mouth_nothing_is_lost() -> None:
    crop = painted(SKIN)
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    height = (MIDDLE - y) / np.maximum(np.interp(x[0], X, ARCH, left=0.0, right=0.0), 0.05)
    crop.fine[(height > 30) & ((x < X[14]) | (x > X[55])), 1] += 20
    for look in (WIDE, NARROW):
        _, apart = redness(crop, line(30), line(0), line(30), look)
        assert np.median(apart[ASKED]) > 1
        assert not lost_places(crop, line(30), line(0), line(30), look).any()


def test_a_white_gloss_does_not_hide_that_a_border_is_lost() -> None:
    crop = gloss(painted(SKIN), 15, 20)
    assert redness(crop, line(15), line(0), line(20), WIDE)[0][0, 48] < 0.35
    assert lost_places(crop, line(15), line(0), line(20), WIDE)[48]


def test_commissures_are_not_moved() -> None:
    crop = painted(SKIN)
    places = lost_places(crop, line(15), line(0), line(20), WIDE)
    start = further_out(crop, line(15), line(0), line(20), places, WIDE)
    assert start is not None
    assert start[0][[0, -1]] == pytest.approx(line(15)[[0, -1]])


def test_the_edge_of_a_beard_is_no_border() -> None:
    everywhere = np.ones(97, dtype=np.bool_)
    beard = judged(painted(BEARD, rim_px=8), line(38), line(0), line(30), everywhere, WIDE)
    assert not beard.found
    assert not beard.possible


def test_where_lip_and_skin_are_alike_nothing_is_lost() -> None:
    crop = painted(SKIN)
    crop.fine[..., 1] = 12.0
    assert not lost_places(crop, line(15), line(0), line(20), WIDE).any()


def test_a_short_stretch_is_lost_to_the_narrow_look_alone() -> None:
    short = (CANVAS_PX[0] / 2 + 10 < X) & (CANVAS_PX[0] / 2 + 34 > X)
    border = np.column_stack([X, MIDDLE - np.where(short, 15.0, 30.0) * ARCH])
    crop = painted(SKIN)
    assert short.sum() == 11
    assert not lost_places(crop, border, line(0), line(20), WIDE).any()
    places = lost_places(crop, border, line(0), line(20), NARROW)
    assert places[short].mean() > 0.8
    assert not places[[*range(40), *range(75, 97)]].any()
    start = further_out(crop, border, line(0), line(20), places, NARROW)
    assert start is not None
    assert start[0][short, 1].mean() < border[short, 1].mean() - 5
    assert judged(crop, line(30), line(0), line(20), places, NARROW).found
    assert rest_is_skin(crop, border, line(0), line(20), places, NARROW)


def test_a_short_stretch_is_not_believed_where_the_rest_is_reddish_too() -> None:
    short = (CANVAS_PX[0] / 2 + 10 < X) & (CANVAS_PX[0] / 2 + 34 > X)
    border = np.column_stack([X, MIDDLE - np.where(short, 15.0, 30.0) * ARCH])
    crop = painted(SKIN)
    places = lost_places(crop, border, line(0), line(40), NARROW)
    assert rest_is_skin(crop, border, line(0), line(40), places, NARROW)
    for x, y in border[20:40].astype(int):
        crop.fine[y - 8 : y - 1, x - 1 : x + 2, 1] = SKIN[1] + 0.25 * (LIT[1] - SKIN[1])
    assert np.array_equal(lost_places(crop, border, line(0), line(40), NARROW), places)
    assert rest_is_skin(crop, border, line(0), line(40), places, WIDE)
    assert not rest_is_skin(crop, border, line(0), line(40), places, NARROW)
