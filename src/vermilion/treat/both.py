"""Flip and blush on one calendar, in either order.

Public: `BothPlan`, `BothOutcome`, `both_outcome`, `check_both`.

The two do not change each other's models: the border that a blush colours moves with the flip.
Day 0 is the first of the two visits; before its own visit a treatment has done nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan, Lab
from vermilion.treat.check import Notice, notice
from vermilion.treat.course import checked_day
from vermilion.treat.flip import flip_outcome
from vermilion.treat.outcome import BlushOutcome, FlipOutcome
from vermilion.treat.plan import FlipPlan
from vermilion.units import Band

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class BothPlan:
    """Both treatments; `first` ("flip" or "blush") comes on day 0, the other `wait_days` later."""

    flip: FlipPlan
    blush: BlushPlan
    first: str
    wait_days: float

    def __post_init__(self) -> None:
        if self.first not in ("flip", "blush"):
            raise PlanError(
                f"'{self.first}' first came", "either the flip or the blush comes first"
            )
        if not math.isfinite(self.wait_days) or self.wait_days < 0:
            raise PlanError(
                f"a wait of {self.wait_days:g} days came", "the second visit comes after the first"
            )

    @property
    def flip_day(self) -> float:
        return 0.0 if self.first == "flip" else self.wait_days

    @property
    def blush_day(self) -> float:
        return 0.0 if self.first == "blush" else self.wait_days


@dataclass(frozen=True, slots=True)
class BothOutcome:
    """Both on one calendar day; None for a treatment whose visit has not come yet."""

    day: float
    flip: Band[FlipOutcome] | None
    blush: Band[BlushOutcome] | None


def both_outcome(plan: BothPlan, bare_lab: Lab, day: float) -> BothOutcome:
    """The lip `day` days after the first of the two visits.

    Raises
    ------
    PlanError : as the single models
    """
    day = checked_day(day)
    flip = flip_outcome(plan.flip, day - plan.flip_day) if day >= plan.flip_day else None
    blush = (
        blush_outcome(plan.blush, bare_lab, day - plan.blush_day) if day >= plan.blush_day else None
    )
    return BothOutcome(day, flip, blush)


def check_both(plan: BothPlan) -> tuple[Notice, ...]:
    """The waits between the two (blush sections D3, G4)."""
    blush, days = topic("blush"), plan.wait_days
    after, before = (blush.number(f"wait_{name}_flip").value for name in ("after", "before"))
    if days < 1:
        return (notice("wait_same_day", limit=max(after, before) / DAYS_A_WEEK),)
    limit = after if plan.first == "flip" else before
    notices = []
    if days < limit:
        key = "wait_after_flip" if plan.first == "flip" else "wait_before_flip"
        notices.append(notice(key, days=days, limit=limit / DAYS_A_WEEK))
    worn_off = blush.number("shape_after_flip").value
    if plan.first == "flip" and plan.blush.border_mm > 0 and days < worn_off:
        notices.append(notice("shape_after_flip", days=days, limit=worn_off / DAYS_A_WEEK))
    return tuple(notices)
