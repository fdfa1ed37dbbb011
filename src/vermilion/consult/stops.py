"""The days that a time slider stops at: marks evenly along it, a few days between them.

Public: `Stop`, `stops`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from vermilion.consult.plan import Plan

FLIP = ((0, 1, 2), (3, 7, 10), (14, 28, 42), (56, 63, 70), (84,))
"""Now, first change, full effect, wearing off, mostly gone; the first day of each is the mark."""
BLUSH = ((0, 1, 3), (5, 7, 10), (14, 21, 28), (42, 91, 182), (365, 548, 730), (1095,))
"""Fresh, flaking, ghost, healed, a year, three years."""
FLIP_OF_BOTH, BLUSH_OF_BOTH = (0, 14, 84), (0, 42, 365, 1095)
BETWEEN = 2
"""Stops between two marks."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the slider.

    day : days after the plan's first visit
    treatment : whose day the mark names; of a stop between marks, that of the mark before
    """

    day: float
    treatment: str
    mark: bool


def stops(plan: Plan) -> tuple[Stop, ...]:
    """First to last; between two marks lie always `BETWEEN` stops, so that marks stand evenly."""
    if not (plan.has_flip and plan.blush is not None):
        name = "flip" if plan.has_flip else "blush"
        return tuple(
            Stop(float(day), name, place == 0)
            for part in (FLIP if name == "flip" else BLUSH)
            for place, day in enumerate(part)
        )
    days = {plan.begins("flip") + day: "flip" for day in FLIP_OF_BOTH}
    days |= {plan.begins("blush") + day: "blush" for day in BLUSH_OF_BOTH}
    marks = sorted(days.items())
    found = []
    for (day, name), (until, _) in pairwise(marks):
        step = (until - day) / (BETWEEN + 1)
        found += [Stop(float(round(day + k * step)), name, k == 0) for k in range(BETWEEN + 1)]
    return (*found, Stop(marks[-1][0], marks[-1][1], mark=True))
