"""Faces are found, counted and picked; what is no face is refused in one sentence."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.errors import FaceError
from vermilion.face.find import find_face, find_faces, single_pass
from vermilion.face.lips import Face
from vermilion.phantom.render import PhantomImage
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo


@cache
def phantom(scene: str = "frontal") -> PhantomImage:
    return rendered(SCENES[scene])


@cache
def found(scene: str = "frontal") -> Face:
    return find_face(Photo(phantom(scene).pixels))


@pytest.mark.parametrize("scene", ["frontal", "smile", "dark"])
def test_outer_borders_of_a_phantom_lie_within_three_quarters_of_a_millimetre(scene: str) -> None:
    truth = phantom(scene).truth
    for name in ("upper_outer", "lower_outer"):
        line, true = getattr(found(scene).curves, name), np.array(truth["curves"][name])
        inner = line[20:-20]
        off = np.abs(inner[:, 1] - np.interp(inner[:, 0], true[:, 0], true[:, 1]))
        assert off.mean() * truth["scale"]["mm_per_px"] < 0.75, (scene, name)


def test_points_of_a_phantom_lie_where_they_are() -> None:
    truth = phantom().truth
    for name in ("commissure_left", "commissure_right", "labiale_superius", "labiale_inferius"):
        off = np.hypot(*(np.array(found().points[name]) - truth["points"][name]))
        assert off * truth["scale"]["mm_per_px"] < 3.0, name


def test_a_face_keeps_its_passes_and_the_same_photo_gives_the_same_bytes() -> None:
    face, again = found(), find_face(Photo(phantom().pixels))
    assert face.passes_px.shape[1:] == (478, 2)
    assert len(face.passes_px) >= 18
    assert face.mesh_px.tobytes() == again.mesh_px.tobytes()
    assert face.curves.upper_outer.tobytes() == again.curves.upper_outer.tobytes()


def test_a_mirrored_photo_gives_the_mirrored_lips() -> None:
    pixels = phantom().pixels
    other = find_face(Photo(np.ascontiguousarray(pixels[:, ::-1]))).points
    for here, there in (("commissure_left", "commissure_right"), ("stomion", "stomion")):
        x, y = other[there]
        near = np.array([pixels.shape[1] - 1 - x, y]) - found().points[here]
        assert np.hypot(*near) < 0.01 * pixels.shape[1]


def test_sixteen_bits_find_the_same_lips_as_eight() -> None:
    wide = phantom().pixels.astype(np.uint16) * 257
    points = find_face(Photo(wide)).points
    assert np.allclose(points["labiale_superius"], found().points["labiale_superius"], atol=1.0)


def pair(small: float) -> Photo:
    """Two faces side by side, the right one shrunk to a share."""
    face = cv2.resize(phantom().pixels, (600, round(600 * 1.0)), interpolation=cv2.INTER_AREA)
    size = round(600 * small)
    other = cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA)
    canvas = np.full((600, 1220, 3), face[5, 5], np.uint8)
    canvas[:, :600] = face
    canvas[:size, 615 : 615 + size] = other
    return Photo(canvas)


def test_two_faces_are_listed_and_either_can_be_picked() -> None:
    photo = pair(0.8)
    assert len(find_faces(photo)) == 2
    with pytest.raises(
        FaceError, match=r"2 faces were found: face 1 at x .*cut the others"
    ) as caught:
        find_face(photo)
    assert "--face N" in caught.value.in_terminal
    first, second = find_face(photo, 1), find_face(photo, 2)
    assert (first.index, second.index, first.count) == (1, 2, 2)
    assert first.points["chin"][0] < 600 < second.points["chin"][0]
    with pytest.raises(FaceError, match="there is no face 3 among 2"):
        find_face(photo, 3)


def test_of_a_crowd_the_largest_are_listed_and_the_others_counted() -> None:
    face = cv2.resize(phantom().pixels, (300, 300), interpolation=cv2.INTER_AREA)
    with pytest.raises(FaceError) as caught:
        find_face(Photo(np.tile(face, (3, 4, 1))))
    told = str(caught.value)
    assert told.startswith("12 faces were found: face 1 at x ")
    assert "face 9 at x" in told
    assert "face 10" not in told
    assert "and 3 smaller; " in told


def test_a_passer_by_far_behind_is_no_second_face() -> None:
    assert find_face(pair(0.25)).count == 1


def test_a_small_face_in_a_large_frame_is_found_by_a_closer_look() -> None:
    canvas = np.full((2400, 2400, 3), 120, np.uint8)
    canvas[1300:1700, 300:700] = cv2.resize(
        phantom().pixels, (400, 400), interpolation=cv2.INTER_AREA
    )
    (box,) = find_faces(Photo(canvas))
    assert 300 < (box.x0 + box.x1) / 2 < 700
    assert 1300 < (box.y0 + box.y1) / 2 < 1700


@pytest.mark.parametrize("kind", ["grey wall", "noise", "one pixel wide", "black"])
def test_what_is_no_face_is_refused_kindly(kind: str) -> None:
    rng = np.random.default_rng(2)
    pixels = {
        "grey wall": np.full((700, 900, 3), 150, np.uint8),
        "noise": rng.integers(0, 256, (500, 500, 3), dtype=np.uint8),
        "one pixel wide": np.zeros((300, 1, 3), np.uint8),
        "black": np.zeros((400, 400, 3), np.uint8),
    }[kind]
    assert single_pass(pixels) is None
    with pytest.raises(FaceError, match="no face was found; a photo of one face"):
        find_face(Photo(pixels))
