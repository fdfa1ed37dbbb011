"""The live mirror's answers over HTTP: a part of a frame, and what is none."""

from __future__ import annotations

import cv2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES

pytestmark = pytest.mark.django_db
PIXELS = render_phantom(SCENES["frontal"].sized(360, 480)).pixels
FRAME = cv2.copyMakeBorder(PIXELS, 0, 0, 180, 180, cv2.BORDER_REPLICATE)


def sent(desk: Browser, content: bytes, **more: str) -> object:
    given = {"blush": "1", "shade": "rose", "saturation": "0.6", "mirror": "m", **more}
    return desk.post("/mirror/frame/", given | {"frame": SimpleUploadedFile("f.jpg", content)})


def test_the_face_alone_is_enough_for_the_next_frame(desk: Browser) -> None:
    first = sent(desk, encode_jpeg(FRAME))
    left, top, wide, tall = (max(0, round(float(one))) for one in first["X-Face"].split(","))
    assert 0 < left < left + wide < FRAME.shape[1]
    cut = FRAME[top : top + tall, left : left + wide]
    second = sent(desk, encode_jpeg(cut), left=str(left), top=str(top))
    assert second["Content-Type"] == "image/jpeg"
    x, y, _, _ = (float(one) for one in second["X-Place"].split(","))
    a, b, _, _ = (float(one) for one in first["X-Place"].split(","))
    assert left + x * cut.shape[1] == pytest.approx(a * FRAME.shape[1], abs=2)
    assert top + y * cut.shape[0] == pytest.approx(b * FRAME.shape[0], abs=2)


@pytest.mark.parametrize("wrong", ["-3", "x", "1e4", "99999", ""])
def test_a_part_that_lies_nowhere_is_no_frame(desk: Browser, wrong: str) -> None:
    answer = sent(desk, encode_jpeg(FRAME), left=wrong)
    assert answer.status_code == 413
    assert answer.json()["error"] == "This is no live frame."
