"""Lips in numbers: heights, widths, tilt and areas of the vermilion with their errors.

All is measured along the head's own axes (the photo turned upright by the head's roll): heights
straight down, widths across, and carried over to a face seen straight from the front. Without a
scale, lengths are shares of the mouth's width and areas shares of its square.

An error has three parts, added as squares: the spread between the averaged passes, what the
border's refinement says of itself, and the scale with the pose. Where an outer border has two
answers, an interval of 90 % holds both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vermilion.face.curves import curves_of_passes, named_points
from vermilion.face.foreshortening import factors, lower_end_aside, over, times
from vermilion.face.lips import Face, LipCurves, Points, Scale
from vermilion.units import Measured

Named = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a measure behaves.

    dimension : 2 area, 1 length, 0 ratio or angle
    view : how a turn of the head changes it, a key of `foreshortening.factors`, two for an area
    hidden : one sd of what passes and borders don't tell of themselves, as a share of the mouth's
        width (of its square for areas; plain for ratios and degrees)
    border : whether it hangs on borders alone, which the image moves
    upper : whether it hangs on the upper border, the one that is sometimes lost
    """

    dimension: int
    unit: str
    view: tuple[str, ...]
    hidden: float
    border: bool = True
    upper: bool = False


KINDS = {
    "upper_vermilion_height": Kind(1, "mm", ("upper",), 0.0, upper=True),
    "upper_vermilion_height_right_peak": Kind(1, "mm", ("upper",), 0.0, upper=True),
    "upper_vermilion_height_left_peak": Kind(1, "mm", ("upper",), 0.0, upper=True),
    "lower_vermilion_height": Kind(1, "mm", ("lower",), 0.003),
    "upper_lower_ratio": Kind(0, "ratio", ("plain",), 0.004, upper=True),
    "mouth_width": Kind(1, "mm", ("commissures",), 0.0, border=False),
    "philtrum_length": Kind(1, "mm", ("philtrum",), 0.0165, border=False),
    "cupids_bow_width": Kind(1, "mm", ("across",), 0.015),
    "cupids_bow_depth": Kind(1, "mm", ("plain",), 0.0),
    "commissure_tilt": Kind(0, "deg", ("plain",), 0.1, border=False),
    "peak_asymmetry": Kind(1, "mm", ("upper",), 0.002),
    "area_asymmetry": Kind(0, "ratio", ("plain",), 0.02),
    "upper_vermilion_area": Kind(2, "mm2", ("upper", "corners"), 0.0, upper=True),
    "vermilion_area": Kind(2, "mm2", ("lips", "corners"), 0.0, upper=True),
    "opening": Kind(1, "mm", ("plain",), 0.0),
}
"""All measures of a face at rest. `hidden` is set on rendered people (the ratio's on 240 of seed
211, where borders alone err by 0.016), and judged on others."""
LOST_BORDER = 0.8
"""Error, as a share of how far the image pulled the upper border into the lip: where it ended in a
shadow instead of the border, it went that way."""
REFINED_SPREAD, REFINED_DOUBT = 0.2, 0.25
"""Parts of the passes' spread, and of the doubt that the first search states, that stay in a border
after its last step onto the image's edge."""
ARCH = 2 / 3
"""Area of a lip as a share of its middle height times the mouth's width: that of a parabola."""
IN_90 = 1.645
"""Half of an interval of 90 % in sd."""
TILT_PER_YAW = 0.05
"""Degrees by which one corner seems to hang for each degree of yaw, one sd: a near corner lies
further from the line of sight."""


def measure(face: Face, scale: Scale) -> dict[str, Measured]:
    """Every measure by name; without a scale those that need none, as shares of the mouth's width.

    `peak_asymmetry` is the client's left minus right height under the peaks, `area_asymmetry` the
    left minus right part of the upper vermilion as a share of both, `commissure_tilt` > 0 where the
    client's left corner hangs lower.
    """
    turn = upright(face.pose.roll_deg)
    aside = lower_end_aside(face.pose)
    raw = lengths_px(face.curves, face.points, turn, aside)
    noise = _noise(face, raw, turn, aside)
    view = factors(face.pose)
    if scale.mm_per_px is None or scale.sd is None:
        size, size_sd = 1 / (raw["mouth_width"] * view["commissures"][0]), 0.0
    else:
        size, size_sd = scale.mm_per_px, scale.sd / scale.mm_per_px
    found = {}
    for name, kind in KINDS.items():
        if scale.mm_per_px is None and name == "mouth_width":
            continue
        turned, turned_sd = times(*(view[part] for part in kind.view))
        if name == "upper_lower_ratio":
            turned, turned_sd = over(view["upper"], view["lower"])
        factor = turned * size**kind.dimension
        value = raw[name] * factor
        sd = math.hypot(noise[name] * factor, value * size_sd * kind.dimension, value * turned_sd)
        if name == "commissure_tilt":
            sd = math.hypot(sd, TILT_PER_YAW * face.pose.yaw_deg)
        unit = kind.unit if scale.mm_per_px is not None or kind.unit == "deg" else "ratio"
        found[name] = Measured(value, sd, unit)
    return found


def upright(roll_deg: float) -> npt.NDArray[np.float64]:
    """(2, 2) turn of photo directions to the head's own: x across, y down."""
    cos, sin = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    return np.array([[cos, sin], [-sin, cos]])


def lengths_px(
    curves: LipCurves, points: Named, turn: npt.NDArray[np.float64], aside: float = 0.0
) -> dict[str, float]:
    """All measures in px, px2, degrees or plain ratios, as the photo shows them.

    aside : by how much a turned head shows the foot of an upper height beside its top, as a share
    """
    at = {name: turn @ np.asarray(point) for name, point in points.items()}
    upper, top, floor, lower = (
        _Rising.of(np.asarray(c @ turn.T))
        for c in (curves.upper_outer, curves.upper_inner, curves.lower_inner, curves.lower_outer)
    )
    right, left = at["crista_philtri_right"], at["crista_philtri_left"]
    middle = at["labiale_superius"]

    def foot(x: float) -> float:
        return float(x + aside * (top.at(x) - upper.at(x)))

    def height(x: float) -> float:
        return float(top.at(foot(x)) - upper.at(x))

    x = middle[0]
    inside = foot(x)
    upper_height, lower_height = height(x), float(lower.at(inside) - floor.at(inside))
    drop = at["commissure_left"] - at["commissure_right"]
    grid = np.linspace(at["commissure_right"][0], at["commissure_left"][0], 201)
    above = np.maximum(top.at(grid) - upper.at(grid), 0)
    below = np.maximum(lower.at(grid) - floor.at(grid), 0)
    upper_area = float(np.trapezoid(above, grid))
    left_area = float(np.trapezoid(np.where(grid > x, above, 0), grid))
    return {
        "upper_vermilion_height": upper_height,
        "upper_vermilion_height_right_peak": height(right[0]),
        "upper_vermilion_height_left_peak": height(left[0]),
        "lower_vermilion_height": lower_height,
        "upper_lower_ratio": upper_height / max(lower_height, 1e-6),
        "mouth_width": float(np.hypot(*drop)),
        "philtrum_length": float(middle[1] - at["subnasale"][1]),
        "cupids_bow_width": float(left[0] - right[0]),
        "cupids_bow_depth": float(middle[1] - (left[1] + right[1]) / 2),
        "commissure_tilt": math.degrees(math.atan2(drop[1], drop[0])),
        "peak_asymmetry": height(left[0]) - height(right[0]),
        "area_asymmetry": (2 * left_area - upper_area) / max(upper_area, 1e-6),
        "upper_vermilion_area": upper_area,
        "vermilion_area": upper_area + float(np.trapezoid(below, grid)),
        "opening": max(0.0, float(floor.at(inside) - top.at(inside))),
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Rising:
    """A curve by rising x, sorted once for many readings."""

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]

    @classmethod
    def of(cls, curve: Points) -> _Rising:
        order = np.argsort(curve[:, 0], kind="stable")
        return cls(curve[order, 0], curve[order, 1])

    def at(self, x: float | npt.NDArray[np.float64]) -> Any:
        """Height at x; flat beyond the ends."""
        return np.interp(x, self.x, self.y)


def y_at(curve: Points, x: float | npt.NDArray[np.float64]) -> Any:
    """Height of a curve (image left to right) at x; flat beyond its ends."""
    y = _Rising.of(curve).at(x)
    return float(y) if np.ndim(x) == 0 else y


def _noise(
    face: Face, raw: Mapping[str, float], turn: npt.NDArray[np.float64], aside: float
) -> dict[str, float]:
    """One sd of each measure as the photo shows it: spread of the passes and the borders' own.

    What both lips share is carried through together: a lost upper border costs ratio and areas what
    it takes from the upper lip alone.
    """
    single = [
        lengths_px(curves, named_points(points, curves), turn, aside)
        for points, curves in zip(face.passes_px, curves_of_passes(face.passes_px), strict=True)
    ]
    width = raw["mouth_width"]
    border = face.curves_sd_px * (REFINED_DOUBT if face.refined else 1.0)
    upper, lower = (max(raw[f"{lip}_vermilion_height"], 1.0) for lip in ("upper", "lower"))
    of_borders = {
        "upper_lower_ratio": raw["upper_lower_ratio"] * border * math.hypot(1 / upper, 1 / lower),
        "commissure_tilt": math.degrees(border / width) / 2,
        "peak_asymmetry": border / 2,
        "opening": border / 2,
        "area_asymmetry": border * width / 2 / max(raw["upper_vermilion_area"], 1.0),
        "cupids_bow_depth": border / 2,
        "upper_vermilion_area": border * width / 2,
        "vermilion_area": border * width / math.sqrt(2),
    }
    mean = {name: float(np.mean([one[name] for one in single])) for name in raw}
    pulled = {name: LOST_BORDER * max(0.0, mean[name] - raw[name]) for name in raw}
    pulled["upper_lower_ratio"] = pulled["upper_vermilion_height"] / lower
    pulled["vermilion_area"] = pulled["upper_vermilion_area"]
    more = max(face.lower_other_px, 1.0 - lower)
    taller = face.upper_other_px
    other = {
        "lower_vermilion_height": abs(more),
        "upper_lower_ratio": max(
            raw["upper_lower_ratio"] * abs(lower / (lower + more) - 1), taller / lower
        ),
        "upper_vermilion_area": taller * width * ARCH,
        "vermilion_area": max(abs(more), taller) * width * ARCH,
    } | {name: taller for name in KINDS if name.startswith("upper_vermilion_height")}
    found = {}
    for name, kind in KINDS.items():
        values = np.array([one[name] for one in single])
        spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
        if kind.border and face.refined:
            spread *= REFINED_SPREAD
        lost = pulled[name] if kind.upper else 0.0
        hidden = kind.hidden * width**kind.dimension
        rest = other.get(name, 0.0) / IN_90
        found[name] = math.hypot(spread, of_borders.get(name, border), hidden, lost, rest)
    return found
