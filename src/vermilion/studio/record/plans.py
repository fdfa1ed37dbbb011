"""The plan of a treatment: points or colour on a mouth, checked by care, kept, followed by others.

Public: `Draft`, `Point`, `sheet_of`, `keep`, `latest`, `standing`, `named_in`,
`summary`.

The content of an entry of the kind "plan" (a stable contract; new keys may come, none goes):

    treatment, form   "flip" and "points", or "blush" and "colour"
    photo             id of the photo that the outline comes from, "" for the template
    outline           `report.lip_outline.LipOutline.to_json()`: four borders y(x) and landmarks in
                      mm; origin midway between the corners, x toward the client's left, y down.
                      own: the client's shape; measured: its millimetres rest on a scale
    from              id of the consultation whose choices were carried over, or ""
    words, remarks    one line for lists; what the practitioner wrote
    reason            why blocks were lifted, "" where none was; the entry's `by` lifted them
    findings          [{key, severity, text, ...}]; "warn" alone: no block is left in a kept plan
    language          in which these are said; plans from before have none
    lots              [{id, kind, product, number}] chosen from stock; amounts are the visit's

    points:   product (a key of know/data/products), lip_data (whether lips were measured with it),
              total_units, total_ml or null, dilution {vial_units, diluent_ml} or null, vial (id of
              the open vial that was chosen, or ""),
              points [{x_mm, y_mm, s, above_mm, site, units, ml}]; units are the product's own.
              s (-2 right corner, -1 peak, 0 middle, 1, 2) and above_mm (above the upper border) say
              where a point lies on any other photo of this client: see `plan_sources.on_outline`.
    colour:   blush {shade, technique, saturation, passes, border_mm, visits}, needle

An entry is about the plan that it follows; the newest of a treatment holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from vermilion.care.blush_sheet import BlushSheet, blush_sheet
from vermilion.care.plan_rows import plan_kind
from vermilion.care.toxin_sheet import Dilution, ToxinSheet, toxin_sheet
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.report.lip_outline import LipOutline
from vermilion.studio.models import Client, Entry, Lot, Person
from vermilion.studio.record import entries
from vermilion.studio.record.history import History, history_of
from vermilion.studio.record.treated import treated
from vermilion.treat.blush_plan import shade, technique
from vermilion.treat.mouth import placed
from vermilion.treat.plan import FlipPlan, product

BLUSH_FIELDS = ("shade", "technique", "saturation", "passes", "border_mm", "visits")
PLAN_DAYS = 90
"""The studio's own rule, as for consents: an older plan is made anew."""
FURTHEST_MM = 60.0
"""A point further from the middle between the corners is a slip, not a place."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point on the lips' axes; units : None where none was entered yet"""

    x_mm: float
    y_mm: float
    units: float | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan while it is made; `keep` makes an entry of it.

    blush : what was chosen of BLUSH_FIELDS
    vial : id of an open vial of the lot, or ""; source : of the consultation it came from, or ""
    """

    treatment: str
    outline: LipOutline
    photo: str = ""
    product: str = ""
    points: tuple[Point, ...] = ()
    dilution: Dilution | None = None
    blush: Mapping[str, Any] | None = None
    needle: str = ""
    lots: tuple[Lot, ...] = ()
    vial: str = ""
    reason: str = ""
    remarks: str = ""
    source: str = ""


def sheet_of(voice: Voice, client: Client, draft: Draft, on: date) -> ToxinSheet | BlushSheet:
    """Care's checks of a draft; what was done here before counts.

    Raises
    ------
    UsageError, PlanError : an unknown product, shade or technique, numbers that make no sense
    """
    had = [(one.treatment, one.done) for one in treated(client, on)]
    for lot in draft.lots:
        if lot.toxin and lot.toxin != draft.product:
            raise UsageError(
                "lot {number} is {of_lot}",
                "the plan is in units of {planned}",
                "choose the lot's product, or another lot",
                number=lot.number,
                of_lot=product(lot.toxin).name,
                planned=product(draft.product).name,
            )
    if plan_kind(voice, draft.treatment) == "points":
        return toxin_sheet(
            voice,
            draft.treatment,
            _flip_plan(draft),
            on=on,
            dilution=draft.dilution,
            mouth=draft.outline.mouth,
            had=had,
            reason=draft.reason,
        )
    pigments = ", ".join(one.number for one in draft.lots if one.kind == "pigment")
    return blush_sheet(
        voice,
        draft.treatment,
        draft.blush or {},
        on=on,
        batch=pigments,
        had=had,
        reason=draft.reason,
    )


def keep(client: Client, voice: Voice, draft: Draft, by: Person, on: date) -> Entry:
    """Write the plan; it follows the newest of its treatment.

    Raises
    ------
    UsageError : nothing is planned, a point has no units, or a block is left. Nothing is written.
    """
    points = plan_kind(voice, draft.treatment) == "points"
    if points and not draft.product:
        raise UsageError("no product was chosen", "units are those of a product", "choose it")
    if points and not draft.points:
        raise UsageError("no point was placed", "a plan has one or more", "tap on the lips")
    for k, one in enumerate(draft.points, 1):
        if one.units is None:
            raise UsageError("point {k} has no units", "each point has its own", "enter them", k=k)
    sheet = sheet_of(voice, client, draft, on)
    if sheet.blocked:
        raise UsageError(
            "this plan is blocked", "see the checks", "change it, or write a reason where one lifts"
        )
    of_kind = _colour(draft, sheet) if isinstance(sheet, BlushSheet) else _points(draft, sheet)
    content = _common(draft, sheet) | of_kind
    content |= {"words": summary(voice, content), "language": voice.language}
    before = latest(history_of(client), draft.treatment)
    return entries.add(client, "plan", content, by=by, about=before)


def latest(history: History, treatment: str) -> Entry | None:
    """The plan that holds for a treatment: its newest."""
    found = (one for one in history.of("plan") if one.content["treatment"] == treatment)
    return next(found, None)


def standing(history: History, treatment: str) -> tuple[Entry | None, str]:
    """The plan that the next visit carries out; else None and why the newest is none.

    Two visits on one day may carry out one plan.
    """
    plan = latest(history, treatment)
    if plan is None:
        return None, ""
    if timezone.now() - plan.at > timedelta(days=PLAN_DAYS):
        return None, "it is too old"
    today = timezone.localdate().isoformat()
    for visit in history.of("visit"):
        content = visit.content if visit.at > plan.at else {}
        if content.get("treatment") == treatment and content["day"] < today:
            return None, "it was carried out already"
    return plan, ""


def named_in(content: Mapping[str, Any]) -> Entry | None:
    """The plan that a visit carried out or a consent is to; None where there was none."""
    found = content.get("plan", "")
    return (
        Entry.objects.filter(pk=found, kind="plan").select_related("by").first() if found else None
    )


def summary(voice: Voice, content: Mapping[str, Any]) -> str:
    """One line for lists."""
    if content["form"] == "points":
        return voice.say(
            "{product}: {units} U at {count} points",
            product=product(content["product"]).name,
            units=voice.number(content["total_units"]),
            count=len(content["points"]),
        ).plain
    blush = content["blush"]
    return voice.say(
        "{shade}, {technique}, {passes} passes, {border} mm beyond the border",
        shade=voice.say(shade(blush["shade"]).words),
        technique=voice.say(technique(blush["technique"]).words),
        passes=blush["passes"],
        border=voice.number(blush["border_mm"]),
    ).plain


def _flip_plan(draft: Draft) -> FlipPlan:
    for one in draft.points:
        if not (abs(one.x_mm) <= FURTHEST_MM and abs(one.y_mm) <= FURTHEST_MM):
            raise UsageError(
                "a point at {x_mm}, {y_mm} mm came",
                "it is to lie on the lips",
                x_mm=one.x_mm,
                y_mm=one.y_mm,
            )
    outline = draft.outline
    points = tuple(
        placed(outline.mouth, one.x_mm, outline.above_mm(one.x_mm, one.y_mm), one.units or 0.0)
        for one in draft.points
    )
    return FlipPlan(draft.product, points, draft.reason)


def _common(draft: Draft, sheet: ToxinSheet | BlushSheet) -> dict[str, Any]:
    return {
        "treatment": draft.treatment,
        "photo": draft.photo,
        "outline": draft.outline.to_json(),
        "from": draft.source,
        "remarks": draft.remarks.strip()[:4000],
        "reason": draft.reason.strip()[:1000],
        "findings": [one.to_json() for one in sheet.findings],
        "lots": [
            {"id": str(one.pk), "kind": one.kind, "product": one.product, "number": one.number}
            for one in draft.lots
        ],
    }


def _points(draft: Draft, sheet: ToxinSheet) -> dict[str, Any]:
    told, dilution = sheet.to_json(), draft.dilution
    plan = _flip_plan(draft)
    return {
        "form": "points",
        "product": draft.product,
        "vial": draft.vial,
        "lip_data": product(draft.product).lip_data,
        "total_units": told["total_units"],
        "total_ml": told["total_ml"],
        "dilution": None
        if dilution is None
        else {"vial_units": dilution.vial_units, "diluent_ml": dilution.diluent_ml},
        "points": [
            {
                "x_mm": one.x_mm,
                "y_mm": one.y_mm,
                "s": whole.s,
                "above_mm": None if whole.place is None else whole.place.above_mm,
                "site": whole.site,
                "units": one.units,
                "ml": None if dilution is None else dilution.volume_ml(one.units or 0.0),
            }
            for one, whole in zip(draft.points, plan.points, strict=True)
        ],
    }


def _colour(draft: Draft, sheet: BlushSheet) -> dict[str, Any]:
    return {
        "form": "colour",
        "blush": {name: getattr(sheet.plan, name) for name in BLUSH_FIELDS},
        "needle": draft.needle.strip()[:200],
    }
