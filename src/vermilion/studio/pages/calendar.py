"""The calendar: a week with a column a day, a day with a column a person; it prints."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vermilion.know.practice import Spans
from vermilion.studio.access import visible
from vermilion.studio.models import Appointment, Person
from vermilion.studio.pages.calendar_grid import Wanted, grid_of
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.hours import spans_of
from vermilion.studio.roles import TREATING
from vermilion.studio.voices import own_rules

Shown = tuple[Appointment, dict[str, Any]]


def week(request: HttpRequest) -> HttpResponse:
    """Seven days, one column each; a day on which nobody works is narrow."""
    chosen = _chosen(request, "from")
    monday = chosen - timedelta(days=chosen.weekday())
    rows = _between(request, monday, 7)
    practice = own_rules()
    wanted: list[Wanted] = [
        (day, None, practice.spans_on(day), rows.get(day, []))
        for day in (monday + timedelta(days=k) for k in range(7))
    ]
    return _page(request, wanted, monday, 7)


def day(request: HttpRequest) -> HttpResponse:
    """One day, a column for everybody who works or has somebody."""
    chosen = _chosen(request, "on")
    rows = _between(request, chosen, 1).get(chosen, [])
    practice = own_rules()
    people = Person.objects.filter(role__in=TREATING, is_active=True).order_by("pk")
    wanted: list[Wanted] = []
    for person in {*people, *(at.person for at, _ in rows)}:
        own = [one for one in rows if one[0].person_id == person.pk]
        spans: Spans = spans_of(person, practice, chosen)
        if own or spans:
            wanted.append((chosen, person, spans, own))
    wanted.sort(key=lambda one: one[1].display if one[1] else "")
    return _page(request, wanted or [(chosen, None, (), [])], chosen, 1)


def _page(request: HttpRequest, wanted: list[Wanted], first: date, days: int) -> HttpResponse:
    grid = grid_of(wanted, timezone.now())
    context = {
        "grid": grid,
        "first": first,
        "last": first + timedelta(days=days - 1),
        "before": first - timedelta(days=days),
        "after": first + timedelta(days=days),
        "today": timezone.localdate(),
        "one": days == 1,
        "booked": any(rows for _, _, _, rows in wanted),
    }
    return render(request, "studio/calendar.html", context)


def _chosen(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return timezone.localdate()


def _between(request: HttpRequest, first: date, days: int) -> dict[date, list[Shown]]:
    """The appointments by day; those of people whom nobody may see any more are left out."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(first + timedelta(days=days), time.min))
    found = visible(request, Appointment.objects.select_related("client", "person")).filter(
        starts_at__gte=begin, starts_at__lt=end
    )
    rows: dict[date, list[Shown]] = {}
    for one in found.exclude(state="cancelled").order_by("starts_at"):
        shown = {"card": card_of(one.client), "what": one.content}
        rows.setdefault(timezone.localtime(one.starts_at).date(), []).append((one, shown))
    return rows
