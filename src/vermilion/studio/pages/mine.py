"""The client's own pages: what today is like, whom to call, photos, dates, consents, my data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from vermilion.care.answers import NO
from vermilion.care.dates.reasons import title_of
from vermilion.care.dates.waits import read_waits
from vermilion.care.guide import drawing_of
from vermilion.care.symptoms import Sign, check, signs
from vermilion.care.today import today
from vermilion.consult.photo_words import advice
from vermilion.errors import PhotoError, UsageError, VermilionError
from vermilion.know.retention import period_of
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.report.band_chart import band_chart
from vermilion.report.page_html import html_body
from vermilion.report.pages.symptoms import Record, symptoms_page
from vermilion.report.pages.today import today_page
from vermilion.studio.access import client_of_link
from vermilion.studio.looks import look_at
from vermilion.studio.models import Appointment, Client, Photo
from vermilion.studio.pages.sent import attachment
from vermilion.studio.record import (
    export,
    kept_photos,
    links,
    photos,
    questionnaire,
    reports,
    retention,
)
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.hours import usual_minutes
from vermilion.studio.record.treated import Treated, treated
from vermilion.studio.uploads import photo_in
from vermilion.studio.voices import refusal, text, voice_of

CHART_PX = 380
"""A chart on a phone is drawn this wide, so that its words stay readable."""
FOLLOW_UP_VIEWS = ("rest", "smile")


def door(request: HttpRequest, secret: str) -> HttpResponse:
    """The birth date behind the secret address; then the page without the secret in it."""
    link = links.find_link(secret)
    if link is None:
        raise Http404
    _speak(request, link.client)
    error = ""
    if request.method == "POST":
        try:
            links.enter(link, request.POST.get("born", ""))
        except links.ShutDoorError as shut:
            error = str(shut)
        else:
            request.session.flush()
            request.session[links.IN_SESSION] = str(link.pk)
            request.session.set_expiry(2 * 3600)
            return redirect("my")
    status = 403 if error else 200
    return render(request, "studio/my/door.html", {"error": error}, status=status)


def home(request: HttpRequest) -> HttpResponse:
    """Today's card of each treatment, what comes, and the button for when something is wrong."""
    client = my_client(request)
    voice = voice_of("client")
    now = timezone.localdate()
    days = [_day(voice, one, now) for one in treated(client)]
    coming = client.appointments.filter(
        starts_at__gte=timezone.now(), state__in=("planned", "arrived")
    ).order_by("starts_at")
    return render(
        request,
        "studio/my/home.html",
        {
            "card": card_of(client),
            "client": client,
            "questionnaire": questionnaire.open_one(client),
            "days": [one for one in days if one],
            "coming": [{"at": one, "words": _purpose(voice, one)} for one in coming],
        },
    )


def _purpose(voice: Voice, visit: Appointment) -> str:
    """What a visit is for, in the client's language where it is one of care's steps."""
    step = usual_minutes(voice).get(visit.content.get("step", ""))
    return str(visit.content.get("purpose", "")) if step is None else title_of(voice, step[0]).plain


def day(request: HttpRequest, treatment: str) -> HttpResponse:
    """The whole day by day page of one treatment."""
    client = my_client(request)
    voice = voice_of("client")
    done = _treated(client, treatment)
    found = today(voice, treatment, done.done, timezone.localdate())
    page = today_page(voice, found, _name(voice, treatment))
    return render(request, "studio/my/care.html", {"title": page.title, "body": html_body(page)})


def symptoms(request: HttpRequest, treatment: str) -> HttpResponse:
    """Warning signs first; the moment one is named, what to do stands there."""
    client = my_client(request)
    voice = voice_of("client")
    done = _treated(client, treatment)
    now = timezone.localdate()
    asked = signs(voice, treatment, (now - done.done).days)
    answers = {one.id: request.POST.get(one.id, "") for one in asked}
    given = {key: value for key, value in answers.items() if value}
    if "all_no" in request.POST:  # said of what was read; each answer stands there to be changed
        those = [one.id for one in asked if one.usual == request.POST["all_no"]]
        return _ask(request, asked, dict.fromkeys(those, NO) | given, "")
    if request.method == "POST":
        try:
            found = check(voice, treatment, done.done, now, given)
        except UsageError as error:
            return _ask(request, asked, given, refusal(error))
        reports.report_signs(client, found, done)
        record = Record(done.content.get("product", ""), _lots(done), _units(done))
        body = html_body(symptoms_page(voice, found, _name(voice, treatment), record))
        return render(
            request,
            "studio/my/care.html",
            {"title": text("What to do now"), "body": body, "level": found.level},
        )
    return _ask(request, asked, given, "")


def photo(request: HttpRequest) -> HttpResponse:
    """A follow-up photo from home, with how to take it."""
    client = my_client(request)
    error = ""
    if request.method == "POST":
        view = request.POST.get("view", "rest")
        try:
            if view not in FOLLOW_UP_VIEWS:
                raise PhotoError("this view is not asked for", "", "choose one of the list")
            sent = photos.add_photo(client, photo_in(request, "photo"), view, timezone.now())
        except PhotoError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("Thank you. Your practice has the photo."))
            for words in _better(sent):
                messages.info(request, words)
            return redirect("my")
    views = {key: kept_photos.VIEWS[key] for key in FOLLOW_UP_VIEWS}
    status = 422 if error else 200
    return render(request, "studio/my/photo.html", {"error": error, "views": views}, status=status)


def _better(sent: Photo) -> list[str]:
    """What would make the photo easier to compare, if anything; it is kept as it is."""
    try:
        reading = look_at(sent).reading
    except VermilionError:
        return [
            text(
                "Nothing can be measured on it. If you can, send another: by a window, face "
                "straight ahead, nothing over the mouth."
            )
        ]
    voice = voice_of("client")
    open_is_right = sent.view != "rest"
    told = [one for one in reading.quality if one.code != "open_mouth" or not open_is_right]
    return [voice.tell(one).capital.plain for one in advice(told, ())]


def data(request: HttpRequest) -> HttpResponse:
    """All that the practice keeps of me: as a file, or the wish that it be erased."""
    client = my_client(request)
    if request.method == "POST" and "erase" in request.POST:
        reports.ask_erasure(client, timezone.localdate())
        messages.success(request, text("Your wish is on the owner's list. You will hear from us."))
        return redirect("my_data")
    if request.method == "POST":
        return attachment(export.whole_record(client), "application/zip", "my-record.zip")
    period = period_of(voice_of("client"))
    now = retention.standing(client, period)
    context = {
        "client": client,
        "now": now,
        "law": period.said.plain,
        "must_stay": now.must_stay(timezone.localdate()),
    }
    return render(request, "studio/my/data.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the door behind."""
    request.session.flush()
    return render(request, "studio/my/left.html", {})


def my_client(request: HttpRequest) -> Client:
    client = client_of_link(request)
    _speak(request, client)
    return client


def _speak(request: HttpRequest, client: Client) -> None:
    """In the client's own language, whatever the browser asks for."""
    language = card_of(client).get("language", "en")
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _treated(client: Client, treatment: str) -> Treated:
    for one in treated(client):
        if one.treatment == treatment:
            return one
    raise Http404


def _day(voice: Voice, done: Treated, now: date) -> dict[str, Any] | None:
    """Today's card; None where the day lies beyond what is known."""
    try:
        found = today(voice, done.treatment, done.done, now)
    except UsageError:
        return None
    drawing = drawing_of(voice, done.treatment)
    return {
        "chart": ""
        if drawing is None
        else band_chart(voice, drawing.curve, drawing.title.plain, wide=CHART_PX, here=found.day),
        "treatment": done.treatment,
        "name": _name(voice, done.treatment).capital,
        "day": found.day,
        "phase": found.phase.title,
        "normal": found.normal[:1],
        "do": found.do[:2],
        "avoid": found.avoid[:2],
    }


def _name(voice: Voice, treatment: str) -> Said:
    return voice.say(read_waits(voice.shelf, voice.practice).thing(treatment).name)


def _lots(done: Treated) -> str:
    return ", ".join(str(one.get("number", one)) for one in done.content.get("lots", []) if one)


def _units(done: Treated) -> str:
    return str(done.content.get("units", ""))


def _ask(
    request: HttpRequest, asked: tuple[Sign, ...], given: dict[str, str], error: str
) -> HttpResponse:
    rows: list[dict[str, Any]] = [
        {
            "sign": one,
            "given": given.get(one.id, ""),
            "open": bool(error) and one.usual == "emergency" and one.id not in given,
        }
        for one in asked
    ]
    left = [row["sign"] for row in rows if row["open"]]
    context = {
        "urgent": [row for row in rows if row["sign"].usual == "emergency"],
        "soon": [row for row in rows if row["sign"].usual == "same_day"],
        "others": [row for row in rows if row["sign"].usual not in ("emergency", "same_day")],
        "others_open": "all_no" in request.POST,
        "error": "" if left else error,
        "left": left,
    }
    return render(request, "studio/my/signs.html", context, status=422 if error else 200)
