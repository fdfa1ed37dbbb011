"""A finger of the face's own skin laid over rendered lips."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.face.borders.covered import covered_share
from vermilion.face.borders.crop import mouth_crop
from vermilion.face.find import find_face
from vermilion.face.lips import Face, Points
from vermilion.face.quality import check_quality, mouth_width_px
from vermilion.face.scale import Scale
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo, Pixels

FINGER = 0.3
"""Its width in widths of the mouth: 15 mm."""


@pytest.fixture(scope="module")
def seen() -> tuple[Pixels, Face]:
    pixels = rendered(SCENES["frontal"].sized(1050, 1400)).pixels
    return pixels, find_face(Photo(pixels))


def with_finger(pixels: Pixels, face: Face, tip: Points, root: Points) -> Pixels:
    """A finger in the colour of a cheek, from its tip to its root (shares of the mouth's width
    right of and under its middle)."""
    width = mouth_width_px(face)
    middle = face.curves.upper_inner[48]
    ends = [tuple(np.rint(middle + width * end).astype(int).tolist()) for end in (tip, root)]
    x, y = face.mesh_px[205, :2].astype(int)
    cheek = np.median(pixels[y - 9 : y + 9, x - 9 : x + 9].reshape(-1, 3), axis=0)
    covered = np.zeros(pixels.shape[:2], np.uint8)
    cv2.line(covered, ends[0], ends[1], 255, round(FINGER * width))
    soft = cv2.GaussianBlur(covered, (0, 0), 1.5)[..., None] / 255
    grain = np.random.default_rng(1).normal(0, 2, pixels.shape)
    return np.clip(pixels * (1 - soft) + (cheek + grain) * soft, 0, 255).astype(np.uint8)


def share_of(pixels: Pixels, face: Face) -> float:
    """The share on these pixels, under borders found before something was laid over them."""
    curves = face.curves
    crop = mouth_crop(pixels, curves.upper_outer[0], curves.upper_outer[-1])
    lines = curves.upper_outer, curves.upper_inner, curves.lower_inner, curves.lower_outer
    return covered_share(crop, *(crop.own(line) for line in lines))


def test_bare_lips_are_nowhere_hidden(seen: tuple[Pixels, Face]) -> None:
    pixels, face = seen
    assert share_of(pixels, face) == 0.0


@pytest.mark.parametrize("across", [-0.15, 0.0, 0.2])
def test_a_finger_across_both_lips_hides_as_much_as_it_is_wide(
    seen: tuple[Pixels, Face], across: float
) -> None:
    pixels, face = seen
    finger = with_finger(pixels, face, np.array([across, -0.4]), np.array([across, 1.2]))
    assert share_of(finger, face) == pytest.approx(FINGER, abs=0.06)


def test_a_finger_along_one_lip_alone_hides_no_stretch_of_the_mouth(
    seen: tuple[Pixels, Face],
) -> None:
    pixels, face = seen
    finger = with_finger(pixels, face, np.array([-0.8, 0.2]), np.array([0.8, 0.2]))
    assert share_of(finger, face) == 0.0


def test_a_mouth_behind_a_finger_is_refused_though_its_landmarks_are_steady(
    seen: tuple[Pixels, Face],
) -> None:
    pixels, face = seen
    photo = Photo(with_finger(pixels, face, np.array([0.05, -0.4]), np.array([0.05, 1.2])))
    found = check_quality(photo, find_face(photo), Scale(None, None, "none"))
    assert ("covered", "refuse") in [(one.code, one.severity) for one in found]


def test_in_black_and_white_nothing_is_said_of_colour(seen: tuple[Pixels, Face]) -> None:
    pixels, face = seen
    finger = with_finger(pixels, face, np.array([0.05, -0.4]), np.array([0.05, 1.2]))
    grey = np.repeat(cv2.cvtColor(finger, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    found = check_quality(
        Photo(grey), replace(face, covered_share=FINGER), Scale(None, None, "none")
    )
    assert "covered" not in [one.code for one in found]
