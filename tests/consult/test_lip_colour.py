"""The colour of bare lips: as they were painted, whatever lies over them."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.face.drawn import drawn_face, drawn_lips
from tests.face.test_tone import LOWER, UPPER, lab_of, painted
from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import LipColours
from vermilion.consult.lip_colour import looking_scale, read_lips
from vermilion.errors import FaceError
from vermilion.face.lips import Face, LipCurves, Scale
from vermilion.face.tone import vermilion_mask
from vermilion.photo.photo import Photo

UNKNOWN = Scale(None, None, "unknown")
MM = Scale(0.25, 0.01, "reference")
HAIR = (28, 20, 18)


def read(photo: Photo, curves: LipCurves, scale: Scale = MM) -> LipColours:
    return read_lips(photo, face_of(curves), scale)


def face_of(curves: LipCurves) -> Face:
    return drawn_face(curves=curves)


@pytest.mark.parametrize("scale", [MM, UNKNOWN])
@pytest.mark.parametrize("opening", [0.0, 16.0])
def test_painted_lips_have_the_colours_they_were_painted_with(opening: float, scale: Scale) -> None:
    curves = drawn_lips(opening=opening)
    found = read(painted(curves), curves, scale)
    assert found.upper == pytest.approx(lab_of(UPPER), abs=0.4)
    assert found.lower == pytest.approx(lab_of(LOWER), abs=0.4)


def test_hair_over_a_lip_is_not_its_colour() -> None:
    curves = drawn_lips()
    photo = painted(curves)
    pixels = photo.pixels.copy()
    for x in range(380, 620, 4):
        cv2.line(pixels, (x, 545), (x + 6, 585), HAIR, 1)
    bearded = replace(photo, pixels=pixels)
    upper = vermilion_mask(curves, np.s_[0:1000, 0:1000]) > 0
    upper[600:] = False
    with_hair, bare = (lab_of(tuple(one.pixels[upper].mean(axis=0))) for one in (bearded, photo))
    error = float(delta_e_2000(with_hair, bare))
    assert error > 3
    assert float(delta_e_2000(read(bearded, curves).upper, bare)) < error / 2
    assert read(bearded, curves).lower == pytest.approx(read(photo, curves).lower, abs=0.05)


def test_sixteen_bits_read_as_eight() -> None:
    curves = drawn_lips()
    photo = painted(curves)
    wide = replace(photo, pixels=photo.pixels.astype(np.uint16) * 257)
    assert read(wide, curves).mean == pytest.approx(read(photo, curves).mean, abs=0.02)


def test_lips_at_the_edge_of_the_photo_are_refused() -> None:
    curves = drawn_lips()
    cut = Photo(painted(curves).pixels[:, :598].copy())
    with pytest.raises(FaceError, match="edge"):
        read(cut, curves)


def test_without_a_scale_a_mouth_has_the_nominal_width() -> None:
    wide, narrow = (looking_scale(face_of(drawn_lips(width=w)), UNKNOWN) for w in (240.0, 120.0))
    assert narrow == pytest.approx(2 * wide, rel=1e-6)
    assert looking_scale(face_of(drawn_lips()), MM) == MM.mm_per_px
