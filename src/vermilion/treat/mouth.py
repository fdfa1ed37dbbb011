"""One mouth's landmarks along the lips' own axis, and in which part of the lip a point lies.

Public: `Mouth`, `nominal`, `part_of`, `placed`.

The axes are those of the lips: origin midway between the corners, x along the line between them,
positive toward the client's left; millimetres. The keep-outs are spans of that axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat.plan import InjectionPoint, Place

STOPS = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""`s` of the right corner, right peak, middle, left peak, left corner."""
PEAK_ENDS = 1.25
"""`s` halfway between the two named sites of a side: a point nearer to the peak bears its name."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """x in mm of the right corner, right peak of the Cupid's bow, middle, left peak, left corner.

    Raises
    ------
    PlanError : they do not follow each other
    """

    corner_right: float
    peak_right: float
    middle: float
    peak_left: float
    corner_left: float

    def __post_init__(self) -> None:
        if list(self.stops) != sorted(set(self.stops)):
            raise PlanError(
                "a mouth with its landmarks at {stops} mm came",
                "corner, peak, middle, peak, corner follow each other from the client's right",
                stops=", ".join(f"{x:g}" for x in self.stops),
            )

    @property
    def stops(self) -> tuple[float, float, float, float, float]:
        return self.corner_right, self.peak_right, self.middle, self.peak_left, self.corner_left

    @property
    def width_mm(self) -> float:
        return self.corner_left - self.corner_right

    def s_of(self, x_mm: float) -> float:
        """The anatomical coordinate; beyond the corners it stays at -2 or 2."""
        return float(np.interp(x_mm, self.stops, STOPS))

    def x_of(self, s: float) -> float:
        """Millimetres on the lips' axis."""
        return float(np.interp(s, STOPS, self.stops))

    def keep_outs(self) -> tuple[tuple[float, float, str], ...]:
        """(from, to, site) in mm: where a point is blocked, the corners' beyond the lip too."""
        data = topic("plans/flip")
        midline = data.number("midline").value
        inward, outward = data.number("corner_inward").value, data.number("corner_outward").value
        return (
            (self.corner_right - outward, self.corner_right + inward, "corner_right"),
            (self.middle - midline, self.middle + midline, "midline"),
            (self.corner_left - inward, self.corner_left + outward, "corner_left"),
        )


def nominal() -> Mouth:
    """The mouth of a template face."""
    flip = topic("flip")
    peak, corner = flip.number("peak_offset").value, flip.number("commissure_offset").value
    return Mouth(-corner, -peak, 0.0, peak, corner)


def part_of(mouth: Mouth, x_mm: float) -> str:
    """The site whose part of the lip this is; a keep-out before all else.

    Examples
    --------
    >>> [part_of(nominal(), x) for x in (-2.9, 6.0, 15.0, 21.0)]
    ['midline', 'paramedian_left', 'lateral_left', 'corner_left']
    """
    for start, end, name in mouth.keep_outs():
        if start <= x_mm <= end:
            return name
    s = mouth.s_of(x_mm)
    side = "left" if s > 0 else "right"
    if abs(s) >= STOPS[-1]:
        return f"corner_{side}"
    return f"paramedian_{side}" if abs(s) < PEAK_ENDS else f"lateral_{side}"


def placed(mouth: Mouth, x_mm: float, above_mm: float, units: float) -> InjectionPoint:
    """A point where somebody put it."""
    place = Place(round(mouth.s_of(x_mm), 3), round(above_mm, 2))
    return InjectionPoint(part_of(mouth, x_mm), units, place)
