"""The lower lip's inner edge, where it was found within the lip."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, MouthCrop, mouth_crop
from vermilion.face.borders.lower_edge import lip_below
from vermilion.face.lips import Points

Image = npt.NDArray[np.uint8]
SKIN, LIP, INNER, TEETH, DARK = (
    (200, 160, 140),
    (170, 96, 92),
    (178, 84, 80),
    (205, 195, 180),
    (40, 26, 26),
)
GLOSS = (235, 225, 222)
TONGUE = (176, 92, 90)
ENDS = np.array([[86.0, 144.0], [278.0, 144.0]])
X = np.linspace(-1.0, 1.0, 97)
EDGE_PX, SUNK_PX = 24.0, 8.0
"""How far the true edge sags below the corners, and how much further one found within the lip."""


def arch(sag_px: float) -> Points:
    """A line that sags so many crop px below the line of the corners."""
    x = CANVAS_PX[0] / 2 + X * MOUTH_PX / 2
    return np.column_stack([x, CANVAS_PX[1] / 2 + sag_px * (1 - X**2)])


def open_mouth(between: tuple[int, int, int], top: tuple[int, int, int] = TEETH) -> Image:
    """Lips about an opening whose lower part, 8 px at most, is `between` and whose upper `top`, lit
    from one side."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    sag = np.clip(1 - ((x - CANVAS_PX[0] / 2) / (MOUTH_PX / 2)) ** 2, 0, None)
    below = y - CANVAS_PX[1] / 2
    image = np.full((CANVAS_PX[1], CANVAS_PX[0], 3), SKIN, np.uint8)
    image[(below > -30 * sag) & (below < 64 * sag)] = LIP
    image[(below > 0) & (below < 34 * sag)] = INNER
    image[(below > 4 * sag) & (below < EDGE_PX * sag)] = between
    image[(below > 4 * sag) & (below < (EDGE_PX - 8) * sag)] = top
    return (image * np.linspace(1.0, 0.7, CANVAS_PX[0])[:, None]).astype(np.uint8)


def crop_of(image: Image) -> MouthCrop:
    return mouth_crop(image, *ENDS)


def off_px(crop: MouthCrop, line: Points) -> float:
    """How far too low a line lies over the middle half of the mouth, mean."""
    return float((line - arch(EDGE_PX))[24:73, 1].mean())


def looked_for(crop: MouthCrop, found: Points) -> Points:
    return lip_below(crop, arch(4.0), found, arch(64.0))


@pytest.mark.parametrize("between", [TEETH, DARK], ids=["teeth", "the dark"])
def test_an_edge_found_within_the_lip_is_raised_to_where_the_lip_ends(
    between: tuple[int, int, int],
) -> None:
    crop = crop_of(open_mouth(between))
    sunk = arch(EDGE_PX + SUNK_PX)
    line = looked_for(crop, sunk)
    assert off_px(crop, sunk) > 6
    assert abs(off_px(crop, line)) < 1.0


@pytest.mark.parametrize("between", [TEETH, DARK], ids=["teeth", "the dark"])
def test_an_edge_found_where_the_lip_ends_stays(between: tuple[int, int, int]) -> None:
    found = arch(EDGE_PX)
    assert looked_for(crop_of(open_mouth(between)), found) is found


def test_corners_stay() -> None:
    sunk = arch(EDGE_PX + SUNK_PX)
    line = looked_for(crop_of(open_mouth(TEETH)), sunk)
    np.testing.assert_array_equal(line[[0, -1]], sunk[[0, -1]])


def test_a_tongue_that_touches_the_lip_is_no_lip() -> None:
    sunk = arch(EDGE_PX)
    tongue = crop_of(open_mouth(TONGUE, TONGUE))
    np.testing.assert_allclose(looked_for(tongue, sunk), sunk, atol=0.5)


def test_a_gloss_at_the_edge_sends_no_line_down() -> None:
    image = open_mouth(TEETH)
    image[176:184, 150:214] = GLOSS
    sunk = arch(EDGE_PX + SUNK_PX)
    line = looked_for(crop_of(image), sunk)
    assert (line[:, 1] <= sunk[:, 1] + 1.0).all()
    assert off_px(crop_of(image), line) < off_px(crop_of(image), sunk)


@pytest.mark.parametrize("tint", [(1.0, 1.0, 1.0), (1.0, 0.86, 0.7)], ids=["grey", "sepia"])
def test_a_photo_without_colour_keeps_its_line(tint: tuple[float, float, float]) -> None:
    grey = open_mouth(TEETH).mean(axis=-1, keepdims=True)
    sunk = arch(EDGE_PX + SUNK_PX)
    assert looked_for(crop_of((grey * tint).astype(np.uint8)), sunk) is sunk


def test_lips_that_hardly_part_keep_their_line() -> None:
    sunk = arch(EDGE_PX + SUNK_PX)
    line = lip_below(crop_of(open_mouth(TEETH)), sunk - np.array([0.0, 3.0]), sunk, arch(64.0))
    assert line is sunk
