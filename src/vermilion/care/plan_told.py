"""A plan in its client's words: what is done where and with how much, and what that adds in risk.

Public: `PlannedPoint`, `planned_points`, `planned_colour`, `points_risks`, `colour_risks`.

The practitioner's own numbers are said as they were entered; every other figure comes from
knowledge with its source. No unit is ever compared with another product's.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.treat.blush_plan import BlushPlan, shade, technique
from vermilion.treat.plan import product

SAME_UNITS = 0.01
"""Units nearer than this are the same amount."""


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """where : words for the part of the lip; x_mm : toward the client's left"""

    where: str
    x_mm: float
    units: float


def planned_points(
    voice: Voice, treatment: str, product_key: str, points: Sequence[PlannedPoint]
) -> tuple[Said, ...]:
    """What is planned: product, units, each point; that it is off-label."""
    name, total = product(product_key).name, math.fsum(one.units for one in points)
    lines = [
        voice.say(
            "Planned for you: {units} units of {product}, at {count} points of the upper lip.",
            units=voice.number(total),
            product=name,
            count=len(points),
        )
    ]
    lines += [
        voice.say(
            "Point {k}: {where}; units: {units}.",
            k=k,
            units=voice.number(one.units),
            where=voice.say(one.where),
        )
        for k, one in enumerate(points, 1)
    ]
    lines.append(_row(voice, treatment, "off", product=name))
    return tuple(lines)


def points_risks(
    voice: Voice,
    treatment: str,
    product_key: str,
    points: Sequence[PlannedPoint],
    findings: Iterable[str],
) -> tuple[Said, ...]:
    """What this plan's own numbers add to the risks; findings : keys of what care found"""
    toxin, total = product(product_key), math.fsum(one.units for one in points)
    values = {
        "product": toxin.name,
        "units": voice.number(total),
        "most": voice.number(max((one.units for one in points), default=0.0)),
        "left": voice.number(math.fsum(one.units for one in points if one.x_mm > 0)),
        "right": voice.number(math.fsum(one.units for one in points if one.x_mm < 0)),
    }
    studied = voice.shelf.topic(f"plans/{treatment}").number("li_total").value
    key = "other"
    if toxin.lip_data:
        key = "more" if total > studied + SAME_UNITS else "same"
        key = "less" if total < studied - SAME_UNITS else key
    return _rows(voice, treatment, (key, *findings), **values)


def planned_colour(voice: Voice, plan: BlushPlan, pigments: Sequence[str]) -> tuple[Said, ...]:
    """What is planned: technique, shade, passes, visits, border. pigments : product and lot"""
    lines = [
        voice.say(
            "Planned for you: {technique}, in the shade {shade}. {passes} passes a visit, {visits} "
            "visits.",
            technique=voice.say(technique(plan.technique).words),
            shade=voice.say(shade(plan.shade).words),
            passes=plan.passes,
            visits=plan.visits,
        )
    ]
    if pigments:
        lines.append(voice.say("Pigment: {names}.", names="; ".join(pigments)))
    if plan.border_mm == 0:
        lines.append(voice.say("No pigment is set beyond the natural border of your lips."))
    return tuple(lines)


def colour_risks(
    voice: Voice, treatment: str, plan: BlushPlan, findings: Iterable[str]
) -> tuple[Said, ...]:
    """What this plan's own numbers add to the risks."""
    first = ("border",) if plan.border_mm > 0 else ()
    keys = (*first, *findings)
    return _rows(voice, treatment, keys, border=voice.number(plan.border_mm))


def _rows(voice: Voice, treatment: str, keys: Iterable[str], **values: str) -> tuple[Said, ...]:
    """Those that the plan's file has words for, each once."""
    known = voice.shelf.topic(f"plans/{treatment}").tables.get("told", {})
    return tuple(
        _row(voice, treatment, key, **values) for key in dict.fromkeys(keys) if key in known
    )


def _row(voice: Voice, treatment: str, key: str, **values: str) -> Said:
    home = f"plans/{treatment}"
    return voice.row(home, voice.shelf.topic(home).tables["told"][key], **values)
