"""Photos: checked, sealed, kept once; what is no picture changes nothing."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record import clients

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", colour: int = 120) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (400, 300), (200, colour, 140)).save(out, kind)
    return SimpleUploadedFile(f"lips.{kind.lower()}", out.getvalue())


def add(desk: Browser, client: Client, photo: SimpleUploadedFile, **more: str) -> int:
    where = reverse("photo_add", args=[client.pk])
    given = {"photo": photo, "view": "rest", **more}
    return desk.post(where, given, headers={"accept": "application/json"}).status_code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF"])
def test_a_photo_is_kept_sealed_and_shown_as_jpeg(desk: Browser, ana: Client, kind: str) -> None:
    assert add(desk, ana, picture(kind)) == 201
    photo = Photo.objects.get()
    (sealed,) = (settings.DATA / "photos").iterdir()
    assert b"JFIF" not in sealed.read_bytes()
    assert b"\x89PNG\r\n" not in sealed.read_bytes()  # three letters come by chance
    shown = desk.get(reverse("photo", args=[photo.pk]))
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store, private"
    assert Image.open(BytesIO(shown.content)).size == (400, 300)


def test_the_same_photo_twice_is_kept_once(desk: Browser, ana: Client, beth: Client) -> None:
    assert add(desk, ana, picture()) == 201
    assert add(desk, ana, picture()) == 422
    assert add(desk, beth, picture()) == 201
    assert len(list((settings.DATA / "photos").iterdir())) == 2


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n cut off"], ids=["empty", "other", "cut off"]
)
def test_what_is_no_photo_is_said_and_leaves_nothing(
    desk: Browser, ana: Client, content: bytes
) -> None:
    assert add(desk, ana, SimpleUploadedFile("x.png", content)) == 422
    assert not Photo.objects.exists()
    assert not list(settings.DATA.glob("photos/*"))


def test_an_unknown_view_is_refused(desk: Browser, ana: Client) -> None:
    assert add(desk, ana, picture(), view="profile") == 422


def test_erasing_a_client_takes_the_photos_away(desk: Browser, ana: Client, owner: Person) -> None:
    add(desk, ana, picture())
    clients.erase(ana, owner, "mistake")
    assert not list((settings.DATA / "photos").iterdir())
    assert bytes(Photo.objects.get().wrapped_key) == b""
