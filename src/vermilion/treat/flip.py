"""What a lip flip does to the upper lip on a given day.

Public: `flip_outcome`, `flip_of_rise`, `flip_function`, `flip_duration_days`.

The model is an illustration, not a prediction. Each point lifts the border around it; a second
unit at a point adds little. The size of the reference plan's full effect, its spread between
people and its course in time are data (`know/data/flip.toml`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

from vermilion.errors import PlanError
from vermilion.know.sourced import Origin, topic
from vermilion.treat.course import checked_day, course
from vermilion.treat.outcome import FlipOutcome
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, reference_plan
from vermilion.units import Band

KNOTS = 33
"""Knots of a profile: every 0.125 of s, fine enough to be drawn with straight lines between."""

NOTHING_MM = 1e-9
"""A rise below this is none: it only keeps a profile from being divided by nothing."""

Profile = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FunctionLoss:
    """What the mouth may do worse, stated beside every picture of a flip.

    seen, of : how many of how many people had it; interval_percent : exact 95 % interval
    """

    seen: int
    of: int
    interval_percent: tuple[float, float]
    begins_day: float
    ends_day: float
    origin: Origin


def flip_outcome(plan: FlipPlan, day: float) -> Band[FlipOutcome]:
    """The lip `day` days after the injections: weak, usual and strong response.

    Raises
    ------
    PlanError : a day before the visit, or a product whose units have no lip data
    """
    day = checked_day(day)
    _needs_lip_data(plan)
    flip = topic("flip")
    weak, usual, strong = (flip.number(f"midline_rise{end}").value for end in ("_low", "", "_high"))
    scale = _scale()
    profile, peaks = _shape(plan.points)
    effect, swelling = course("flip", "effect").at(day), course("flip", "swelling").at(day)
    treated = tuple(point for point in plan.points if point.units > 0)
    first_swelling_mm = flip.number("swelling").value if treated else 0.0

    def outcome(size: float, share: float, swollen: float) -> FlipOutcome:
        rise_mm = size * share * peaks * scale
        return FlipOutcome(
            day=day,
            rise_mm=rise_mm,
            profile=profile,
            inner_fall_mm=rise_mm * flip.number("smile_fall_share").value,
            swelling_mm=first_swelling_mm * swollen,
            point_s=tuple(sorted(point.s for point in treated)),
        )

    return Band(
        outcome(weak, effect.low, swelling.low),
        outcome(usual, effect.expected, swelling.expected),
        outcome(strong, effect.high, swelling.high),
    )


def flip_of_rise(rise_mm: float) -> FlipOutcome:
    """A flip at its full effect that lifts the border under both peaks by exactly `rise_mm`.

    Raises
    ------
    PlanError : a negative rise, or none
    """
    if not math.isfinite(rise_mm) or rise_mm < 0:
        raise PlanError(
            "a rise of {rise_mm} mm was asked for",
            "a flip only lifts the border, by 0 mm or more",
            "give a rise such as {example}",
            rise_mm=rise_mm,
            example=0.75,
        )
    return FlipOutcome(
        day=_full_effect_day(),
        rise_mm=float(rise_mm),
        profile=_reference_profile(),
        inner_fall_mm=rise_mm * topic("flip").number("smile_fall_share").value,
        point_s=tuple(sorted(point.s for point in reference_plan().points)),
    )


def flip_function(plan: FlipPlan) -> FunctionLoss | None:
    """The known loss of function with its likelihood; None where nothing is injected."""
    if plan.total_units == 0:
        return None
    flip = topic("flip")
    seen = flip.number("function_seen")
    return FunctionLoss(
        seen=int(seen.value),
        of=int(flip.number("function_of").value),
        interval_percent=(
            flip.number("function_low").value,
            flip.number("function_high").value,
        ),
        begins_day=flip.number("function_begins").value,
        ends_day=flip.number("function_ends").value,
        origin=seen.origin,
    )


def flip_duration_days() -> Band[float]:
    """The day from which nothing is left: short, usual and long responder."""
    curve = topic("flip").curve("effect")

    def gone(values: tuple[float, ...]) -> float:
        last = max(i for i, value in enumerate(values) if value > 0)
        return curve.days[min(last + 1, len(values) - 1)]

    return Band(gone(curve.low), gone(curve.expected), gone(curve.high))


def _needs_lip_data(plan: FlipPlan) -> None:
    toxin = product(plan.product)
    if not toxin.lip_data and plan.total_units > 0:
        raise PlanError(
            "units of {name} came",
            "no lip data exist for this product, and units of one are never turned into another's",
            "look at a rise in millimetres instead",
            terminal="look at a rise in millimetres instead (--rise-mm 0.75)",
            name=toxin.name,
        )


def _x_mm(s: float) -> float:
    """Nominal distance from the middle along the lip."""
    flip = topic("flip")
    peak, corner = flip.number("peak_offset").value, flip.number("commissure_offset").value
    beyond = max(abs(s) - 1, 0.0)
    return math.copysign(peak * min(abs(s), 1.0) + (corner - peak) * beyond, s)


def _height(points: tuple[InjectionPoint, ...], s: float) -> float:
    """Lift of the border at `s`, in units of one point's full lift where it lies."""
    flip = topic("flip")
    spread, saturation = flip.number("spread").value, flip.number("saturation_units").value
    from_middle = abs(_x_mm(s)) / flip.number("commissure_offset").value
    taper = 1 - math.pow(from_middle, flip.number("corner_taper").value)
    return taper * math.fsum(
        -math.expm1(-point.units / saturation)
        * math.exp(-(((_x_mm(s) - _x_mm(point.s)) / spread) ** 2) / 2)
        for point in points
    )


def _knots() -> tuple[float, ...]:
    return tuple(-2 + 4 * i / (KNOTS - 1) for i in range(KNOTS))


@lru_cache(maxsize=64)
def _shape(points: tuple[InjectionPoint, ...]) -> tuple[Profile, float]:
    """The profile that these points make and its height under the peaks; the same on every day."""
    heights = [(s, _height(points, s)) for s in _knots()]
    peaks = (_height(points, -1.0) + _height(points, 1.0)) / 2
    return _profile(heights, peaks), peaks


def _profile(heights: list[tuple[float, float]], peaks: float) -> Profile:
    if peaks < NOTHING_MM:
        return _reference_profile()
    return tuple((s, height / peaks) for s, height in heights)


@cache
def _reference_profile() -> Profile:
    points = reference_plan().points
    peaks = (_height(points, -1.0) + _height(points, 1.0)) / 2
    return tuple((s, _height(points, s) / peaks) for s in _knots())


@cache
def _scale() -> float:
    """The factor that gives the reference plan the midline rise of the data."""
    return 1 / _height(reference_plan().points, 0.0)


@cache
def _full_effect_day() -> float:
    curve = topic("flip").curve("effect")
    return curve.days[curve.expected.index(max(curve.expected))]
