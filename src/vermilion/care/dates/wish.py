"""What a person wants scheduled, and what was before.

Public: `Wish`, `Dated`, `checked`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vermilion.care.dates.steps import Course
from vermilion.care.dates.waits import WaitBook
from vermilion.errors import UsageError
from vermilion.know.said import Phrase

FARTHEST_YEARS = 5
FARTHEST_DAYS = FARTHEST_YEARS * 366
"""Plans reach this far; beyond it nobody keeps a date."""
OLDEST_DAYS = 60 * 366
"""Nothing that was had longer ago binds any rule."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing on a day: "filler" on 2027-01-10."""

    thing: str
    day: date


@dataclass(frozen=True)
class Wish:
    """What to schedule.

    today : nothing lies on it or before it; start : the first day that may be used
    event : the day to look well on, or None; until : upkeep is planned up to here, or None for one
    had : things before today; also talks ("consultation") and the visits of these treatments that
    are done already ("blush.visit"), so that the rest is planned; booked : fixed things after today
    work : pieces of work that some waits count for ("shape")
    """

    treatments: tuple[str, ...]
    today: date
    start: date
    event: date | None = None
    until: date | None = None
    had: tuple[Dated, ...] = ()
    booked: tuple[Dated, ...] = ()
    work: frozenset[str] = frozenset()

    def day_of(self, thing: str) -> date | None:
        """The last day on which a thing was had."""
        return max((one.day for one in self.had if one.thing == thing), default=None)

    @property
    def earlier(self) -> tuple[Dated, ...]:
        """What lies before the first day to use."""
        return (*self.had, *(one for one in self.booked if one.day < self.start))

    @property
    def fixed(self) -> tuple[Dated, ...]:
        """What is booked from the first day to use on."""
        return tuple(one for one in self.booked if one.day >= self.start)

    def had_before(self, thing: str) -> bool:
        return any(one.thing == thing for one in self.had)


def checked(wish: Wish, book: WaitBook, courses: tuple[Course, ...]) -> Wish:
    """The wish, if it makes sense.

    Raises
    ------
    UsageError : no treatment or one twice, a date on the wrong side of today or too far away, a
        thing or a piece of work that nobody knows
    """
    if not wish.treatments:
        raise UsageError(
            "no treatment is named", "at least one is needed", terminal="add --treat flip"
        )
    if len(set(wish.treatments)) < len(wish.treatments):
        raise UsageError("a treatment is named twice", "each one is planned once", "name it once")
    _check_dates(wish)
    names = {
        name: str(step.row["title"])
        for course in courses
        for step in course.steps
        for name in (step.key if step.kind == "talk" else step.name,)
        if step.kind in ("talk", "treat")
    }
    for course in courses:
        _check_order(course, [wish.day_of(step.name) for step in course.of_kind("treat")])
    for one in wish.had:
        named = Phrase(names.get(one.thing) or book.thing(one.thing).name)
        if one.day > wish.today:
            raise UsageError(
                "{thing} on {day} is still to come",
                "what was had lies in the past",
                "look at its day again",
                terminal="if it is booked, say --booked {key}:{day}",
                thing=named,
                key=one.thing,
                day=one.day,
            )
        if (wish.today - one.day).days > OLDEST_DAYS:
            raise UsageError(
                "{thing} on {day} is too long ago",
                "a date in living memory is needed",
                thing=named,
                day=one.day,
            )
    for one in wish.booked:
        named = Phrase(book.thing(one.thing).name)
        if one.day <= wish.today:
            raise UsageError(
                "{thing} on {day} is not in the future",
                "what is booked lies after today",
                "look at its day again",
                terminal="if it was had, say --had {key}:{day}",
                thing=named,
                key=one.thing,
                day=one.day,
            )
        _near(one.day, wish.today, named)
    works = {wait.only for wait in book.waits} - {"", "first"}
    for work in wish.work - works:
        raise UsageError(
            "the work is '{work}'",
            "one of {allowed} is needed",
            work=work,
            allowed=", ".join(sorted(works)),
        )
    return wish


def _check_dates(wish: Wish) -> None:
    if wish.start < wish.today:
        raise UsageError(
            "the first day to use is {start}",
            "today, {today}, or a later day is needed",
            start=wish.start,
            today=wish.today,
        )
    _near(wish.start, wish.today, Phrase("the first day to use"))
    if wish.event is not None:
        if wish.event <= wish.today:
            raise UsageError(
                "the event on {event} is not in the future",
                "a day after {today} is needed",
                event=wish.event,
                today=wish.today,
            )
        if wish.event <= wish.start:
            raise UsageError(
                "the event on {event} is not after the first day to use, {start}",
                "there must be time before it",
                event=wish.event,
                start=wish.start,
            )
        _near(wish.event, wish.today, Phrase("the event"))
    if wish.until is not None:
        if wish.until <= max(wish.start, wish.event or wish.start):
            raise UsageError(
                "upkeep until {until} ends before it begins",
                "a day after the event and the first day to use is needed",
                until=wish.until,
            )
        _near(wish.until, wish.today, Phrase("the end of the upkeep"))


def _check_order(course: Course, done: list[date | None]) -> None:
    """Visits that are done come in order, none left out."""
    steps = course.of_kind("treat")
    for step, later, first, then in zip(steps, steps[1:], done, done[1:], strict=False):
        if then is not None and (first is None or first >= then):
            raise UsageError(
                "'{later}' is said to be done, but not '{step}' before it",
                do="write down '{step}' first, with its day",
                terminal="--had {key}:DATE with an earlier date is needed",
                later=Phrase(str(later.row["title"])),
                step=Phrase(str(step.row["title"])),
                key=step.name,
            )


def _near(day: date, today: date, what: Phrase) -> None:
    if day > today + timedelta(days=FARTHEST_DAYS):
        raise UsageError(
            "{what} on {day} is too far away",
            "plans reach {years} years ahead",
            "choose an earlier day",
            what=what,
            years=FARTHEST_YEARS,
            day=day,
        )
