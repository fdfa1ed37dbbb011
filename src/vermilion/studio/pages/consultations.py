"""A kept consultation: what was planned, looked at and measured; its pictures, its report."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vermilion.consult.consultation import consultation
from vermilion.consult.plan import Plan
from vermilion.photo.open import open_photo
from vermilion.report.from_consultation import sheet_of
from vermilion.report.html import write_html
from vermilion.report.pdf import write_pdf
from vermilion.studio.access import entry_for, photo_for
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import rows_of
from vermilion.studio.pages.sent import attachment
from vermilion.studio.pages.slider import when_words
from vermilion.studio.record.photos import photo_bytes
from vermilion.studio.record.search import card_of
from vermilion.studio.voices import voice_of


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
    }
    return render(request, "studio/consultation.html", context)


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
    made = consultation(opened, Plan.from_json(content["plan"]), smile=smile)
    voice = voice_of("client", card_of(entry.client).get("language", ""))
    sheet = sheet_of(made, voice, timezone.localdate(entry.at))
    if request.POST.get("form") == "html":
        return attachment(write_html(sheet).encode(), "text/html", "report.html")
    return attachment(write_pdf(sheet), "application/pdf", "report.pdf")
