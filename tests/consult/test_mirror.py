"""The mirror: a frame in, the lips' patch out; what is no frame is said."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vermilion.consult.draw import encode_jpeg
from vermilion.consult.mirror import Mirror
from vermilion.consult.plan import make_plan
from vermilion.errors import PhotoError
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES

PIXELS = render_phantom(SCENES["frontal"].sized(480, 640)).pixels
FRAME = encode_jpeg(PIXELS)


def test_the_patch_lies_on_the_lips_and_says_that_it_is_simulated() -> None:
    seen = Mirror().reflect(FRAME, make_plan(shade="berry"), 42, 0.0)
    assert seen is not None
    left, top, wide, tall = seen.place
    patch = cv2.imdecode(np.frombuffer(seen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert patch.shape[:2] == (round(tall * 640), round(wide * 480))
    assert 0.3 < left < left + wide < 0.7
    assert top > 0.4
    assert b"simulation" in seen.jpeg[:200].lower()


def test_nothing_planned_to_show_leaves_the_lips_as_they_are() -> None:
    seen = Mirror().reflect(FRAME, make_plan(rise_mm=0.0), 14, 0.0)
    assert seen is not None
    left, top, _wide, _tall = seen.place
    y, x = round(top * 640), round(left * 480)
    patch = cv2.imdecode(np.frombuffer(seen.jpeg, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    there = PIXELS[y : y + patch.shape[0], x : x + patch.shape[1]]
    assert np.abs(patch.astype(int) - there).mean() < 3


def test_a_wall_is_no_face_and_the_mirror_goes_on() -> None:
    mirror = Mirror()
    wall = encode_jpeg(np.full((480, 640, 3), 128, np.uint8))
    assert mirror.reflect(wall, make_plan(shade="rose"), 42, 0.0) is None
    assert mirror.reflect(FRAME, make_plan(shade="rose"), 42, 0.1) is not None


def test_a_camera_without_colour_shows_a_flip_and_says_why_it_shows_no_blush() -> None:
    grey = np.repeat(PIXELS.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    with pytest.raises(PhotoError, match="no colour of its own"):
        Mirror().reflect(encode_jpeg(grey), make_plan(shade="rose"), 42, 0.0)
    assert Mirror().reflect(encode_jpeg(grey), make_plan(flip=True), 14, 0.0) is not None


@pytest.mark.parametrize(
    "content", [b"", b"no picture", encode_jpeg(np.zeros((8, 2000, 3), np.uint8))]
)
def test_what_is_no_live_frame_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoError, match="no live frame"):
        Mirror().reflect(content, make_plan(shade="rose"), 42, 0.0)


def test_a_part_of_the_frame_is_followed_as_the_whole_would_be() -> None:
    plan, whole, part = make_plan(flip=True, shade="rose"), Mirror(), Mirror()
    wider = cv2.copyMakeBorder(PIXELS, 80, 80, 200, 200, cv2.BORDER_REPLICATE)
    for mirror in (whole, part):
        first = mirror.reflect(encode_jpeg(wider), plan, 42, 0.0)
    assert first is not None
    left, top, wide, tall = (round(one) for one in first.face)
    assert left > 0
    assert top > 0
    cut = wider[top : top + tall, left : left + wide]
    seen_whole = whole.reflect(encode_jpeg(wider), plan, 42, 0.1)
    seen = part.reflect(encode_jpeg(cut), plan, 42, 0.1, (left, top))
    assert seen is not None
    assert seen_whole is not None
    assert whole.track is not None
    assert part.track is not None
    assert np.abs(part.track.mesh_px - whole.track.mesh_px).max() < 1.0
    x, y = left + seen.place[0] * cut.shape[1], top + seen.place[1] * cut.shape[0]
    assert abs(x - seen_whole.place[0] * wider.shape[1]) <= 1.5
    assert abs(y - seen_whole.place[1] * wider.shape[0]) <= 1.5
    assert np.allclose(seen.face, seen_whole.face, atol=2.0)


def test_what_a_mirror_remembers_of_a_frame_holds_none_of_its_pixels() -> None:
    mirror = Mirror()
    mirror.reflect(FRAME, make_plan(flip=True, shade="rose"), 42, 0.0)
    kept = list(vars(mirror).values())
    reached: list[object] = []
    while kept:
        one = kept.pop()
        reached.append(one)
        fields = getattr(type(one), "__dataclass_fields__", {})
        kept += [getattr(one, name) for name in fields]
        kept += list(one) if isinstance(one, tuple | list) else []
    arrays = [one for one in reached if isinstance(one, np.ndarray)]
    assert [one.shape for one in arrays] == [(478, 3)]
    assert not [one for one in reached if isinstance(one, bytes)]
