"""Appointments: nobody is booked twice, and of two who change one the second is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked
from vermilion.errors import UsageError
from vermilion.studio.models import Appointment, Client, Entry, Person
from vermilion.studio.record import appointments
from vermilion.studio.record.booking import Place
from vermilion.studio.record.clients import EditedMeanwhileError
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db


def test_nobody_is_booked_twice_at_one_time(ana: Client, beth: Client, owner: Person) -> None:
    first = booked(ana, owner)
    for minutes in (-30, 0, 30):
        at = first.starts_at + timedelta(minutes=minutes)
        with pytest.raises(UsageError, match="has an appointment at 10:00"):
            appointments.book(beth, at, 45, owner, {})
    appointments.book(beth, first.starts_at + timedelta(minutes=45), 45, owner, {})


def test_a_time_that_is_past_is_refused(ana: Client, owner: Person) -> None:
    with pytest.raises(UsageError, match="past"):
        appointments.book(ana, timezone.now() - timedelta(hours=1), 45, owner, {})


def test_of_two_who_change_one_the_second_is_told(ana: Client, owner: Person) -> None:
    one = booked(ana, owner)
    appointments.set_state(one, "arrived", 0, owner)
    with pytest.raises(EditedMeanwhileError):
        appointments.set_state(one, "cancelled", 0, owner)
    assert Appointment.objects.get().state == "arrived"


def test_a_cancelled_time_can_be_given_away_and_then_not_taken_back(
    ana: Client, beth: Client, owner: Person
) -> None:
    one = booked(ana, owner)
    appointments.set_state(one, "cancelled", 0, owner)
    booked(beth, owner)
    with pytest.raises(UsageError, match="has an appointment"):
        appointments.set_state(one, "planned", 1, owner)


def test_moving_keeps_the_rest(ana: Client, owner: Person) -> None:
    one = booked(ana, owner)
    later = Place(one.starts_at + timedelta(minutes=15), one.minutes, owner)
    moved = appointments.move(one, later, 0, owner)
    assert moved.starts_at == later.starts_at
    assert moved.content == {"purpose": "Talk"}
    assert moved.edition == 1


def test_after_a_flip_care_proposes_no_flip_before_the_labels_interval(
    ana: Client, flip_done: Entry
) -> None:
    today = timezone.localdate()
    found = appointments.proposals(ana, voice_of(), "flip", today)
    visit = next(item for item in found.items if item.key == "flip.visit")
    assert (visit.day - today).days >= 90 - 4


def test_a_visit_is_booked_from_the_page_and_stands_in_the_week(
    desk: Browser, ana: Client, owner: Person
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    given = {
        "day": day.isoformat(),
        "clock": "11:00",
        "minutes": "30",
        "person": owner.pk,
        "purpose": "Talk",
    }
    where = reverse("book", args=[ana.pk])
    assert desk.post(where, given).status_code == 302
    week = desk.get(reverse("week"), {"from": day.isoformat()}).content.decode()
    assert "Ana García" in week
    assert desk.post(where, given).status_code == 422


def test_the_booking_page_shows_care_dates_with_their_reasons(desk: Browser, ana: Client) -> None:
    page = desk.get(reverse("book", args=[ana.pk]), {"treatment": "blush"}).content.decode()
    assert "Lip blush: first visit" in page
