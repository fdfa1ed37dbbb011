"""Everything a schedule puts on a calendar: visits, days to prepare, phases, best days, the event.

Public: `Item`, `items_of`, `minutes_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from vermilion.care.dates.find_days import Found, Knowledge
from vermilion.care.dates.reasons import name_of, reasons, title_of
from vermilion.care.dates.slots import Visit, best_anchor
from vermilion.care.dates.solve import next_allowed
from vermilion.care.dates.steps import Course, Step
from vermilion.care.dates.waits import EVENT
from vermilion.know.said import Said
from vermilion.know.voice import Voice

AT_PRACTICE = ("talk", "treat", "look", "upkeep")
"""Kinds of items for which the person comes in."""


@dataclass(frozen=True)
class Item:
    """One entry.

    key : the same for the same element of a plan, whatever its day: "flip.visit", "flip.next.2"
    kind : a kind of step, "event" or "booked"; last : the last day of a span, else None
    minutes : in the practice; could_begin : the earliest day it could move to, the others with it
    why : of this very day; do : what to bring, do and leave
    """

    key: str
    kind: str
    treatment: str
    title: Said
    day: date
    last: date | None
    minutes: int | None
    could_begin: date | None
    why: tuple[Said, ...]
    do: tuple[Said, ...]

    @property
    def at_practice(self) -> bool:
        return self.kind in AT_PRACTICE

    def to_json(self) -> dict[str, Any]:
        """Dates as YYYY-MM-DD, sentences as plain strings."""
        sources = dict.fromkeys(
            key for said in (*self.why, *self.do) for one in said.origins for key in one.sources
        )
        return {
            "key": self.key,
            "kind": self.kind,
            "treatment": self.treatment,
            "title": self.title.plain,
            "day": self.day.isoformat(),
            "last": None if self.last is None else self.last.isoformat(),
            "minutes": self.minutes,
            "could_begin": None if self.could_begin is None else self.could_begin.isoformat(),
            "why": [said.plain for said in self.why],
            "do": [said.plain for said in self.do],
            "sources": list(sources),
        }


def items_of(voice: Voice, knowledge: Knowledge, found: Found) -> tuple[Item, ...]:
    """All entries in order of their days."""
    items = [
        item
        for n, visit in enumerate(found.layout.visits)
        for item in _visit(voice, knowledge, found, n, visit)
    ]
    for course in knowledge.courses:
        items += _around(voice, course, found)
    order = {kind: n for n, kind in enumerate(("phase", "best", "prepare", "talk"))}
    return tuple(
        sorted(items, key=lambda item: (item.day, order.get(item.kind, len(order)), item.key))
    )


def _visit(
    voice: Voice, knowledge: Knowledge, found: Found, n: int, visit: Visit
) -> Iterator[Item]:
    """The entries of one slot: one for each treatment that shares it, none for what is done."""
    if visit.kind == "done":
        return
    day = found.layout.day(found.solution.days[n])
    if not visit.steps:
        key = visit.kind if visit.kind == EVENT else f"booked.{visit.thing}.{day}"
        title = name_of(voice, knowledge, visit)
        yield Item(key, visit.kind, "", title, day, None, None, None, (), ())
        return
    why = reasons(voice, knowledge, found, n)
    first = found.layout.day(found.solution.first[n])
    late = found.layout.problem.slots[n].late
    for step in visit.steps:
        number = f".{visit.number}" if visit.kind == "upkeep" else ""
        yield _item(
            voice, step, day, f"{step.name}{number}", why, first if late and first < day else None
        )


def _around(voice: Voice, course: Course, found: Found) -> Iterator[Item]:
    """Days to prepare, looks, phases and best days, which all hang on treating visits; what was
    over before today is left out."""
    for item in _hanging(voice, course, found):
        if (item.last or item.day) > found.wish.today or item.kind == "prepare":
            yield item


def _hanging(voice: Voice, course: Course, found: Found) -> Iterator[Item]:
    days = _treating_days(course, found)
    for step in course.steps:
        if step.kind == "best":
            yield _best(voice, course, step, found, days)
        elif step.kind in ("prepare", "look", "phase"):
            for of in step.of:
                key = step.name if len(step.of) == 1 else f"{step.name}.{of}"
                visit = days[of]
                if step.kind == "prepare":
                    if visit <= found.wish.today:
                        continue
                    day = max(visit - timedelta(step.least_days), found.wish.today)
                    yield _item(voice, step, day, key)
                elif step.kind == "look":
                    yield _look(voice, step, visit, key, found)
                else:
                    last = visit + timedelta(step.last_days)
                    yield _item(voice, step, visit + timedelta(step.least_days), key, last=last)


def _treating_days(course: Course, found: Found) -> dict[str, date]:
    return {
        visit.steps[0].key: found.layout.day(offset)
        for visit, offset in zip(found.layout.visits, found.solution.days, strict=True)
        if visit.kind in ("treat", "done") and visit.thing == course.treatment
    }


def _look(voice: Voice, step: Step, visit: date, key: str, found: Found) -> Item:
    wanted = found.layout.offset(visit) + step.least_days
    days = found.layout.days
    offset = next_allowed(days.for_looks(found.wish.event), wanted)
    day = found.layout.day(wanted if offset is None else offset)
    why: tuple[Said, ...] = ()
    if offset != wanted and not days.both >> wanted & 1:
        closed = voice.date(found.layout.day(wanted))
        why = (voice.say("The practice does not see clients on {day}.", day=closed),)
    return _item(voice, step, day, key, why)


def _best(voice: Voice, course: Course, step: Step, found: Found, days: dict[str, date]) -> Item:
    """The best days, cut off where the next visit of the treatment begins."""
    anchor = best_anchor(course, step, found.layout.places[course.treatment])
    start = days[anchor.key]
    last = start + timedelta(step.last_days)
    later = [day for day in days.values() if day > start]
    later += [
        found.layout.day(offset)
        for visit, offset in zip(found.layout.visits, found.solution.days, strict=True)
        if visit.kind == "upkeep" and visit.thing == course.treatment
    ]
    last = min([last, *(day - timedelta(1) for day in later)])
    return _item(voice, step, start + timedelta(step.least_days), step.name, last=last)


def minutes_of(voice: Voice, step: Step) -> int | None:
    """How long a step takes in the practice: what it says itself, else the knowledge files."""
    own = voice.practice.minutes.get(step.name)
    if own is not None or step.minutes is None:
        return own
    return round(step.minutes.value)


def _item(
    voice: Voice,
    step: Step,
    day: date,
    key: str,
    why: tuple[Said, ...] = (),
    could_begin: date | None = None,
    last: date | None = None,
) -> Item:
    return Item(
        key,
        step.kind,
        step.treatment,
        title_of(voice, step),
        day,
        last if last != day else None,
        minutes_of(voice, step),
        could_begin,
        (voice.row(step.home, step.row, "why"), *why),
        voice.rows(step.home, step.row, "do"),
    )
