"""Appointments: booked, moved, cancelled; two people cannot overwrite each other.

Public: `book`, `move`, `set_state`, `proposals`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vermilion.care.dates.items import Item
from vermilion.care.dates.schedule import Schedule, make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Appointment, Client, Person
from vermilion.studio.record.booking import Kept, Place
from vermilion.studio.record.clients import EditedMeanwhileError
from vermilion.studio.record.treated import treated


def book(
    client: Client,
    starts_at: datetime,
    minutes: int,
    person: Person,
    content: dict[str, Any],
    kept: Kept | None = None,
    by: Person | None = None,
) -> Appointment:
    """
    Parameters
    ----------
    by : who books, where it is not the person themselves
    kept : who books although something speaks against it, and why

    Raises
    ------
    UsageError : a time that is past, or in which the person has another appointment
    """
    if starts_at < timezone.now():
        raise UsageError("this time is past", "a time to come is needed")
    with transaction.atomic():
        client = client.in_use()
        if kept is None or not kept.overlap:
            _refuse_double(starts_at, minutes, person, None)
        made = Appointment.objects.create(
            client=client,
            starts_at=starts_at,
            minutes=minutes,
            person=person,
            sealed=client.sealed(_with(content, kept)),
        )
        audit.record((by or person).username, "book", f"appointment:{made.pk}")
    return made


def move(
    appointment: Appointment, place: Place, edition: int, by: Person, kept: Kept | None = None
) -> Appointment:
    """To another time, length or person; what it is for stays.

    Raises
    ------
    EditedMeanwhileError : somebody changed it since it was shown
    UsageError : as `book`
    """
    if place.starts_at < timezone.now():
        raise UsageError("this time is past", "a time to come is needed")
    with transaction.atomic():
        fresh = _fresh(appointment, edition)
        if kept is None or not kept.overlap:
            _refuse_double(place.starts_at, place.minutes, place.person, fresh)
        fresh.starts_at, fresh.minutes, fresh.person = place.starts_at, place.minutes, place.person
        fresh.sealed = fresh.client.sealed(_with(fresh.content, kept))
        return _saved(fresh, "move", by)


def set_state(appointment: Appointment, state: str, edition: int, by: Person) -> Appointment:
    """planned, arrived, done, missed or cancelled; cancelled goes back to planned too.

    Raises
    ------
    EditedMeanwhileError : somebody changed it since it was shown
    UsageError : an unknown state, or the time was given away meanwhile
    """
    if state not in Appointment.STATES:
        raise UsageError(
            "there is no state '{state}'",
            "one of {allowed} is needed",
            state=state,
            allowed=", ".join(Appointment.STATES),
        )
    with transaction.atomic():
        fresh = _fresh(appointment, edition)
        if fresh.state == "cancelled":
            _refuse_double(fresh.starts_at, fresh.minutes, fresh.person, fresh)
        fresh.state = state
        return _saved(fresh, state, by)


def proposals(client: Client, voice: Voice, treatment: str, today: date) -> Schedule:
    """All dates of a treatment that the waiting rules and the opening days allow, forward.

    What was done counts: a treatment that is under way gets its next visits.
    """
    had = tuple(Dated(one.treatment, one.done) for one in treated(client))
    return make_schedule(voice, Wish((treatment,), today, today + timedelta(days=1), had=had))


def at_practice(schedule: Schedule) -> list[Item]:
    """The entries of a schedule for which somebody comes."""
    return [item for item in schedule.items if item.at_practice]


def _with(content: dict[str, Any], kept: Kept | None) -> dict[str, Any]:
    """What speaks against it and why it stays belong to this very time."""
    bare = {key: value for key, value in content.items() if key != "kept"}
    if kept is None:
        return bare
    told = {"by": kept.by, "reason": kept.reason, "against": list(kept.against)}
    return bare | {"kept": told}


def _fresh(appointment: Appointment, edition: int) -> Appointment:
    fresh = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if fresh.edition != edition:
        raise EditedMeanwhileError(
            "somebody else changed this appointment meanwhile", "", "look at it as it is now"
        )
    return fresh


def _saved(fresh: Appointment, action: str, by: Person) -> Appointment:
    fresh.edition += 1
    fresh.save()
    audit.record(by.username, action, f"appointment:{fresh.pk}")
    return fresh


def _refuse_double(
    starts_at: datetime, minutes: int, person: Person, itself: Appointment | None
) -> None:
    ends_at = starts_at + timedelta(minutes=minutes)
    near = Appointment.objects.filter(
        person=person,
        state__in=("planned", "arrived"),
        starts_at__lt=ends_at,
        starts_at__gt=starts_at - timedelta(hours=12),
    )
    for one in near:
        if one != itself and one.starts_at + timedelta(minutes=one.minutes) > starts_at:
            when = timezone.localtime(one.starts_at).strftime("%H:%M")
            raise UsageError(
                "{display} has an appointment at {when}",
                "",
                "choose another time",
                display=person.display,
                when=when,
            )
