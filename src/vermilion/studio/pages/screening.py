"""Screening at the desk: the questions in groups, flags at once, the verdict; confirming what a
client sent from home."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

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
from vermilion.studio.record import entries, questionnaire
from vermilion.studio.record import screening as record
from vermilion.studio.record import screening_form as asking
from vermilion.studio.voices import refusal, text, voice_of

CHOICES = {"flip": ("flip",), "blush": ("blush",), "both": ("flip", "blush")}


def ask(request: HttpRequest, client_id: UUID, which: str) -> HttpResponse:
    """The form. What cannot be read is said on top and beside it, and all that was typed stays.

    Three buttons: a no to all that is open in one group, what the answers say so far (asked for by
    the page itself after each answer), and keeping it.
    """
    client = client_for(request, client_id, "open screening")
    treatments = CHOICES.get(which, (which,))
    voice, today = voice_of(), timezone.localdate()
    given = request.POST.dict()
    form = (voice, treatments, client, given, today)
    faults, error = {}, ""
    if "all_no" in given:
        given |= asking.all_denied(asking.groups_for(voice, treatments, given), given["all_no"])
    elif request.headers.get("HX-Request"):
        reasons = asking.known_reasons(*form)
        return render(request, "studio/screening_flags.html", {"reasons": reasons})
    elif request.method == "POST":
        faults = asking.faults_of(*form)
        try:
            if not faults:
                raw = asking.raw_answers(*form)
                entry, _ = record.save(client, voice, treatments, raw, today, person_of(request))
                return redirect("screening", entry.pk)
        except UsageError as refused:
            error = refusal(asking.in_words(voice, refused))
    newest = entries.latest(client, "screening")
    context = banner(request, client)
    parts = _parts(asking.groups_for(voice, treatments, given, faults), context["age"])
    context |= {
        "parts": parts,
        "done": sum(part["group"].done for part in parts),
        "count": sum(len(part["group"].asked) for part in parts),
        "reasons": asking.known_reasons(*form) if request.method == "POST" else (),
        "error": error,
        "faulty": bool(faults),
        "which": which,
        "sent": newest if newest is not None and unconfirmed(newest) else None,
    }
    status = 422 if error or faults else 200
    return render(request, "studio/screening_form.html", context, status=status)


def _parts(groups: tuple[asking.Group, ...], age: int | None) -> list[dict[str, Any]]:
    """The groups one after another: the first that is not through stands open, and each that has a
    fault; the way to the next at the end of each. An age that the card tells is not asked."""
    asked = [
        replace(group, fields=tuple(f for f in group.fields if f.name != "age" or age is None))
        for group in groups
    ]
    begun = next((one for one in asked if one.done < len(one.asked)), None)
    return [
        {"group": one, "open": one is begun or one.faulty, "next": after}
        for one, after in zip_longest(asked, asked[1:])
    ]


@require_POST
def confirm(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The answers that a client sent were gone through together."""
    entry = entry_for(request, entry_id, "screening", "confirm screening")
    try:
        questionnaire.confirm(entry, request.POST.get("words", ""), person_of(request))
    except UsageError as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, text("Confirmed, in your name."))
    return redirect("screening", entry.pk)


def unconfirmed(entry: Entry) -> bool:
    """Whether a client sent it and nobody has gone through it."""
    return entry.by_id is None and questionnaire.confirmed_by(entry) is None


def show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A screening: its verdict as care says it today, and the ones before it."""
    entry = entry_for(request, entry_id, "screening")
    voice = voice_of()
    others = entry.client.entries.filter(kind="screening").order_by("-at")
    rows = [{"entry": one, "chip": record.chip(one.content)} for one in others]
    context = banner(request, entry.client) | {
        "entry": entry,
        "body": verdict_html(voice, entry),
        "typed": entry.content.get("typed", ""),
        "unconfirmed": unconfirmed(entry),
        "confirmed": questionnaire.confirmed_by(entry),
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
