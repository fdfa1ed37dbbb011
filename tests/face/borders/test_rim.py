"""A lower border on the far side of a rim of skin comes back to the lip; all others stay."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, MouthCrop
from vermilion.face.borders.rim import steepness, without_rim

LIP, SKIN, BEARD, DARK_LIP = (62, 26, 8), (64, 18, 20), (32, 6, 6), (34, 8, 9)
X = np.linspace((CANVAS_PX[0] - MOUTH_PX) / 2, (CANVAS_PX[0] + MOUTH_PX) / 2, 97)
ARCH = 1 - ((X - CANVAS_PX[0] / 2) / (MOUTH_PX / 2)) ** 2
MIDDLE = CANVAS_PX[1] / 2
Colour = tuple[int, int, int]


def line(height: float) -> np.ndarray:
    """An arch so many crop px below the line between the lips."""
    return np.column_stack([X, MIDDLE + height * ARCH])


def painted(
    lip: Colour, rim: Colour, beyond: Colour, skin: Colour, slope: bool = False
) -> MouthCrop:
    """A lip 22 px tall, 12 px of `rim` below it, `beyond` below its middle third, `skin` beside.

    slope : the lip turns to the rim's colour little by little, from its inner border on
    """
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    arch = np.interp(x[0], X, ARCH, left=0.0, right=0.0)
    depth = (y - MIDDLE) / np.maximum(arch, 0.05)
    lab = np.full((*y.shape, 3), skin, np.float32)
    lab[(depth >= 34) & (np.abs(x - CANVAS_PX[0] / 2) < MOUTH_PX / 5)] = beyond
    lab[depth < 34] = rim
    lab[depth < 22] = lip
    if slope:
        share = np.clip(depth / 34, 0, 1)[..., None]
        on = depth < 34
        lab[on] = (np.array(lip) + share * np.subtract(rim, lip))[on]
    rng = np.random.default_rng(1)
    lab += rng.normal(0, 0.5, lab.shape).astype(np.float32)
    channels = np.dstack([lab, np.zeros(y.shape, np.float32)]).astype(np.float32)
    return MouthCrop(channels, channels, np.eye(2, 3))


def stays(crop: MouthCrop) -> bool:
    return np.array_equal(without_rim(crop, line(34), line(0)).line, line(34))


def test_a_border_at_a_beard_comes_back_over_the_rim_of_skin() -> None:
    found = without_rim(painted(LIP, SKIN, BEARD, SKIN), line(34), line(0)).line
    assert found[48, 1] - MIDDLE == pytest.approx(22, abs=1)
    assert found[24, 1] - MIDDLE == pytest.approx(22 * ARCH[24], abs=1.5)
    assert np.allclose(found[[0, -1]], line(34)[[0, -1]], atol=0.1)


def test_a_rim_that_is_yellower_than_the_lip_but_not_as_this_faces_skin_stays() -> None:
    between = (63, 21, 14)
    assert not stays(painted(LIP, between, BEARD, between))
    assert stays(painted(LIP, between, BEARD, SKIN))


def test_near_the_limit_either_answer_gives_the_other_along() -> None:
    """The rim's hue has gone a little more, or a little less, than far enough."""
    taken = without_rim(painted(LIP, (63, 19, 16), BEARD, SKIN), line(34), line(0))
    assert taken.line[48, 1] - MIDDLE == pytest.approx(22, abs=1.5)
    assert taken.other_px == pytest.approx(12, abs=2)
    kept = without_rim(painted(LIP, (63, 20, 15), BEARD, SKIN), line(34), line(0))
    assert np.array_equal(kept.line, line(34))
    assert kept.other_px == pytest.approx(-12, abs=2)


def test_a_sure_answer_has_no_other() -> None:
    for rim in (SKIN, LIP):
        assert without_rim(painted(LIP, rim, BEARD, SKIN), line(34), line(0)).other_px == 0.0


def test_skin_is_compared_in_the_rims_own_light() -> None:
    sunlit = painted(LIP, SKIN, BEARD, SKIN)
    right = slice(CANVAS_PX[0] * 5 // 8, None)
    below = sunlit.fine[int(MIDDLE) + 8 :, right]
    below[:] = (92, 6, 40, 0)
    assert not stays(sunlit)
    below[:] = (66, 6, 40, 0)
    assert stays(sunlit)


def test_a_lip_that_turns_yellower_outward_little_by_little_stays() -> None:
    crop = painted(LIP, SKIN, BEARD, SKIN, slope=True)
    assert stays(crop)
    assert steepness(crop, line(34), line(0)) < steepness(
        painted(LIP, SKIN, BEARD, SKIN), line(34), line(0)
    )


def test_a_border_that_lies_right_above_a_beard_or_a_shadow_stays() -> None:
    assert stays(painted(LIP, LIP, BEARD, SKIN))


def test_a_rim_with_nothing_darker_below_it_stays_but_gives_the_other_answer_along() -> None:
    assert stays(painted(LIP, SKIN, SKIN, SKIN))
    other = without_rim(painted(LIP, SKIN, SKIN, SKIN), line(34), line(0)).other_px
    assert other == pytest.approx(-12, abs=2)
    assert without_rim(painted(LIP, LIP, SKIN, SKIN), line(34), line(0)).other_px == 0.0


def test_skin_hardly_yellower_than_the_lip_tells_no_rim_that_nothing_sets_off() -> None:
    """By their hue such lips and their skin lie within what compressing a photo changes."""
    near, apart = (64, 20, 13), (64, 19, 15)
    assert without_rim(painted(LIP, near, near, near), line(34), line(0)).other_px == 0.0
    assert without_rim(painted(LIP, apart, apart, apart), line(34), line(0)).other_px < 0.0


def test_a_dark_lip_with_a_pink_inner_side_keeps_its_outer_zone() -> None:
    assert stays(painted(LIP, DARK_LIP, (20, 2, 2), DARK_LIP))


def test_a_sunlit_edge_is_no_rim() -> None:
    assert stays(painted((40, 16, 5), (62, 26, 22), BEARD, (62, 26, 22)))
