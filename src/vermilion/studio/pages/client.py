"""One client's record on one page: the treatments through time, photos, visits, every entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from heapq import merge
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from vermilion.care.today import today as care_today
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio.access import client_for, may
from vermilion.studio.models import Appointment
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.lane_axis import axis_of
from vermilion.studio.record import entries, needs
from vermilion.studio.record.history import History, history_of
from vermilion.studio.record.lanes import Lane, Mark, lanes_of
from vermilion.studio.record.tasks import URGENCIES
from vermilion.studio.roles import CLINICAL
from vermilion.studio.voices import voice_of

NEWEST = 15
"""Entries that a record holds at once; older ones are a step away."""
OPEN = 5
"""Of these, how many lie open; the rest unfold, so that a phone shows where a record ends."""
OWN_PAGES = ("screening", "consent", "consultation", "plan", "visit", "merge", "document")


def show(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The record; who is not clinical sees the appointments alone."""
    client = client_for(request, client_id)
    visits = list(client.appointments.select_related("person").order_by("starts_at"))
    if not may(request, CLINICAL):
        context = banner(request, client) | {"appointments": visits}
    else:
        history = history_of(client)
        context = banner(request, client, history) | {"appointments": visits}
        context |= _clinical(history, visits, voice_of(), timezone.localdate())
        context |= _written(history, whole="all" in request.GET)
    return render(request, "studio/client.html", context)


def _clinical(
    history: History, visits: Sequence[Appointment], voice: Voice, today: date
) -> dict[str, Any]:
    client = history.client
    tasks = list(client.tasks.filter(closed_at=None).select_related("person", "entry"))
    alerts = [task for task in tasks if task.urgency != "routine"]
    lanes = lanes_of(history, visits, tasks, voice)
    taken = [(timezone.localtime(one.taken_at).date(), one) for one in history.photos]
    dots = [Mark(day, "photo", one.pk) for day, one in taken]
    return {
        "alerts": sorted(alerts, key=lambda task: URGENCIES.index(task.urgency)),
        "photos": history.photos,
        "treatments": [
            _treatment(history, voice, lane, today)
            for lane in sorted(lanes, key=lambda lane: not lane.marks)  # those under way first
        ],
        "axis": axis_of(lanes, dots, client, voice, today),
    }


def _treatment(history: History, voice: Voice, lane: Lane, today: date) -> dict[str, Any]:
    """Where somebody stands with a treatment, and what the next one still needs."""
    return {
        "treatment": lane.treatment,
        "done": lane.done,
        "phase": _phase(voice, lane, today),
        "booked": next((one.day for one in lane.marks if one.kind == "booked"), None),
        "missing": needs.missing(history, voice, lane.treatment, today),
    }


def _phase(voice: Voice, lane: Lane, today: date) -> str:
    """The day and its phase in words; "" before a first treatment, and where no day is known."""
    if lane.done is None:
        return ""
    try:
        found = care_today(voice, lane.treatment, lane.done, today)
    except UsageError:
        return ""
    return voice.say("Day {day}: {phase}", day=str(found.day), phase=found.phase.title).plain


def _written(history: History, whole: bool) -> dict[str, Any]:
    """The newest entries, or all; `older` : how many are not shown."""
    told = [one for one in history.entries if one.kind != "consent_state"]
    notes = history.client.entries.filter(kind="note").select_related("by").order_by("-at")
    most = None if whole else NEWEST
    rows = list(merge(told, notes[:most], key=lambda one: one.at, reverse=True))
    shown = [
        {
            "entry": one,
            "kind": entries.KINDS[one.kind],
            "content": one.content,
            "href": reverse(one.kind, args=[one.pk]) if one.kind in OWN_PAGES else "",
        }
        for one in rows[:most]
    ]
    open_ones = most and OPEN
    return {
        "older": 0 if whole else len(told) + notes.count() - len(shown),
        "entries": shown[:open_ones],
        "earlier": shown[open_ones:] if open_ones else [],
    }
