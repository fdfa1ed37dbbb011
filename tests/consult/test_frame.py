"""The report's cut of a photo keeps the lips where they are and millimetres what they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.cli.wrong_input import phantom
from vermilion.consult.frame import FACE_HEIGHT_PX, Framed, framed
from vermilion.face.find import find_face
from vermilion.face.lips import Face, Scale
from vermilion.photo.open import photo_from_pixels
from vermilion.photo.photo import Photo

SCALE = Scale(0.2, 0.004, "reference")


@pytest.fixture(scope="module")
def photo() -> Photo:
    return photo_from_pixels(np.kron(phantom(), np.ones((4, 4, 1), np.uint8)))


@pytest.fixture(scope="module")
def face(photo: Photo) -> Face:
    return find_face(photo)


@pytest.fixture(scope="module")
def cut(photo: Photo, face: Face) -> Framed:
    return framed(photo, face, SCALE)


def test_the_cut_has_reading_size(cut: Framed) -> None:
    assert cut.photo.height <= FACE_HEIGHT_PX
    assert cut.px_per_px < 1


def test_the_mouth_keeps_its_millimetres(face: Face, cut: Framed) -> None:
    def width_mm(shown: Face, scale: Scale) -> float:
        ends = np.array([shown.points["commissure_right"], shown.points["commissure_left"]])
        return float(np.hypot(*(ends[1] - ends[0]))) * (scale.mm_per_px or 0)

    assert width_mm(cut.face, cut.scale) == pytest.approx(width_mm(face, SCALE), rel=1e-3)


def test_what_is_unsure_of_the_borders_shrinks_with_the_cut(photo: Photo, face: Face) -> None:
    shown = framed(photo, replace(face, lower_other_px=-12.0), SCALE)
    assert shown.face.lower_other_px == pytest.approx(-12.0 * shown.px_per_px)
    assert shown.face.curves_sd_px == pytest.approx(face.curves_sd_px * shown.px_per_px)


def test_the_lips_lie_inside_their_window_and_in_the_same_place(photo: Photo, cut: Framed) -> None:
    lips = np.vstack([cut.face.curves.upper_outer, cut.face.curves.lower_outer])
    window = cut.lips
    assert (lips > [window.left, window.top]).all()
    assert (lips < [window.left + window.width, window.top + window.height]).all()
    again = find_face(cut.photo, index=1)
    assert np.abs(again.curves.upper_outer - cut.face.curves.upper_outer).max() < 4


def test_16_bits_become_8_for_reading(photo: Photo, face: Face, cut: Framed) -> None:
    deep = replace(photo, pixels=photo.pixels.astype(np.uint16) * 257)
    shown = framed(deep, face, SCALE).photo.pixels
    assert shown.dtype == np.uint8
    assert np.abs(shown.astype(int) - cut.photo.pixels).max() <= 1


def test_a_small_photo_is_not_enlarged() -> None:
    small = photo_from_pixels(phantom())
    assert framed(small, find_face(small), SCALE).px_per_px == 1.0
