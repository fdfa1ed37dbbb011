"""The page of one record."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.studio.conftest import booked, ready_for
from vermilion.studio.models import Client, Entry, Person, Task
from vermilion.studio.pages.client import NEWEST, OPEN
from vermilion.studio.record import entries
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db


def page(browser: Browser, client: Client, language: str = "en") -> str:
    return browser.get(f"/clients/{client.pk}/", headers={"accept-language": language}).text


def test_it_says_where_a_treatment_stands_and_what_the_next_one_needs(
    desk: Browser, flip_done: Entry, ana: Client
) -> None:
    shown = page(desk, ana)
    assert "Day 4:" in shown
    assert "Before the next one:" in shown
    assert f"/visits/{flip_done.pk}/" in shown


def test_a_new_record_draws_no_axis(desk: Browser, beth: Client) -> None:
    shown = page(desk, beth)
    assert "Not done here yet." in shown
    assert "<svg width" not in shown


def test_shares_of_the_width_are_written_as_a_browser_reads_them_in_spanish_too(
    desk: Browser, flip_done: Entry, ana: Client
) -> None:
    shown = page(desk, ana, "es")
    drawn = re.findall(r'(?:cx|x1|x|width)="([\d.,]+)%"', shown)
    assert len(drawn) > 5
    assert all(0 <= float(share) <= 100 for share in drawn)


def test_a_warning_sign_of_the_client_stands_on_top(
    desk: Browser, flip_done: Entry, ana: Client, owner: Person
) -> None:
    report = entries.add(ana, "report", {"treatment": "flip", "level": "emergency"})
    task = Task.objects.create(
        client=ana, entry=report, kind="signs", urgency="emergency",
        due_on=timezone.localdate(), person=owner,
    )  # fmt: skip
    shown = page(desk, ana)
    assert 0 < shown.index(f"/tasks/{task.pk}/") < shown.index("Lip flip</h2>")


def test_who_is_not_clinical_sees_appointments_and_nothing_of_the_treatment(
    flip_done: Entry, ana: Client, people: dict[Role, Person]
) -> None:
    booked(ana, people[Role.PRACTITIONER])
    reception = Browser()
    reception.force_login(people[Role.RECEPTION])
    shown = page(reception, ana)
    assert "Talk" in shown
    assert "Lip flip" not in shown
    assert str(flip_done.pk) not in shown


def test_a_long_record_shows_its_newest_entries_and_the_way_to_all(
    desk: Browser, ana: Client, owner: Person
) -> None:
    for number in range(NEWEST + 3):
        entries.add(ana, "note", {"words": f"note no. {number}."}, by=owner)
    shown = page(desk, ana)
    assert f"note no. {NEWEST + 2}." in shown
    assert "note no. 2." not in shown
    assert "Older entries: 3" in shown
    whole = desk.get(f"/clients/{ana.pk}/?all").text
    assert "note no. 0." in whole
    assert "Older entries" not in whole


def test_the_newest_lie_open_and_the_rest_unfold(desk: Browser, ana: Client, owner: Person) -> None:
    for number in range(OPEN + 2):
        entries.add(ana, "note", {"words": f"note {number} of it"}, by=owner)
    shown = page(desk, ana)
    opened, folded = shown.split("Earlier: 2</summary>")
    assert f"note {OPEN + 1} of it" in opened
    assert "note 1 of it" not in opened
    assert "note 1 of it" in folded
    assert "Earlier:" not in desk.get(f"/clients/{ana.pk}/?all").text


def test_a_record_asks_as_few_questions_however_much_is_in_it(
    desk: Browser, ana: Client, owner: Person
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            page(desk, ana)
        return len(questions)

    ready_for(ana, "flip", owner)
    asked()  # what is asked once a process
    before = asked()
    ready_for(ana, "blush", owner)
    for _ in range(NEWEST):
        entries.add(ana, "note", {"words": "seen"}, by=owner)
    assert asked() == before
