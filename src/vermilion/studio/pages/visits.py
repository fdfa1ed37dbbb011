"""A treatment charted: checked by care, its lots taken out of stock, printed, amended."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.care.blush_sheet import BlushSheet, blush_sheet
from vermilion.care.dates.waits import read_waits
from vermilion.care.today import today as care_today
from vermilion.care.toxin_sheet import ToxinSheet, toxin_sheet
from vermilion.errors import UsageError, VermilionError
from vermilion.know.voice import Voice
from vermilion.report.page_html import html_body
from vermilion.report.page_pdf import write_pdf
from vermilion.report.pages.plan import blush_page, toxin_page
from vermilion.report.pages.today import today_page
from vermilion.studio.access import client_for, entry_for, person_of
from vermilion.studio.models import Client, Entry
from vermilion.studio.pages import lots_taken, planned
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.sent import attachment
from vermilion.studio.pages.swatches import own_shades
from vermilion.studio.record import entries, needs, plans, visits
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.history import history_of
from vermilion.studio.record.own_products import mixed_here, toxin_names
from vermilion.studio.record.plan_drawing import drawn
from vermilion.studio.record.plan_sources import draft_of
from vermilion.studio.record.treated import treated
from vermilion.studio.voices import refusal, text, voice_of
from vermilion.treat.blush_plan import shades
from vermilion.treat.plan import FlipPlan

Sheet = ToxinSheet | BlushSheet


def new(request: HttpRequest, client_id: UUID, treatment: str) -> HttpResponse:
    """Chart a treatment. Care's checks stand beside it; a block needs a reason."""
    client = client_for(request, client_id, "open visit")
    voice, today = voice_of(), timezone.localdate()
    kinds = _kinds(voice, treatment)
    history = history_of(client)
    plan, _ = plans.standing(history, treatment)
    given = request.POST.dict() if request.method == "POST" else planned.first_given(plan)
    sheet, error = None, ""
    if request.method == "POST":
        try:
            sheet = _sheet(voice, client, treatment, given, plan)
            if "chart" in given:
                content, person = _content(sheet, given, plan), person_of(request)
                with transaction.atomic():
                    taken = lots_taken.taken_of(given, voice, person)
                    _refuse_other_amount(sheet, taken)
                    visit = visits.chart(client, voice, treatment, today, content, taken, person)
                messages.success(request, text("The treatment is in the record."))
                return redirect("visit", visit.pk)
        except VermilionError as refused:
            error = refusal(refused)
    toxin = "toxin" in kinds
    lots = lots_taken.choices(given, "toxin" if toxin else "pigment")
    context = (
        banner(request, client)
        | lots
        | {
            "treatment": treatment,
            "toxin": toxin,
            "plan": plan,
            "drawing": "" if plan is None else drawn(voice, draft_of(plan.content))[0],
            "points": planned.point_fields(plan) if toxin else [],
            "products": toxin_names(voice),
            "mixed_here": mixed_here(voice.practice),
            "shades": (*shades(), *own_shades()),
            "techniques": {
                key: row["words"]
                for key, row in voice.shelf.topic("blush").tables["technique"].items()
            },
            "missing": needs.missing(history, voice, treatment, today),
            "given": given,
            "sheet": html_body(_page(voice, sheet, plan)) if sheet is not None else "",
            "blocked": sheet is not None and sheet.blocked,
            "error": error,
        }
    )
    return render(request, "studio/visit_form.html", context, status=422 if error else 200)


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A visit as it was written, and what was added later."""
    entry = entry_for(request, entry_id, "visit")
    error = ""
    if request.method == "POST":
        try:
            visits.amend(entry, request.POST.get("words", ""), person_of(request))
        except UsageError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("It is in the record."))
            return redirect("visit", entry.pk)
    added = [
        {"entry": one, "content": one.content}
        for one in entries.following(entry, ("addendum", "report", "closing", "follow_up"))
    ]
    content = entry.content
    plan = plans.named_in(content)
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": content,
        "plan": plan,
        "beside": planned.beside(voice_of(), plan, content.get("sheet", {})),
        "added": added,
        "error": error,
    }
    return render(request, "studio/visit.html", context, status=422 if error else 200)


def handout(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What to do from today on, in the client's language, to take home."""
    entry = entry_for(request, entry_id, "visit", "print handout")
    voice = voice_of("client", card_of(entry.client).get("language", ""))
    content = entry.content
    done = timezone.localtime(entry.at).date()
    found = care_today(voice, content["treatment"], done, done)
    thing = read_waits(voice.shelf, voice.practice).thing(content["treatment"])
    page = today_page(voice, found, voice.say(thing.name))
    return attachment(write_pdf(page), "application/pdf", "handout.pdf")


def _kinds(voice: Voice, treatment: str) -> tuple[str, ...]:
    if treatment not in voice.shelf.names("steps"):
        raise Http404
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"]
    return tuple(own.get("kinds", ()))


def _sheet(
    voice: Voice, client: Client, treatment: str, given: Mapping[str, str], plan: Entry | None
) -> Sheet:
    """Care's sheet of what was typed; what was done here before counts."""
    today = timezone.localdate()
    had = [(one.treatment, one.done) for one in treated(client)]
    reason = given.get("reason", "").strip()
    if "toxin" in _kinds(voice, treatment):
        mixed = lots_taken.dilution_of(given)
        done = FlipPlan(given.get("product", ""), planned.points_given(plan, given), reason)
        outline = planned.outline_of_plan(plan)
        mouth = None if outline is None else outline.mouth
        return toxin_sheet(
            voice, treatment, done, on=today, dilution=mixed, mouth=mouth, had=had, reason=reason
        )
    entered: dict[str, Any] = {
        name: given[name] for name in ("shade", "technique") if given.get(name)
    }
    if given.get("passes"):
        entered["passes"] = round(_number(given["passes"]))
    lot = lots_taken.lot_in(given)
    batch = lot.number if lot is not None and lot.kind == "pigment" else ""
    return blush_sheet(voice, treatment, entered, on=today, had=had, batch=batch, reason=reason)


def _page(voice: Voice, sheet: Sheet, plan: Entry | None) -> Any:
    outline = planned.outline_of_plan(plan)
    if isinstance(sheet, ToxinSheet):
        return toxin_page(voice, sheet, outline)
    return blush_page(voice, sheet, outline)


def _content(sheet: Sheet, given: Mapping[str, str], plan: Entry | None) -> dict[str, Any]:
    """
    Raises
    ------
    UsageError : the plan is blocked and no reason stands there
    """
    if sheet.blocked:
        raise UsageError(
            "this plan is blocked", "see the checks below", "change it, or write a reason"
        )
    told = sheet.to_json()
    return {
        "sheet": told,
        "plan": "" if plan is None else str(plan.pk),
        "product": told.get("product", ""),
        "units": told.get("total_units"),
        "words": given.get("words", "").strip()[:4000],
    }


def _refuse_other_amount(sheet: Sheet, taken: list[visits.Taken]) -> None:
    """
    Raises
    ------
    UsageError : the units at the points and those taken from the lot are not the same
    """
    toxin = [one.amount for one in taken if one.lot.kind == "toxin"]
    if not isinstance(sheet, ToxinSheet) or not toxin:
        return
    used = float(sum(toxin))
    if not math.isclose(used, sheet.total_units, abs_tol=0.01):
        raise UsageError(
            "{total_units} U stand at the points and {used} were taken from the lot",
            "both are the same",
            "write the rest as wasted",
            total_units=sheet.total_units,
            used=used,
        )


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise UsageError("'{value}' came", "a number is needed", value=value[:20]) from None
