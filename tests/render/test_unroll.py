"""What is fine in a lip keeps its size and contrast where the lip rolls out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from vermilion.render.unroll import CLEAR_MM, Paths, Window, unrolled

PX_PER_MM = 12.0
STEP = 3
HEIGHT_MM, RISE_MM, TOP_MM = 7.0, 2.4, 4.0
"""A lip from 4 mm to 11 mm below the picture's upper edge, its border lifted by 2.4 mm."""


def paths(
    rise_mm: float, height_mm: float = HEIGHT_MM, edges: bool = False
) -> tuple[Paths, npt.NDArray[np.float32]]:
    """A lip that rolls out; `edges` takes its edges apart from what else is fine."""
    y = np.repeat((np.arange(60, dtype=np.float32)[:, None] + 0.5) * STEP / PX_PER_MM, 60, axis=1)
    top, bottom = np.float32(TOP_MM - rise_mm), np.float32(TOP_MM + height_mm)
    within = (y - top) / (bottom - top)
    shift = np.where(y < top, rise_mm * np.clip(y / top, 0, 1), rise_mm * (1 - within))
    shift = np.where(y > bottom, 0, shift).astype(np.float32)
    upper = np.where(y < top, shift, rise_mm).astype(np.float32)
    edge = np.minimum(np.abs(y - top), np.abs(y - bottom))
    inside = np.minimum(y - TOP_MM, bottom - y)
    return Paths(
        shift,
        upper,
        np.zeros_like(y),
        within,
        np.full_like(y, 0.7),
        np.clip(edge / 0.3 - 1, 0, 1),
        np.clip(inside / 0.3 - 1, 0, 1),
        (1 - np.clip(inside / 0.3 - 2, 0, 1)) * np.float32(edges),
        (inside > CLEAR_MM).astype(np.float32),
        ((edge > CLEAR_MM) & (within > 0) & (within < 1)).astype(np.float32),
    ), within


def window() -> Window:
    return Window(STEP, 0.0, PX_PER_MM, PX_PER_MM)


def lip(spots: bool = False) -> npt.NDArray[np.uint8]:
    """Creases and pores on a flat lip, or the flat lip with one glint in its outer half."""
    picture = np.full((180, 180, 3), (170, 95, 90), np.float32)
    if spots:
        cv2.circle(picture, (90, 78), 3, (250, 240, 240), -1, cv2.LINE_AA)
    else:
        grain = np.random.default_rng(3).normal(0, 30, (180, 180, 1)).astype(np.float32)
        picture += cv2.GaussianBlur(grain, (0, 0), 1.5)[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("deep", [False, True])
def test_a_lip_that_does_not_move_is_drawn_as_it_was(deep: bool) -> None:
    picture = lip().astype(np.uint16) * 257 if deep else lip()
    still, _ = paths(0.0)
    after = unrolled(picture, still, window())
    change = np.abs(after - picture).max() / (257 if deep else 1)
    assert change < 0.5


def test_the_texture_of_a_whole_lip_is_what_it_was_on_a_small_picture() -> None:
    # 3 px per mm: reading between pixels softens what is as fine as they are
    small = Window(1, 0.0, 3.0, 3.0)
    grain = np.random.default_rng(7).normal(0, 12, (60, 60, 1)).astype(np.float32)
    picture = np.clip(np.float32((170, 95, 90)) + grain, 0, 255).astype(np.uint8)
    rolled, within = paths(1.35)
    y = np.repeat((np.arange(60, dtype=np.float32)[:, None] + 0.5) / 3.0, 60, axis=1)
    assert rolled.shift.shape == y.shape
    after = unrolled(picture, rolled, small)
    inside = (within > 0.15) & (within < 0.85)
    assert after[inside].std() / picture[inside].std() == pytest.approx(1, abs=0.1)


def test_texture_keeps_its_contrast() -> None:
    rolled, within = paths(RISE_MM)
    picture = lip()
    after = unrolled(picture, rolled, window())
    x, y = np.meshgrid(*[np.arange(180, dtype=np.float32)] * 2)
    shift = window().grown(rolled.shift) * np.float32(PX_PER_MM)
    drawn_out = cv2.remap(picture, x, y + shift, cv2.INTER_CUBIC).astype(np.float32)

    inner = (window().grown(within) > 0.35) & (window().grown(within) < 0.85)

    def down_contrast(image: npt.NDArray[np.float32]) -> float:
        return float(np.diff(image[..., 1], axis=0)[inner[1:]].std())

    was = down_contrast(picture.astype(np.float32))
    assert down_contrast(after) / was == pytest.approx(1, abs=0.15)
    assert down_contrast(drawn_out) / was < 0.8


def test_a_glint_is_drawn_once_and_round() -> None:
    rolled, _ = paths(RISE_MM)
    bright = unrolled(lip(spots=True), rolled, window())[..., 2] > 165
    count, _, stats, centres = cv2.connectedComponentsWithStats(bright.astype(np.uint8))
    assert count == 2  # the ground and one glint
    width, height = stats[1, cv2.CC_STAT_WIDTH], stats[1, cv2.CC_STAT_HEIGHT]
    assert abs(int(width) - int(height)) <= 1
    assert centres[1][1] == pytest.approx(78 - RISE_MM * PX_PER_MM, abs=1.5)


def test_a_thin_lips_edge_is_not_drawn_again_inside_it() -> None:
    picture = np.full((180, 180, 3), (170, 95, 90), np.uint8)
    picture[round((TOP_MM + 3.0) * PX_PER_MM) :] = (40, 15, 15)

    def darkest(edges: bool) -> float:
        rolled, within = paths(1.1, height_mm=3.0, edges=edges)
        after = unrolled(picture, rolled, window())
        y = (np.arange(180, dtype=np.float32) + 0.5) / PX_PER_MM
        inside = (window().grown(within)[:, 90] > 0.3) & (y < TOP_MM + 3.0 - 0.8)
        return float(after[inside, 90, 0].min())

    assert darkest(edges=True) > 150
    assert darkest(edges=False) < darkest(edges=True) - 10
