"""The plan: points or colour on this client's own lips, checked while it is made, kept, printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.care.plan_rows import plan_kind, said_rows
from vermilion.care.toxin_sheet import TENTH_ML, ToxinSheet
from vermilion.errors import VermilionError
from vermilion.know.voice import Voice
from vermilion.report.lip_outline import LipOutline, template
from vermilion.report.page_pdf import write_pdf
from vermilion.report.pages.plan import blush_page, ml_text, toxin_page
from vermilion.studio.access import client_for, entry_for, person_of
from vermilion.studio.looks import look_at
from vermilion.studio.models import Client, Entry
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.plan_form import read_form, rows_of
from vermilion.studio.pages.sent import attachment
from vermilion.studio.pages.swatches import swatches
from vermilion.studio.record import plans, stock, vials
from vermilion.studio.record.history import history_of
from vermilion.studio.record.own_products import mixed_here, toxin_names
from vermilion.studio.record.plan_drawing import drawn
from vermilion.studio.record.plan_sources import (
    draft_of,
    from_consultation,
    named_point,
    on_outline,
)
from vermilion.studio.record.plans import Draft
from vermilion.studio.record.worded import findings_of
from vermilion.studio.voices import refusal, text, voice_of
from vermilion.treat.blush_plan import BlushPlan, shade
from vermilion.treat.plan import product, sites

TEMPLATE = "template"
"""What `?photo=` says where the client's own lips are not wanted."""
TAPS = ("0.5", "1", "1.5", "2", "2.5", "5")
"""Units that one tap may place; none is chosen before the practitioner chooses."""


def new(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """Make a plan: from nothing, from a consultation, or after the one before."""
    client = client_for(request, client_id, "open plan")
    voice, today = voice_of(), timezone.localdate()
    _known(voice, treatment)
    wanted = request.POST.get("photo") if request.method == "POST" else request.GET.get("photo")
    photo, outline, why = _mouth(client, wanted)
    error = ""
    if request.method == "POST":
        draft = Draft(treatment, outline, photo)
        try:
            draft = replace(read_form(voice, treatment, request.POST, outline), photo=photo)
            if "keep" in request.POST:
                entry = plans.keep(client, voice, draft, person_of(request), today)
                messages.success(request, text("The plan is in the record."))
                return redirect("plan", entry.pk)
        except VermilionError as refused:
            error = refusal(refused)
    else:
        draft = _begun(client, treatment, request.GET.get("from", ""), outline, photo)
    context = banner(request, client) | _page(voice, client, draft, today)
    context |= {"error": error, "photo_why": why, "sources": _sources(client, treatment)}
    return render(request, "studio/plan_form.html", context, status=422 if error else 200)


@require_POST
def check(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """What speaks against the plan as it stands in the form, while it is made: JSON."""
    client = client_for(request, client_id, "check plan")
    voice = voice_of()
    _known(voice, treatment)
    photo, outline, _ = _mouth(client, request.POST.get("photo"))
    try:
        draft = read_form(voice, treatment, request.POST, outline)
        shown = _checked(voice, client, draft, timezone.localdate())
        rows = rows_of(voice, draft)
        told: dict[str, Any] = {
            "where": [one["where"] for one in rows],
            "ml": [one["ml"] for one in rows],
        }
        if plan_kind(voice, treatment) == "colour":
            told["drawing"] = drawn(voice, draft, behind=_behind(photo))[0]
    except VermilionError as refused:
        shown, told = {"refused": refusal(refused)}, {}  # the words alone
    html = render_to_string("studio/plan_checks.html", shown, request)
    return JsonResponse(told | {"html": html})


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A plan as it was kept; one that follows it says so."""
    entry = entry_for(request, entry_id, "plan")
    voice, content = voice_of(), entry.content
    draft = draft_of(content)
    drawing, words = drawn(voice, draft)
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": content,
        "findings": findings_of(voice, entry),
        "rows": rows_of(voice, draft),
        "drawing": drawing,
        "drawing_words": words,
        "newer": entry.client.entries.filter(kind="plan", about=entry).first(),
        "facts": _facts(voice, draft),
    }
    if content["form"] == "points":
        context |= {
            "total": voice.number(content["total_units"]),
            "total_ml": "" if content["total_ml"] is None else ml_text(voice, content["total_ml"]),
            "product": product(content["product"]).name,
        }
    return render(request, "studio/plan.html", context)


def pdf(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The practitioner's sheet of a kept plan, to lay beside the chair."""
    entry = entry_for(request, entry_id, "plan", "print plan")
    voice, draft = voice_of(), draft_of(entry.content)
    draft = replace(draft, reason=entry.content["reason"])
    on = timezone.localtime(entry.at).date()
    sheet = plans.sheet_of(voice, entry.client, draft, on)
    if isinstance(sheet, ToxinSheet):
        page = toxin_page(voice, sheet, draft.outline if draft.outline.own else None)
    else:
        page = blush_page(voice, sheet, draft.outline)
    return attachment(write_pdf(page), "application/pdf", "plan.pdf")


def _known(voice: Voice, treatment: str) -> None:
    if treatment not in voice.shelf.names("plans"):
        raise Http404


def _mouth(client: Client, wanted: str | None) -> tuple[str, LipOutline, str]:
    """(id of the photo or "", outline, why it is the template's).

    wanted : a photo's id, TEMPLATE, or nothing: the newest at rest
    """
    if wanted == TEMPLATE:
        return "", template(), ""
    found = client.photos.filter(swollen=False).exclude(wrapped_key=b"").order_by("-taken_at")
    try:
        photo = found.filter(pk=UUID(wanted)).first() if wanted else None
    except ValueError:
        photo = None
    photo = photo or found.filter(view="rest").first()
    if photo is None:
        return "", template(), text("There is no photo at rest yet.")
    try:
        return str(photo.pk), look_at(photo).outline, ""
    except VermilionError as refused:
        return "", template(), refusal(refused)


def _begun(client: Client, treatment: str, source: str, outline: LipOutline, photo: str) -> Draft:
    """An empty draft, or what a consultation or plan of this client carries over."""
    try:
        entry = client.entries.filter(pk=UUID(source)).first() if source else None
    except ValueError:
        entry = None
    if entry is not None and entry.kind == "consultation":
        return from_consultation(entry, treatment, outline, photo)
    if entry is not None and entry.kind == "plan" and entry.content["treatment"] == treatment:
        return on_outline(draft_of(entry.content), outline, photo)
    return Draft(treatment, outline, photo)


def _sources(client: Client, treatment: str) -> list[Entry]:
    """What a plan may begin from: the newest consultation with this treatment, the newest plan."""
    found, history = [], history_of(client)
    for entry in history.of("consultation"):
        plan = entry.content["plan"]
        if plan.get(treatment) or (treatment == "flip" and plan.get("rise_mm") is not None):
            found.append(entry)
            break
    before = plans.latest(history, treatment)
    return found if before is None else [*found, before]


def _page(voice: Voice, client: Client, draft: Draft, today: date) -> dict[str, Any]:
    """What the form shows of a draft."""
    points = plan_kind(voice, draft.treatment) == "points"
    drawing, words = drawn(voice, draft, handled=points, behind=_behind(draft.photo))
    blush = BlushPlan(**(draft.blush or {}))
    kinds = ("toxin",) if points else ("pigment", "needle")
    lots = [one for kind in kinds for one in stock.lines(today, kind) if not one.barred]
    return _checked(voice, client, draft, today) | {
        "treatment": draft.treatment,
        "draft": draft,
        "points": points,
        "rows": rows_of(voice, draft),
        "drawing": drawing,
        "drawing_words": words,
        "template_face": TEMPLATE,
        "taps": TAPS,
        "named": [
            (one, named_point(draft.outline, one.s)) for one in sites().values() if not one.notice
        ],
        "products": toxin_names(voice).items(),
        "mixed_here": mixed_here(voice.practice) if points else [],
        "lots": lots,
        "vials": vials.open_vials(timezone.now()) if points else [],
        "chosen": {one.pk for one in draft.lots},
        "blush": blush,
        "shades": swatches(),
        "techniques": voice.shelf.topic("blush").tables["technique"].items(),
        "spread": [one.plain for one in said_rows(voice, draft.treatment, "dose").values()],
        "consent": said_rows(voice, draft.treatment, "consent"),
    }


def _checked(voice: Voice, client: Client, draft: Draft, today: date) -> dict[str, Any]:
    """Totals and findings; what cannot be checked yet says what is missing."""
    points = plan_kind(voice, draft.treatment) == "points"
    if points and not (draft.product and draft.points):
        return {"waiting": not draft.points, "unnamed": not draft.product}
    sheet = plans.sheet_of(voice, client, draft, today)
    return {
        "sheet": sheet,
        "open": [k for k, one in enumerate(draft.points, 1) if one.units is None],
        "blocked": sheet.blocked,
        "liftable": any(one.liftable for one in sheet.findings),
        **(_totals(voice, sheet) if isinstance(sheet, ToxinSheet) else {}),
    }


def _totals(voice: Voice, sheet: ToxinSheet) -> dict[str, Any]:
    dilution = sheet.dilution
    return {
        "total": voice.number(sheet.total_units),
        "count": len(sheet.points),
        "total_ml": ""
        if dilution is None
        else ml_text(voice, dilution.volume_ml(sheet.total_units)),
        "step": voice.number(TENTH_ML),
        "tenth": "" if dilution is None else voice.number(dilution.units_per_tenth_ml),
        "left": "" if dilution is None else voice.number(sheet.waste_units or 0.0),
    }


def _behind(photo: str) -> str:
    return reverse("lip_view", args=[photo]) if photo else ""


def _facts(voice: Voice, draft: Draft) -> list[tuple[str, str]]:
    """A kept plan's choices as (words, value)."""
    if draft.product:
        facts = [("Off-label", said_rows(voice, draft.treatment, "consent")["off"].plain)]
        if draft.dilution is not None:
            mixed = draft.dilution
            vial, ml = voice.number(mixed.vial_units), voice.number(mixed.diluent_ml)
            facts.insert(0, ("Mixing", text("{vial} U in {ml} mL", vial=vial, ml=ml)))
        return facts
    blush = BlushPlan(**(draft.blush or {}))
    return [
        ("Technique", text(blush.technique)),
        ("Shade of the pigment", text(shade(blush.shade).words)),
        ("Passes", str(blush.passes)),
        ("Saturation", voice.number(blush.saturation)),
        ("Beyond the natural border, mm", voice.number(blush.border_mm)),
        ("Visits planned", str(blush.visits)),
        ("Needle and machine", draft.needle or "–"),
    ]
