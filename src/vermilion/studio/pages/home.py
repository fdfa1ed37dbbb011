"""Today: who comes, what each still needs, what is due, what must be looked at first."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vermilion.studio.access import clients_of, person_of, visible
from vermilion.studio.models import Appointment, Task
from vermilion.studio.record import needs
from vermilion.studio.record.search import card_of
from vermilion.studio.record.tasks import URGENCIES
from vermilion.studio.voices import voice_of


def today(request: HttpRequest) -> HttpResponse:
    """The day's column; tasks from clients stand on top, the gravest first."""
    day = timezone.localdate()
    begin = timezone.make_aware(datetime.combine(day, time.min))
    visits = visible(request, Appointment.objects.select_related("client", "person")).filter(
        starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1)
    )
    tasks = visible(request, Task.objects.select_related("client", "person")).filter(
        closed_at=None, due_on__lte=day
    )
    context = {
        "day": day,
        "visits": [
            _visit(one, day) for one in visits.order_by("starts_at").exclude(state="cancelled")
        ],
        "tasks": [
            {"at": one, "card": card_of(one.client)}
            for one in sorted(tasks, key=lambda task: (URGENCIES.index(task.urgency), task.due_on))
        ],
        "count": clients_of(request).count(),
        "person": person_of(request),
    }
    return render(request, "studio/today.html", context)


def _visit(appointment: Appointment, day: date) -> dict[str, Any]:
    """An appointment with what its treatment still needs; a talk needs nothing."""
    content = appointment.content
    treatment = content.get("treatment", "")
    missing = needs.missing(appointment.client, voice_of(), treatment, day) if treatment else ()
    return {
        "at": appointment,
        "card": card_of(appointment.client),
        "what": content,
        "missing": [one.words for one in missing],
    }
