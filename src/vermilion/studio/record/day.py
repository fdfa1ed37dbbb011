"""A day at the desk: who comes and the one thing still missing, what is due, what comes next.

Public: `Coming`, `Due`, `coming_on`, `next_day`, `first_things`, `follow_ups`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from vermilion.know.voice import Voice
from vermilion.studio.models import Appointment, Task
from vermilion.studio.record import needs, screening, stock
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.tasks import URGENCIES
from vermilion.studio.record.visits import GOES_IN

NO_LOT = "No lot in stock"
AHEAD_DAYS = 8
"""How far the next day with visits is looked for: over a week and its holiday."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One appointment. missing : (key of the need or "lot", words), the first to do first"""

    at: Appointment
    card: dict[str, Any]
    what: dict[str, Any]
    missing: tuple[tuple[str, str], ...]

    @property
    def treatment(self) -> str:
        """What it is for, where that is a treatment."""
        found: str = self.what.get("treatment", "")
        return found


@dataclass(frozen=True, slots=True)
class Due:
    """Something on somebody's list. told : what the client named, in words; verdict : what answers
    from home came to; treatment, day : what it follows and how many days ago; booked : the client's
    next visit"""

    task: Task
    card: dict[str, Any]
    told: tuple[str, ...]
    verdict: str
    treatment: str
    day: int
    booked: Appointment | None


def coming_on(voice: Voice, visits: QuerySet[Appointment], day: date) -> list[Coming]:
    """Who comes on a day; cancelled ones are not among them. visits : those that may be seen"""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    there = visits.filter(starts_at__gte=begin, starts_at__lt=end).exclude(state="cancelled")
    found = list(there.select_related("client", "person").order_by("starts_at"))
    bare = {kind for kind in GOES_IN.values() if _bare(kind, day)} if found else set()
    return [_coming(voice, one, day, bare) for one in found]


def next_day(voice: Voice, visits: QuerySet[Appointment], today: date) -> tuple[date, list[Coming]]:
    """The next day on which somebody comes, and who; tomorrow where nobody does this week."""
    for n in range(1, AHEAD_DAYS):
        found = coming_on(voice, visits, today + timedelta(days=n))
        if found:
            return today + timedelta(days=n), found
    return today + timedelta(days=1), []


def first_things(tasks: QuerySet[Task], today: date) -> list[Due]:
    """What must be looked at first: what clients reported or wish, the gravest on top."""
    return [_due(one, today) for one in _open(tasks, today) if one.kind != "review"]


def follow_ups(tasks: QuerySet[Task], today: date) -> list[Due]:
    """The looks that are due after treatments, the longest due first."""
    return [_due(one, today) for one in _open(tasks, today) if one.kind == "review"]


def _open(tasks: QuerySet[Task], today: date) -> Sequence[Task]:
    found = tasks.select_related("client", "person", "entry", "entry__about").filter(
        closed_at=None, due_on__lte=today
    )
    return sorted(found, key=lambda task: (URGENCIES.index(task.urgency), task.due_on))


def _due(task: Task, today: date) -> Due:
    content = {} if task.entry is None else task.client.opened(task.entry.sealed)
    after = content
    if task.entry is not None and task.entry.about is not None:
        after = task.client.opened(task.entry.about.sealed)
    day = after.get("day", "")
    days = (today - date.fromisoformat(day)).days if day else 0
    booked = task.client.appointments.filter(state="planned", starts_at__gte=timezone.now())
    return Due(
        task,
        card_of(task.client),
        tuple(one["ask"] for one in content.get("named", ())),
        screening.chip(content)[0] if task.kind == "screening" else "",
        after.get("treatment", "") if day else "",
        days,
        booked.order_by("starts_at").first() if task.kind == "review" else None,
    )


def _coming(voice: Voice, at: Appointment, day: date, bare: set[str]) -> Coming:
    content = at.content
    treatment = content.get("treatment", "")
    missing: list[tuple[str, str]] = []
    if treatment and at.state in ("planned", "arrived"):
        found = needs.missing(at.client, voice, treatment, day)
        missing = [(one.key, one.words) for one in found]
        missing += [("lot", NO_LOT)] if any(_goes_in(voice, treatment, bare)) else []
    return Coming(at, card_of(at.client), content, tuple(missing))


def _goes_in(voice: Voice, treatment: str, bare: set[str]) -> Iterator[bool]:
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"].get("kinds", ())
    yield from (kind in own and stocked in bare for kind, stocked in GOES_IN.items())


def _bare(kind: str, day: date) -> bool:
    """Whether no lot of this kind may be used on the day."""
    return all(line.barred for line in stock.lines(day, kind))
