"""Screening at the desk: all questions on one page, the verdict with its reasons, those before."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.care.dates.waits import read_waits
from vermilion.care.questions import checked_answers
from vermilion.care.screen import screen
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.report.page_html import html_body
from vermilion.report.pages.screen import screen_page
from vermilion.studio.access import client_for, entry_for, person_of
from vermilion.studio.models import Entry
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import screening as record
from vermilion.studio.voices import voice_of

CHOICES = {"flip": ("flip",), "blush": ("blush",), "both": ("flip", "blush")}


def ask(request: HttpRequest, client_id: UUID, which: str) -> HttpResponse:
    """The form. What cannot be read is said, and all that was typed stays."""
    client = client_for(request, client_id, "open screening")
    treatments = CHOICES.get(which, (which,))
    voice, today = voice_of(), timezone.localdate()
    given = request.POST.dict()
    error = ""
    if request.method == "POST":
        try:
            raw = record.raw_answers(voice, treatments, client, given, today)
            entry, _ = record.save(client, voice, treatments, raw, today, person_of(request))
        except UsageError as refused:
            error = str(refused)
        else:
            return redirect("screening", entry.pk)
    context = banner(request, client) | {
        "groups": record.groups_for(voice, treatments, given),
        "error": error,
        "which": which,
    }
    return render(request, "studio/screening_form.html", context, status=422 if error else 200)


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A screening: its verdict as care says it today, and the ones before it."""
    entry = entry_for(request, entry_id, "screening")
    voice = voice_of()
    others = entry.client.entries.filter(kind="screening").order_by("-at")
    rows = [{"entry": one, "chip": record.chip(one.content)} for one in others]
    context = banner(request, entry.client) | {
        "entry": entry,
        "body": verdict_html(voice, entry),
        "others": rows,
    }
    return render(request, "studio/screening.html", context)


def verdict_html(voice: Voice, entry: Entry) -> str:
    """The verdict of kept answers, on the day they were given."""
    content = entry.content
    treatments = tuple(content["treatments"])
    on = timezone.localtime(entry.at).date()
    answers = checked_answers(voice, content["answers"], on)
    things = read_waits(voice.shelf, voice.practice).things
    names = tuple(voice.say(things[one].name) for one in treatments)
    return html_body(screen_page(voice, screen(voice, treatments, answers, on), names))
