"""The client sees what the practice shows and nothing else; every picture says what it is."""

from __future__ import annotations

import io

import numpy as np
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.phantom.scenes import SCENES
from vermilion.studio.models import AuditEntry, Client, Entry, Person, Photo
from vermilion.studio.record import photos
from vermilion.studio.record.shared import share
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
FLIP = {"flip": "1", "by": "rise", "rise": "0.8", "day": "14", "band": "high"}


@pytest.fixture(scope="module")
def face() -> bytes:
    return encode_jpeg(rendered(SCENES["frontal"].sized(540, 720)).pixels)


@pytest.fixture
def photo(ana: Client, owner: Person, face: bytes) -> Photo:
    return photos.add_photo(ana, face, "rest", timezone.now(), by=owner)


@pytest.fixture
def kept(desk: Browser, photo: Photo) -> Entry:
    desk.post(reverse("consult_save", args=[photo.pk]), FLIP)
    return Entry.objects.get(kind="consultation")


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)), int)


def test_nothing_is_shown_unless_it_was_shared(phone: Browser, kept: Entry, photo: Photo) -> None:
    page = phone.get("/my/pictures/").content.decode()
    assert "Aún no se muestra nada aquí" in page
    assert phone.get(reverse("my_picture", args=[kept.pk, "0"])).status_code == 404
    assert phone.get(reverse("my_shown_photo", args=[photo.pk])).status_code == 404


def test_a_shared_consultation_shows_its_days_each_named_a_simulation(
    phone: Browser, desk: Browser, kept: Entry, photo: Photo
) -> None:
    desk.post(reverse("consult_share", args=[kept.pk]), {"shared": "1"})
    page = phone.get("/my/pictures/").content.decode()
    assert page.count("<figcaption>Simulación, ") == 5
    before = pixels(phone.get(reverse("my_picture", args=[kept.pk, "before"])).content)
    after = pixels(phone.get(reverse("my_picture", args=[kept.pk, "2"])).content)
    assert before.shape == after.shape
    corner = np.abs(before - after)[-before.shape[0] // 7 :, : before.shape[1] // 3]
    assert corner.max() > 100, "the word simulation stands in the picture"
    assert phone.get(reverse("my_picture", args=[kept.pk, "9"])).status_code == 404
    assert phone.get(reverse("my_shown_photo", args=[photo.pk])).status_code == 404
    assert AuditEntry.objects.filter(actor="client", what=f"entry:{kept.pk}").exists()


def test_what_is_hidden_again_is_gone(phone: Browser, kept: Entry, owner: Person) -> None:
    share(kept, True, owner)
    assert phone.get(reverse("my_picture", args=[kept.pk, "before"])).status_code == 200
    share(kept, False, owner)
    assert phone.get(reverse("my_picture", args=[kept.pk, "before"])).status_code == 404


def test_what_is_shown_to_one_client_is_not_to_another(
    phone: Browser, beth: Client, owner: Person, face: bytes
) -> None:
    hers = photos.add_photo(beth, face, "rest", timezone.now(), by=owner)
    share(hers, True, owner)
    assert phone.get(reverse("my_shown_photo", args=[hers.pk])).status_code == 404


def test_a_shown_photo_is_shown(phone: Browser, photo: Photo, owner: Person) -> None:
    share(photo, True, owner)
    assert phone.get(reverse("my_shown_photo", args=[photo.pk])).status_code == 200
    assert str(photo.pk) in phone.get("/my/pictures/").content.decode()


def test_an_assistant_shares_nothing(kept: Entry, people: dict[Role, Person]) -> None:
    browser = Browser()
    browser.force_login(people[Role.ASSISTANT])
    answer = browser.post(reverse("consult_share", args=[kept.pk]), {"shared": "1"})
    assert answer.status_code == 403


def test_a_kept_one_shows_before_and_what_was_looked_at(desk: Browser, kept: Entry) -> None:
    page = desk.get(reverse("consultation", args=[kept.pk])).content.decode()
    assert "week 2, most" in page
    assert "This is a simulation, week 2" in page
    before, after = (
        pixels(desk.get(reverse("consult_picture", args=[kept.pk, one])).content)
        for one in ("before", "after")
    )
    assert np.abs(before - after).max() > 40
    assert desk.get(reverse("consult_picture", args=[kept.pk, "else"])).status_code == 404


def test_its_report_says_what_was_looked_at(desk: Browser, kept: Entry) -> None:
    made = desk.post(reverse("consult_report", args=[kept.pk]), {"form": "html"}).content.decode()
    assert "semana 2, respuesta fuerte" in made


def test_today_marks_where_the_client_is_on_the_curve(phone: Browser, flip_done: Entry) -> None:
    page = phone.get("/my/").content.decode()
    assert "estás aquí" in page
