"""A lower lip found on the chin, because a tongue hides it, is told; true lips never are."""

from __future__ import annotations

import numpy as np
import pytest

from tests import rendered
from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, RED_RATIO, MouthCrop
from vermilion.face.borders.hidden_lip import lower_lip_is_skin
from vermilion.phantom import SCENES

X = np.linspace((CANVAS_PX[0] - MOUTH_PX) / 2, (CANVAS_PX[0] + MOUTH_PX) / 2, 97)
ARCH = 1 - ((X - CANVAS_PX[0] / 2) / (MOUTH_PX / 2)) ** 2
MIDDLE = CANVAS_PX[1] / 2
LIP, TEETH, SKIN, RIM = 27.0, 5.0, 20.0, 23.0
"""Redness, 20 ln(R/G); skin as of a flushed chin, the rim as the outer zone of a pale lip."""
OPEN, LOWER = 60, 24
"""An upper lip 20 px tall, an opening and a lower lip below it, crop px."""


def line(depth: float) -> np.ndarray:
    """An arch so many crop px below the commissures; negative above."""
    return np.column_stack([X, MIDDLE + depth * ARCH])


def seen(between: float, lower: float = LIP) -> MouthCrop:
    """A face of skin with an open mouth, what lies `between` its lips, and a lower lip."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    arch = np.interp(x[0], X, ARCH, left=0.0, right=0.0)
    depth = (y - MIDDLE) / np.maximum(arch, 0.05)
    red = np.full(y.shape, SKIN)
    for top, colour in ((OPEN + LOWER, lower), (OPEN, between), (0, LIP), (-20, SKIN)):
        red[depth < top] = colour
    red += np.random.default_rng(1).normal(0, 0.5, red.shape)
    channels = np.zeros((*y.shape, 4), np.float32)
    channels[..., RED_RATIO] = red
    return MouthCrop(channels, channels, np.eye(2, 3))


def told(crop: MouthCrop, under: float, lower: float, over: float = 0) -> bool:
    return lower_lip_is_skin(crop, line(-20), line(over), line(under), line(lower))


@pytest.mark.parametrize("off_px", [-6, 0, 4])
def test_borders_that_begin_where_a_hidden_lip_ends_are_told(off_px: float) -> None:
    """A tongue that is as red as the lip, over all of it but its edge."""
    end = OPEN + LOWER
    assert told(seen(LIP), end + off_px, end + LOWER + off_px)


def test_a_lip_below_an_open_mouth_is_a_lip_whatever_lies_above_it() -> None:
    for between in (TEETH, LIP, 40.0):
        assert not told(seen(between), OPEN, OPEN + LOWER)


def test_a_pale_lip_below_a_tongue_is_a_lip() -> None:
    assert not told(seen(LIP, lower=RIM), OPEN, OPEN + LOWER)


def test_nothing_is_said_where_what_lies_between_the_lips_is_not_red() -> None:
    """Below teeth a lip of skin's redness may be this face's own."""
    assert not told(seen(TEETH, lower=SKIN), OPEN, OPEN + LOWER)


def test_no_tongue_is_asked_for_between_lips_that_hardly_part() -> None:
    end = OPEN + LOWER
    assert not told(seen(LIP), end, end + LOWER, over=end - 25)


def test_nothing_is_said_without_colour() -> None:
    crop = seen(LIP)
    crop.fine[..., RED_RATIO] = 0.0
    assert not told(crop, OPEN + LOWER, OPEN + 2 * LOWER)


@pytest.mark.parametrize("name", ["open", "smile", "dark_smile", "gummy_smile"])
def test_rendered_open_mouths_show_their_lower_lip(name: str) -> None:
    assert not rendered.seen(SCENES[name].sized(600, 800))[2].lower_is_skin
