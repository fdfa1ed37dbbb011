"""A wish as slots and rules: who must keep which distance to whom.

Public: `lay_out`.

Names of rules: "wait:<id>" a waiting rule, "step:<treatment>.<id>" a step's own distance, "open"
the weekdays on which the practice sees clients, "closed" its single closed days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vermilion.care.dates.open_days import CLOSED, OPEN, Allowed, OpenDays
from vermilion.care.dates.slots import Layout, Place, Visit, best_anchor
from vermilion.care.dates.solve import FACT, Gap, Pair, Problem, Rules, Slot
from vermilion.care.dates.steps import Course, Step
from vermilion.care.dates.waits import EVENT, FIRST, Wait, WaitBook
from vermilion.care.dates.wish import Wish
from vermilion.know.practice import Practice

SPARE_DAYS = 400
"""Beyond all distances, so that closed days never push the last visit off the end."""
EVENT_WEIGHT = 10**6
"""An event that may move comes first of all: it outweighs the sum of all other days."""


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
        work.places,
        tuple(work.floors),
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
    event: int | None = None

    def __post_init__(self) -> None:
        wish = self.wish
        self.done = {one.thing: one.day for one in wish.had}
        steps = [step.name for course in self.courses for step in course.of_kind("treat")]
        first = min([wish.start, *(self.done[name] for name in steps if name in self.done)])
        last = max(filter(None, (wish.start, wish.event, wish.until)))
        last = max([last, *(one.day for one in wish.booked)])
        reach = sum(
            round(step.days.high) + self._longest
            for course in self.courses
            for step in course.steps
            if step.days is not None and step.kind in ("treat", "talk", "upkeep")
        )
        self.horizon = (last - first).days + reach + SPARE_DAYS
        self.days = OpenDays(first, self.horizon, self.practice)
        if wish.event is not None:
            n = self._offset(wish.event)
            mask = self.days.since(n) if self.event_moves else 1 << n
            self.event = self._add(
                Visit(EVENT, EVENT), Slot(EVENT, False, (((FACT,), mask),), EVENT_WEIGHT)
            )
        for one in wish.fixed:
            mask = 1 << self._offset(one.day)
            self._add(Visit("booked", one.thing), Slot(one.thing, False, (((FACT,), mask),)))

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
            if step.name in self.done:
                n = self._done(course, step)
            else:
                n = self._visit(Visit("treat", course.treatment, (step,)), before, course)
                if line:
                    self._after_earlier(course, step, line[-1], n)
                self._beside_event(course, n, place, split, first=not line)
            self.at[step.name] = n
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

    def _after_earlier(self, course: Course, step: Step, earlier: int, n: int) -> None:
        """A later treating visit within its range after the one before it. Where that one was had
        so long ago that the range is over, the visit is only not too early."""
        low, high = step.span
        rule = f"step:{step.name}"
        self.gaps += [Gap(FACT, earlier, n, 1), Gap(rule, earlier, n, low)]
        had = self.done.get(f"{course.treatment}.{step.of[0]}")
        if had is None or (self.wish.start - had).days <= high:
            self.gaps.append(Gap(rule, n, earlier, -high))
        self._same(course.treatment, earlier, n)

    def _done(self, course: Course, step: Step) -> int:
        """A treating visit that was had: a fixed day that no rule judges any more."""
        mask = 1 << self._offset(self.done[step.name])
        visit = Visit("done", course.treatment, (step,))
        return self._add(visit, Slot(step.name, False, (((FACT,), mask),)))

    def add_talks(self) -> None:
        """One slot for a talk, for all treatments that share it; none where it was had."""
        groups: dict[str, list[Step]] = {}
        for course in self.courses:
            for step in course.of_kind("talk"):
                had = step.key in self.done
                if not had and any(f"{course.treatment}.{of}" not in self.done for of in step.of):
                    groups.setdefault(step.key if step.shared else step.name, []).append(step)
        for name, steps in groups.items():
            before = any(self.places[step.treatment] in ("before", "split") for step in steps)
            talk = Visit("talk", "", tuple(steps))
            slot = Slot(name, before and not self.event_moves, self._open())
            n = self._add(talk, slot)
            for step in steps:
                self.gaps += [
                    Gap(rule, n, self.at[f"{step.treatment}.{of}"], days)
                    for of in step.of
                    if f"{step.treatment}.{of}" not in self.done
                    for rule, days in ((FACT, 0), (f"step:{step.name}", step.least_days))
                ]

    def add_pairs(self) -> None:
        """The waits between visits of different treatments, and to what is booked."""
        fixed = ("booked", "done")
        acting = [n for n, visit in enumerate(self.visits) if visit.kind != EVENT and visit.thing]
        for n, one in enumerate(acting):
            for other in acting[n + 1 :]:
                first, second = self.visits[one], self.visits[other]
                if first.thing == second.thing and "booked" not in (first.kind, second.kind):
                    continue
                if first.kind in fixed and second.kind in fixed:
                    continue
                forth, back = self._waits(first, second), self._waits(second, first)
                if forth or back:
                    self.pairs.append(Pair(one, other, forth, back))

    def _visit(self, visit: Visit, late: bool, course: Course) -> int:
        """A slot for a treating visit, on open days, after what was had and before its looks."""
        allowed = list(self._open())
        floors = []
        for one in self.wish.earlier:
            if one.thing not in self.book.things:
                continue
            for wait in self.book.between(one.thing, visit.thing):
                if self._counts(wait, None):
                    n = self._offset(one.day) + wait.days
                    allowed.append(((f"wait:{wait.key}",), self.days.since(n)))
                    floors.append((wait, one.thing, one.day))
        step = visit.steps[0]
        for talk in course.of_kind("talk"):
            had = self.done.get(talk.key)
            if had is not None and step.key in talk.of:
                n = self._offset(had) + talk.least_days
                allowed.append(((f"step:{talk.name}",), self.days.since(n)))
        event = None if self.event_moves else self.wish.event
        for look in course.of_kind("look"):
            if step.key in look.of:
                rules = (f"step:{look.name}", OPEN, CLOSED)
                allowed.append((rules, self.days.with_look(*look.span, event)))
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
            if anchor.name in self.done:
                continue
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

    def _open(self) -> Allowed:
        """The open days from the first one on that may be used."""
        return (*self.days.rules(), ((FACT,), self.days.since(self._offset(self.wish.start))))

    def _offset(self, day: date) -> int:
        return (day - self.days.start).days

    def _add(
        self, visit: Visit, slot: Slot, floors: tuple[tuple[Wait, str, date], ...] = ()
    ) -> int:
        self.visits.append(visit)
        self.slots.append(slot)
        self.floors.append(floors)
        return len(self.slots) - 1
