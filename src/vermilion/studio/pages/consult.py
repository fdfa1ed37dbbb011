"""The consultation: the client's own photo, what a treatment would do to it, through time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from vermilion.consult.draw import encode_jpeg
from vermilion.consult.lip_view import lip_view
from vermilion.consult.plan import Plan, make_plan
from vermilion.consult.words import editions, notices_of
from vermilion.errors import UsageError, VermilionError
from vermilion.know.sourced import topic
from vermilion.studio.access import person_of, photo_for
from vermilion.studio.looks import look_at
from vermilion.studio.models import Photo
from vermilion.studio.pages import consult_beside
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import rows_of
from vermilion.studio.pages.sent import picture
from vermilion.studio.pages.slider import slider_stops
from vermilion.studio.pages.swatches import swatches
from vermilion.studio.record import entries
from vermilion.studio.voices import refusal, text, voice_of
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.plan import reference_plan


def show(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The page. A photo in which no face can be measured says so, and what would mend it."""
    photo = photo_for(request, photo_id, "consult")
    context = banner(request, photo.client) | {"photo": photo}
    try:
        look = look_at(photo)
    except VermilionError as error:
        context["error"] = refusal(error)
        return render(request, "studio/consult_no.html", context, status=error.http_status)
    smiles = photo.client.photos.filter(view="smile", swollen=False).exclude(wrapped_key=b"")
    blush = topic("blush")
    context |= {
        "stops": json.dumps(slider_stops(voice_of())),
        "rows": rows_of({name: asdict(one) for name, one in look.reading.measures.items()}),
        "advice": [voice_of().tell(one).capital.plain for one in look.reading.advice],
        "shades": swatches(look.reading.lips),
        "techniques": [(key, row["words"]) for key, row in blush.tables["technique"].items()],
        "passes": range(1, len(blush.tables["passes"]["factor"])),
        "usual": BlushPlan(),
        "most_border": f"{blush.number('border_reason').value:g}",
        "units": reference_plan().points[0].units,
        "points": len(reference_plan().points),
        "colourless": look.reading.colourless,
        "in_mm": look.reading.scale.mm_per_px is not None,
        "smiles": [
            (one, reverse("consult_face", args=[one.pk]))
            for one in smiles.exclude(pk=photo.pk).order_by("-taken_at")
        ],
    }
    return render(request, "studio/consult.html", context)


def face(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The face at reading size, as it is."""
    return picture(look_at(photo_for(request, photo_id, "consult face")).face_jpeg)


def lips(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The lips alone, level and at one size, to lay two photos over each other."""
    look = look_at(photo_for(request, photo_id, "compare photo"))
    return picture(encode_jpeg(lip_view(look.cut)))


@require_POST
def frame(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The lips' patch for what the sliders say, its place in a header; what cannot be drawn is
    said as JSON."""
    photo = photo_for(request, photo_id, "consult frame", sitting=True)
    try:
        plan = said_plan(request.POST)
        look = look_at((_smile(request, photo) if _smiling(request.POST) else None) or photo)
        if plan is None:
            patch = look.bare()
        else:
            patch = look.patch(plan, _number(request.POST, "day"), band_of(request.POST))
    except VermilionError as error:
        return JsonResponse({"error": refusal(error)}, status=error.http_status)
    return picture(patch, **{"X-Place": ",".join(f"{one:.5f}" for one in look.place)})


@require_POST
def beside(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """What stands beside the picture: the day's numbers, what speaks against it, what may be
    lost."""
    photo = photo_for(request, photo_id, "consult words", sitting=True)
    context: dict[str, Any] = {}
    try:
        plan = said_plan(request.POST)
        if plan is not None:
            smile = _smile(request, photo) if _smiling(request.POST) else None
            look = look_at(photo)
            context = consult_beside.words_of(
                plan,
                _number(request.POST, "day"),
                look.reading,
                look.bare_lips(plan),
                None if smile is None else look_at(smile).reading,
            )
    except VermilionError as error:
        context = {"error": refusal(error)}
    return render(request, "studio/consult_beside.html", context)


@require_POST
def save(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Keep the consultation: the plan, what was looked at, the measures."""
    photo = photo_for(request, photo_id, "save consultation")
    plan = said_plan(request.POST)
    if plan is None:
        messages.error(request, text("Choose a flip, a blush or both first."))
        return redirect("consult", photo.pk)
    day, band = _number(request.POST, "day"), band_of(request.POST)
    smile = _smile(request, photo) if request.POST.get("smiled") else None
    look = look_at(photo)
    look.patch(plan, day, band)  # what cannot be drawn is not kept
    reading = look.reading.to_json()
    content = {
        "photo": str(photo.pk),
        "smile": "" if smile is None else str(smile.pk),
        "plan": plan.to_json(),
        "day": day,
        "band": band,
        "editions": dict(editions()),
        "scale": reading["scale"],
        "measures": reading["measures"],
        "tone": reading["tone"],
        "words": plan.in_words(),
    }
    if smile is not None:
        content["smile_measures"] = consult_beside.smile_measures(
            look.reading, look_at(smile).reading
        )
    entry = entries.add(photo.client, "consultation", content, by=person_of(request))
    messages.success(request, text("The consultation is in the record."))
    return redirect("consultation", entry.pk)


def said_plan(given: Mapping[str, str]) -> Plan | None:
    """The plan that the form says; None where neither treatment is chosen.

    Raises
    ------
    UsageError, PlanError : numbers that are none, doses that the evidence blocks
    """
    flip, blush = "flip" in given, "blush" in given
    if not (flip or blush):
        return None
    by_rise = flip and given.get("by") == "rise"
    plan = make_plan(
        flip=flip,
        units=_number(given, "units") if flip and not by_rise else None,
        rise_mm=_number(given, "rise") if by_rise else None,
        shade=given.get("shade", "") if blush else None,
        technique=given.get("technique") or None if blush else None,
        saturation=_number(given, "saturation") if blush else None,
        passes=round(_number(given, "passes")) if blush and given.get("passes") else None,
        border_mm=_number(given, "border") if blush and given.get("border") else None,
        first=given.get("first") or None if flip and blush else None,
    )
    notices_of(plan)  # refuses what the evidence blocks
    return plan


def band_of(given: Mapping[str, str]) -> str:
    return given.get("band", "expected")


def _smile(request: HttpRequest, photo: Photo) -> Photo | None:
    """The chosen smile, of the same client; None where none is chosen.

    Raises
    ------
    Http404 : somebody else's photo, or none
    """
    wanted = request.POST.get("smile", "")
    if not wanted:
        return None
    try:
        smile = photo_for(request, UUID(wanted), "consult smile", sitting=True)
    except ValueError:
        raise Http404 from None
    if smile.client_id != photo.client_id:
        raise Http404
    return smile


def _smiling(given: Mapping[str, str]) -> bool:
    return given.get("on") == "smile"


def _number(given: Mapping[str, str], name: str) -> float:
    try:
        number = float(given.get(name, ""))
        if not math.isfinite(number):
            raise ValueError
        return number
    except ValueError:
        raise UsageError(
            "'{given}' came", "a number is needed", given=given.get(name, "")[:20]
        ) from None
