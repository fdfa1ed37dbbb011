"""Glints of a lip are brought to the height they had, and nothing else is."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from vermilion.render.glints import FINE_PX_PER_MM, as_bright_as_before
from vermilion.render.layers import split

PX_PER_MM = 12.0
STEP = 3
WHITE = 255.0
Picture = npt.NDArray[np.float32]


def lip(glint: float) -> Picture:
    """A flat lip of 15 x 15 mm with nine round glints, `glint` of white in light above it."""
    light = np.full((180, 180, 3), (0.40, 0.11, 0.10), np.float32)
    spots = np.zeros((180, 180), np.float32)
    for x in (50, 90, 130):
        for y in (50, 90, 130):
            cv2.circle(spots, (x, y), 6, 1.0, -1, cv2.LINE_AA)
    spots = cv2.GaussianBlur(spots, (0, 0), 2)
    return np.asarray((light + glint * spots[..., None]) ** (1 / 2.2) * WHITE, np.float32)


def clear() -> Picture:
    inside = np.zeros((60, 60), np.float32)
    inside[8:-8, 8:-8] = 1
    return inside


def height(picture: Picture) -> float:
    linear = np.asarray((picture / WHITE) ** 2.2, np.float32)
    mask = cv2.resize(clear(), (180, 180), interpolation=cv2.INTER_NEAREST)
    gloss = split(linear, mask, PX_PER_MM).gloss[mask > 0]
    return float(np.percentile(gloss, 99))


def drawn(before: Picture, after: Picture) -> Picture:
    return as_bright_as_before(before, after, clear(), clear(), PX_PER_MM, WHITE)


@pytest.mark.parametrize("now", [0.15, 0.25])
def test_glints_that_grew_or_faded_stand_as_high_as_before(now: float) -> None:
    before, after = lip(0.20), lip(now)
    assert abs(height(after) / height(before) - 1) > 0.2
    assert height(drawn(before, after)) == pytest.approx(height(before), rel=0.06)


def test_only_what_shines_is_changed() -> None:
    before, after = lip(0.20), lip(0.15)
    changed = np.abs(drawn(before, after) - after).max(axis=2) > 0.5
    assert changed.any()
    flat = lip(0.0)
    shines = np.abs(after - flat).max(axis=2) > 0.5
    # Read on a copy of a coarser grain: a pixel of that one more.
    wide = cv2.dilate(shines.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert PX_PER_MM / FINE_PX_PER_MM <= 2
    assert not changed[~wide].any()


def test_a_lip_without_glints_stays_as_it_is() -> None:
    flat = lip(0.0)
    np.testing.assert_array_equal(drawn(flat, flat), flat)


def test_a_lip_too_thin_to_be_read_stays_as_it_is() -> None:
    after = lip(0.1)
    nothing = np.zeros((60, 60), np.float32)
    unread = as_bright_as_before(lip(0.2), after, clear(), nothing, PX_PER_MM, WHITE)
    np.testing.assert_array_equal(unread, after)
