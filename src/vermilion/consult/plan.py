"""The whole plan of one client: a flip, a blush, or both in either order.

Day 0 is the first visit. With both treatments the second follows `wait_days` later; what a
treatment has not begun yet does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vermilion.colour.lips import LipColours
from vermilion.errors import PlanError, UsageError
from vermilion.know.said import Phrase, joined, phrase
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice
from vermilion.treat.blush import blush_outcome, settled_day
from vermilion.treat.blush_plan import BlushPlan, shade, technique
from vermilion.treat.course import MOST_DAYS, checked_day, course
from vermilion.treat.flip import flip_of_rise, flip_outcome
from vermilion.treat.outcome import BlushOutcome, FlipOutcome
from vermilion.treat.plan import FlipPlan, InjectionPoint, Place, product, reference_plan
from vermilion.units import Band

FLIP_DAYS = (0.0, 1.0, 3.0, 7.0, 14.0, 28.0, 42.0, 56.0, 70.0, 84.0, 112.0)
"""The days a consultation draws of a flip: onset, full effect, wearing off, gone."""
BLUSH_DAYS = (0.0, 1.0, 4.0, 7.0, 10.0, 14.0, 21.0, 42.0, 182.0, 365.25, 730.5, 1095.75, 1826.25)
"""The days a consultation draws of a blush: fresh, flaking, ghost, healed, one to five years."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned.

    flip : by dose; rise_mm : or by the rise of the border itself, at full effect
    first : "flip" or "blush"; wait_days : whole days from the first to the second, with both
    also_day : a day that somebody looked at, drawn beside the usual ones
    """

    flip: FlipPlan | None = None
    rise_mm: float | None = None
    blush: BlushPlan | None = None
    first: str = "flip"
    wait_days: float = 0.0
    also_day: float | None = None

    def __post_init__(self) -> None:
        if self.flip is not None and self.rise_mm is not None:
            raise UsageError(
                "a dose and a rise in millimetres were both given",
                "a flip is planned by one of them",
                "leave one of them out",
            )
        if not self.has_flip and self.blush is None:
            raise UsageError(
                "nothing was planned",
                "a flip, a blush or both are needed",
                terminal="add --flip or --blush",
            )
        if self.rise_mm is not None:
            flip_of_rise(self.rise_mm)  # refuses what is no rise
        if self.first not in ("flip", "blush"):
            raise UsageError(f"'{self.first}' was to come first", "flip or blush is needed")
        if not 0 <= self.wait_days <= MOST_DAYS or self.wait_days % 1:
            raise PlanError(
                f"a wait of {self.wait_days:g} days was asked for",
                f"whole days, 0 to {MOST_DAYS}, are needed",
                "give a number such as 28",
            )

    @property
    def has_flip(self) -> bool:
        return self.flip is not None or self.rise_mm is not None

    @property
    def treatments(self) -> tuple[str, ...]:
        """What can be looked at: each treatment alone, and both together where both are planned."""
        if not self.has_flip:
            return ("blush",)
        return ("flip",) if self.blush is None else ("flip", "blush", "both")

    def begins(self, treatment: str) -> float:
        """The day of a treatment's first visit."""
        together = self.has_flip and self.blush is not None
        return self.wait_days if together and treatment != self.first else 0.0

    def judged_day(self, treatment: str) -> float:
        """The day on which a treatment is judged: full effect of a flip, healed blush, or both."""
        flip = self.begins("flip") + _full_effect_day()
        if self.blush is None or treatment == "flip":
            return flip
        blush = self.begins("blush") + settled_day(self.blush)
        return blush if treatment == "blush" else max(flip, blush)

    def days(self, treatment: str) -> tuple[float, ...]:
        """The days that a consultation draws, first to last."""
        begins = 0.0 if treatment == "both" else self.begins(treatment)
        also = {} if self.also_day is None else {max(self.also_day, begins)}
        return tuple(sorted({*self._usual_days(treatment), *also}))

    def _usual_days(self, treatment: str) -> set[float]:
        flip = {self.begins("flip") + day for day in FLIP_DAYS}
        if treatment == "flip" or self.blush is None:
            return flip
        settled = settled_day(self.blush)
        visits = {day for day in self.blush.all_days if day > 0}
        own = set(BLUSH_DAYS) | visits | {settled}
        blush = {self.begins("blush") + day for day in own}
        if treatment == "blush":
            return blush
        flip = {day for day in flip if day - self.begins("flip") in (0.0, 3.0, 14.0, 56.0, 84.0)}
        return {0.0} | flip | blush

    def flip_on(self, day: float) -> Band[FlipOutcome] | None:
        """The flip's outcome on a day of the plan; None before it and where none is planned."""
        since = checked_day(day) - self.begins("flip")
        if not self.has_flip or since < 0:
            return None
        if self.flip is not None:
            return flip_outcome(self.flip, since)
        return course("flip", "effect").at(since).map(lambda share: self._risen(share, since))

    def blush_on(self, day: float, bare: LipColours | None) -> Band[BlushOutcome] | None:
        """The blush's outcome on a day of the plan; None before it and where none is planned."""
        since = checked_day(day) - self.begins("blush")
        if self.blush is None or bare is None or since < 0:
            return None
        return blush_outcome(self.blush, bare, since)

    @property
    def words(self) -> Phrase:
        """One line for reports."""
        parts = [*self._flip_words(), *self._blush_words()]
        if len(parts) == 1:
            return parts[0]
        first, second = parts if self.first == "flip" else parts[::-1]
        return phrase(
            "{first}; after {days} days {second}", first=first, days=self.wait_days, second=second
        )

    def in_words(self, voice: Voice | None = None) -> str:
        """The same as a voice says it; in English without one."""
        return str(self.words) if voice is None else voice.tell(self.words).plain

    def _flip_words(self) -> Iterator[Phrase]:
        if self.flip is not None:
            yield _dose_words(self.flip)
        if self.rise_mm is not None:
            yield phrase(
                "flip that lifts the border by {rise_mm} mm at full effect", rise_mm=self.rise_mm
            )

    def _blush_words(self) -> Iterator[Phrase]:
        blush = self.blush
        if blush is None:
            return
        words = phrase(
            "blush in {shade}, technique {technique}, saturation {saturation}, passes: {passes}",
            shade=Phrase(shade(blush.shade).words),
            technique=Phrase(technique(blush.technique).name),
            saturation=blush.saturation,
            passes=blush.passes,
        )
        if blush.border_mm:
            border = blush.border_mm
            words = phrase("{blush}, border {border_mm} mm outward", blush=words, border_mm=border)
        yield words

    def _risen(self, share: float, since: float) -> FlipOutcome:
        full = flip_of_rise(self.rise_mm or 0.0)
        return FlipOutcome(
            day=since,
            rise_mm=full.rise_mm * share,
            profile=full.profile,
            inner_fall_mm=full.inner_fall_mm * share,
            point_s=full.point_s,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values; `from_json` gives back an equal plan."""
        return asdict(self)

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Plan:
        """
        Raises
        ------
        KeyError, ValueError, TypeError, AttributeError : values that are no plan
        """
        flip, blush, also_day = values.get("flip"), values.get("blush"), values.get("also_day")
        points = tuple(_kept_point(point) for point in flip["points"]) if flip else ()
        days = tuple(blush["touch_up_days"]) if blush else ()
        return Plan(
            flip=FlipPlan(**{**flip, "points": points}) if flip else None,
            rise_mm=values.get("rise_mm"),
            blush=BlushPlan(**{**blush, "touch_up_days": days}) if blush else None,
            first=values.get("first", "flip"),
            wait_days=values.get("wait_days", 0.0),
            also_day=None if also_day is None else float(also_day),
        )


def make_plan(
    *,
    flip: bool = False,
    product: str | None = None,
    units: float | None = None,
    points: str | None = None,
    rise_mm: float | None = None,
    shade: str | None = None,
    technique: str | None = None,
    saturation: float | None = None,
    passes: int | None = None,
    border_mm: float | None = None,
    first: str | None = None,
    wait_days: float | None = None,
    reason: str = "",
) -> Plan:
    """A plan from what a person says; what they leave out is the usual.

    Raises
    ------
    UsageError : options that contradict each other
    PlanError : unknown shades, products or points, impossible numbers
    """
    dosed = {"--product": product, "--units": units, "--points": points}
    if rise_mm is not None:
        _not_with("--rise-mm", dosed)
    blushed = {
        "--technique": technique,
        "--saturation": saturation,
        "--passes": passes,
        "--border-mm": border_mm,
    }
    if shade is None:
        _only_with("--blush", blushed)
    if not flip and rise_mm is None:
        _only_with("--flip", dosed)
    both = shade is not None and (flip or rise_mm is not None)
    if not both:
        _only_with("--flip and --blush", {"--first": first, "--wait": wait_days})
    order = first or (
        "blush" if shade is not None and not (flip or rise_mm is not None) else "flip"
    )
    usual_wait = topic("blush").number("wait_after_flip" if order == "flip" else "wait_before_flip")
    return Plan(
        flip=_flip_plan(product, units, points, reason) if flip and rise_mm is None else None,
        rise_mm=rise_mm,
        blush=None
        if shade is None
        else BlushPlan(
            shade=shade,
            reason=reason,
            **_given(
                technique=None if technique is None else _technique(technique),
                saturation=saturation,
                passes=passes,
                border_mm=border_mm,
            ),
        ),
        first=order,
        wait_days=(usual_wait.value if wait_days is None else wait_days) if both else 0.0,
    )


def _technique(name: str) -> str:
    """As people write it: capitals do not matter, and powder dots are "powder"."""
    return name.strip().lower().removesuffix("dots").strip()


def _flip_plan(
    product: str | None, units: float | None, points: str | None, reason: str
) -> FlipPlan:
    """Points as "paramedian_left,lateral_left=0.5"; a point without a number gets `units`."""
    usual = reference_plan()
    if points is not None and not points.strip(" ,"):
        raise PlanError("a flip without a point was planned", "at least one is needed", "name one")
    each = usual.points[0].units if units is None else units
    if points is None:
        chosen = tuple(InjectionPoint(point.site, each) for point in usual.points)
    else:
        chosen = tuple(_point(text, each) for text in points.split(",") if text.strip())
    return FlipPlan(usual.product if product is None else product, chosen, reason)


def _point(text: str, units: float) -> InjectionPoint:
    name, _, dose = text.partition("=")
    try:
        amount = float(dose) if dose.strip() else units
    except ValueError:
        raise PlanError(
            f"the point '{text.strip()}' came", "name or name=units is needed"
        ) from None
    return InjectionPoint(name.strip(), amount)


def _dose_words(flip: FlipPlan) -> Phrase:
    """Product, points and units; once where every point gets the same."""
    name, doses = product(flip.product).name, {point.units for point in flip.points}
    places = [Phrase(point.words) for point in flip.points]
    if len(doses) == 1 and len(places) > 1:
        return phrase(
            "flip with {product}, {units} U each: {points}",
            product=name,
            units=doses.pop(),
            points=joined(places),
        )
    points = [
        phrase("{where} {units} U", where=where, units=point.units)
        for where, point in zip(places, flip.points, strict=True)
    ]
    return phrase("flip with {product}: {points}", product=name, points=joined(points))


def _kept_point(values: Mapping[str, Any]) -> InjectionPoint:
    place = values.get("place")
    return InjectionPoint(values["site"], values["units"], Place(**place) if place else None)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _not_with(option: str, others: Mapping[str, Any]) -> None:
    for name, value in others.items():
        if value is not None:
            raise UsageError(
                f"{option} and {name} were both given",
                "a flip is planned by dose or by its rise",
                f"leave {name} out",
            )


def _only_with(option: str, others: Mapping[str, Any]) -> None:
    for name, value in others.items():
        if value is not None:
            raise UsageError(f"{name} was given", f"it goes with {option}", f"add {option}")


def _full_effect_day() -> float:
    curve = topic("flip").curve("effect")
    return curve.days[curve.expected.index(max(curve.expected))]
