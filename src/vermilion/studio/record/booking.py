"""What speaks against a time in the calendar, and which times are free.

Public: `Place`, `Against`, `Kept`, `against`, `free_times`.

Waits are care's, told in its words; hours are the practice's and the person's. Whoever books all
the same does so by name and with a reason, and that is kept with the appointment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from vermilion.care.dates.breaches import breaches
from vermilion.care.dates.wish import Dated
from vermilion.know.said import Said, given
from vermilion.know.voice import Voice
from vermilion.studio.models import Appointment, Client, Person
from vermilion.studio.record import entries
from vermilion.studio.record.hours import spans_of

STEP_MINUTES = 15
"""Free times are offered on quarters of an hour; any other can be typed."""
TAKEN = ("planned", "arrived")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the calendar. step : what for, as `Step.name` has it; "" for something else"""

    starts_at: datetime
    minutes: int
    person: Person
    step: str = ""

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Against:
    """kind : "wait", "hours" or "overlap"; why : for clinical roles alone, as is `said` of a wait
    that rests on a screening's answers (`private`)"""

    kind: str
    said: Said
    why: tuple[Said, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Who books all the same, and why; overlap : whether two at one time is part of it"""

    by: str
    reason: str
    against: tuple[str, ...]
    overlap: bool


def against(
    voice: Voice, client: Client, place: Place, itself: Appointment | None = None
) -> tuple[Against, ...]:
    """Everything that speaks against it; nothing of it forbids.

    Parameters
    ----------
    itself : the appointment that is being moved
    """
    return (
        *_waits(voice, client, place, itself),
        *_hours(voice, place),
        *_overlaps(voice, client, place, itself),
    )


def free_times(voice: Voice, person: Person, day: date, minutes: int) -> tuple[time, ...]:
    """When a person is there and free on a day, long enough, and not before now."""
    zone = timezone.get_current_timezone()
    begin = datetime.combine(day, time.min, zone)
    busy = [
        (one.starts_at, one.starts_at + timedelta(minutes=one.minutes))
        for one in _taken(begin - timedelta(hours=12), begin + timedelta(days=1)).filter(
            person=person
        )
    ]
    found, now, length = [], timezone.now(), timedelta(minutes=minutes)
    for start, end in spans_of(person, voice.practice, day):
        at = datetime.combine(day, start, zone)
        last = datetime.combine(day, end, zone) - length
        while at <= last:
            if at > now and all(at + length <= one or at >= two for one, two in busy):
                found.append(timezone.localtime(at).time())
            at += timedelta(minutes=STEP_MINUTES)
    return tuple(found)


def _waits(
    voice: Voice, client: Client, place: Place, itself: Appointment | None
) -> Iterator[Against]:
    if not place.step:
        return
    done = [Dated(name, day) for name, day in _done(client) if day <= place.day]
    booked = [
        (one.content["step"], timezone.localtime(one.starts_at).date())
        for one in client.appointments.filter(state__in=TAKEN, starts_at__gte=timezone.now())
        if one != itself and one.content.get("step")
    ]
    known = breaches(voice, place.step, place.day, done, booked)
    for one in known:
        yield Against("wait", one.said, one.why)
    had, event = _answered(client)
    said = [one for one in had if one.day <= place.day]
    for one in breaches(voice, place.step, place.day, [*done, *said], booked, event):
        if one not in known:
            yield Against("wait", one.said, one.why, private=True)


def _done(client: Client) -> Iterator[tuple[str, date]]:
    for entry in client.entries.filter(kind="visit"):
        content = client.opened(entry.sealed)
        yield content["treatment"], date.fromisoformat(content["day"])


def _answered(client: Client) -> tuple[list[Dated], date | None]:
    """What the newest screening says was had on a day, and the event it names."""
    newest = entries.latest(client, "screening")
    if newest is None:
        return [], None
    answers = client.opened(newest.sealed)["answers"]
    had = [Dated(thing, day) for thing, value in answers["had"].items() if (day := _day(value))]
    return had, _day(answers["answers"].get("event", ""))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _hours(voice: Voice, place: Place) -> Iterator[Against]:
    spans = spans_of(place.person, voice.practice, place.day)
    begin = timezone.localtime(place.starts_at)
    end = timezone.localtime(place.ends_at)
    inside = begin.date() == end.date() and any(
        start <= begin.time() and end.time() <= stop for start, stop in spans
    )
    if inside:
        return
    name = given(place.person.display)
    if not spans:
        words = voice.say("{name} does not see clients on this day.", name=name)
    else:
        told = ", ".join(f"{one:%H:%M}–{two:%H:%M}" for one, two in spans)
        words = voice.say("{name} sees clients on this day from {hours}.", name=name, hours=told)
    yield Against("hours", words)


def _overlaps(
    voice: Voice, client: Client, place: Place, itself: Appointment | None
) -> Iterator[Against]:
    for one in _taken(place.starts_at - timedelta(hours=12), place.ends_at):
        if one == itself or one.starts_at + timedelta(minutes=one.minutes) <= place.starts_at:
            continue
        clock = timezone.localtime(one.starts_at).strftime("%H:%M")
        if one.person_id == place.person.pk:
            words = voice.say(
                "{name} has an appointment at {clock}.", name=place.person.display, clock=clock
            )
            yield Against("overlap", words)
        elif one.client_id == client.pk:
            words = voice.say("This client has another appointment at {clock}.", clock=clock)
            yield Against("overlap", words)


def _taken(begin: datetime, end: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        state__in=TAKEN, starts_at__gt=begin, starts_at__lt=end
    ).order_by("starts_at")
