"""Where a draft of a plan comes from: a kept plan, a consultation, a named place of the lip.

Public: `draft_of`, `on_outline`, `from_consultation`, `named_point`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vermilion.care.toxin_sheet import Dilution
from vermilion.consult.plan import Plan
from vermilion.report.lip_outline import LipOutline
from vermilion.studio.models import Entry, Lot
from vermilion.studio.record.plans import BLUSH_FIELDS, Draft, Point


def draft_of(content: Mapping[str, Any]) -> Draft:
    """A kept plan as the draft of one that follows it; reasons and remarks are not carried over."""
    dilution = content.get("dilution")
    return Draft(
        content["treatment"],
        LipOutline.from_json(content["outline"]),
        content["photo"],
        content.get("product", ""),
        tuple(Point(p["x_mm"], p["y_mm"], p["units"]) for p in content.get("points", ())),
        Dilution(**dilution) if dilution else None,
        content.get("blush"),
        content.get("needle", ""),
        tuple(Lot.objects.filter(pk__in=[one["id"] for one in content["lots"]])),
    )


def on_outline(draft: Draft, outline: LipOutline, photo: str) -> Draft:
    """The same plan on another photo: each point as far along the lip and above its border."""
    old, mouth = draft.outline, outline.mouth
    moved = []
    for one in draft.points:
        s = old.mouth.s_of(one.x_mm)
        x = round(mouth.x_of(s), 1)
        above = old.above_mm(one.x_mm, one.y_mm)
        moved.append(replace(one, x_mm=x, y_mm=round(outline.border_mm(x) - above, 1)))
    return replace(draft, outline=outline, photo=photo, points=tuple(moved))


def from_consultation(entry: Entry, treatment: str, outline: LipOutline, photo: str) -> Draft:
    """What a kept consultation chose. One that asked for a rise says no units: they stay open."""
    plan = Plan.from_json(entry.content["plan"])
    draft = Draft(treatment, outline, photo, source=str(entry.pk))
    if treatment == "blush":
        chosen = {name: getattr(plan.blush, name) for name in BLUSH_FIELDS} if plan.blush else None
        return replace(draft, blush=chosen)
    if plan.flip is None:
        return draft
    points = tuple(named_point(outline, one.s, one.units) for one in plan.flip.points)
    return replace(draft, product=plan.flip.product, points=points)


def named_point(outline: LipOutline, s: float, units: float | None = None) -> Point:
    """A point on the border at `s` of this mouth."""
    x = round(outline.mouth.x_of(s), 1)
    return Point(x, round(outline.border_mm(x), 1), units)
