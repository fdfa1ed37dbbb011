"""What the model says of one day, in numbers: beside a picture, and later beside a measured change.

Public: `Foretold`, `foretold`, `gum_after`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vermilion.colour.difference import delta_e_2000
from vermilion.consult.plan import Lab, Plan
from vermilion.units import Band, Measured


@dataclass(frozen=True, slots=True)
class Foretold:
    """One day of a plan; None where that treatment is not planned or has not begun.

    rise_mm : of the upper border, mean under both peaks of the Cupid's bow
    fall_mm : how much lower the upper lip hangs in a smile
    colour_de : dE2000 from the bare lip
    """

    rise_mm: Band[float] | None
    fall_mm: Band[float] | None
    colour_de: Band[float] | None


def foretold(plan: Plan, day: float, bare_lab: Lab | None) -> Foretold:
    """
    Parameters
    ----------
    day : days after the plan's first visit
    bare_lab : mean colour of this vermilion before, CIELAB (D65); None: no colour is told

    Raises
    ------
    PlanError : a day before the visit; a product without lip data
    """
    flips, blushes = plan.flip_on(day), plan.blush_on(day, bare_lab)
    return Foretold(
        None if flips is None else flips.map(lambda one: one.rise_mm),
        None if flips is None else flips.map(lambda one: one.inner_fall_mm),
        None
        if blushes is None or bare_lab is None
        else blushes.map(lambda one: float(delta_e_2000(bare_lab, one.mean_lab))),
    )


def gum_after(gum: Measured, fall_mm: Band[float]) -> Band[float]:
    """Gum still shown once the lip hangs lower, mm: weak, usual and strong response."""
    return fall_mm.map(lambda fall: max(0.0, gum.value - fall))
