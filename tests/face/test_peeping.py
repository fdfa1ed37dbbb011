"""Teeth between lips that were taken for closed."""

from __future__ import annotations

import numpy as np

from vermilion.face.crop import CANVAS_PX, MOUTH_PX, MouthCrop, mouth_crop
from vermilion.face.lips import Points
from vermilion.face.peeping import lip_above_teeth

LIP, TEETH, SKIN = (150, 80, 80), (205, 195, 180), (200, 160, 140)
X = np.linspace(-MOUTH_PX / 2, MOUTH_PX / 2, 97) + CANVAS_PX[0] / 2


def mouth(teeth: slice | None, colour: tuple[int, int, int] = TEETH) -> tuple[MouthCrop, Points]:
    """A level mouth with its line at y = 144 and, in some columns, 6 px of `colour` above it."""
    pixels = np.full((288, 364, 3), SKIN, np.uint8)
    pixels[114:184, 86:278] = LIP
    if teeth is not None:
        pixels[138:144, teeth] = colour
    ends = np.array([[86.0, 144.0], [278.0, 144.0]])
    crop = mouth_crop(pixels, ends[0], ends[1])
    return crop, crop.own(np.column_stack([np.linspace(86, 278, 97), np.full(97, 144.0)]))


def raised(crop: MouthCrop, line: Points) -> np.ndarray:
    border = line - np.array([0.0, 30.0])
    return np.asarray(line[:, 1] - lip_above_teeth(crop, line, border)[:, 1])


def test_the_lip_ends_above_teeth_that_show() -> None:
    height = raised(*mouth(slice(150, 214)))
    assert 4.5 < height[44:53].min() <= height.max() < 8.0
    assert height[:20].max() == height[-20:].max() == 0


def test_lips_without_teeth_keep_their_line() -> None:
    assert raised(*mouth(None)).max() == 0


def test_a_glint_and_a_dark_gap_are_no_teeth() -> None:
    assert raised(*mouth(slice(178, 184))).max() == 0
    assert raised(*mouth(slice(120, 240), (30, 22, 22))).max() == 0
