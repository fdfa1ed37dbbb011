"""One client's record on one page: the treatments through time, photos, visits, every entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
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
from vermilion.studio.models import Client, Entry
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.lane_axis import axis_of
from vermilion.studio.record import entries, needs
from vermilion.studio.record.lanes import Lane, Mark, lanes_of
from vermilion.studio.record.tasks import URGENCIES
from vermilion.studio.roles import CLINICAL
from vermilion.studio.voices import voice_of

OWN_PAGES = ("screening", "consent", "consultation", "plan", "visit", "merge")


def show(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The record; who is not clinical sees the appointments alone."""
    client = client_for(request, client_id)
    context = banner(request, client) | {"appointments": client.appointments.order_by("starts_at")}
    if may(request, CLINICAL):
        context |= _clinical(client, voice_of(), timezone.localdate())
    return render(request, "studio/client.html", context)


def _clinical(client: Client, voice: Voice, today: date) -> dict[str, Any]:
    photos = list(client.photos.order_by("-taken_at"))
    lanes = lanes_of(client, voice)
    dots = [Mark(timezone.localtime(one.taken_at).date(), "photo", one.pk) for one in photos]
    rows = client.entries.select_related("by").exclude(kind="consent_state").order_by("-at")
    alerts = client.tasks.filter(closed_at=None).exclude(urgency="routine").select_related("person")
    return {
        "alerts": sorted(alerts, key=lambda task: URGENCIES.index(task.urgency)),
        "photos": photos,
        "treatments": [
            _treatment(client, voice, lane, today)
            for lane in sorted(lanes, key=lambda lane: not lane.marks)  # those under way first
        ],
        "axis": axis_of(lanes, dots, client, voice, today),
        "entries": _written(client, rows),
    }


def _treatment(client: Client, voice: Voice, lane: Lane, today: date) -> dict[str, Any]:
    """Where somebody stands with a treatment, and what the next one still needs."""
    return {
        "treatment": lane.treatment,
        "done": lane.done,
        "phase": _phase(voice, lane, today),
        "booked": next((one.day for one in lane.marks if one.kind == "booked"), None),
        "missing": needs.missing(client, voice, lane.treatment, today),
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


def _written(client: Client, rows: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "entry": one,
            "kind": entries.KINDS[one.kind],
            "content": client.opened(one.sealed),
            "href": reverse(one.kind, args=[one.pk]) if one.kind in OWN_PAGES else "",
        }
        for one in rows
    ]
