"""What a day that somebody chose breaks: the waits before and after it, the event, a step's days.

Public: `Breach`, `breaches`.

The solver never proposes such a day; this is for days that people choose themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.dates.reasons import title_of
from vermilion.care.dates.steps import Course, Step, read_course
from vermilion.care.dates.waits import EVENT, FIRST, read_waits, why_wait
from vermilion.care.dates.wish import Dated
from vermilion.care.findings import wait_findings
from vermilion.know.said import Said
from vermilion.know.voice import Voice

TREATING = ("treat", "upkeep")


@dataclass(frozen=True, slots=True)
class Breach:
    """said : what is broken, with its numbers; why : why the rule is kept"""

    said: Said
    why: tuple[Said, ...]


def breaches(
    voice: Voice,
    name: str,
    on: date,
    had: Iterable[Dated] = (),
    booked: Sequence[tuple[str, date]] = (),
    event: date | None = None,
) -> tuple[Breach, ...]:
    """
    Parameters
    ----------
    name : the step that is to happen on the day `on`, as `Step.name` has it ("blush.visit")
    had : things of `waits.toml` and treatments that were, with their days
    booked : other steps that stand in the calendar, before or after `on`
    event : the day to look well on

    Raises
    ------
    UsageError : a treatment or a thing that is not known
    """
    course, step = _found(voice, name)
    dated = [(one.thing, one.day) for one in had]
    treats = [(other, day) for other, day in booked if _found(voice, other)[1].kind in TREATING]
    things = dated + [(other.partition(".")[0], day) for other, day in treats]
    found: list[Breach] = []
    if step.kind in TREATING:
        before = [(thing, day) for thing, day in things if day <= on]
        found += _waits(voice, course.treatment, before, on)
        for thing, day in things:
            if day > on:
                found += _waits(voice, thing, [(course.treatment, on)], day)
        first = all(thing != course.treatment for thing, _ in before)
        found += _event(voice, course.treatment, on, event, first)
    own = [day for thing, day in things if thing == course.treatment and day < on]
    found += _own_days(voice, step, on, max(own, default=None))
    found += _talks(voice, course, step, on, booked)
    return tuple(dict.fromkeys(found))


def _found(voice: Voice, name: str) -> tuple[Course, Step]:
    treatment, _, key = name.partition(".")
    course = read_course(voice.shelf, treatment)
    return course, next(one for one in course.steps if one.key == key)


def _waits(
    voice: Voice, treatment: str, had: Iterable[tuple[str, date]], on: date
) -> Iterator[Breach]:
    for one in wait_findings(voice, treatment, had, on, ""):
        yield Breach(one.said, one.why)


def _event(
    voice: Voice, treatment: str, on: date, event: date | None, first: bool
) -> Iterator[Breach]:
    if event is None or event < on:
        return
    for wait in read_waits(voice.shelf, voice.practice).between(treatment, EVENT):
        if (event - on).days < wait.days and (wait.only != FIRST or first):
            said = voice.say(
                "Only {days} days to the event on {date}. The rule is {limit} days.",
                days=(event - on).days,
                date=voice.date(event),
                limit=wait.days,
            )
            yield Breach(said, why_wait(voice, wait))


def _own_days(voice: Voice, step: Step, on: date, last: date | None) -> Iterator[Breach]:
    """A look, a second visit, a refresh lie some days after the visit before them."""
    if last is None or not step.of or step.kind not in (*TREATING, "look"):
        return
    days, title = (on - last).days, title_of(voice, step)
    values: dict[str, Any] = {
        "title": title,
        "date": voice.date(last),
        "days": days,
        "low": step.least_days,
    }
    if step.kind == "upkeep":
        broken = days < step.least_days
        said = voice.say(
            "“{title}” comes {low} days or more after the visit on {date}; this is day {days}.",
            **values,
        )
    else:
        low, high = step.span
        broken = not low <= days <= high
        said = voice.say(
            "“{title}” comes {low} to {high} days after the visit on {date}; this is day {days}.",
            **values | {"low": low, "high": high},
        )
    if broken:
        yield Breach(said, (voice.row(step.home, step.row, "why"),))


def _talks(
    voice: Voice, course: Course, step: Step, on: date, booked: Sequence[tuple[str, date]]
) -> Iterator[Breach]:
    """Between a talk and the treatment that it comes before lie some days."""
    for talk in course.of_kind("talk"):
        pairs = [(on, day) for name, day in booked if talk == step and _of(course, name, talk)]
        if step.key in talk.of:
            pairs += [(day, on) for name, day in booked if name == talk.name]
        for first, then in pairs:
            if 0 <= (then - first).days < talk.least_days:
                said = voice.say(
                    "Only {days} days lie between “{title}” and the treatment. The rule is "
                    "{limit} days.",
                    days=(then - first).days,
                    title=title_of(voice, talk),
                    limit=talk.least_days,
                )
                yield Breach(said, (voice.row(talk.home, talk.row, "why"),))


def _of(course: Course, name: str, talk: Step) -> bool:
    treatment, _, key = name.partition(".")
    return treatment == course.treatment and key in talk.of
