"""What the model says of one day, in numbers: beside a picture, and later beside a measured change.

Public: `Foretold`, `foretold`, `gum_after`.
"""

from __future__ import annotations

from dataclasses import dataclass

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import LipColours
from vermilion.consult.plan import Plan
from vermilion.treat.blush import lips_apart
from vermilion.units import Band, Measured


@dataclass(frozen=True, slots=True)
class Foretold:
    """One day of a plan; None where that treatment is not planned or has not begun.

    rise_mm : of the upper border, mean under both peaks of the Cupid's bow
    fall_mm : how much lower the upper lip hangs in a smile
    colour_de : dE2000 from the bare lips, of both lips' mean
    lips_de : the same of the upper and of the lower lip; None where one number says both
    """

    rise_mm: Band[float] | None
    fall_mm: Band[float] | None
    colour_de: Band[float] | None
    lips_de: tuple[Band[float], Band[float]] | None = None


def foretold(plan: Plan, day: float, bare: LipColours | None) -> Foretold:
    """
    Parameters
    ----------
    day : days after the plan's first visit
    bare : mean colours of this vermilion before; None: no colour is told

    Raises
    ------
    PlanError : a day before the visit; a product without lip data
    """
    flips, blushes = plan.flip_on(day), plan.blush_on(day, bare)
    colour_de, lips_de = None, None
    if blushes is not None and bare is not None:
        colour_de = blushes.map(lambda one: float(delta_e_2000(bare.mean, one.mean_lab)))
        if lips_apart(bare):
            lips_de = (
                blushes.map(lambda one: float(delta_e_2000(bare.upper, one.colours.upper))),
                blushes.map(lambda one: float(delta_e_2000(bare.lower, one.colours.lower))),
            )
    return Foretold(
        None if flips is None else flips.map(lambda one: one.rise_mm),
        None if flips is None else flips.map(lambda one: one.inner_fall_mm),
        colour_de,
        lips_de,
    )


def gum_after(gum: Measured, fall_mm: Band[float]) -> Band[float]:
    """Gum still shown once the lip hangs lower, mm: weak, usual and strong response."""
    return fall_mm.map(lambda fall: max(0.0, gum.value - fall))
