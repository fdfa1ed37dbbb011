"""When somebody is there: the practice's opening hours, each person's own, days off, lengths.

Public: `Week`, `practice_week`, `person_week`, `save_practice`, `save_person`, `spans_of`,
`days_off`, `runs`, `usual_minutes`.

The practice's hours lie in its own file, where care reads them too; a person's lie with the login.
A person is there when the practice is open and the own hours say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vermilion.care.dates.items import AT_PRACTICE, minutes_of
from vermilion.care.dates.steps import Step, read_course
from vermilion.errors import UsageError
from vermilion.know.practice import WEEKDAYS, WHOLE_DAY, Practice, Spans, read_spans
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Person
from vermilion.studio.record.practice import read_file, write_file

USUAL = "09:00-18:00"
"""What stands in the form of a practice that never said its hours; no rule, a beginning."""
LONGEST_OFF_DAYS = 366


@dataclass(frozen=True, slots=True)
class Week:
    """spans : by weekday ("mon"), such as ("09:00-13:00", "14:00-18:00"); a weekday that is not in
    it is a day off; off : single days off"""

    spans: Mapping[str, tuple[str, ...]]
    off: tuple[date, ...] = ()


def practice_week(data: Path) -> Week:
    """The practice's hours as its file has them; the usual ones where it says none."""
    raw = read_file(data)
    hours = raw.get("hours", {})
    spans = {day: tuple(hours.get(day, (USUAL,))) for day in raw.get("open", WEEKDAYS[:5])}
    return Week(spans, tuple(raw.get("closed", ())))


def save_practice(data: Path, week: Week, minutes: Mapping[str, int], by: Person) -> None:
    """
    Parameters
    ----------
    minutes : by a step's name; steps that are not named take as long as they usually do

    Raises
    ------
    DataError : no day is open, or hours that cannot be; the old ones stay
    """
    hours = {day: list(texts) for day, texts in week.spans.items()}
    changed = {"open": list(hours), "closed": list(week.off), "hours": hours}
    write_file(data, changed | {"minutes": dict(minutes)})
    audit.record(by.username, "change hours", "practice")


def person_week(person: Person) -> Week | None:
    """A person's own hours; None for somebody who keeps the practice's."""
    kept = person.hours
    if not kept:
        return None
    spans = {day: tuple(texts) for day, texts in kept.get("spans", {}).items()}
    return Week(spans, tuple(date.fromisoformat(one) for one in kept.get("off", ())))


def save_person(person: Person, week: Week | None, by: Person) -> None:
    """
    Raises
    ------
    UsageError : hours that cannot be
    """
    kept: dict[str, Any] = {}
    if week is not None:
        for day, texts in week.spans.items():
            if day not in WEEKDAYS or read_spans(list(texts)) is None:
                raise UsageError(
                    "the hours of {day} are {allowed}",
                    "hours such as {example} are needed",
                    day=day,
                    allowed=", ".join(texts),
                    example="09:00-13:00",
                )
        kept["spans"] = {day: list(texts) for day, texts in week.spans.items()}
        kept["off"] = [day.isoformat() for day in week.off]
    person.hours = kept
    person.save(update_fields=["hours"])
    audit.record(by.username, "change hours", f"person:{person.pk}")


def spans_of(person: Person, practice: Practice, day: date) -> Spans:
    """When a person is there on a day."""
    return tuple(_common(practice.spans_on(day), _own(person, day)))


def days_off(first: date, last: date) -> tuple[date, ...]:
    """All days from one to another.

    Raises
    ------
    UsageError : the last lies before the first, or more than a year after it
    """
    days = (last - first).days
    if not 0 <= days <= LONGEST_OFF_DAYS:
        raise UsageError(
            "{first} to {last} came",
            "a first day and a last one within a year",
            first=first,
            last=last,
        )
    return tuple(first + timedelta(days=n) for n in range(days + 1))


def runs(days: Iterable[date]) -> tuple[tuple[date, date], ...]:
    """Days that follow each other as first and last."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)


def usual_minutes(voice: Voice) -> dict[str, tuple[Step, int]]:
    """The steps for which somebody comes, with what each takes here, by name."""
    found = {}
    for treatment in voice.shelf.names("steps"):
        for step in read_course(voice.shelf, treatment).steps:
            minutes = minutes_of(voice, step)
            if step.kind in AT_PRACTICE and minutes is not None:
                found[step.name] = (step, minutes)
    return found


def _own(person: Person, day: date) -> Spans:
    week = person_week(person)
    if week is None:
        return WHOLE_DAY
    if day in week.off:
        return ()
    return read_spans(list(week.spans.get(WEEKDAYS[day.weekday()], ()))) or ()


def _common(first: Spans, second: Spans) -> Iterator[tuple[Any, Any]]:
    for begin, end in first:
        for other_begin, other_end in second:
            if max(begin, other_begin) < min(end, other_end):
                yield max(begin, other_begin), min(end, other_end)
