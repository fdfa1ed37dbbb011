"""Two photos of one person side by side: is the pair fair, and what changed beyond the error.

Public: `Change`, `unfair`, `changes`, `rise`, `colour_step`.

A difference is told as a change only where it is larger than what measuring twice would give; "no
change shown" is an answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vermilion.colour.difference import delta_e_2000
from vermilion.consult.reading import Reading
from vermilion.know.sourced import topic
from vermilion.studio.models import Photo
from vermilion.units import Measured

TURN_DEG = 5.0
OPEN_MM = 1.5
SURE = 1.96
"""Standard deviations: a difference within them is told as no change."""
PEAKS = ("upper_vermilion_height_right_peak", "upper_vermilion_height_left_peak")
COMPARED = (
    "upper_vermilion_height",
    *PEAKS,
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
    yield from _light(before, after)
    yield from _mouth(before, after)


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """What was measured in both, in the same unit."""
    found = (_change(name, before, after) for name in COMPARED)
    return tuple(one for one in found if one is not None)


def rise(before: Reading, after: Reading) -> Measured | None:
    """How far the upper border rose, mm, mean under both peaks of the Cupid's bow; None without
    millimetres in both."""
    both = [_change(name, before, after) for name in PEAKS]
    found = [one for one in both if one is not None and one.unit == "mm"]
    if len(found) < len(PEAKS):
        return None
    value = sum(one.difference for one in found) / len(found)
    # The scale's error moves both peaks alike: the mean is no surer than one of them.
    return Measured(value, max(one.sd for one in found), "mm")


def colour_step(before: Reading, after: Reading, lip: str = "") -> Measured | None:
    """How far the colour moved, dE2000, with the light's change (as the cheeks show it) taken off;
    None where a photo has no colour.

    Parameters
    ----------
    lip : "upper", "lower" or both lips' mean
    """
    if before.colourless or after.colourless:
        return None
    shift = [new - old for old, new in zip(before.skin.lab, after.skin.lab, strict=True)]
    # As much of each lip as in the first photo: a lip that shows more of itself has no new colour.
    now = replace(after.lips, upper_share=before.lips.upper_share)
    one, other = (getattr(lips, lip or "mean") for lips in (before.lips, now))
    moved = [value - light for value, light in zip(other, shift, strict=True)]
    sd = topic("quality").number("pair_colour_sd").value
    return Measured(float(delta_e_2000(one, moved)), sd, "dE2000")


def _change(name: str, before: Reading, after: Reading) -> Change | None:
    one, other = before.measures.get(name), after.measures.get(name)
    if one is None or other is None or one.unit != other.unit:
        return None
    shared = _shared_scale(before, after) if one.unit == "mm" else 0.0
    own = (math.sqrt(max(0.0, m.sd**2 - (m.value * shared) ** 2)) for m in (one, other))
    sd = math.hypot(*own, (other.value - one.value) * shared)
    return Change(name, one.value, other.value, sd, one.unit)


def _shared_scale(before: Reading, after: Reading) -> float:
    """The share of the scale's error that is the same in both photos: whatever this client's
    irises measure, they measure it twice. It stretches a difference and does not make one."""
    if not before.scale.source == after.scale.source == "population iris":
        return 0.0
    iris = topic("scale").number("iris_diameter")
    return (iris.sd or 0.0) / iris.value


def _light(before: Reading, after: Reading) -> Iterator[str]:
    """Brightness and cast, as the cheeks show them."""
    know = topic("quality")
    lightness, red, yellow = (
        new - old for old, new in zip(before.skin.lab, after.skin.lab, strict=True)
    )
    if abs(lightness) > know.number("pair_light").value:
        yield "One is brighter than the other: the light was not the same."
    if math.hypot(red, yellow) > know.number("pair_cast").value:
        yield "The skin has another tint in one of them: the light was not of the same colour."


def _mouth(before: Reading, after: Reading) -> Iterator[str]:
    """Open or closed, at rest or smiling: treatments change neither."""
    opening = _change("opening", before, after)
    if opening is not None and opening.unit == "mm" and abs(opening.difference) > OPEN_MM:
        yield "The mouth is open in one and closed in the other."
    width = _change("mouth_width", before, after)
    if width is not None and width.unit == "mm" and width.shown:
        yield "The mouth is wider in one of them, as in a smile."
