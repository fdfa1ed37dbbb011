"""Hours are set in the browser, care keeps to them at once, and wrong ones change nothing."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from vermilion.studio.models import Person
from vermilion.studio.record import hours
from vermilion.studio.roles import Role
from vermilion.studio.voices import own_rules, voice_of

pytestmark = pytest.mark.django_db
GIVEN = {
    "mon.open": "on",
    "mon.from1": "09:00",
    "mon.until1": "13:00",
    "mon.from2": "14:00",
    "mon.until2": "18:30",
    "wed.open": "on",
    "wed.from1": "10:00",
    "wed.until1": "20:00",
    "off_from": "2027-01-05",
    "off_until": "2027-01-07",
    "minutes.blush.visit": "150",
}


def test_they_take_hold_at_once(desk: Browser) -> None:
    assert desk.post("/settings/hours/", GIVEN).status_code == 302
    own = own_rules()
    assert own.open_weekdays == {0, 2}
    assert own.spans_on(date(2027, 1, 11)) == ((time(9), time(13)), (time(14), time(18, 30)))
    assert own.spans_on(date(2027, 1, 6)) == (), "a Wednesday on which it is closed"
    assert hours.usual_minutes(voice_of())["blush.visit"][1] == 150


def test_days_that_lost_their_tick_are_open_again_and_others_stay(desk: Browser) -> None:
    desk.post("/settings/hours/", GIVEN)
    again = GIVEN | {"off": "2027-01-05/2027-01-07", "off_from": "2027-12-24", "off_until": ""}
    desk.post("/settings/hours/", again)
    assert len(own_rules().closed) == 4
    desk.post("/settings/hours/", {key: GIVEN[key] for key in GIVEN if "off" not in key})
    assert own_rules().closed == frozenset()


def test_what_other_pages_keep_in_the_file_stays(desk: Browser) -> None:
    path = settings.DATA / "practice.toml"
    rules = "[wait.filler_before_blush]\ndays = 42\n[price.flip]\nlow = 1\nhigh = 2\n"
    path.write_text(f'name = "Old"\n{rules}')
    desk.post("/settings/hours/", GIVEN)
    own = own_rules()
    assert own.name == "Old"
    assert own.waits["filler_before_blush"].value == 42
    assert own.prices == {"flip": (1, 2)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"mon.until1": "08:00"},
        {"mon.from2": "12:00"},
        {"wed.from1": "", "wed.until1": ""},
        {"off_from": "Christmas"},
        {"off_until": "2026-01-01"},
        {"off_until": "2030-01-01"},
        {"minutes.blush.visit": "long"},
        {"minutes.blush.visit": "0"},
        {"minutes.blush.visit": "481"},
    ],
)
def test_what_is_wrong_changes_nothing(desk: Browser, wrong: dict[str, str]) -> None:
    desk.post("/settings/hours/", GIVEN)
    before = (settings.DATA / "practice.toml").read_bytes()
    assert desk.post("/settings/hours/", GIVEN | wrong).status_code == 422
    assert (settings.DATA / "practice.toml").read_bytes() == before


def test_a_practice_that_is_never_open_is_refused(desk: Browser) -> None:
    assert desk.post("/settings/hours/", {}).status_code == 422


def test_somebody_sets_the_own_hours_and_the_owner_those_of_all(
    desk: Browser, people: dict[Role, Person]
) -> None:
    pia = people[Role.PRACTITIONER]
    browser = Browser()
    browser.force_login(pia)
    own = {"wed.open": "on", "wed.from1": "12:00", "wed.until1": "16:00"}
    assert browser.post(reverse("my_hours"), own).status_code == 302
    pia.refresh_from_db()
    assert hours.person_week(pia) == hours.Week({"wed": ("12:00-16:00",)}, ())
    where = reverse("person_hours", args=[pia.pk])
    assert browser.get(where).status_code == 403
    assert desk.post(where, own | {"wed.until1": "11:00"}).status_code == 422
    assert desk.post(where, {"as_practice": ""}).status_code == 302
    pia.refresh_from_db()
    assert hours.person_week(pia) is None


def test_days_that_follow_each_other_are_shown_as_one_run() -> None:
    days = (date(2027, 1, 2), date(2027, 1, 1), date(2027, 1, 5))
    assert hours.runs(days) == (
        (date(2027, 1, 1), date(2027, 1, 2)),
        (date(2027, 1, 5), date(2027, 1, 5)),
    )
