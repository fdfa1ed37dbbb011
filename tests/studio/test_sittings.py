"""A locked screen opens nothing on the server, a login ends when its time is over, and every
device can be logged out from another."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio import sittings
from vermilion.studio.models import AuditEntry, Client, Person
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words here"
IPAD = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/605"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/120.0 Mobile Safari/537"


@pytest.fixture
def pia(people: dict[Role, Person]) -> Person:
    person = people[Role.PRACTITIONER]
    person.set_password(PASSWORD)
    person.pin = make_password("2580")
    person.save()
    return person


def logged_in(person: Person, agent: str = IPAD) -> Browser:
    browser = Browser(headers={"user-agent": agent})
    answer = browser.post("/login/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def later(**span: float) -> object:
    then = timezone.now() + timedelta(**span)
    return mock.patch.object(sittings.timezone, "now", return_value=then)


@pytest.mark.parametrize("words", ["2580", PASSWORD])
def test_a_locked_screen_opens_no_page_until_pin_or_password(
    pia: Person, ana: Client, words: str
) -> None:
    browser, where = logged_in(pia), reverse("client", args=[ana.pk])
    browser.post("/lock/", {"quiet": "1"})
    answer = browser.get(where)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/lock/?next=")
    assert browser.post(reverse("client_note", args=[ana.pk]), {"words": "x"}).status_code == 423
    assert not ana.entries.exists()
    assert "Ana" not in browser.get(answer.headers["Location"]).content.decode()
    back = browser.post("/lock/off/", {"words": words, "next": where})
    assert back.headers["Location"] == where
    assert browser.get(where).status_code == 200


def test_the_page_itself_asks_and_gets_a_word(pia: Person) -> None:
    browser = logged_in(pia)
    browser.post("/lock/", {"quiet": "1"})
    wrong = browser.post("/lock/off/", {"words": "1111", "quiet": "1"})
    assert (wrong.status_code, wrong.json()) == (403, {"right": False, "over": False})
    right = browser.post("/lock/off/", {"words": "2580", "quiet": "1"})
    assert right.json() == {"right": True, "over": False}


def test_after_five_wrong_words_the_login_ends(pia: Person) -> None:
    browser = logged_in(pia)
    browser.post("/lock/")
    for _ in range(4):
        assert browser.post("/lock/off/", {"words": "9999"}).status_code == 403
    assert browser.post("/lock/off/", {"words": "9999", "quiet": "1"}).json()["over"] is True
    assert browser.get("/").headers["Location"].startswith("/login/")
    assert AuditEntry.objects.filter(action="wrong unlock").count() == 5


def test_a_way_back_to_another_place_is_not_taken(pia: Person) -> None:
    browser = logged_in(pia)
    browser.post("/lock/")
    answer = browser.post("/lock/off/", {"words": "2580", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_silent_screen_locks_on_the_server_too(pia: Person) -> None:
    browser = logged_in(pia)
    with later(minutes=sittings.LOCK_MINUTES - 1):
        assert browser.get("/").status_code == 200
    with later(minutes=2 * sittings.LOCK_MINUTES - 2):
        assert browser.get("/").status_code == 200, "the last look counts, not the login"
    with later(minutes=4 * sittings.LOCK_MINUTES):
        assert browser.get("/").headers["Location"].startswith("/lock/")


def test_a_login_ends_by_its_roles_hours_though_somebody_works(
    pia: Person, people: dict[Role, Person]
) -> None:
    browser, auditor = logged_in(pia), Browser()
    auditor.force_login(people[Role.AUDITOR])
    for hours in (0.9, 1.9, 2.1):
        with later(hours=hours):
            for one in (browser, auditor):
                one.post("/lock/off/", {"words": "2580"})
            door = auditor.get("/log/").headers.get("Location", "")
    assert door.startswith("/login/")
    with later(hours=8.1):
        assert browser.get("/").headers["Location"].startswith("/login/")


def test_logins_are_listed_by_device_and_ended(pia: Person, desk: Browser) -> None:
    tablet, phone = logged_in(pia), logged_in(pia, PHONE)
    page = tablet.get("/me/").content.decode()
    assert "Safari, iPad" in page
    assert "Chrome, Android" in page
    other = next(
        one.id for one in sittings.sittings(sittings.limits_of({})) if "Android" in one.device
    )
    tablet.post(reverse("login_end", args=[other]))
    assert phone.get("/").headers["Location"].startswith("/login/")
    assert tablet.get("/").status_code == 200


def test_nobody_but_the_owner_ends_somebody_elses(
    pia: Person, people: dict[Role, Person], desk: Browser
) -> None:
    tablet, reception = logged_in(pia), Browser()
    reception.force_login(people[Role.RECEPTION])
    (its,) = [one.id for one in sittings.sittings(sittings.limits_of({})) if one.person == pia]
    reception.post(reverse("login_end", args=[its]))
    assert tablet.get("/").status_code == 200
    assert "Safari, iPad" not in reception.get("/me/").content.decode()
    assert "Safari, iPad" in desk.get("/people/logins/").content.decode()
    desk.post(reverse("login_end", args=[its]), {"logins": "1"})
    assert tablet.get("/").status_code == 302


def test_all_others_end_at_once(pia: Person) -> None:
    tablet, phone = logged_in(pia), logged_in(pia, PHONE)
    tablet.post("/me/", {"others": "1"})
    assert tablet.get("/").status_code == 200
    assert phone.get("/").status_code == 302


def test_a_new_password_ends_all_other_logins(pia: Person) -> None:
    tablet, phone = logged_in(pia), logged_in(pia, PHONE)
    new = "four other plain words"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert tablet.post("/me/password/", given).status_code == 302
    assert phone.get("/").headers["Location"].startswith("/login/")
    assert tablet.get("/").status_code == 200
    assert [one.device for one in sittings.sittings(sittings.limits_of({}))] == ["Safari, iPad"]


def test_a_password_set_in_the_terminal_ends_all(pia: Person) -> None:
    tablet = logged_in(pia)
    pia.set_password("set in the terminal here")
    pia.save()
    assert tablet.get("/").status_code == 302


@pytest.mark.parametrize("pin", ["123", "1234", "4321", "0000", "12345678", "abcd", "123456789"])
def test_a_pin_that_is_guessed_at_once_is_refused(pia: Person, pin: str) -> None:
    browser = logged_in(pia)
    assert browser.post("/me/", {"pin": pin, "password": PASSWORD}).status_code == 422
    pia.refresh_from_db()
    assert sittings.check_password("2580", pia.pin)


def test_a_pin_needs_the_password_and_is_kept_hashed(pia: Person) -> None:
    browser = logged_in(pia)
    assert browser.post("/me/", {"pin": "8351", "password": "wrong"}).status_code == 422
    assert browser.post("/me/", {"pin": "8351", "password": PASSWORD}).status_code == 302
    pia.refresh_from_db()
    assert "8351" not in pia.pin
    assert sittings.check_password("8351", pia.pin)
    browser.post("/me/", {"pin": "", "password": PASSWORD})
    pia.refresh_from_db()
    assert pia.pin == ""


def test_without_a_pin_an_empty_word_opens_nothing(pia: Person) -> None:
    pia.pin = ""
    pia.save()
    browser = logged_in(pia)
    browser.post("/lock/")
    assert browser.post("/lock/off/", {"words": ""}).status_code == 403


GIVEN = {"lock_minutes": "3"} | {f"hours_{role}": "2" for role in Role}


def test_limits_take_hold_at_once(desk: Browser, pia: Person) -> None:
    browser = logged_in(pia)
    assert desk.post("/people/logins/", GIVEN).status_code == 302
    assert b'data-lock-minutes="3"' in browser.get("/").content
    with later(minutes=4):
        assert browser.get("/").headers["Location"].startswith("/lock/")


@pytest.mark.parametrize(
    "wrong",
    [{"lock_minutes": "0"}, {"lock_minutes": "61"}, {"hours_owner": "x"}, {"hours_owner": "13"}],
)
def test_limits_that_cannot_be_change_nothing(desk: Browser, wrong: dict[str, str]) -> None:
    assert desk.post("/people/logins/", GIVEN | wrong).status_code == 422
    assert not (settings.DATA / "practice.toml").exists()


def test_a_wrong_number_in_the_file_is_said() -> None:
    with pytest.raises(UsageError, match="1 to 60"):
        sittings.limits_of({"lock_minutes": "soon"})


@pytest.mark.parametrize("agent", ["", "curl/8", "x" * 5000])
def test_a_device_that_says_nothing_known_is_nameless(agent: str) -> None:
    assert sittings.device(agent) == ""
