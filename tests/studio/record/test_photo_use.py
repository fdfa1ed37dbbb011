"""Use of photos: nothing unless it was ticked, taken back at any time, each change kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client as Browser
from django.utils import timezone
from PIL import Image

from vermilion.errors import UsageError
from vermilion.studio.models import Client, Entry, Person, Photo
from vermilion.studio.record import photo_use, photos

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(ana: Client, owner: Person) -> Photo:
    out = BytesIO()
    Image.new("RGB", (300, 300), (200, 140, 140)).save(out, "PNG")
    return photos.add_photo(ana, out.getvalue(), "rest", timezone.now(), by=owner)


def test_nothing_is_allowed_at_first(ana: Client, photo: Photo) -> None:
    assert photo_use.allowed(ana) == {}


def test_a_client_allows_and_takes_back_on_the_phone(
    phone: Browser, ana: Client, photo: Photo
) -> None:
    field = f"photo.{photo.pk}"
    phone.post("/my/photo-use/", {field: ["website", "teaching"]})
    assert photo_use.allowed(ana) == {str(photo.pk): {"website", "teaching"}}
    phone.post("/my/photo-use/", {field: ["teaching"]})
    assert photo_use.allowed(ana) == {str(photo.pk): {"teaching"}}
    assert Entry.objects.filter(kind="photo_use", by=None).count() == 2


def test_a_photo_of_somebody_else_or_an_unknown_way_is_refused(
    beth: Client, photo: Photo, owner: Person
) -> None:
    for ways in ({str(photo.pk): ["website"]}, {"made up": ["website"]}):
        with pytest.raises(UsageError):
            photo_use.allow(beth, ways, owner)
    with pytest.raises(UsageError):
        photo_use.allow(photo.client, {str(photo.pk): ["billboard"]}, owner)
