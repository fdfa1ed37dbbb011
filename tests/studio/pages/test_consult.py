"""The consultation: what cannot be drawn is said and not kept; what is kept prints again."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES
from vermilion.studio import looks
from vermilion.studio.models import Client, Entry, Person, Photo
from vermilion.studio.record import photos

pytestmark = pytest.mark.django_db
FLIP = {"flip": "1", "by": "rise", "rise": "0.8", "day": "14", "band": "expected"}


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(render_phantom(SCENES["frontal"].sized(720, 960)).pixels)


@pytest.fixture
def photo(ana: Client, owner: Person, face: bytes) -> Photo:
    return photos.add_photo(ana, face, "rest", timezone.now(), by=owner)


def frame(desk: Browser, photo: Photo, given: dict[str, str]) -> tuple[int, bytes]:
    answer = desk.post(reverse("consult_frame", args=[photo.pk]), given)
    return answer.status_code, answer.content


def test_a_plan_changes_the_patch_and_no_plan_does_not(desk: Browser, photo: Photo) -> None:
    status, bare = frame(desk, photo, {"day": "14"})
    assert status == 200
    status, drawn = frame(desk, photo, FLIP)
    assert status == 200
    one, other = (np.asarray(Image.open(io.BytesIO(c)), int) for c in (bare, drawn))
    assert one.shape == other.shape
    assert np.abs(one - other).max() > 40
    assert b"imulation" in drawn[:300]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rise": "9"},
        {"rise": "nan"},
        {"day": "soon"},
        {"day": "nan"},
        {"band": "best"},
        {"by": "units", "units": "50"},
        {"blush": "1", "shade": "white", "saturation": "0.6"},
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_said_and_not_kept(
    desk: Browser, photo: Photo, wrong: dict[str, str]
) -> None:
    status, content = frame(desk, photo, FLIP | wrong)
    assert 400 <= status < 500
    assert b"error" in content
    answer = desk.post(reverse("consult_save", args=[photo.pk]), FLIP | wrong)
    assert 400 <= answer.status_code < 500
    assert not Entry.objects.filter(kind="consultation").exists()


def test_a_kept_one_shows_what_was_looked_at_and_prints(
    desk: Browser, photo: Photo, tmp_path: Path
) -> None:
    desk.post(reverse("consult_save", args=[photo.pk]), FLIP)
    entry = Entry.objects.get(kind="consultation")
    assert entry.content["editions"]["flip"]
    page = desk.get(reverse("consultation", args=[entry.pk])).content.decode()
    assert "week 2" in page
    assert "Mouth width" in page
    for form, start in (("pdf", b"%PDF"), ("html", b"<!doctype")):
        made = desk.post(reverse("consult_report", args=[entry.pk]), {"form": form})
        assert made.content[:9].lower().startswith(start.lower())
        assert made.headers["Cache-Control"] == "no-store, private"


def test_a_photo_without_a_face_says_what_would_mend_it(
    desk: Browser, ana: Client, owner: Person
) -> None:
    wall = encode_jpeg(np.full((400, 400, 3), 150, np.uint8))
    photo = photos.add_photo(ana, wall, "rest", timezone.now(), by=owner)
    answer = desk.get(reverse("consult", args=[photo.pk]))
    assert answer.status_code == 422
    assert "no face was found" in answer.content.decode()


def test_an_erased_client_is_gone_from_memory_too(
    desk: Browser, ana: Client, owner: Person, photo: Photo
) -> None:
    looks.look_at(photo)
    where = reverse("client_erase", args=[ana.pk])
    desk.post(where, {"name": "Ana García"})
    assert photo.pk not in looks._looks
    with pytest.raises(Exception, match="erased"):
        looks.look_at(Photo.objects.get(pk=photo.pk))
