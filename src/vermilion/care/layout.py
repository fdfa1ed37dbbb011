"""A wish as slots and rules: who must keep which distance to whom.

Public: `Layout`, `Visit`, `Place`, `lay_out`.

Names of rules: "wait:<id>" a waiting rule, "step:<treatment>.<id>" a step's own distance, "open"
the weekdays on which the practice sees clients, "closed" its single closed days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from vermilion.care.open_days import CLOSED, OPEN, OpenDays
from vermilion.care.solve import FACT, Gap, Pair, Problem, Rules, Slot
from vermilion.care.steps import Course, Step
from vermilion.care.waits import EVENT, FIRST, Wait, WaitBook
from vermilion.care.wish import Wish
from vermilion.know.practice import Practice

Place = Literal["before", "split", "after", "free"]
"""Where a treatment lies: before the event, its later visits after it, all after it, no event."""
SPARE_DAYS = 400
"""Beyond all distances, so that closed days never push the last visit off the end."""
EVENT_WEIGHT = 10**6
"""An event that may move comes first of all: it outweighs the sum of all other days."""


@dataclass(frozen=True)
class Visit:
    """What one slot stands for.

    steps : of a talk that treatments share, several; none for the event and what is booked
    thing : the treatment or thing that waits count for; "" for a talk
    number : 1 for the first of its kind, 2 for the second upkeep
    """

    kind: str
    thing: str
    steps: tuple[Step, ...] = ()
    number: int = 1


@dataclass(frozen=True)
class Layout:
    """A problem and what its slots and days mean; day 0 is `origin`."""

    problem: Problem
    visits: tuple[Visit, ...]
    origin: date
    places: Mapping[str, Place]
    floors: tuple[tuple[tuple[Wait, str, date], ...], ...]
    """Of each slot: the waits after what was had, with the thing and its day."""
    talks_had: Mapping[str, date]
    days: OpenDays

    def day(self, offset: int) -> date:
        return self.origin + timedelta(days=offset)

    def offset(self, day: date) -> int:
        return (day - self.origin).days


def lay_out(
    wish: Wish,
    courses: tuple[Course, ...],
    book: WaitBook,
    practice: Practice,
    places: Mapping[str, Place] | None = None,
    upkeep: Mapping[str, int] | None = None,
    event_moves: bool = False,
) -> Layout:
    """The problem of a wish.

    Parameters
    ----------
    places : of each treatment; by default all before the event, or free without one
    upkeep : how many upkeep visits of each treatment; one by default
    event_moves : whether the event's day is sought too, from the wished one on
    """
    default: Place = "free" if wish.event is None else "before"
    work = _Work(wish, book, practice, courses, event_moves)
    work.places = dict.fromkeys(wish.treatments, default) | dict(places or {})
    for course in courses:
        work.add_course(course, (upkeep or {}).get(course.treatment, 1))
    work.add_talks()
    work.add_pairs()
    problem = Problem(tuple(work.slots), tuple(work.gaps), tuple(work.pairs), work.horizon)
    return Layout(
        problem,
        tuple(work.visits),
        wish.start,
        work.places,
        tuple(work.floors),
        work.talks_had,
        work.days,
    )


@dataclass
class _Work:
    """The problem while it is put together."""

    wish: Wish
    book: WaitBook
    practice: Practice
    courses: tuple[Course, ...]
    event_moves: bool
    places: dict[str, Place] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    floors: list[tuple[tuple[Wait, str, date], ...]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)
    talks_had: dict[str, date] = field(default_factory=dict)
    event: int | None = None

    def __post_init__(self) -> None:
        wish = self.wish
        last = max(filter(None, (wish.start, wish.event, wish.until)))
        last = max([last, *(one.day for one in wish.booked)])
        reach = sum(
            round(step.days.high) + self._longest
            for course in self.courses
            for step in course.steps
            if step.days is not None and step.kind in ("treat", "talk", "upkeep")
        )
        self.horizon = (last - wish.start).days + reach + SPARE_DAYS
        self.days = OpenDays(wish.start, self.horizon, self.practice)
        if wish.event is not None:
            n = (wish.event - wish.start).days
            mask = self.days.since(n) if self.event_moves else 1 << n
            self.event = self._add(
                Visit(EVENT, EVENT), Slot(EVENT, False, (((FACT,), mask),), EVENT_WEIGHT)
            )
        for one in wish.fixed:
            mask = 1 << (one.day - wish.start).days
            self._add(Visit("booked", one.thing), Slot(one.thing, False, (((FACT,), mask),)))
        talks = {step.key for course in self.courses for step in course.of_kind("talk")}
        self.talks_had = {one.thing: one.day for one in wish.had if one.thing in talks}

    @property
    def _longest(self) -> int:
        return max((wait.days for wait in self.book.waits), default=0)

    def add_course(self, course: Course, upkeep: int) -> None:
        """The treating visits of a treatment, then its upkeep."""
        place = self.places[course.treatment]
        line: list[int] = []
        for step in course.of_kind("treat"):
            split = place == "split" and step.may_follow
            before = place in ("before", "split") and not split and not self.event_moves
            n = self._visit(Visit("treat", course.treatment, (step,)), before, course)
            self.at[step.name] = n
            if line:
                low, high = step.span
                rule = f"step:{step.name}"
                self.gaps += [
                    Gap(FACT, line[-1], n, 1),
                    Gap(rule, line[-1], n, low),
                    Gap(rule, n, line[-1], -high),
                ]
                self._same(course.treatment, line[-1], n)
            self._beside_event(course, n, place, split, first=not line)
            line.append(n)
        self._best(course, place)
        for step in course.of_kind("upkeep"):
            for number in range(1, upkeep + 1):
                n = self._visit(Visit("upkeep", course.treatment, (step,), number), False, course)
                start = self.at[f"{course.treatment}.{step.of[0]}"] if number == 1 else line[-1]
                self.gaps += [
                    Gap(FACT, line[-1], n, 1),
                    Gap(f"step:{step.name}", start, n, step.least_days),
                ]
                self._same(course.treatment, line[-1], n)
                if self.event is not None:
                    self.gaps.append(Gap(FACT, self.event, n, 1))
                line.append(n)

    def add_talks(self) -> None:
        """One slot for a talk, for all treatments that share it; none where it was had."""
        groups: dict[str, list[Step]] = {}
        for course in self.courses:
            for step in course.of_kind("talk"):
                groups.setdefault(step.key if step.shared else step.name, []).append(step)
        for name, steps in groups.items():
            had = self.talks_had.get(steps[0].key)
            if had is not None:
                continue
            before = any(self.places[step.treatment] in ("before", "split") for step in steps)
            talk = Visit("talk", "", tuple(steps))
            slot = Slot(name, before and not self.event_moves, self.days.rules())
            n = self._add(talk, slot)
            for step in steps:
                self.gaps += [
                    Gap(rule, n, self.at[f"{step.treatment}.{of}"], days)
                    for of in step.of
                    for rule, days in ((FACT, 0), (f"step:{step.name}", step.least_days))
                ]

    def add_pairs(self) -> None:
        """The waits between visits of different treatments, and to what is booked."""
        acting = [n for n, visit in enumerate(self.visits) if visit.kind != EVENT and visit.thing]
        for n, one in enumerate(acting):
            for other in acting[n + 1 :]:
                first, second = self.visits[one], self.visits[other]
                if first.thing == second.thing and "booked" not in (first.kind, second.kind):
                    continue
                if first.kind == second.kind == "booked":
                    continue
                forth, back = self._waits(first, second), self._waits(second, first)
                if forth or back:
                    self.pairs.append(Pair(one, other, forth, back))

    def _visit(self, visit: Visit, late: bool, course: Course) -> int:
        """A slot for a treating visit, on open days, after what was had and before its looks."""
        allowed = list(self.days.rules())
        floors = []
        for one in self.wish.earlier:
            if one.thing not in self.book.things:
                continue
            for wait in self.book.between(one.thing, visit.thing):
                if self._counts(wait, None):
                    n = (one.day - self.wish.start).days + wait.days
                    allowed.append(((f"wait:{wait.key}",), self.days.since(n)))
                    floors.append((wait, one.thing, one.day))
        step = visit.steps[0]
        for talk in course.of_kind("talk"):
            had = self.talks_had.get(talk.key)
            if had is not None and step.key in talk.of:
                n = (had - self.wish.start).days + talk.least_days
                allowed.append(((f"step:{talk.name}",), self.days.since(n)))
        for look in course.of_kind("look"):
            if step.key in look.of:
                rules = (f"step:{look.name}", OPEN, CLOSED)
                allowed.append((rules, self.days.with_look(*look.span)))
        slot = Slot(f"{step.name}.{visit.number}", late, tuple(allowed))
        return self._add(visit, slot, tuple(floors))

    def _beside_event(self, course: Course, n: int, place: Place, split: bool, first: bool) -> None:
        if self.event is None:
            return
        if split or place == "after":
            self.gaps.append(Gap(FACT, self.event, n, 1))
            return
        self.gaps.append(Gap(FACT, n, self.event, 1))
        for wait in self.book.between(course.treatment, EVENT):
            if self._counts(wait, course.treatment if first else None):
                self.gaps.append(Gap(f"wait:{wait.key}", n, self.event, wait.days))

    def _best(self, course: Course, place: Place) -> None:
        """The event lies in the days in which the treatment looks its best."""
        if self.event is None or place not in ("before", "split"):
            return
        for step in course.of_kind("best"):
            anchor = best_anchor(course, step, place)
            n, rule = self.at[anchor.name], f"step:{step.name}"
            self.gaps += [
                Gap(rule, n, self.event, step.least_days),
                Gap(rule, self.event, n, -step.last_days),
            ]

    def _same(self, treatment: str, first: int, then: int) -> None:
        self.gaps += [
            Gap(f"wait:{wait.key}", first, then, wait.days)
            for wait in self.book.between(treatment, treatment)
            if self._counts(wait, None)
        ]

    def _waits(self, first: Visit, then: Visit) -> Rules:
        return tuple(
            (f"wait:{wait.key}", wait.days)
            for wait in self.book.between(first.thing, then.thing)
            if self._counts(wait, None)
        )

    def _counts(self, wait: Wait, first_of: str | None) -> bool:
        """Whether a rule counts here; first_of : the treatment whose first visit it is, or None."""
        if wait.only == FIRST:
            return first_of is not None and not self.wish.had_before(first_of)
        return not wait.only or wait.only in self.wish.work

    def _add(
        self, visit: Visit, slot: Slot, floors: tuple[tuple[Wait, str, date], ...] = ()
    ) -> int:
        self.visits.append(visit)
        self.slots.append(slot)
        self.floors.append(floors)
        return len(self.slots) - 1


def best_anchor(course: Course, best: Step, place: Place) -> Step:
    """The visit from which the best days count: the last one that lies before the event."""
    steps = {step.key: step for step in course.steps}
    anchor = steps[best.of[0]]
    while place == "split" and anchor.may_follow and anchor.of:
        anchor = steps[anchor.of[0]]
    return anchor
