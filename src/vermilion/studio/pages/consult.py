"""The consultation: the client's own photo, what a treatment would do to it, through time."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import numpy as np
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from vermilion.colour.spaces import lab_to_linear, linear_to_srgb
from vermilion.consult.consultation import consultation
from vermilion.consult.draw import encode_jpeg
from vermilion.consult.lip_view import lip_view
from vermilion.consult.plan import BLUSH_DAYS, FLIP_DAYS, Plan, make_plan
from vermilion.consult.words import editions, notices_of
from vermilion.errors import UsageError, VermilionError
from vermilion.know.sourced import topic
from vermilion.photo.open import open_photo
from vermilion.report.band_chart import day_words
from vermilion.report.from_consultation import sheet_of
from vermilion.report.html import write_html
from vermilion.report.pdf import write_pdf
from vermilion.studio.access import entry_for, person_of, photo_for
from vermilion.studio.looks import Look, look_at
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.sent import attachment, picture
from vermilion.studio.record import entries
from vermilion.studio.record.photos import photo_bytes
from vermilion.studio.voices import text, voice_of
from vermilion.treat.blush_plan import shades
from vermilion.treat.plan import default_flip

MEASURES = {
    "upper_vermilion_height": "Upper lip, red height",
    "lower_vermilion_height": "Lower lip, red height",
    "upper_lower_ratio": "Upper to lower",
    "mouth_width": "Mouth width",
    "philtrum_length": "Philtrum",
    "cupids_bow_width": "Cupid's bow, width",
    "cupids_bow_depth": "Cupid's bow, depth",
    "commissure_tilt": "Tilt of the corners",
    "peak_asymmetry": "Left and right peak apart",
    "teeth_show": "Teeth shown",
}
DIGITS = {"mm": 1, "deg": 1, "ratio": 2}
UNITS = {"mm": "mm", "deg": "°", "ratio": ""}


def show(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The page. A photo in which no face can be measured says so, and what would mend it."""
    photo = photo_for(request, photo_id, "consult")
    context = banner(request, photo.client) | {"photo": photo}
    try:
        look = look_at(photo)
    except VermilionError as error:
        context["error"] = str(error)
        return render(request, "studio/consult_no.html", context, status=error.http_status)
    context |= {
        "place": json.dumps(look.place),
        "days": json.dumps(_days()),
        "rows": rows_of(look),
        "advice": look.reading.advice,
        "shades": swatches(),
        "techniques": list(topic("blush").tables["technique"]),
        "units": default_flip().points[0].units,
        "points": len(default_flip().points),
        "in_mm": look.reading.scale.mm_per_px is not None,
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
    """The lips' patch for what the sliders say; what cannot be drawn is said as JSON."""
    photo = photo_for(request, photo_id, "consult frame")
    try:
        plan = said_plan(request.POST)
        look = look_at(photo)
        if plan is None:
            return picture(look.bare())
        patch = look.patch(plan, _number(request.POST, "day"), request.POST.get("band", "expected"))
    except VermilionError as error:
        return JsonResponse({"error": str(error)}, status=error.http_status)
    return picture(patch)


@require_POST
def save(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Keep the consultation: the plan, the day looked at, the measures."""
    photo = photo_for(request, photo_id, "save consultation")
    plan = said_plan(request.POST)
    if plan is None:
        messages.error(request, text("Choose a flip, a blush or both first."))
        return redirect("consult", photo.pk)
    day, band = _number(request.POST, "day"), request.POST.get("band", "expected")
    look = look_at(photo)
    look.patch(plan, day, band)  # what cannot be drawn is not kept
    reading = look.reading
    content = {
        "photo": str(photo.pk),
        "plan": plan.to_json(),
        "day": day,
        "band": band,
        "editions": dict(editions()),
        "scale": reading.to_json()["scale"],
        "measures": reading.to_json()["measures"],
        "words": plan.in_words(),
    }
    entry = entries.add(photo.client, "consultation", content, by=person_of(request))
    messages.success(request, text("The consultation is in the record."))
    return redirect("consultation", entry.pk)


def kept(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A kept consultation: what was planned and measured, and its report."""
    entry = entry_for(request, entry_id, "consultation")
    content = entry.content
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": content,
        "day": day_words(voice_of(), round(content.get("day", 0))),
        "rows": _kept_rows(content.get("measures", {})),
    }
    return render(request, "studio/consultation.html", context)


@require_POST
def report(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The report of a kept consultation, to print (PDF) or to take along (one web page)."""
    entry = entry_for(request, entry_id, "consultation", "print report")
    content = entry.content
    photo = photo_for(request, UUID(content["photo"]), "print report")
    opened = open_photo(photo_bytes(photo))
    sheet = sheet_of(consultation(opened, Plan.from_json(content["plan"])))
    if request.POST.get("form") == "html":
        return attachment(write_html(sheet).encode(), "text/html", "report.html")
    return attachment(write_pdf(sheet), "application/pdf", "report.pdf")


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
        first=given.get("first") or None if flip and blush else None,
    )
    notices_of(plan)  # refuses what the evidence blocks
    return plan


def rows_of(look: Look) -> list[tuple[str, str, str]]:
    """Measures as (words, value, error), those that a person can use."""
    return _kept_rows({name: asdict(one) for name, one in look.reading.measures.items()})


def _kept_rows(measures: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    found = []
    for name, words in MEASURES.items():
        one = measures.get(name)
        if one is None or one["unit"] not in DIGITS:
            continue
        digits, unit = DIGITS[one["unit"]], UNITS[one["unit"]]
        value = f"{one['value']:.{digits}f} {unit}".strip()
        found.append((text(words), value, f"± {one['sd']:.{digits}f}"))
    return found


def _days() -> dict[str, list[list[Any]]]:
    """The days of each choice with their words: [[14, "week 2"], ...]."""
    voice = voice_of()
    both = sorted({*FLIP_DAYS, *BLUSH_DAYS})
    return {
        name: [[day, day_words(voice, round(day))] for day in days]
        for name, days in (("flip", FLIP_DAYS), ("blush", BLUSH_DAYS), ("both", both))
    }


def swatches() -> list[dict[str, str]]:
    """The palette: key, words, and the pigment's own colour as a fill."""
    found = []
    for one in shades():
        linear = lab_to_linear(np.array(one.masstone, np.float32))
        red, green, blue = (round(255 * float(v)) for v in np.clip(linear_to_srgb(linear), 0, 1))
        found.append({"key": one.key, "words": one.words, "fill": f"rgb({red},{green},{blue})"})
    return found


def _number(given: Mapping[str, str], name: str) -> float:
    try:
        number = float(given.get(name, ""))
        if not math.isfinite(number):
            raise ValueError
        return number
    except ValueError:
        raise UsageError(f"{name} is '{given.get(name, '')[:20]}'", "a number is needed") from None
