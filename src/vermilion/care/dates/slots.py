"""What the slots of a problem mean: visits, the event, what is booked, and their days.

Public: `Layout`, `Visit`, `Place`, `best_anchor`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vermilion.care.dates.open_days import OpenDays
from vermilion.care.dates.solve import Problem
from vermilion.care.dates.steps import Course, Step
from vermilion.care.dates.waits import Wait

Place = Literal["before", "split", "after", "free"]
"""Where a treatment lies: before the event, its later visits after it, all after it, no event."""


@dataclass(frozen=True)
class Visit:
    """What one slot stands for.

    kind : "talk", "treat", "upkeep", "event", "booked", or "done" for a treating visit that was had
    thing : the treatment or thing that waits count for; "" for a talk
    steps : of a talk that treatments share, several; none for the event and what is booked
    number : 1 for the first of its kind, 2 for the second upkeep
    """

    kind: str
    thing: str
    steps: tuple[Step, ...] = ()
    number: int = 1


@dataclass(frozen=True)
class Layout:
    """A problem and what its slots and days mean; day 0 is `days.start`."""

    problem: Problem
    visits: tuple[Visit, ...]
    places: Mapping[str, Place]
    floors: tuple[tuple[tuple[Wait, str, date], ...], ...]
    """Of each slot: the waits after what was had, with the thing and its day."""
    days: OpenDays

    def day(self, offset: int) -> date:
        return self.days.start + timedelta(days=offset)

    def offset(self, day: date) -> int:
        return (day - self.days.start).days


def best_anchor(course: Course, best: Step, place: Place) -> Step:
    """The visit from which the best days count: the last one that lies before the event."""
    steps = {step.key: step for step in course.steps}
    anchor = steps[best.of[0]]
    while place == "split" and anchor.may_follow and anchor.of:
        anchor = steps[anchor.of[0]]
    return anchor
