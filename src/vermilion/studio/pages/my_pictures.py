"""The client's plan and pictures: what the practice shows them, each simulation named as one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from vermilion.consult.plan import Plan
from vermilion.consult.stops import Stop, stops
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice
from vermilion.photo.small import shown_jpeg
from vermilion.studio.access import photo_of_shown, shown_entry, shown_photo
from vermilion.studio.looks import kept_picture, look_at
from vermilion.studio.models import Entry
from vermilion.studio.pages.mine import my_client
from vermilion.studio.pages.sent import picture
from vermilion.studio.pages.slider import when_words
from vermilion.studio.record.kept_photos import photo_bytes
from vermilion.studio.record.plans_shown import shown_plans
from vermilion.studio.record.shared import shared
from vermilion.studio.voices import voice_of

PHONE_PX = 1200


def show(request: HttpRequest) -> HttpResponse:
    """The shown consultations, the plans that the client was told of, the shown photos."""
    client = my_client(request)
    voice, shown = voice_of("client"), shared(client)
    kept = client.entries.filter(kind="consultation", pk__in=shown).order_by("-at")
    return render(
        request,
        "studio/my/pictures.html",
        {
            "simulation": voice.row("claims", topic("claims").tables["claim"]["simulation"]).plain,
            "consultations": [_told(voice, one) for one in kept],
            "plans": shown_plans(voice, client),
            "photos": client.photos.exclude(wrapped_key=b"")
            .filter(pk__in=shown)
            .order_by("taken_at"),
        },
    )


def simulated(request: HttpRequest, entry_id: UUID, which: str) -> HttpResponse:
    """One picture of a shown consultation: "before", or the number of a mark of its slider."""
    my_client(request)
    entry = shown_entry(request, entry_id)
    content = entry.content
    look = look_at(photo_of_shown(entry))
    if which == "before":
        return picture(look.bare())
    marks = _marks(Plan.from_json(content["plan"]))
    if not which.isdecimal() or int(which) >= len(marks):
        raise Http404
    return picture(kept_picture(look, content, marks[int(which)].day))


def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """One shown photo."""
    found = shown_photo(request, photo_id)
    return picture(shown_jpeg(photo_bytes(found), PHONE_PX))


def _told(voice: Voice, entry: Entry) -> dict[str, Any]:
    plan = Plan.from_json(entry.content["plan"])
    return {
        "entry": entry,
        "words": plan.in_words(voice),
        "pictures": [
            (str(number), when_words(voice, plan, stop.day))
            for number, stop in enumerate(_marks(plan))
        ],
    }


def _marks(plan: Plan) -> list[Stop]:
    return [one for one in stops(plan) if one.mark]
