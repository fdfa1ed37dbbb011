"""What lies between lips that were taken for closed, and the upper lip's edge above it."""

from __future__ import annotations

import numpy as np

from vermilion.face.borders.between import lip_above
from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, MouthCrop, mouth_crop
from vermilion.face.lips import Points

LIP, TEETH, SKIN, DARK = (150, 80, 80), (205, 195, 180), (200, 160, 140), (30, 22, 22)
SHADED_TEETH = (112, 100, 92)
X = np.linspace(-MOUTH_PX / 2, MOUTH_PX / 2, 97) + CANVAS_PX[0] / 2


def mouth(
    columns: slice | None,
    colour: tuple[int, int, int] = TEETH,
    rows: slice = slice(138, 144),
    lip: tuple[int, int, int] = LIP,
) -> tuple[MouthCrop, Points]:
    """A level mouth with its line at y = 144 and, in some columns, `colour` above it."""
    pixels = np.full((288, 364, 3), SKIN, np.uint8)
    pixels[114:184, 86:278] = lip
    if columns is not None:
        pixels[rows, columns] = colour
    ends = np.array([[86.0, 144.0], [278.0, 144.0]])
    crop = mouth_crop(pixels, ends[0], ends[1])
    return crop, crop.own(np.column_stack([np.linspace(86, 278, 97), np.full(97, 144.0)]))


def raised(crop: MouthCrop, line: Points) -> np.ndarray:
    upper, lower = line - np.array([0.0, 30.0]), line + np.array([0.0, 40.0])
    return np.asarray(line[:, 1] - lip_above(crop, upper, line, line, lower)[:, 1])


def test_the_lip_ends_above_teeth_that_show() -> None:
    height = raised(*mouth(slice(150, 214)))
    assert 4.5 < height[44:53].min() <= height.max() < 8.0
    assert height[:20].max() == height[-20:].max() == 0


def test_the_lip_ends_above_teeth_in_shade_that_are_no_lighter_than_lip() -> None:
    height = raised(*mouth(slice(150, 214), SHADED_TEETH))
    assert 4.5 < height[44:53].min() <= height.max() < 8.0


def test_the_lip_ends_above_teeth_with_the_dark_under_them() -> None:
    crop, line = mouth(slice(150, 214), SHADED_TEETH, slice(134, 140))
    pixels = np.full((288, 364, 3), SKIN, np.uint8)
    pixels[114:184, 86:278] = LIP
    pixels[134:140, 150:214] = SHADED_TEETH
    pixels[140:145, 150:214] = DARK
    crop = mouth_crop(pixels, np.array([86.0, 144.0]), np.array([278.0, 144.0]))
    assert 8.5 < raised(crop, line)[44:53].min() < 12.0


def test_a_thin_lip_ends_above_teeth_that_take_more_of_its_found_height_than_it_does() -> None:
    pixels = np.full((288, 364, 3), SKIN, np.uint8)
    pixels[130:184, 86:278] = LIP
    pixels[135:142, 130:234] = SHADED_TEETH
    pixels[142:145, 130:234] = DARK
    crop, line = mouth(None)
    crop = mouth_crop(pixels, np.array([86.0, 144.0]), np.array([278.0, 144.0]))
    upper, lower = line - np.array([0.0, 14.0]), line + np.array([0.0, 40.0])
    height = line[:, 1] - lip_above(crop, upper, line, line, lower)[:, 1]
    assert 6.5 < height[36:61].min() <= height.max() < 10.5


def test_lips_without_teeth_keep_their_line() -> None:
    assert raised(*mouth(None)).max() == 0


def test_a_glint_is_no_teeth() -> None:
    assert raised(*mouth(slice(178, 184))).max() == 0
    assert raised(*mouth(slice(150, 214), (235, 225, 222), slice(126, 132))).max() == 0


def test_a_wide_dark_gap_is_no_lip_and_a_thin_line_is_where_lips_touch() -> None:
    assert raised(*mouth(slice(120, 240), DARK, slice(136, 145)))[40:57].min() > 5.0
    assert raised(*mouth(slice(120, 240), DARK, slice(143, 145))).max() < 0.5
    assert raised(*mouth(slice(170, 194), DARK, slice(136, 145))).max() == 0


def test_in_a_photo_without_colour_only_the_dark_counts() -> None:
    grey = (100, 100, 100)
    assert raised(*mouth(slice(150, 214), (190, 190, 190), lip=grey)).max() == 0
    assert raised(*mouth(slice(120, 240), (20, 20, 20), slice(136, 145), grey))[48] > 5.0
