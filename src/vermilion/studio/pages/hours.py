"""Hours: when the practice is open, when each person is there, days off, what visits take."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from vermilion.care.dates.reasons import title_of
from vermilion.errors import UsageError, VermilionError
from vermilion.know.practice import WEEKDAYS
from vermilion.studio.access import person_of
from vermilion.studio.models import Person
from vermilion.studio.record import hours as record
from vermilion.studio.voices import refusal, text, voice_of

DAYS = dict(
    zip(
        WEEKDAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


def practice(request: HttpRequest) -> HttpResponse:
    """The practice's hours, closed days, and how long visits take."""
    week, error = record.practice_week(settings.DATA), ""
    usual = record.usual_minutes(voice_of())
    if request.method == "POST":
        try:
            week = _said(request.POST)
            minutes = _minutes(request.POST, tuple(usual))
            record.save_practice(settings.DATA, week, minutes, person_of(request))
        except VermilionError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("Saved."))
            return redirect("hours")
    own = voice_of().practice.minutes
    lengths = [
        {
            "name": name,
            "title": title_of(voice_of(), step).plain,
            "own": own.get(name, ""),
            "usual": "" if step.minutes is None else round(step.minutes.value),
            "low": "" if step.minutes is None else round(step.minutes.low),
            "high": "" if step.minutes is None else round(step.minutes.high),
        }
        for name, (step, _) in usual.items()
    ]
    return _page(request, week, error, {"lengths": lengths, "of": "practice"})


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Somebody's own hours, set by the owner."""
    return _person(request, get_object_or_404(Person, pk=person_id), "person_hours")


def mine(request: HttpRequest) -> HttpResponse:
    """One's own hours."""
    return _person(request, person_of(request), "my_hours")


def _person(request: HttpRequest, whose: Person, where: str) -> HttpResponse:
    own, error = record.person_week(whose), ""
    if request.method == "POST":
        try:
            own = None if "as_practice" in request.POST else _said(request.POST)
            record.save_person(whose, own, person_of(request))
        except VermilionError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("Saved."))
            return redirect(where, whose.pk) if where == "person_hours" else redirect(where)
    week = own or record.practice_week(settings.DATA)
    return _page(request, week, error, {"whose": whose, "own": own is not None, "of": "person"})


def _page(
    request: HttpRequest, week: record.Week, error: str, more: dict[str, object]
) -> HttpResponse:
    rows = []
    for key, words in DAYS.items():
        texts = week.spans.get(key, ())
        spans = [one.partition("-")[::2] for one in (*texts, "-", "-")][:2]
        rows.append({"key": key, "words": words, "open": key in week.spans, "spans": spans})
    context = {"rows": rows, "off": record.runs(week.off), "error": error} | more
    return render(request, "studio/hours.html", context, status=422 if error else 200)


def _said(given: QueryDict) -> record.Week:
    """
    Raises
    ------
    UsageError : a day off that is none
    """
    spans = {}
    for day in WEEKDAYS:
        if f"{day}.open" not in given:
            continue
        pairs = [(given.get(f"{day}.from{n}", ""), given.get(f"{day}.until{n}", "")) for n in "12"]
        spans[day] = tuple(f"{begin[:5]}-{end[:5]}" for begin, end in pairs if begin or end)
    return record.Week(spans, _off(given))


def _off(given: QueryDict) -> tuple[date, ...]:
    """The days that were off and stay so, and the new ones."""
    found: list[date] = []
    try:
        for run in given.getlist("off"):
            first, _, last = run.partition("/")
            found += record.days_off(date.fromisoformat(first), date.fromisoformat(last))
        if given.get("off_from"):
            begin, end = str(given["off_from"]), str(given.get("off_until") or given["off_from"])
            found += record.days_off(date.fromisoformat(begin), date.fromisoformat(end))
    except ValueError:
        raise UsageError(
            "one of the days is none", "a day such as {example} is needed", example="2027-01-31"
        ) from None
    return tuple(sorted(set(found)))


def _minutes(given: QueryDict, names: tuple[str, ...]) -> dict[str, int]:
    """
    Raises
    ------
    UsageError : something else than whole minutes
    """
    found = {}
    for name in names:
        typed = given.get(f"minutes.{name}", "").strip()
        if typed and not typed.isdigit():
            raise UsageError("'{typed}' came", "whole minutes are needed", typed=typed[:20])
        if typed:
            found[name] = int(typed)
    return found
