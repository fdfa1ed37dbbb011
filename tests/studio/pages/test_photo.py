"""The page of one photo: what was measured and how surely, its neighbours, swollen, shown."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.models import AuditEntry, Client, Person, Photo
from vermilion.studio.record import photos
from vermilion.studio.record.shared import shared
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(rendered(SCENES["frontal"].sized(540, 720)).pixels)


@pytest.fixture
def photo(ana: Client, owner: Person, face: bytes) -> Photo:
    return photos.add_photo(ana, face, "rest", timezone.now(), by=owner)


def page(desk: Browser, photo: Photo) -> str:
    return desk.get(reverse("photo_page", args=[photo.pk])).content.decode()


def test_measures_stand_with_their_scale_and_error(desk: Browser, photo: Photo) -> None:
    shown = page(desk, photo)
    assert "mm a pixel" in shown
    assert "Mouth width" in shown
    assert "± " in shown
    assert shown.count("<polyline") == 8


def test_a_photo_that_cannot_be_measured_is_shown_with_the_reason(
    desk: Browser, ana: Client, owner: Person
) -> None:
    wall = encode_jpeg(np.full((400, 400, 3), 150, np.uint8))
    photo = photos.add_photo(ana, wall, "left", timezone.now(), by=owner)
    shown = page(desk, photo)
    assert "no face was found" in shown
    assert reverse("photo", args=[photo.pk]) in shown


def test_previous_and_next_go_through_time(
    desk: Browser, photo: Photo, ana: Client, owner: Person
) -> None:
    def added(days: int, tone: int) -> Photo:
        wall = encode_jpeg(np.full((200, 200, 3), tone, np.uint8))
        at = photo.taken_at + timedelta(days=days)
        return photos.add_photo(ana, wall, "rest", at, by=owner)

    earlier, later = added(-5, 90), added(3, 120)
    shown = page(desk, photo)
    assert f'href="{reverse("photo_page", args=[earlier.pk])}" rel="prev"' in shown
    assert f'href="{reverse("photo_page", args=[later.pk])}" rel="next"' in shown
    assert 'rel="prev"' not in page(desk, earlier)
    assert 'rel="next"' not in page(desk, later)


def test_swollen_is_said_afterwards_and_taken_back(desk: Browser, photo: Photo) -> None:
    where = reverse("photo_page", args=[photo.pk])
    for said, action in (("1", "mark swollen"), ("0", "mark not swollen")):
        desk.post(where, {"swollen": said})
        photo.refresh_from_db()
        assert photo.swollen == (said == "1")
        assert AuditEntry.objects.filter(action=action, what=f"photo:{photo.pk}").count() == 1


def test_only_who_treats_shows_a_photo_to_its_client(
    photo: Photo, ana: Client, people: dict[Role, Person], desk: Browser
) -> None:
    assistant = Browser()
    assistant.force_login(people[Role.ASSISTANT])
    where = reverse("photo_page", args=[photo.pk])
    assistant.post(where, {"shared": "1"})
    assert shared(ana) == frozenset()
    desk.post(where, {"shared": "1"})
    assert shared(ana) == {str(photo.pk)}
    desk.post(where, {"shared": "0"})
    assert shared(ana) == frozenset()
