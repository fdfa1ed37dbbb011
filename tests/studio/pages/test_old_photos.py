"""Old photos in the browser: each is said whose it is, and nothing is written before."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from tests.studio.record.test_old_photos import picture
from vermilion.studio.models import AuditEntry, Client, Person, Photo
from vermilion.studio.record.kept_photos import photo_bytes
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def send(desk: Browser, path: str, content: bytes, **more: str) -> dict[str, object]:
    """As the script sends one."""
    given = {"photo": SimpleUploadedFile("photo", content), "path": path, "view": "rest", **more}
    answer = desk.post(reverse("old_photos"), given, headers=JSON)
    told: dict[str, object] = answer.json()
    return told


def test_a_look_says_whose_it_is_and_writes_nothing(desk: Browser, ana: Client) -> None:
    told = send(desk, "old/Ana García/smile.jpg", picture(1, "2024:03:01 16:20:00"))
    assert (told["whose"], told["name"], told["why"]) == (str(ana.pk), "Ana García", "")
    line = str(told["line"])
    assert "old/Ana García/smile.jpg" in line
    assert "from the camera" in line
    assert "Smile" in line
    assert not Photo.objects.exists()


def test_a_photo_is_taken_once_and_the_log_tells_who_did(
    people: dict[Role, Person], ana: Client
) -> None:
    desk = Browser()
    desk.force_login(people[Role.PRACTITIONER])
    content = picture(1, "2024:03:01 16:20:00")
    assert "in the record" in str(send(desk, "Ana García/a.jpg", content, take="1")["line"])
    photo = Photo.objects.get()
    assert photo_bytes(photo) == content
    assert AuditEntry.objects.filter(
        actor="practitioner", action="add photo", what=f"photo:{photo.pk}"
    ).exists()
    again = send(desk, "Ana García/b.jpg", content)
    assert "in the record already" in str(again["why"])


@pytest.mark.parametrize(
    ("path", "content", "why"),
    [
        ("Nobody/2024-03-01.jpg", picture(1), "ningún cliente tiene el nombre"),
        ("Ana García/a.jpg", picture(1), "ni la cámara ni un nombre dicen su día"),
        ("Ana García/2999-01-01.jpg", picture(1), "su día está en el futuro"),
        ("Ana García/2024-03-01.jpg", b"%PDF", "es un PDF"),
    ],
)
def test_what_is_left_is_said_in_the_readers_language(
    path: str, content: bytes, why: str, desk: Browser, ana: Client
) -> None:
    desk.cookies["django_language"] = "es"
    for more in ({}, {"take": "1"}):
        assert why in str(send(desk, path, content, **more)["why"])
    assert not Photo.objects.exists()


def test_a_record_that_is_only_kept_gets_no_photo(desk: Browser, ana: Client) -> None:
    Client.objects.update(restricted_at=ana.created_at)
    assert send(desk, "Ana García/2024-03-01.jpg", picture(1), take="1")["why"]


def test_what_is_cut_off_at_the_limit_is_said_and_not_decoded(
    desk: Browser, ana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vermilion.studio.uploads.LIMIT_BYTES", 100)
    assert "has more than" in str(send(desk, "Ana García/2024-03-01.jpg", picture(1))["error"])


def test_without_scripts_some_are_sent_at_once_by_their_own_names(
    desk: Browser, ana: Client, beth: Client
) -> None:
    def files() -> list[SimpleUploadedFile]:
        return [
            SimpleUploadedFile("Ana Garcia 2024-03-01.jpg", picture(1)),
            SimpleUploadedFile("Beth Johnson 2024-03-02.jpg", picture(2)),
            SimpleUploadedFile("Ana Garcia 2024-03-01 copy.jpg", picture(1)),
        ]

    where = reverse("old_photos")
    looked = desk.post(where, {"view": "rest", "photo": files(), "look": "1"}).content.decode()
    assert "Ready: 2. Not taken: 1." in looked
    assert "stands here twice" in looked
    assert not Photo.objects.exists()
    taken = desk.post(where, {"view": "rest", "photo": files(), "take": "1"}).content.decode()
    assert "Taken over: 2. Left: 1." in taken
    assert set(Photo.objects.values_list("client", flat=True)) == {ana.pk, beth.pk}
    assert "no photo came" in desk.post(where, {"view": "rest"}).content.decode()
