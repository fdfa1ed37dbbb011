"""Today: who comes and what each still needs, what is due, what the stock lacks."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vermilion.studio.access import clients_of, may, visible
from vermilion.studio.models import Appointment, Task
from vermilion.studio.record import day as record
from vermilion.studio.record import stock
from vermilion.studio.record.stock_warnings import stock_warnings
from vermilion.studio.roles import CLINICAL
from vermilion.studio.voices import voice_of


def today(request: HttpRequest) -> HttpResponse:
    """The day's column; what clients report stands on top, the next day's gaps below."""
    now, voice = timezone.localdate(), voice_of()
    visits = visible(request, Appointment.objects.all())
    tasks = visible(request, Task.objects.all())
    lots = stock.lines(now)
    days = record.coming(voice, visits, now, lots)
    first, looks = record.due(voice, tasks, now)
    context = {
        "day": now,
        "visits": days.today,
        "first": first,
        "follow_ups": looks,
        "rests": stock.RESTS,
        "stock": stock_warnings(timezone.now(), lots) if may(request, CLINICAL) else None,
        "next_day": days.next_day,
        "tomorrow": days.next_day == now + timedelta(days=1),
        "next": days.then,
        "clients": bool(days.today or days.then) or clients_of(request).exists(),
    }
    return render(request, "studio/today.html", context)
