"""A kept consultation: what was planned, looked at and measured; its pictures, its report."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.consult.consultation import consultation
from vermilion.consult.plan import Plan
from vermilion.photo.open import open_photo
from vermilion.report.from_consultation import sheet_of
from vermilion.report.html import write_html
from vermilion.report.pdf import write_pdf
from vermilion.studio.access import entry_for, person_of, photo_for
from vermilion.studio.looks import kept_picture, look_at
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import rows_of, smile_rows
from vermilion.studio.pages.sent import attachment, picture
from vermilion.studio.pages.slider import when_words
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.kept_photos import photo_bytes
from vermilion.studio.record.shared import is_shared, share
from vermilion.studio.voices import text, voice_of


def kept(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A kept consultation: what was planned and measured, and its report."""
    entry = entry_for(request, entry_id, "consultation")
    content = entry.content
    plan = Plan.from_json(content["plan"])
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": {**content, "words": plan.in_words(voice_of())},
        "day": when_words(voice_of(), plan, content.get("day", 0)),
        "rows": rows_of(content.get("measures", {})),
        "smile_rows": smile_rows(content.get("smile_measures", {})),
        "technique": (content["plan"].get("blush") or {}).get("technique", ""),
        "drawn": "day" in content,
        "shared": is_shared(entry),
    }
    return render(request, "studio/consultation.html", context)


def pictured(request: HttpRequest, entry_id: UUID, which: str) -> HttpResponse:
    """The lips before, or as they were looked at, with the word simulation in the picture."""
    entry = entry_for(request, entry_id, "consultation", "read consultation picture")
    content = entry.content
    photo = photo_for(request, UUID(content["photo"]), "consult face")
    if which == "before":
        return picture(look_at(photo).bare())
    if which != "after" or "day" not in content:
        raise Http404
    return picture(kept_picture(look_at(photo), content, content["day"]))


@require_POST
def share_it(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show it on the client's own page, or no longer."""
    entry = entry_for(request, entry_id, "consultation", "share consultation")
    on = request.POST.get("shared") == "1"
    share(entry, on, person_of(request))
    said = "The client sees it on their page." if on else "The client no longer sees it."
    messages.success(request, text(said))
    return redirect("consultation", entry.pk)


@require_POST
def report(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The report of a kept consultation in the client's language, to print (PDF) or to take along
    (one web page)."""
    entry = entry_for(request, entry_id, "consultation", "print report")
    content = entry.content
    photo = photo_for(request, UUID(content["photo"]), "print report")
    smile = None
    if content.get("smile"):
        smile = open_photo(photo_bytes(photo_for(request, UUID(content["smile"]), "print report")))
    opened = open_photo(photo_bytes(photo))
    plan = replace(Plan.from_json(content["plan"]), also_day=content.get("day"))
    made = consultation(opened, plan, smile=smile)
    voice = voice_of("client", card_of(entry.client).get("language", ""))
    looked_at = (content["day"], content["band"]) if "day" in content else None
    sheet = sheet_of(made, voice, timezone.localdate(entry.at), looked_at)
    if request.POST.get("form") == "html":
        return attachment(write_html(sheet).encode(), "text/html", "report.html")
    return attachment(write_pdf(sheet), "application/pdf", "report.pdf")
