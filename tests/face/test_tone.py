"""Where the vermilion lies, its redness and the skin's colour, on painted pictures."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.face.drawn import drawn_face, drawn_lips
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.errors import FaceError
from vermilion.face.lips import LipCurves
from vermilion.face.tone import lower_red, skin_tone, vermilion_mask
from vermilion.photo.photo import Photo

SKIN, UPPER, LOWER, TEETH = (205, 160, 135), (150, 80, 85), (170, 95, 95), (240, 235, 220)


def lab_of(colour: tuple[int, int, int]) -> np.ndarray:
    return np.asarray(linear_to_lab(srgb_to_linear(np.array([[colour]], np.uint8)))[0, 0])


def painted(curves: LipCurves) -> Photo:
    """Even skin with lips of two colours and teeth between."""
    pixels = np.full((1000, 1000, 3), SKIN, np.uint8)
    for above, below, colour in (
        (curves.upper_outer, curves.upper_inner, UPPER),
        (curves.upper_inner, curves.lower_inner, TEETH),
        (curves.lower_inner, curves.lower_outer, LOWER),
    ):
        ring = np.rint(np.concatenate([above, below[::-1]])).astype(np.int32)
        cv2.fillPoly(pixels, [ring], colour)
    return Photo(pixels)


@pytest.mark.parametrize("opening", [0.0, 16.0])
def test_a_painted_lower_lip_is_as_red_as_it_was_painted(opening: float) -> None:
    curves = drawn_lips(opening=opening)
    red = lower_red(painted(curves), drawn_face(curves=curves))
    assert red == pytest.approx(lab_of(LOWER)[1], abs=0.2)


def test_the_mask_lies_inside_the_lips_and_fills_most_of_them() -> None:
    curves = drawn_lips(opening=12)
    mask = vermilion_mask(curves, np.s_[0:1000, 0:1000])
    whole = np.zeros_like(mask)
    for above, below in (
        (curves.upper_outer, curves.upper_inner),
        (curves.lower_inner, curves.lower_outer),
    ):
        cv2.fillPoly(whole, [np.rint(np.concatenate([above, below[::-1]])).astype(np.int32)], 255)
    assert set(np.unique(mask)) == {0, 255}
    assert not (mask[whole == 0]).any()
    assert 0.6 < (mask > 0).sum() / (whole > 0).sum() < 0.9
    assert not mask[600, 450:550].any()  # the opening


def test_sixteen_bits_read_as_eight() -> None:
    curves = drawn_lips()
    photo = painted(curves)
    wide = replace(photo, pixels=photo.pixels.astype(np.uint16) * 257)
    face = drawn_face(curves=curves)
    assert lower_red(wide, face) == pytest.approx(lower_red(photo, face), abs=0.02)
    assert skin_tone(wide, face).lab == pytest.approx(skin_tone(photo, face).lab, abs=0.02)


def test_even_skin_reads_its_colour_and_class() -> None:
    curves = drawn_lips()
    tone = skin_tone(painted(curves), drawn_face(curves=curves))
    assert tone.lab == pytest.approx(lab_of(SKIN), abs=0.05)
    assert tone.ita_class == "light"
    assert 41 < tone.ita_deg < 55


def test_a_mole_on_the_cheek_does_not_change_the_skin() -> None:
    photo, face = painted(drawn_lips()), drawn_face(curves=drawn_lips())
    pixels = photo.pixels.copy()
    x, y = np.rint(face.mesh_px[[50, 205], :2].mean(axis=0)).astype(int)
    cv2.circle(pixels, (int(x), int(y)), 8, (60, 30, 20), -1)
    assert skin_tone(Photo(pixels), face).lab == pytest.approx(skin_tone(photo, face).lab, abs=0.05)


def test_lips_outside_the_photo_are_refused() -> None:
    with pytest.raises(FaceError, match="lips"):
        lower_red(Photo(np.zeros((400, 400, 3), np.uint8)), drawn_face(curves=drawn_lips()))
