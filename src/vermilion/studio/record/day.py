"""A day at the desk: who comes and the one thing still missing, what is due, what comes next.

Public: `Coming`, `Days`, `Due`, `coming`, `due`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from vermilion.know.voice import Voice
from vermilion.studio.models import Appointment, Task
from vermilion.studio.record import needs, screening
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.history import History, histories_of
from vermilion.studio.record.stock import LotLine
from vermilion.studio.record.tasks import URGENCIES
from vermilion.studio.record.visits import GOES_IN
from vermilion.studio.record.worded import signs_of

REVIEW = "review"
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


@dataclass(frozen=True, slots=True)
class Days:
    """Who comes today, and on the next day with visits: tomorrow where nobody does this week."""

    today: list[Coming]
    next_day: date
    then: list[Coming]


def coming(
    voice: Voice, visits: QuerySet[Appointment], today: date, lots: Sequence[LotLine]
) -> Days:
    """Who comes; cancelled visits are not among them.

    Parameters
    ----------
    visits : those that may be seen; lots : all that are in stock
    """
    begin, end = (_midnight(today + timedelta(days=n)) for n in (0, AHEAD_DAYS))
    there = visits.filter(starts_at__gte=begin, starts_at__lt=end).exclude(state="cancelled")
    by_day: dict[date, list[Appointment]] = {}
    for one in there.select_related("client", "person").order_by("starts_at"):
        by_day.setdefault(timezone.localtime(one.starts_at).date(), []).append(one)
    then = min((day for day in by_day if day > today), default=today + timedelta(days=1))
    days = {day: by_day.get(day, []) for day in (today, then)}
    histories = histories_of(one.client for rows in days.values() for one in rows)
    first, second = (
        [_coming(voice, one, histories[one.client_id], day, _bare(lots, day)) for one in rows]
        for day, rows in days.items()
    )
    return Days(first, then, second)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def due(voice: Voice, tasks: QuerySet[Task], today: date) -> tuple[list[Due], list[Due]]:
    """What must be looked at first: what clients reported or wish, the gravest on top; and the
    looks that are due after treatments, the longest due first."""
    found = _open(tasks, today)
    booked = _booked({one.client_id for one in found if one.kind == REVIEW})
    first = [_due(voice, one, today, None) for one in found if one.kind != REVIEW]
    looks = [
        _due(voice, one, today, booked.get(one.client_id)) for one in found if one.kind == REVIEW
    ]
    return first, looks


def _open(tasks: QuerySet[Task], today: date) -> Sequence[Task]:
    found = tasks.select_related("client", "person", "entry", "entry__about").filter(
        closed_at=None, due_on__lte=today
    )
    return sorted(found, key=lambda task: (URGENCIES.index(task.urgency), task.due_on))


def _booked(clients: set[UUID]) -> dict[UUID, Appointment]:
    """The next visit of each client who has one."""
    ahead = Appointment.objects.filter(
        client__in=clients, state="planned", starts_at__gte=timezone.now()
    )
    return {one.client_id: one for one in ahead.order_by("-starts_at")}


def _due(voice: Voice, task: Task, today: date, booked: Appointment | None) -> Due:
    content = {} if task.entry is None else task.client.opened(task.entry.sealed)
    after = content
    if task.entry is not None and task.entry.about is not None:
        after = task.client.opened(task.entry.about.sealed)
    day = after.get("day", "")
    days = (today - date.fromisoformat(day)).days if day else 0
    return Due(
        task,
        card_of(task.client),
        tuple(words for words, _ in signs_of(voice, content)),
        screening.chip(content)[0] if task.kind == "screening" else "",
        after.get("treatment", "") if day else "",
        days,
        booked,
    )


def _coming(
    voice: Voice, at: Appointment, history: History, day: date, bare: frozenset[str]
) -> Coming:
    content = at.content
    treatment = content.get("treatment", "")
    missing: list[tuple[str, str]] = []
    if treatment and at.state in ("planned", "arrived"):
        found = needs.missing(history, voice, treatment, day)
        missing = [(one.key, one.words) for one in found]
        missing += [("lot", NO_LOT)] if any(_goes_in(voice, treatment, bare)) else []
    return Coming(at, card_of(at.client), content, tuple(missing))


def _goes_in(voice: Voice, treatment: str, bare: frozenset[str]) -> Iterator[bool]:
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"].get("kinds", ())
    yield from (kind in own and stocked in bare for kind, stocked in GOES_IN.items())


def _bare(lots: Sequence[LotLine], day: date) -> frozenset[str]:
    """The kinds of which no lot may be used on the day."""
    usable = (one.lot for one in lots if not one.barred and one.lot.expires_on >= day)
    return frozenset(GOES_IN.values()) - {one.kind for one in usable}
