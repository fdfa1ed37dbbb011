"""The first start makes one owner, with the code of the terminal, once."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client as Browser

from vermilion.studio.models import Person
from vermilion.studio.pages.start import CODE_FILE

pytestmark = pytest.mark.django_db
GIVEN = {
    "code": "12345678",
    "name": "Olivia Owner",
    "username": "olivia",
    "password": "four plain words here",
}


@pytest.fixture(autouse=True)
def code() -> None:
    (settings.DATA / CODE_FILE).write_text("12345678")


def test_the_code_makes_the_owner_and_opens_the_studio() -> None:
    browser = Browser()
    answer = browser.post("/start/", GIVEN)
    assert answer.headers["Location"] == "/"
    assert Person.objects.get().role == "owner"
    assert browser.get("/").status_code == 200
    assert not (settings.DATA / CODE_FILE).exists()


def test_the_page_is_gone_once_there_is_an_owner() -> None:
    Browser().post("/start/", GIVEN)
    assert Browser().get("/start/").status_code == 404
    assert Browser().post("/start/", GIVEN | {"username": "second"}).status_code == 404
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"code": "00000000"}, {"code": ""}, {"password": "short"}, {"username": "a b"}, {"name": ""}],
    ids=["another code", "no code", "weak password", "login with a space", "no name"],
)
def test_what_is_wrong_makes_nobody(wrong: dict[str, str]) -> None:
    answer = Browser().post("/start/", GIVEN | wrong)
    assert answer.status_code == 200
    assert b'role="alert"' in answer.content
    assert not Person.objects.exists()


def test_without_a_code_nobody_can_start() -> None:
    (settings.DATA / CODE_FILE).unlink()
    Browser().post("/start/", GIVEN | {"code": ""})
    assert not Person.objects.exists()
