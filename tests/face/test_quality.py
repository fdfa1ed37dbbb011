"""The quality gate on a rendered face that is made worse in one way at a time."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.errors import FaceError
from vermilion.face.contrast import is_grey
from vermilion.face.find import find_face
from vermilion.face.finding import Finding, require_usable
from vermilion.face.lips import Face, Pose, Scale
from vermilion.face.quality import GREY, check_quality, edge_width, mouth_width_px
from vermilion.face.topology import CHIN_REGION, LIPS_REGION
from vermilion.know.said import Phrase
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo

NO_SCALE = Scale(None, None, "none")


@pytest.fixture(scope="module")
def seen() -> tuple[Photo, Face]:
    photo = Photo(rendered(SCENES["frontal"].sized(1050, 1400)).pixels)
    return photo, find_face(photo)


def codes(photo: Photo, face: Face) -> dict[str, str]:
    return {one.code: one.severity for one in check_quality(photo, face, NO_SCALE)}


def made_worse(photo: Photo, pixels: np.ndarray) -> Photo:
    return replace(photo, pixels=np.clip(pixels, 0, 255).astype(np.uint8))


def test_a_good_photo_has_nothing_to_warn_of(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    assert codes(photo, face) == {}
    require_usable(check_quality(photo, face, NO_SCALE))


def test_the_same_photo_in_16_bit_is_judged_alike(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    deep = replace(photo, pixels=photo.pixels.astype(np.uint16) * 257)
    assert codes(deep, face) == codes(photo, face)


def test_a_black_photo_is_refused(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    assert codes(made_worse(photo, photo.pixels * 0.02), face)["dark"] == "refuse"


def test_an_overexposed_photo_is_warned_of(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    assert codes(made_worse(photo, photo.pixels * 3.0), face)["bright"] == "warning"


@pytest.mark.parametrize(("share", "severity"), [(0.02, "warning"), (0.06, "refuse")])
def test_blur_is_warned_of_and_then_refused(
    seen: tuple[Photo, Face], share: float, severity: str
) -> None:
    photo, face = seen
    eyes = float(np.hypot(*(face.mesh_px[33, :2] - face.mesh_px[263, :2])))
    blurred = cv2.GaussianBlur(photo.pixels, (0, 0), share * eyes)
    assert codes(made_worse(photo, blurred), face)["blurred"] == severity


def test_edge_width_reads_a_known_blur() -> None:
    step = np.zeros((256, 256), np.float32)
    step[:, 128:] = 60
    for sigma in (2.0, 3.0):
        read = edge_width(cv2.GaussianBlur(step, (0, 0), sigma)) * 256 / 1.6
        assert read == pytest.approx(np.hypot(sigma, 0.8), rel=0.15)


def test_coloured_light_and_missing_colour_are_told_apart(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    green = made_worse(photo, photo.pixels * np.array([0.5, 1.0, 0.5]))
    grey = made_worse(photo, np.repeat(photo.pixels.mean(axis=2, keepdims=True), 3, axis=2))
    assert "colour_cast" in codes(green, face)
    assert "grey" in codes(grey, face)


def test_a_toned_photo_has_no_colour_and_a_dark_one_has(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    grey = photo.pixels.mean(axis=2, keepdims=True)
    toned = made_worse(photo, grey * np.array([1.07, 0.96, 0.78]))
    assert "grey" in codes(toned, face)
    assert "grey" not in codes(made_worse(photo, photo.pixels * 0.3), face)


def test_light_from_one_side_is_warned_of(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    fall = np.linspace(1.3, 0.05, photo.width)[None, :, None]
    assert "side_light" in codes(made_worse(photo, photo.pixels * fall), face)


def test_skin_without_pores_is_suspected_of_a_filter(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    smooth = cv2.bilateralFilter(cv2.bilateralFilter(photo.pixels, 0, 30, 9), 0, 30, 9)
    assert "filtered" in codes(made_worse(photo, smooth), face)


@pytest.mark.parametrize(("yaw_deg", "severity"), [(18.0, "warning"), (-30.0, "refuse")])
def test_a_turned_head_is_warned_of_and_then_refused(
    seen: tuple[Photo, Face], yaw_deg: float, severity: str
) -> None:
    photo, face = seen
    turned = replace(face, pose=Pose(yaw_deg, 0.0, 0.0))
    assert codes(photo, turned)["turned"] == severity


def test_lips_that_no_two_passes_find_alike_are_taken_for_covered(
    seen: tuple[Photo, Face],
) -> None:
    photo, face = seen
    noise = np.random.default_rng(1).normal(0, 12, face.passes_px.shape)
    assert codes(photo, replace(face, passes_px=face.passes_px + noise))["covered"] == "refuse"


def test_a_small_mouth_is_refused(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    points = {name: (x * 0.1, y * 0.1) for name, (x, y) in face.points.items()}
    assert codes(photo, replace(face, points=points))["small"] == "refuse"


def test_a_lower_border_with_two_answers_is_told_with_what_the_other_changes(
    seen: tuple[Photo, Face],
) -> None:
    photo, face = seen
    for other_px, said in ((9.0, "taller"), (-9.0, "lower than measured")):
        (told,) = check_quality(photo, replace(face, lower_other_px=other_px), NO_SCALE)
        assert (told.code, told.severity) == ("lower_border", "warning")
        assert said in told.text.template
        ((_, percent),) = told.text.values
        height = face.curves.lower_outer[48, 1] - face.curves.lower_inner[48, 1]
        assert percent == pytest.approx(900 / height, abs=3)


def test_an_upper_border_that_may_be_lost_is_told_with_how_much_is_missing(
    seen: tuple[Photo, Face],
) -> None:
    photo, face = seen
    (told,) = check_quality(photo, replace(face, upper_other_px=9.0), NO_SCALE)
    assert (told.code, told.severity) == ("upper_border", "warning")
    ((_, percent),) = told.text.values
    height = face.curves.upper_inner[48, 1] - face.curves.upper_outer[48, 1]
    assert percent == pytest.approx(900 / height, abs=6)


def test_a_lower_lip_under_a_tongue_is_refused(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    found = check_quality(photo, replace(face, lower_is_skin=True), NO_SCALE)
    with pytest.raises(FaceError, match="tongue in and the mouth closed"):
        require_usable(found)


def test_other_faces_are_mentioned(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    assert codes(photo, replace(face, count=3))["several_faces"] == "advice"


def test_a_refusal_ends_in_one_sentence_with_what_to_do() -> None:
    finding = Finding("dark", "refuse", Phrase("the face is very dark"), Phrase("face a window"))
    with pytest.raises(FaceError, match=r"^the face is very dark; face a window\.$"):
        require_usable([finding])
    require_usable([replace(finding, severity="warning")])


def test_a_chin_that_no_two_passes_find_alike_is_warned_of_and_with_the_lips_refused(
    seen: tuple[Photo, Face],
) -> None:
    photo, face = seen
    eyes, noise = 255.0, np.random.default_rng(1).normal(0, 1, face.passes_px.shape)
    only = np.zeros((1, face.passes_px.shape[1], 1))
    only[:, CHIN_REGION] = 0.04 * eyes
    moved = replace(face, passes_px=face.passes_px + noise * only)
    assert codes(photo, moved)["covered"] == "warning"
    only[:, LIPS_REGION] = 0.04 * mouth_width_px(face)
    moved = replace(face, passes_px=face.passes_px + noise * only)
    assert codes(photo, moved)["covered"] == "refuse"


def test_a_photo_without_colour_is_measured_with_more_doubt(seen: tuple[Photo, Face]) -> None:
    photo, face = seen
    grey = made_worse(photo, np.repeat(photo.pixels.mean(axis=2, keepdims=True), 3, axis=2))
    found = find_face(grey)
    assert is_grey(grey, found.curves)
    assert not is_grey(photo, face.curves)
    assert codes(grey, found) == {GREY: "warning"}
    assert found.curves_sd_px > 1.2 * face.curves_sd_px


def test_lips_as_light_as_their_skin_are_refused_in_colour_and_not_in_grey(
    seen: tuple[Photo, Face],
) -> None:
    photo, face = seen
    for colour, severity in (((190, 150, 130), "refuse"), ((150, 150, 150), None)):
        plain = made_worse(photo, np.full_like(photo.pixels, colour))
        assert codes(plain, face).get("covered") == severity
