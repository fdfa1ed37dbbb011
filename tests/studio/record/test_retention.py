"""What must be kept is kept, what is restricted is shut, and what may go goes for good."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked, lot
from vermilion.errors import UsageError
from vermilion.know.practice import Practice
from vermilion.know.retention import Period, period_of
from vermilion.know.voice import Voice
from vermilion.studio.models import Appointment, AuditEntry, Client, Entry, LotUse, Person, Task
from vermilion.studio.record import entries, photo_use, reports, retention
from vermilion.studio.roles import Role

pytestmark = pytest.mark.django_db
SPAIN = Voice(country_key="es")


def law() -> Period:
    return period_of(SPAIN)


def long_ago(entry: Entry, days: int) -> None:
    Entry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(days=days))


def test_who_was_never_treated_may_go_at_once(ana: Client, owner: Person) -> None:
    entries.add(ana, "note", {"words": "asked for a price"}, by=owner)
    assert not retention.standing(ana, law()).must_stay(timezone.localdate())
    retention.erase(ana, "asked", owner, law(), timezone.localdate())
    assert Client.objects.get().erased_at is not None


def test_a_treated_record_stays_until_its_day(ana: Client, owner: Person, flip_done: Entry) -> None:
    today = timezone.localdate()
    with pytest.raises(UsageError, match="must be kept"):
        retention.erase(ana, "asked", owner, law(), today)
    until = retention.standing(ana, law()).until
    assert until is not None
    with pytest.raises(UsageError, match="must be kept"):
        retention.erase(ana, "over", owner, law(), until)
    assert Client.objects.get().erased_at is None
    retention.erase(ana, "over", owner, law(), until + timedelta(days=1))
    assert AuditEntry.objects.latest("number").action == "erase (over)"


def test_who_was_treated_young_is_kept_until_the_practices_age(
    ana: Client, owner: Person, flip_done: Entry
) -> None:
    """Ana was born on 1990-02-03."""
    usual = retention.standing(ana, law()).until
    assert usual is not None

    def until(age: int) -> date | None:
        own = Practice(keep_until_age=age)
        return retention.standing(ana, period_of(Voice(country_key="es", practice=own))).until

    assert until(25) == usual
    assert until(60) == date(2050, 2, 3)
    ana.card = ana.card | {"born": ""}
    ana.edition += 1
    ana.save()
    assert until(25) is None
    assert retention.standing(ana, law()).until == usual


def test_where_nobody_knows_the_time_a_treated_record_stays(
    ana: Client, owner: Person, flip_done: Entry
) -> None:
    unknown = period_of(Voice(country_key="us"))
    with pytest.raises(UsageError, match="must be kept"):
        retention.erase(ana, "over", owner, unknown, timezone.localdate() + timedelta(days=36500))


def test_a_mistake_is_erased_by_name_and_the_log_says_so(
    ana: Client, owner: Person, flip_done: Entry
) -> None:
    retention.erase(ana, "mistake", owner, law(), timezone.localdate())
    line = AuditEntry.objects.latest("number")
    assert (line.actor, line.action) == ("owner", "erase (mistake)")


def test_the_list_names_those_whose_time_is_over_alone(
    ana: Client, beth: Client, owner: Person
) -> None:
    old = entries.add(ana, "visit", {"treatment": "flip", "day": "2019-01-01"}, by=owner)
    long_ago(old, 6 * 366)
    entries.add(beth, "visit", {"treatment": "flip", "day": "2026-01-01"}, by=owner)
    today = timezone.localdate()
    assert [one.client for one in retention.over(law(), today)] == [ana]
    longer = period_of(Voice(country_key="es", practice=Practice(keep_years=15)))
    assert retention.over(longer, today) == []
    assert retention.over(period_of(Voice(country_key="us")), today) == []


def test_the_wish_itself_and_a_note_do_not_start_the_clock_anew(
    ana: Client, owner: Person, flip_done: Entry
) -> None:
    long_ago(flip_done, 6 * 366)
    entries.add(ana, "note", {"words": "called"}, by=owner)
    reports.ask_erasure(ana, timezone.localdate())
    assert not retention.standing(ana, law()).must_stay(timezone.localdate())


def test_a_visit_that_took_place_counts_as_care(ana: Client, owner: Person) -> None:
    one = booked(ana, owner)
    assert retention.standing(ana, law()).last_care is None
    Appointment.objects.filter(pk=one.pk).update(state="done")
    assert retention.standing(ana, law()).last_care == timezone.localtime(one.starts_at).date()


@pytest.fixture
def restricted(ana: Client, owner: Person, flip_done: Entry) -> Client:
    booked(ana, owner)
    reports.ask_erasure(ana, timezone.localdate())
    retention.restrict(ana, "she asked on the phone", owner, law(), timezone.localdate())
    return Client.objects.get(pk=ana.pk)


def test_a_restricted_record_opens_to_the_owner_alone(
    restricted: Client, people: dict[Role, Person], flip_done: Entry
) -> None:
    for role, person in people.items():
        browser = Browser()
        browser.force_login(person)
        expected = 200 if role == Role.OWNER else 403 if role == Role.AUDITOR else 404
        assert browser.get(reverse("client", args=[restricted.pk])).status_code == expected
        if role in (Role.PRACTITIONER, Role.ASSISTANT):
            assert browser.get(reverse("visit", args=[flip_done.pk])).status_code == 404
        if role != Role.AUDITOR:
            for page in ("/", "/clients/?q=Ana", "/calendar/"):
                assert "Ana García" not in browser.get(page).content.decode()


def test_what_was_to_come_ends_and_the_wish_is_closed(restricted: Client) -> None:
    assert restricted.appointments.get().state == "cancelled"
    assert Task.objects.get(kind="erasure").closed_at is not None
    assert photo_use.allowed(restricted) == {}
    kept = entries.latest(restricted, "erasure")
    assert kept is not None
    assert kept.content["decided"] == "restricted"
    assert "5" in kept.content["law"]


def test_nobody_but_owner_and_client_adds_to_a_restricted_record(
    restricted: Client, people: dict[Role, Person]
) -> None:
    with pytest.raises(UsageError, match="only kept"):
        entries.add(restricted, "note", {"words": "x"}, by=people[Role.PRACTITIONER])
    entries.add(restricted, "note", {"words": "x"}, by=people[Role.OWNER])
    entries.add(restricted, "report", {"level": "call"})
    nurse = people[Role.PRACTITIONER]
    assert reports.responsible(restricted, nurse) == people[Role.OWNER]


def test_a_record_without_care_is_erased_not_restricted(ana: Client, owner: Person) -> None:
    with pytest.raises(UsageError, match="nothing of this record"):
        retention.restrict(ana, "asked", owner, law(), timezone.localdate())


@pytest.mark.parametrize("words", ["", "  "])
def test_a_reason_in_words_is_needed(
    words: str, ana: Client, owner: Person, flip_done: Entry
) -> None:
    with pytest.raises(UsageError, match="no words"):
        retention.restrict(ana, words, owner, law(), timezone.localdate())


def test_it_can_be_opened_again_with_words(restricted: Client, owner: Person) -> None:
    retention.release(restricted, "she came back", owner)
    assert Client.objects.get().restricted_at is None
    with pytest.raises(UsageError, match="not restricted"):
        retention.release(restricted, "again", owner)


def test_a_lot_names_a_restricted_record_to_the_owner_alone(
    ana: Client, owner: Person, people: dict[Role, Person], flip_done: Entry
) -> None:
    given = lot(owner)
    LotUse.objects.create(lot=given, entry=flip_done, amount=4)
    retention.restrict(ana, "asked", owner, law(), timezone.localdate())
    for role, named in ((Role.OWNER, True), (Role.PRACTITIONER, False)):
        browser = Browser()
        browser.force_login(people[role])
        page = browser.get(reverse("lot", args=[given.pk])).content.decode()
        assert ("Ana García" in page) == named
        assert ("only kept" in page) != named
