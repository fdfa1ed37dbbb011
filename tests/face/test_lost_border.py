"""A border lost inside the upper lip is found again; a beard's edge is not taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.face.crop import CANVAS_PX, MOUTH_PX, MouthCrop
from vermilion.face.lost_border import further_out, is_found, is_lost, redness

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


def test_outside_the_true_border_nothing_is_red() -> None:
    red, apart = redness(painted(SKIN), line(30), line(0), line(30))
    assert red == pytest.approx(0, abs=0.15)
    assert apart > 5
    assert not is_lost(painted(SKIN), line(30), line(0), line(30))


def test_a_border_on_the_lips_own_shade_is_lost_and_found_further_out() -> None:
    crop = painted(SKIN)
    assert is_lost(crop, line(15), line(0), line(20))
    start = further_out(crop, line(15), line(0), line(20))
    assert start is not None
    moved, floor = start
    assert MIDDLE - moved[48, 1] == pytest.approx(30, abs=6)
    assert (floor <= 0).all()
    assert floor[48] < -1
    assert is_found(crop, line(30), line(0), line(20))


def test_commissures_are_not_moved() -> None:
    start = further_out(painted(SKIN), line(15), line(0), line(20))
    assert start is not None
    assert start[0][[0, -1]] == pytest.approx(line(15)[[0, -1]])


def test_the_edge_of_a_beard_is_no_border() -> None:
    assert not is_found(painted(BEARD, rim_px=8), line(38), line(0), line(30))


def test_where_lip_and_skin_are_alike_nothing_is_lost() -> None:
    crop = painted(SKIN)
    crop.fine[..., 1] = 12.0
    assert not is_lost(crop, line(15), line(0), line(20))
