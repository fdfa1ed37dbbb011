"""The camera's live frames: told where the face stands, also turned; nothing is kept or logged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.models import AuditEntry, Client, Person, Photo
from vermilion.studio.record import entries

pytestmark = pytest.mark.django_db
SPEC = SCENES["frontal"].sized(480, 640)


def told(desk: Browser, content: bytes) -> dict[str, object]:
    upload = SimpleUploadedFile("frame.jpg", content, "image/jpeg")
    found: dict[str, object] = desk.post("/camera/frame/", {"frame": upload}).json()
    return found


@pytest.mark.parametrize("yaw_deg", [0.0, 25.0, -25.0])
def test_a_face_is_seen_straight_and_turned(desk: Browser, yaw_deg: float) -> None:
    spec = replace(SPEC, pose=replace(SPEC.pose, yaw_deg=yaw_deg))
    found = told(desk, encode_jpeg(rendered(spec).pixels))
    assert found["face"]
    assert found["yaw_deg"] == pytest.approx(yaw_deg, abs=9)


def test_lips_that_part_are_seen_to(desk: Browser) -> None:
    parted = replace(SPEC, lips=replace(SPEC.lips, opening_mm=7.0))
    assert not told(desk, encode_jpeg(rendered(SPEC).pixels))["open"]
    assert told(desk, encode_jpeg(rendered(parted).pixels))["open"]


def test_a_smile_is_wider_in_the_face_than_a_mouth_at_rest(desk: Browser) -> None:
    smile = SCENES["smile"].sized(480, 640)
    rest, wide = (
        told(desk, encode_jpeg(rendered(one).pixels))["mouth_share"] for one in (SPEC, smile)
    )
    assert float(str(wide)) > 1.06 * float(str(rest))


def test_on_the_day_of_a_treatment_photos_are_taken_for_swollen(
    desk: Browser, ana: Client, owner: Person
) -> None:
    where = reverse("capture", args=[ana.pk])
    assert 'name="swollen" checked' not in desk.get(where).content.decode()
    day = timezone.localdate().isoformat()
    entries.add(ana, "visit", {"treatment": "flip", "day": day}, by=owner)
    assert 'name="swollen" checked' in desk.get(where).content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"no picture", encode_jpeg(np.full((300, 300, 3), 128, np.uint8))]
)
def test_no_face_is_no_error(desk: Browser, content: bytes) -> None:
    assert told(desk, content) == {"face": False}


def test_nothing_of_a_frame_is_kept(desk: Browser) -> None:
    before = AuditEntry.objects.count()
    told(desk, encode_jpeg(rendered(SPEC).pixels))
    assert not Photo.objects.exists()
    assert AuditEntry.objects.count() == before


def test_what_is_too_large_for_a_live_frame_is_not_read(desk: Browser) -> None:
    upload = SimpleUploadedFile("frame.jpg", b"0" * 500_000, "image/jpeg")
    assert desk.post("/camera/frame/", {"frame": upload}).status_code == 413
