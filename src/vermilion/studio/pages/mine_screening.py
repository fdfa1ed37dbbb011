"""The client's own screening: one question a screen, back and on, stop and go on later, send."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.care.answers import YES
from vermilion.care.dates.waits import read_waits
from vermilion.care.questions import checked_answers
from vermilion.care.screen import screen
from vermilion.care.verdict import Verdict
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.report.page_html import html_body
from vermilion.report.pages.screen import screen_page
from vermilion.studio.models import Entry, Questionnaire
from vermilion.studio.pages.mine import my_client
from vermilion.studio.record import questionnaire as record
from vermilion.studio.record.clients import EditedMeanwhileError
from vermilion.studio.record.screening_form import in_words
from vermilion.studio.voices import refusal, text, voice_of


def overview(request: HttpRequest) -> HttpResponse:
    """Where somebody stands; all answers to look over; sending them."""
    client = my_client(request)
    voice, one = voice_of("client"), record.open_one(client)
    if one is None:
        return _sent(request, voice, _last(client.questionnaires.exclude(entry=None)))
    error = ""
    if request.method == "POST":
        try:
            record.send(voice, one)
        except UsageError as refused:
            error = refusal(in_words(voice, refused))
        else:
            return redirect("my_screening")
    asked = record.questions_of(voice, one)
    left = [row for row in asked if not row.answered]
    context = {
        "asked": asked,
        "parts": [
            {"title": title, "rows": rows, "done": sum(row.answered for row in rows)}
            for title, rows in record.parts_of(asked).items()
        ],
        "answered": len(asked) - len(left),
        "next": left[0].number if left else 0,
        "error": error,
    }
    return render(request, "studio/my/screening.html", context, status=422 if error else 200)


def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question. An answer that needs help within minutes shows what to do at once."""
    client = my_client(request)
    voice, one = voice_of("client"), record.open_one(client)
    if one is None:
        return redirect("my_screening")
    asked = record.questions_of(voice, one)
    if not 1 <= number <= len(asked):
        raise Http404
    here = asked[number - 1]
    error = ""
    near: tuple[str, ...] = ()
    if request.method == "POST":
        given = request.POST.get("edition", "")
        edition = int(given) if given.isdigit() else -1
        try:
            kept = record.answer(voice, one, here, request.POST.dict(), edition)
        except record.UnknownMedicineError as strange:
            error, near = text("We do not know this one: {name}", name=strange.name), strange.near
        except EditedMeanwhileError as refused:
            error = refusal(refused)
        except UsageError as refused:
            error = refusal(in_words(voice, refused))
        else:
            if here.urgent and request.POST.get("answer") == YES:
                return _urgent(request, voice, kept, here)
            return _on(voice, kept, number)
    beside = record.parts_of(asked)[here.part]
    context = {
        "one": here,
        "at": beside.index(here) + 1,
        "of": len(beside),
        "left": sum(not row.answered for row in asked),
        "field": here.field,
        "count": len(asked),
        "edition": one.edition,
        "typed": request.POST.get("medicines", here.field.given),
        "error": error,
        "near": near,
    }
    return render(request, "studio/my/question.html", context, status=422 if error else 200)


def _on(voice: Voice, one: Questionnaire, number: int) -> HttpResponse:
    """The next question; after the last the answers to look over."""
    if number < len(record.questions_of(voice, one)):
        return redirect("my_question", number + 1)
    return redirect("my_screening")


def _urgent(
    request: HttpRequest, voice: Voice, one: Questionnaire, asked: record.Asked
) -> HttpResponse:
    record.alarm(one, asked)
    context = {"reasons": record.urgent_reasons(voice, one, asked), "next": asked.number + 1}
    return render(request, "studio/my/urgent.html", context)


def _last(sent: object) -> Entry | None:
    found = sent.select_related("entry").order_by("-made_at").first()  # type: ignore[attr-defined]
    return None if found is None else found.entry


def _sent(request: HttpRequest, voice: Voice, entry: Entry | None) -> HttpResponse:
    """What the answers say, in the client's words; never more than they can."""
    if entry is None:
        return render(request, "studio/my/screening_sent.html", {"entry": None})
    content = entry.content
    treatments = tuple(content["treatments"])
    on = timezone.localtime(entry.at).date()
    answers = checked_answers(voice, content["answers"], on)
    verdict: Verdict = screen(voice, treatments, answers, on)
    things = read_waits(voice.shelf, voice.practice).things
    names = tuple(voice.say(things[one].name) for one in treatments)
    known = [one for one in verdict.reasons if not one.unknown]
    context = {
        "entry": entry,
        "verdict": verdict,
        "weighty": [one for one in known if one.level != "talk"],
        "talk": [one for one in known if one.level == "talk"],
        "unknown": len(verdict.reasons) - len(known),
        "body": html_body(screen_page(voice, verdict, names)),
        "confirmed": record.confirmed_by(entry),
    }
    return render(request, "studio/my/screening_sent.html", context)
