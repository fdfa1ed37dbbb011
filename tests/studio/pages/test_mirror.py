"""The live mirror's answers over HTTP: a part of a frame, and what is none."""

from __future__ import annotations

from urllib.parse import urlencode

import cv2
import pytest
from django.test import Client as Browser

from tests.rendered import rendered
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Pixels

pytestmark = pytest.mark.django_db
PIXELS = rendered(SCENES["frontal"].sized(360, 480)).pixels
FRAME = cv2.copyMakeBorder(PIXELS, 0, 0, 180, 180, cv2.BORDER_REPLICATE)


TALL, WIDE = FRAME.shape[:2]


def sent(desk: Browser, pixels: Pixels, **more: object) -> object:
    given = {"blush": "1", "shade": "rose", "saturation": "0.6", "mirror": "m"}
    given |= {"width": pixels.shape[1], "height": pixels.shape[0], **more}
    given = {key: value for key, value in given.items() if value is not None}
    body = urlencode(given).encode() + b"\n" + pixels.tobytes()
    return desk.post("/mirror/frame/", body, content_type="application/octet-stream")


def test_the_face_alone_is_enough_for_the_next_frame(desk: Browser) -> None:
    small = cv2.resize(FRAME, (WIDE // 2, TALL // 2), interpolation=cv2.INTER_AREA)
    first = sent(desk, small, zoom=0.5)
    left, top, wide, tall = (max(0, round(float(one))) for one in first["X-Face"].split(","))
    assert 0 < left < left + wide < WIDE
    cut = FRAME[top : top + tall, left : left + wide]
    second = sent(desk, cut, left=left, top=top)
    x, y, patch_wide, patch_tall = (int(one) for one in second["X-Place"].split(","))
    assert len(second.content) == patch_wide * patch_tall * 4
    a, b, first_wide, first_tall = (int(one) for one in first["X-Place"].split(","))
    assert left + x + patch_wide / 2 == pytest.approx((a + first_wide / 2) / 0.5, abs=4)
    assert top + y + patch_tall / 2 == pytest.approx((b + first_tall / 2) / 0.5, abs=4)


def test_the_answer_is_a_simulation_and_stored_nowhere(desk: Browser) -> None:
    small = cv2.resize(FRAME, (WIDE // 2, TALL // 2), interpolation=cv2.INTER_AREA)
    answer = sent(desk, small, zoom=0.5)
    assert answer["X-Content"].startswith("simulation")
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "wrong",
    [
        *({"left": one} for one in ("-3", "x", "1e4", "99999", "")),
        *({"zoom": one} for one in ("0", "0.01", "2", "nan", "")),
        *({"width": one} for one in ("0", "59", "-60", "9999")),
    ],
)
def test_a_part_that_lies_nowhere_is_no_frame(desk: Browser, wrong: dict[str, str]) -> None:
    answer = sent(desk, FRAME[:60, :60], **wrong)
    assert answer.status_code == 413
    assert answer.json()["error"] == "This is no live frame."


@pytest.mark.parametrize(
    "body", [b"", b"no picture", b"width=0&height=0\n", b"\xff\n\xff", b"x" * 500_000]
)
def test_what_is_no_live_frame_is_refused(desk: Browser, body: bytes) -> None:
    answer = desk.post("/mirror/frame/", body, content_type="application/octet-stream")
    assert answer.status_code == 413


def test_frames_end_with_the_login(desk: Browser) -> None:
    assert sent(desk, FRAME[:60, :60]).status_code == 200
    desk.logout()
    assert sent(desk, FRAME[:60, :60]).status_code in (302, 403)


def test_a_frame_too_small_for_millimetres_says_where_the_face_is_and_the_face_alone_is_enough(
    desk: Browser,
) -> None:
    tiny = cv2.resize(FRAME, (WIDE * 2 // 5, TALL * 2 // 5), interpolation=cv2.INTER_AREA)
    flip = {"flip": "1", "by": "rise", "rise": "0.8", "blush": None}
    first = sent(desk, tiny, zoom=0.4, **flip)
    assert first.status_code == 422
    assert "millimet" in first.json()["error"]
    left, top, wide, tall = (max(0, round(float(one))) for one in first["X-Face"].split(","))
    second = sent(desk, FRAME[top : top + tall, left : left + wide], left=left, top=top, **flip)
    assert second.status_code == 200
    assert second["X-Place"]
