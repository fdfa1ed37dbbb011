"""A face is followed from frame to frame: still when it is still, along when it moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.face.mesh import landmarks, patch, region_of_mesh
from vermilion.face.scale import scale_of
from vermilion.face.topology import LEFT_EYE_REGION, LIPS_REGION, RIGHT_EYE_REGION
from vermilion.face.track import (
    Track,
    follow,
    follow_lips,
    jitter_mm,
    moved,
    needed,
    with_eyes,
)
from vermilion.phantom.scenes import SCENES
from vermilion.photo.open import photo_from_pixels
from vermilion.photo.photo import Pixels

MM_PER_PX = 320 / 640


@pytest.fixture(scope="module")
def frame() -> Pixels:
    return rendered(SCENES["frontal"].sized(480, 640)).pixels


def noisy(frame: Pixels, seed: int) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 3, frame.shape)
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def test_a_still_face_does_not_shimmer(frame: Pixels) -> None:
    track, tracks = None, []
    for k in range(60):
        track = follow(noisy(frame, k), track, k / 30)
        assert track is not None
        tracks.append(track)
    assert jitter_mm(tracks[30:], MM_PER_PX, LIPS_REGION) <= 0.15


def test_a_moving_face_is_followed_within_a_lips_height(frame: Pixels) -> None:
    track: Track | None = None
    for k in range(30):
        shifted = np.roll(frame, 3 * k, axis=1)
        track = follow(shifted, track, k / 30)
        assert track is not None
    found = follow(np.roll(frame, 87, axis=1), None, 0.0)
    assert found is not None
    assert track is not None
    behind = np.abs(track.mesh_px - found.mesh_px)[LIPS_REGION, 0].mean() * MM_PER_PX
    assert behind < 1.0


def test_lips_that_speak_on_a_still_head_are_followed_within_half_a_millimetre() -> None:
    """The mouth opens by 8 mm and closes again three times a second."""
    scene = SCENES["open"].sized(480, 640)
    openings_mm = [4 * (1 - np.cos(2 * np.pi * k / 10)) for k in range(6)]
    looks = [
        rendered(replace(scene, lips=replace(scene.lips, opening_mm=float(mm)))).pixels
        for mm in openings_mm
    ]
    track, behind = None, []
    for k in range(30):
        look = noisy(looks[min(k % 10, 10 - k % 10)], k)
        track = follow(look, track, k / 30)
        assert track is not None
        region = region_of_mesh(track.mesh_px)
        now, _ = landmarks(patch(look, region), region, eyes=False)
        away = (track.mesh_px - now)[LIPS_REGION, :2] * MM_PER_PX
        behind.append(float(np.sqrt((away**2).sum(axis=1).mean())))
    assert max(behind[10:]) < 0.5


def test_a_face_that_left_is_lost_and_found_again(frame: Pixels) -> None:
    wall = np.full_like(frame, 128)
    track = follow(frame, None, 0.0)
    assert track is not None
    assert follow(wall, track, 0.1) is None
    assert follow(wall, None, 0.2) is None
    assert follow(frame, None, 0.3) is not None


def test_its_lips_are_those_of_a_face(frame: Pixels) -> None:
    track = follow(frame, None, 0.0)
    assert track is not None
    face = follow_lips(track)
    assert not face.refined
    right, left = face.points["commissure_right"], face.points["commissure_left"]
    assert 40 < (left[0] - right[0]) * MM_PER_PX < 62


def test_what_the_next_frame_needs_holds_the_whole_face(frame: Pixels) -> None:
    track = follow(frame, None, 0.0)
    assert track is not None
    for one in (track, moved(track, 40.0, -25.0)):
        left, top, wide, tall = needed(one)
        x, y = one.mesh_px[:, 0], one.mesh_px[:, 1]
        assert left + 0.1 * wide < x.min() < x.max() < left + 0.9 * wide
        assert top + 0.1 * tall < y.min() < y.max() < top + 0.9 * tall
    assert np.allclose(
        np.subtract(needed(moved(track, 40.0, -25.0)), needed(track)), (40, -25, 0, 0)
    )


def test_a_look_without_the_eyes_finds_the_same_lips(frame: Pixels) -> None:
    track = follow(frame, None, 0.0)
    assert track is not None
    region = region_of_mesh(track.mesh_px)
    whole, sure = landmarks(patch(frame, region), region)
    quick, as_sure = landmarks(patch(frame, region), region, eyes=False)
    eyes = [*LEFT_EYE_REGION, *RIGHT_EYE_REGION, *range(468, 478)]
    rest = np.setdiff1d(np.arange(478), eyes)
    assert np.array_equal(whole[rest], quick[rest])
    assert sure == as_sure
    # an iris stands between its lids, so that a look with the eyes finds it there
    assert np.abs(whole[[468, 473], :2] - quick[[468, 473], :2]).max() * MM_PER_PX < 4.0


def test_a_look_with_the_eyes_reads_the_irises_of_this_frame(frame: Pixels) -> None:
    track = follow(frame, None, 0.0)
    assert track is not None
    seen = with_eyes(frame, track)
    photo = photo_from_pixels(frame)
    assert scale_of(photo, follow_lips(seen)).mm_per_px == pytest.approx(MM_PER_PX, rel=0.1)
    assert scale_of(photo, follow_lips(track)).mm_per_px is None
