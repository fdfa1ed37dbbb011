"""The mirror: a frame in, the lips' patch out; what is no frame is said."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from tests.rendered import rendered
from vermilion.consult.mirror import Mirror, Part, Reflection
from vermilion.consult.plan import make_plan
from vermilion.errors import PhotoError
from vermilion.face.topology import LIPS_REGION
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Pixels

PIXELS = rendered(SCENES["frontal"].sized(480, 640)).pixels
PLAN = make_plan(flip=True, shade="rose")


def noisy(seed: int, pixels: Pixels = PIXELS) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 3, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def test_the_patch_lies_on_the_lips() -> None:
    seen = Mirror().reflect(PIXELS, make_plan(shade="berry"), 42, 0.0)
    assert seen is not None
    x, y = seen.place
    tall, wide = seen.pixels.shape[:2]
    assert 0.3 * 480 < x < x + wide < 0.7 * 480
    assert 0.4 * 640 < y < y + tall < 640


def test_nothing_planned_to_show_leaves_the_lips_as_they_are() -> None:
    mirror = Mirror()
    for k in range(3):
        frame = noisy(k)
        seen = mirror.reflect(frame, make_plan(rise_mm=0.0), 14, k / 30)
        assert seen is not None
        assert np.array_equal(seen.pixels, under(seen, frame))


def under(seen: Reflection, frame: Pixels) -> Pixels:
    """What lies under the patch in the frame."""
    x, y = seen.place
    tall, wide = seen.pixels.shape[:2]
    return frame[y : y + tall, x : x + wide]


def whole(seen: Reflection, frame: Pixels) -> npt.NDArray[np.int_]:
    """The frame with the patch on it."""
    (x, y), (tall, wide) = seen.place, seen.pixels.shape[:2]
    shown = frame.astype(int)
    shown[y : y + tall, x : x + wide] = seen.pixels
    return shown


def test_a_wall_is_no_face_and_the_mirror_goes_on() -> None:
    mirror = Mirror()
    wall = np.full((480, 640, 3), 128, np.uint8)
    assert mirror.reflect(wall, make_plan(shade="rose"), 42, 0.0) is None
    assert mirror.reflect(PIXELS, make_plan(shade="rose"), 42, 0.1) is not None


def test_a_camera_without_colour_shows_a_flip_and_says_why_it_shows_no_blush() -> None:
    grey = np.repeat(PIXELS.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    with pytest.raises(PhotoError, match="no colour of its own"):
        Mirror().reflect(grey, make_plan(shade="rose"), 42, 0.0)
    assert Mirror().reflect(grey, make_plan(flip=True), 14, 0.0) is not None


def test_a_part_of_the_frame_is_followed_as_the_whole_would_be() -> None:
    whole, part = Mirror(), Mirror()
    wider = cv2.copyMakeBorder(PIXELS, 80, 80, 200, 200, cv2.BORDER_REPLICATE)
    for mirror in (whole, part):
        first = mirror.reflect(wider, PLAN, 42, 0.0)
    assert first is not None
    left, top, wide, tall = (round(one) for one in first.face)
    assert left > 0
    assert top > 0
    cut = wider[top : top + tall, left : left + wide]
    seen_whole = whole.reflect(wider, PLAN, 42, 0.1)
    seen = part.reflect(cut, PLAN, 42, 0.1, Part(left, top))
    assert seen is not None
    assert seen_whole is not None
    assert whole.track is not None
    assert part.track is not None
    assert np.abs(part.track.mesh_px - whole.track.mesh_px).max() < 1.0
    assert abs(left + seen.place[0] - seen_whole.place[0]) <= 2
    assert abs(top + seen.place[1] - seen_whole.place[1]) <= 2
    assert np.allclose(seen.face, seen_whole.face, atol=2.0)


def test_a_part_that_came_smaller_lies_where_the_whole_says() -> None:
    mirror = Mirror()
    wider = cv2.copyMakeBorder(PIXELS, 80, 80, 200, 200, cv2.BORDER_REPLICATE)
    first = mirror.reflect(wider, PLAN, 42, 0.0)
    assert first is not None
    x, y, wide, tall = (round(one) for one in first.face)
    cut = wider[y : y + tall, x : x + wide]
    half = cv2.resize(cut, (wide // 2, tall // 2), interpolation=cv2.INTER_AREA)
    before = mirror.track
    seen = mirror.reflect(half, PLAN, 42, 0.1, Part(x, y, 0.5))
    assert seen is not None
    assert before is not None
    assert mirror.track is not None
    gone_px = (mirror.track.mesh_px - before.mesh_px)[LIPS_REGION, :2]
    assert np.abs(gone_px).max() < 2.0
    now = x + (seen.place[0] + seen.pixels.shape[1] / 2) / 0.5
    assert abs(now - first.place[0] - first.pixels.shape[1] / 2) <= 4


def apart(carrying: Mirror, looking: Mirror, frame: Pixels, at_s: float) -> float:
    """Mean levels between what is carried onto a frame and what a look at it draws."""
    carried = carrying.reflect(frame, PLAN, 42, at_s)
    looking._drawn = None
    drawn = looking.reflect(frame, PLAN, 42, at_s)
    assert carried is not None
    assert drawn is not None
    one, other = whole(carried, frame), whole(drawn, frame)
    changed = np.abs(other - frame).max(axis=2) > 8
    assert changed.sum() > 500
    return float(np.abs(one - other)[changed].mean())


def test_frames_between_show_what_a_look_at_each_would_show() -> None:
    carrying, looking = Mirror(), Mirror()
    for k in range(8):
        frame = noisy(k, np.roll(PIXELS, k, axis=1))
        # of noise with sd 3 as much stays in each; the treatment's own step is far larger
        assert apart(carrying, looking, frame, k / 30) < 3.0


def test_a_mouth_that_opens_shows_what_a_look_at_each_frame_would_show() -> None:
    carrying, looking = Mirror(), Mirror()
    scene = SCENES["open"].sized(480, 640)
    for k, wide_mm in enumerate((1.0, 1.5, 2.5, 4.0, 5.5, 6.5, 7.0)):
        face = replace(scene, lips=replace(scene.lips, opening_mm=wide_mm))
        frame = noisy(k, rendered(face).pixels)
        assert apart(carrying, looking, frame, k / 30) < 4.0
    assert carrying._drawn is not None
    assert carrying._drawn.at_s == 0.0


def test_what_a_mirror_remembers_of_a_frame_holds_none_of_its_pixels() -> None:
    mirror = Mirror()
    seen = mirror.reflect(PIXELS, PLAN, 42, 0.0)
    assert seen is not None
    kept = list(vars(mirror).values())
    reached: list[object] = []
    while kept:
        one = kept.pop()
        reached.append(one)
        fields = getattr(type(one), "__dataclass_fields__", {})
        kept += [getattr(one, name) for name in fields]
        kept += list(one) if isinstance(one, tuple | list) else []
    assert not [one for one in reached if isinstance(one, bytes)]
    arrays = [one for one in reached if isinstance(one, np.ndarray)]
    assert not [one for one in arrays if one.dtype == np.uint8]
    # landmarks, borders of the lips, and over the lips: where colour comes from, and by how much it
    # is multiplied; of a face without a treatment that says nothing
    tall, wide = seen.pixels.shape[:2]
    shapes = {(478, 3), (11, 2), (13, 2), (2,), (tall, wide), (tall, wide, 3)}
    assert {one.shape for one in arrays} == shapes
    mirror.reflect(PIXELS, make_plan(rise_mm=0.0), 14, 0.1)
    assert mirror._drawn is not None
    assert np.all(mirror._drawn.effect.gain == 1)
    assert not mirror._drawn.effect.shift_px.any()


def test_a_face_that_left_leaves_nothing_but_its_colour() -> None:
    mirror = Mirror()
    mirror.reflect(PIXELS, PLAN, 42, 0.0)
    mirror.reflect(np.full_like(PIXELS, 128), PLAN, 42, 0.1)
    assert mirror.track is None
    assert mirror._drawn is None
