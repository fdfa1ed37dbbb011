"""Two photos of one person side by side: is the pair fair, and what changed beyond the error.

Public: `Change`, `unfair`, `changes`.

A difference is told as a change only where it is larger than what measuring twice would give; "no
change shown" is an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from vermilion.consult.reading import Reading
from vermilion.studio.models import Photo

TURN_DEG = 5.0
OPEN_MM = 1.5
SURE = 1.96
"""Standard deviations: a difference within them is told as no change."""
COMPARED = (
    "upper_vermilion_height",
    "upper_vermilion_height_right_peak",
    "upper_vermilion_height_left_peak",
    "lower_vermilion_height",
    "philtrum_length",
    "mouth_width",
    "upper_lower_ratio",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One measure before and after. shown : whether the difference exceeds its error"""

    name: str
    before: float
    after: float
    sd: float
    unit: str

    @property
    def difference(self) -> float:
        return self.after - self.before

    @property
    def shown(self) -> bool:
        return abs(self.difference) > SURE * self.sd


def unfair(first: Photo, second: Photo, before: Reading, after: Reading) -> Iterator[str]:
    """Why the two cannot be compared, in words; nothing where they can."""
    if first.view != second.view:
        yield "The views are not the same."
    if first.swollen or second.swollen:
        yield "One was taken right after a treatment: it shows swelling, not a result."
    for turn in ("yaw_deg", "pitch_deg", "roll_deg"):
        if abs(getattr(before.face.pose, turn) - getattr(after.face.pose, turn)) > TURN_DEG:
            yield "The head is turned otherwise in one of them."
            break
    if (before.scale.mm_per_px is None) != (after.scale.mm_per_px is None):
        yield "Only one of them tells millimetres."
    elif before.scale.source != after.scale.source:
        yield "Their millimetres come from different things."
    one, other = (reading.measures.get("opening") for reading in (before, after))
    both_mm = one is not None and other is not None and one.unit == other.unit == "mm"
    if both_mm and one and other and abs(one.value - other.value) > OPEN_MM:
        yield "The mouth is open in one and closed in the other."


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """What was measured in both, in the same unit. The errors of both add up as those of
    independent readings; a scale shared by both (the same iris) makes them smaller than told."""
    found = []
    for name in COMPARED:
        one, other = before.measures.get(name), after.measures.get(name)
        if one is not None and other is not None and one.unit == other.unit:
            sd = math.hypot(one.sd, other.sd)
            found.append(Change(name, one.value, other.value, sd, one.unit))
    return tuple(found)
