"""One photo, large: its measures and their error, the borders that were found, what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.consult.reading import CURVES, Reading
from vermilion.errors import VermilionError
from vermilion.studio.access import may, person_of, photo_for
from vermilion.studio.looks import look_at
from vermilion.studio.models import Photo
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.measured import number, rows_of
from vermilion.studio.record.kept_photos import mark_swollen
from vermilion.studio.record.shared import is_shared, share
from vermilion.studio.roles import TREATING
from vermilion.studio.voices import refusal, text, voice_of


def show(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The page; posts say swollen or not, shown to the client or not."""
    photo = photo_for(request, photo_id, "open photo page")
    if request.method == "POST":
        return _change(request, photo)
    before, after = _beside(photo)
    context = banner(request, photo.client) | {
        "photo": photo,
        "before": before,
        "after": after,
        "shared": is_shared(photo),
        "may_share": may(request, TREATING),
    }
    try:
        reading = look_at(photo).reading
    except VermilionError as error:
        context["error"] = refusal(error)
    else:
        context |= {
            "rows": rows_of({name: asdict(one) for name, one in reading.measures.items()}),
            "scale": _scale(reading),
            "advice": [voice_of().tell(one).capital.plain for one in reading.advice],
            "size": (reading.photo.width, reading.photo.height),
            "curves": [
                " ".join(f"{x:.1f},{y:.1f}" for x, y in getattr(reading.face.curves, name))
                for name in CURVES
            ],
        }
    return render(request, "studio/photo.html", context)


def _change(request: HttpRequest, photo: Photo) -> HttpResponse:
    person = person_of(request)
    if "swollen" in request.POST:
        mark_swollen(photo, request.POST["swollen"] == "1", person)
        messages.success(request, text("Saved."))
    elif "shared" in request.POST and may(request, TREATING):
        on = request.POST["shared"] == "1"
        share(photo, on, person)
        said = "The client sees it on their page." if on else "The client no longer sees it."
        messages.success(request, text(said))
    return redirect("photo_page", photo.pk)


def _beside(photo: Photo) -> tuple[Photo | None, Photo | None]:
    """The photos before and after it in the record."""
    ordered = list(
        photo.client.photos.exclude(wrapped_key=b"").order_by("taken_at", "pk").only("pk", "client")
    )
    at = next((k for k, one in enumerate(ordered) if one.pk == photo.pk), 0)
    return (
        ordered[at - 1] if at > 0 else None,
        ordered[at + 1] if at + 1 < len(ordered) else None,
    )


def _scale(reading: Reading) -> dict[str, Any] | None:
    """Millimetres a pixel with their error in percent, and what tells them; None: nothing does."""
    scale = reading.scale
    if scale.mm_per_px is None or scale.sd is None:
        return None
    return {
        "mm": number(scale.mm_per_px, 3),
        "percent": number(100 * scale.sd / scale.mm_per_px, 1),
        "source": scale.source,
    }
