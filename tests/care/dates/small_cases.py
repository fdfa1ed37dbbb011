"""Random small wishes, and a judge of days that shares no code with the solver.

The judge reads the rules of a wish the long way round: it fills a table of all days of all visits
with whether each pair of days is allowed, and takes the best cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from vermilion.care.dates.find_days import Found, Knowledge
from vermilion.care.dates.steps import Course, Step
from vermilion.care.dates.waits import EVENT, Thing, Wait, WaitBook
from vermilion.care.dates.wish import Dated, Wish
from vermilion.know.practice import Practice
from vermilion.know.sourced import Origin, Sourced

START = date(2027, 3, 1)
DAYS = 12
"""The judge looks at this many days."""
ORIGIN = Origin((), "assumption", "D")
ROW = {"title": "t", "why": "w", "mark": "assumption", "grade": "D"}
Grid = NDArray[np.bool_]


def number(low: int, value: int, high: int) -> Sourced:
    return Sourced("n", value, low, high, "days", ORIGIN)


def wait(after: str, before: str, days: int, only: str = "") -> Wait:
    key = f"{after}_before_{before}"
    return Wait(key, after, before, days, number(days, days, days), only, "waits", ROW, None)


def step(treatment: str, key: str, kind: str, *of: str, days: Sourced | None = None) -> Step:
    return Step(key, kind, treatment, "waits", ROW, of, days, None, None)


def some_case(rng: Random) -> tuple[Wish, Knowledge]:
    """One or two treatments with a few visits, rules and facts."""
    names = ("a", "b")[: rng.choice((1, 2, 2, 2))]
    courses = tuple(_course(rng, name) for name in names)
    keys = (*names, "x")
    things = {key: Thing(key, key, "day", frozenset(), key in names) for key in keys}
    pairs = [(one, other) for one in keys for other in (*keys, EVENT)]
    waits = tuple(wait(*pair, rng.randint(1, 5)) for pair in pairs if rng.random() < 0.5)
    event = START + timedelta(days=rng.randint(6, DAYS - 1)) if rng.random() < 0.7 else None
    wish = Wish(names, START - timedelta(days=1), START, event)
    if rng.random() < 0.4:
        had = Dated(rng.choice(keys), START - timedelta(days=rng.randint(1, 4)))
        wish = replace(wish, had=(had,))
    if rng.random() < 0.3:
        booked = Dated("x", START + timedelta(days=rng.randint(0, 8)))
        wish = replace(wish, booked=(booked,))
    weekdays = frozenset(n for n in range(7) if rng.random() < 0.75) or frozenset({2})
    closed = frozenset(
        START + timedelta(days=rng.randint(0, DAYS)) for _ in range(rng.randint(0, 3))
    )
    practice = Practice(open_weekdays=weekdays, closed=closed)
    return wish, Knowledge(courses, WaitBook(waits, things), practice)


def _course(rng: Random, name: str) -> Course:
    steps = [step(name, "visit", "treat")]
    last = "visit"
    if rng.random() < 0.4:
        low = rng.randint(1, 3)
        days = number(low, low, low + rng.randint(0, 3))
        steps.append(step(name, "second", "treat", "visit", days=days))
        last = "second"
    if rng.random() < 0.4:
        days = rng.randint(0, 2)
        steps.append(step(name, "talk", "talk", "visit", days=number(days, days, days)))
    if rng.random() < 0.4:
        days = rng.randint(1, 2)
        steps.append(
            step(name, "look", "look", "visit", days=number(days, days, days + rng.randint(0, 1)))
        )
    if rng.random() < 0.5:
        days = rng.randint(0, 3)
        best = step(name, "best", "best", last, days=number(days, days, days))
        until = days + rng.randint(1, 6)
        steps.append(replace(best, until=number(until, until, until)))
    return Course(name, name, tuple(steps))


@dataclass
class Judge:
    """All visits of a wish by name, each with the days it may take, and all pairs' tables."""

    wish: Wish
    knowledge: Knowledge
    upkeep: int = 0

    def __post_init__(self) -> None:
        self._tables: dict[tuple[int, ...], Grid] = {}
        self._rules: dict[tuple[str, str], tuple[Wait, ...]] = {}
        self.names: list[tuple[Course, Step]] = [
            (course, one)
            for course in self.knowledge.courses
            for kind in ("treat", "talk")
            for one in course.of_kind(kind)
        ]

    def allowed(self, n: int) -> Grid:
        """Which days the n-th visit may take as far as it alone decides."""
        if (n,) not in self._tables:
            course, one = self.names[n]
            days = [START + timedelta(days=k) for k in range(DAYS)]
            self._tables[n,] = np.array([self._alone(course, one, day) for day in days])
        return self._tables[n,]

    def between(self, first: str, then: str) -> tuple[Wait, ...]:
        """The rules from one thing to another, looked up once: they count for all days."""
        if (first, then) not in self._rules:
            self._rules[first, then] = self.knowledge.book.between(first, then)
        return self._rules[first, then]

    def _alone(self, course: Course, one: Step, day: date) -> bool:
        practice, event = self.knowledge.practice, self.wish.event
        if not practice.is_open(day):
            return False
        if one.kind == "talk":
            return event is None or day < event
        for had in self.wish.had:
            for rule in self.between(had.thing, course.treatment):
                if (day - had.day).days < rule.days:
                    return False
        for booked in self.wish.booked:
            if self._clash(course.treatment, day, booked.thing, booked.day):
                return False
        for look in course.of_kind("look"):
            assert look.days is not None
            span = range(int(look.days.value), int(look.days.high) + 1)
            looks = [day + timedelta(k) for k in span]
            if one.key in look.of and not any(practice.is_open(k) and k != event for k in looks):
                return False
        if event is None:
            return True
        if day >= event:
            return False
        ahead = (event - day).days
        for best in course.of_kind("best"):
            assert best.days is not None
            assert best.until is not None
            if one.key in best.of and not best.days.value <= ahead <= best.until.value:
                return False
        return all(ahead >= rule.days for rule in self.between(course.treatment, EVENT))

    def together(self, n: int, m: int) -> Grid:
        """Which days of two visits go together; rows the n-th, columns the m-th."""
        if (n, m) not in self._tables:
            (course, one), (other_course, other) = self.names[n], self.names[m]
            days = [START + timedelta(days=k) for k in range(DAYS)]
            self._tables[n, m] = np.array(
                [[self._pair(course, one, k, other_course, other, j) for j in days] for k in days]
            )
        return self._tables[n, m]

    def _pair(
        self, course: Course, one: Step, first: date, other_course: Course, other: Step, then: date
    ) -> bool:
        apart = (then - first).days
        if "talk" in (one.kind, other.kind):
            for talk, visit, gap in ((one, other, apart), (other, one, -apart)):
                if talk.kind == "talk" and visit.kind == "treat" and course is other_course:
                    assert talk.days is not None
                    if visit.key in talk.of and gap < talk.days.value:
                        return False
            return True
        if course is not other_course:
            return not self._clash(course.treatment, first, other_course.treatment, then)
        assert other.days is not None  # the treating visits of a course stand in order
        if not max(1, other.days.low) <= apart <= other.days.high:
            return False
        own = self.between(course.treatment, course.treatment)
        return all(apart >= rule.days for rule in own)

    def _clash(self, one: str, first: date, other: str, then: date) -> bool:
        forth, back = self.between(one, other), self.between(other, one)
        if first == then:
            return bool(forth or back)
        rules = forth if first < then else back
        return any(abs((then - first).days) < rule.days for rule in rules)

    def best(self) -> int | None:
        """The least sum of days (forward) or the largest (to an event); None for no days."""
        count = len(self.names)
        good = np.ones((DAYS,) * count, bool)
        total = np.zeros((DAYS,) * count, int)
        for n in range(count):
            shape = [DAYS if k == n else 1 for k in range(count)]
            good &= self.allowed(n).reshape(shape)
            total = total + np.arange(DAYS).reshape(shape)
        for n, m in combinations(range(count), 2):
            shape = [DAYS if k in (n, m) else 1 for k in range(count)]
            good &= self.together(n, m).reshape(shape)
        if not good.any():
            return None
        return int(total[good].min() if self.wish.event is None else total[good].max())

    def keeps(self, found: Found) -> bool:
        """Whether days found by the solver keep all rules."""
        days = self._days(found)
        alone = all(self.allowed(n)[day] for n, day in enumerate(days))
        pairs = combinations(range(len(days)), 2)
        return alone and all(self.together(n, m)[days[n], days[m]] for n, m in pairs)

    def total(self, found: Found) -> int:
        return sum(self._days(found))

    def _days(self, found: Found) -> list[int]:
        offsets = {
            one.name: offset
            for visit, offset in zip(found.layout.visits, found.solution.days, strict=True)
            for one in visit.steps
        }
        return [offsets[one.name] for _, one in self.names]
