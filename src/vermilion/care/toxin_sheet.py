"""The practitioner's sheet of an injection: points, units, volumes, what speaks against them.

Public: `Dilution`, `PointLine`, `ToxinSheet`, `toxin_sheet`.

Every unit comes from the practitioner; without any the sheet has blanks to write in. Units are
those of the product named and are never converted; a volume follows from the dilution alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.findings import Finding, found, sign_findings, wait_findings
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.treat.check import check_flip, notice
from vermilion.treat.mouth import Mouth
from vermilion.treat.plan import FlipPlan, product, reference_plan

SYRINGE_ML = 0.01
"""The finest grading of a common 1 mL syringe."""
TENTH_ML = 0.1


@dataclass(frozen=True, slots=True)
class Dilution:
    """A vial as it is mixed: its units, and the millilitres put into it."""

    vial_units: float
    diluent_ml: float

    def __post_init__(self) -> None:
        for came, value in (
            ("the vial's units are {value}", self.vial_units),
            ("the vial's diluent is {value} ml", self.diluent_ml),
        ):
            if not math.isfinite(value) or value <= 0:
                raise UsageError(came, "more than 0 is needed", value=value)

    @property
    def units_per_tenth_ml(self) -> float:
        return self.vial_units / self.diluent_ml * TENTH_ML

    def volume_ml(self, units: float) -> float:
        return units / self.vial_units * self.diluent_ml


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point. units : None where nothing was entered; volume_ml : None without a dilution
    x_mm : from the middle, positive to the client's left, on a mouth of the sheet's width
    words : where it is; above_mm : above the border"""

    site: str
    units: float | None
    volume_ml: float | None
    x_mm: float
    words: str
    above_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class ToxinSheet:
    """The whole sheet.

    product_key : "" where none was entered; mouth_width_mm : measured, or nominal
    blocked : whether a block is left, so that the plan is not to be carried out as it stands
    """

    treatment: str
    product_key: str
    points: tuple[PointLine, ...]
    dilution: Dilution | None
    mouth_width_mm: float
    measured: bool
    findings: tuple[Finding, ...]
    on: date

    @property
    def total_units(self) -> float:
        return math.fsum(point.units or 0.0 for point in self.points)

    @property
    def entered(self) -> bool:
        return any(point.units is not None for point in self.points)

    @property
    def blocked(self) -> bool:
        return any(one.severity == "block" for one in self.findings)

    @property
    def waste_units(self) -> float | None:
        """What is left of one vial, where its mixing was entered."""
        if self.dilution is None:
            return None
        return max(0.0, self.dilution.vial_units - self.total_units)

    def to_json(self) -> dict[str, Any]:
        dilution = self.dilution
        return {
            "treatment": self.treatment,
            "on": self.on.isoformat(),
            "product": self.product_key,
            "points": [
                {
                    "site": one.site,
                    "units": one.units,
                    "ml": one.volume_ml,
                    "x_mm": one.x_mm,
                    "above_mm": one.above_mm,
                }
                for one in self.points
            ],
            "total_units": self.total_units if self.entered else None,
            "total_ml": None if dilution is None else dilution.volume_ml(self.total_units),
            "units_per_0.1_ml": None if dilution is None else dilution.units_per_tenth_ml,
            "waste_units": self.waste_units,
            "mouth_width_mm": self.mouth_width_mm,
            "mouth_measured": self.measured,
            "blocked": self.blocked,
            "findings": [one.to_json() for one in self.findings],
        }


def toxin_sheet(
    voice: Voice,
    treatment: str,
    plan: FlipPlan | None,
    *,
    on: date,
    dilution: Dilution | None = None,
    mouth_width_mm: float | None = None,
    mouth: Mouth | None = None,
    had: Iterable[tuple[str, date]] = (),
    conditions: Iterable[str] = (),
    signed: str = "",
    reason: str = "",
) -> ToxinSheet:
    """
    Parameters
    ----------
    plan : as entered; None: a sheet with blanks at the usual points
    mouth : the client's, where a photo tells it; else the nominal one of that width
    on : the day of the visit; had : what was had before, by thing and day
    conditions : keys of the plan file's `sign` rows that are there; signed : who signs for them

    Raises
    ------
    UsageError : a thing or condition that is not known, a width or dilution that makes no sense
    """
    flip = voice.shelf.topic("flip")
    nominal = 2 * flip.number("commissure_offset").value
    measured = mouth_width_mm if mouth is None else mouth.width_mm
    width = nominal if measured is None else measured
    if not math.isfinite(width) or not 2 * flip.number("peak_offset").high < width < 100:
        raise UsageError(
            "the mouth is {width} mm wide",
            "a width such as {example} is needed",
            width=width,
            example=50,
        )
    peak = flip.number("peak_offset").value
    named = [(one, one.units if plan else None) for one in (plan or reference_plan()).points]
    points = tuple(
        PointLine(
            one.site,
            units,
            None if dilution is None or units is None else dilution.volume_ml(units),
            place_mm(one.s, peak, width / 2) if mouth is None else mouth.x_of(one.s),
            one.words,
            0.0 if one.place is None else one.place.above_mm,
        )
        for one, units in named
    )
    findings = [found(voice, one) for one in (check_flip(plan) if plan else ())]
    if plan and dilution:
        findings += _volume_findings(voice, plan, dilution)
    findings += wait_findings(voice, treatment, had, on, reason)
    findings += sign_findings(voice, f"plans/{treatment}", conditions, signed)
    return ToxinSheet(
        treatment,
        product(plan.product).key if plan else "",
        tuple(sorted(points, key=lambda one: one.x_mm)),
        dilution,
        width,
        measured is not None,
        tuple(sorted(findings, key=lambda one: one.severity != "block")),
        on,
    )


def place_mm(s: float, peak_mm: float, corner_mm: float) -> float:
    """Where a site lies from the middle: |s| = 1 is a peak of the bow, 2 the corner."""
    way = abs(s)
    x = way * peak_mm if way <= 1 else peak_mm + (way - 1) * (corner_mm - peak_mm)
    return math.copysign(x, s) if s else 0.0


def _volume_findings(voice: Voice, plan: FlipPlan, dilution: Dilution) -> list[Finding]:
    findings = []
    if plan.total_units > dilution.vial_units:
        one = notice("vial", units=plan.total_units, vial=dilution.vial_units)
        findings.append(found(voice, one))
    volumes = [dilution.volume_ml(point.units) for point in plan.points if point.units > 0]
    if volumes and min(volumes) < SYRINGE_ML:
        one = notice("small_volume", volume=min(volumes), limit=SYRINGE_ML)
        findings.append(found(voice, one))
    return findings
