"""The days of a wish: all of it, the nearest later event, or the best part of it.

Public: `Knowledge`, `Found`, `find_days`, `find_later`, `find_part`, `find_conflict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

from vermilion.care.dates.conflict import smallest_conflict
from vermilion.care.dates.layout import lay_out
from vermilion.care.dates.slots import Layout, Place
from vermilion.care.dates.solve import Solution, solve
from vermilion.care.dates.steps import Course, read_course
from vermilion.care.dates.waits import EVENT, WaitBook, read_waits
from vermilion.care.dates.wish import FARTHEST_DAYS, Wish, checked
from vermilion.know.practice import Practice
from vermilion.know.shelf import Shelf

COSTS: Mapping[Place, int] = {"before": 0, "split": 1, "after": 100}
"""What a part of a wish gives up: a later visit moved behind the event, a whole treatment."""


@dataclass(frozen=True)
class Knowledge:
    """What a wish is solved with."""

    courses: tuple[Course, ...]
    book: WaitBook
    practice: Practice

    @staticmethod
    def of(shelf: Shelf, practice: Practice, treatments: tuple[str, ...]) -> Knowledge:
        """
        Raises
        ------
        UsageError : a treatment that cannot be scheduled
        """
        courses = tuple(read_course(shelf, one) for one in treatments)
        return Knowledge(courses, read_waits(shelf, practice), practice)


@dataclass(frozen=True)
class Found:
    """Days that keep every rule; wish : with the event's day that they were found for."""

    wish: Wish
    layout: Layout
    solution: Solution


def find_days(
    wish: Wish, knowledge: Knowledge, places: Mapping[str, Place] | None = None
) -> Found | None:
    """The optimum for a wish; None where no days keep all rules.

    Upkeep up to `wish.until` is the longest row of visits that ends by then; without an end it is
    one visit of each treatment.

    Raises
    ------
    UsageError : a wish that makes no sense
    """
    checked(wish, knowledge.book, knowledge.courses)
    counts = _most_upkeep(wish, knowledge)
    while True:
        layout = lay_out(
            wish, knowledge.courses, knowledge.book, knowledge.practice, places, counts
        )
        solution = solve(layout.problem)
        if solution is None:
            return None
        within = _within(wish, layout, solution)
        if within == counts or wish.until is None:
            return Found(wish, layout, solution)
        counts = within


def find_later(wish: Wish, knowledge: Knowledge) -> Found | None:
    """The same wish for the nearest later event.

    While the event's day is sought, looks may share it; where this leaves no plan for the day that
    was found, the search goes on from the day after: none in between was possible either.
    """
    while wish.event is not None and (wish.event - wish.today).days <= FARTHEST_DAYS:
        layout = lay_out(
            wish, knowledge.courses, knowledge.book, knowledge.practice, event_moves=True
        )
        solution = solve(layout.problem)
        if solution is None:
            return None
        n = next(n for n, visit in enumerate(layout.visits) if visit.kind == EVENT)
        event = layout.day(solution.days[n])
        if (event - wish.today).days > FARTHEST_DAYS:
            return None
        until = None if wish.until is None or wish.until <= event else wish.until
        found = find_days(replace(wish, event=event, until=until), knowledge)
        if found is not None:
            return found
        wish = replace(wish, event=event + timedelta(days=1))
    return None


def find_part(wish: Wish, knowledge: Knowledge) -> Found | None:
    """The wish with as little as possible moved behind the event: first single later visits, then
    whole treatments, the last named first; None where nothing is left before the event."""
    best: tuple[tuple[int, tuple[int, ...]], Found] | None = None
    for places in product(*(_places(course) for course in knowledge.courses)):
        if len(set(places) - {"after"}) == 0 or set(places) == {"before"}:
            continue
        costs = tuple(COSTS[place] for place in places)
        key = (sum(costs), costs)
        if best is not None and key >= best[0]:
            continue
        found = find_days(wish, knowledge, dict(zip(wish.treatments, places, strict=True)))
        if found is not None:
            best = (key, found)
    return best[1] if best else None


def find_conflict(wish: Wish, knowledge: Knowledge) -> tuple[Layout, tuple[str, ...]]:
    """The smallest set of rules that a wish without a solution breaks, by name."""
    layout = lay_out(
        wish, knowledge.courses, knowledge.book, knowledge.practice, upkeep=_none(wish)
    )
    rules = smallest_conflict(layout.problem)
    if rules is None:  # the upkeep is part of it
        layout = lay_out(wish, knowledge.courses, knowledge.book, knowledge.practice)
        rules = smallest_conflict(layout.problem)
    return layout, rules or ()


def _places(course: Course) -> tuple[Place, ...]:
    if any(step.may_follow for step in course.of_kind("treat")):
        return ("before", "split", "after")
    return ("before", "after")


def _none(wish: Wish) -> dict[str, int]:
    return dict.fromkeys(wish.treatments, 0)


def _most_upkeep(wish: Wish, knowledge: Knowledge) -> dict[str, int]:
    """The most upkeep visits that could end by `until`; one each without an end."""
    counts = dict.fromkeys(wish.treatments, 1)
    if wish.until is not None:
        for course in knowledge.courses:
            for step in course.of_kind("upkeep"):
                days = (wish.until - wish.start).days
                counts[course.treatment] = days // max(step.least_days, 1)
    return counts


def _within(wish: Wish, layout: Layout, solution: Solution) -> dict[str, int]:
    """How many upkeep visits of each treatment lie before the end."""
    counts = _none(wish)
    for visit, offset in zip(layout.visits, solution.days, strict=True):
        if visit.kind == "upkeep" and (wish.until is None or layout.day(offset) <= wish.until):
            counts[visit.thing] += 1
    return counts
