"""Today: the one thing still missing, what clients report on top, marks that can be taken back."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import lot, ready_for
from vermilion.care.symptoms import check
from vermilion.studio.models import Appointment, Client, Entry, Person, Task
from vermilion.studio.record import clients, reports, stock
from vermilion.studio.record.day import NO_LOT, Days, coming
from vermilion.studio.record.treated import treated
from vermilion.studio.roles import Role
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def comes(client: Client, person: Person, days: int = 0, treatment: str = "flip") -> Appointment:
    at = timezone.localtime().replace(hour=10, minute=0) + timedelta(days=days)
    content = {"purpose": "Flip", "treatment": treatment}
    return Appointment.objects.create(
        client=client, starts_at=at, minutes=30, person=person, sealed=client.sealed(content)
    )


def days() -> Days:
    today = timezone.localdate()
    return coming(voice_of(), Appointment.objects.all(), today, stock.lines(today))


def missing() -> list[tuple[str, ...]]:
    return [tuple(key for key, _ in row.missing) for row in days().today]


def test_what_is_missing_is_said_thing_by_thing_until_nothing_is(
    ana: Client, owner: Person
) -> None:
    comes(ana, owner)
    assert missing()[0][0] == "screening"
    assert missing()[0][-1] == "lot"
    lot(owner)
    assert "lot" not in missing()[0]
    ready_for(ana, "flip", owner)
    assert missing() == [()]


def test_the_page_shows_the_first_thing_as_a_chip_and_counts_the_rest(
    desk: Browser, ana: Client, owner: Person
) -> None:
    comes(ana, owner)
    page = desk.get("/").content.decode()
    assert "Screening</a>" in page
    assert NO_LOT not in page, "it comes after the others"
    assert f"+{len(missing()[0]) - 1}" in page


def test_a_visit_that_is_over_needs_nothing(ana: Client, owner: Person) -> None:
    one = comes(ana, owner)
    Appointment.objects.filter(pk=one.pk).update(state="done")
    assert missing() == [()]


def test_arrived_missed_and_back_again_from_the_page(
    desk: Browser, ana: Client, owner: Person
) -> None:
    one = comes(ana, owner)
    where = reverse("appointment_change", args=[ana.pk, one.pk])
    for edition, state in enumerate(("arrived", "planned", "missed", "planned")):
        given = {"edition": edition, "state": state, "back": "today"}
        assert desk.post(where, given).headers["Location"] == "/"
        assert Appointment.objects.get().state == state
    assert (
        desk.post(where, given | {"back": "//evil.example"})
        .headers["Location"]
        .startswith("/clients/")
    )


def test_what_a_client_reports_stands_on_top_in_words_for_those_who_may_read_it(
    desk: Browser, ana: Client, people: dict[Role, Person], flip_done: Entry
) -> None:
    after = treated(ana)[0]
    voice = voice_of("client", "en")
    found = check(voice, "flip", after.done, timezone.localdate(), {"droop": "yes"})
    reports.report_signs(ana, found, after)
    page = desk.get("/").content.decode()
    assert page.index("Emergency sign") < page.index("Who comes")
    assert "dropped all at once" in page
    assert "Day 4" in page
    spanish = desk.get("/", headers={"accept-language": "es"}).text
    assert "dropped all at once" not in spanish
    assert check(
        voice_of("client", "es"), "flip", after.done, timezone.localdate(), {"droop": "yes"}
    ).named[0].ask[0].plain in unescape(spanish)
    browser = Browser()
    browser.force_login(people[Role.RECEPTION])
    seen = browser.get("/").content.decode()
    assert "Emergency sign" in seen
    assert "dropped all at once" not in seen


def test_a_look_that_is_due_stands_there_with_its_day_and_its_date_or_a_way_to_one(
    desk: Browser, ana: Client, owner: Person, flip_done: Entry
) -> None:
    due = timezone.localdate()
    Task.objects.create(client=ana, entry=flip_done, kind="review", due_on=due, person=owner)
    page = desk.get("/").content.decode()
    assert "Follow-ups due" in page
    assert f"{reverse('book', args=[ana.pk])}?treatment=flip" in page
    comes(ana, owner, days=1)
    assert f"{reverse('book', args=[ana.pk])}?treatment=flip" not in desk.get("/").content.decode()


def test_an_empty_day_shows_what_to_prepare_next(desk: Browser, ana: Client, owner: Person) -> None:
    comes(ana, owner, days=3)
    page = desk.get("/").content.decode()
    assert "Nobody is booked today." in page
    assert "Prepare what comes next" in page
    assert "Ana García" in page
    assert days().next_day == timezone.localdate() + timedelta(days=3)
    assert len(days().then) == 1


def test_a_new_practice_is_told_what_to_do_once(desk: Browser, owner: Person) -> None:
    words = "Once, at the beginning"
    assert words in desk.get("/").content.decode()
    clients.new_client({"name": "Ana", "born": "1990-02-03"}, owner)
    assert words not in desk.get("/").content.decode()
