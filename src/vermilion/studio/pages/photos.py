"""Photos: added from a file or a camera, shown whole or small, never kept by the browser."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vermilion.errors import PhotoError
from vermilion.photo.small import shown_jpeg
from vermilion.studio.access import client_for, person_of, photo_for
from vermilion.studio.models import Photo
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.sent import picture
from vermilion.studio.record import kept_photos
from vermilion.studio.record import photos as record
from vermilion.studio.uploads import photo_in
from vermilion.studio.voices import refusal, text

LARGE_PX, SMALL_PX = 2400, 320


def add(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One photo of one view; a script may ask for JSON."""
    client = client_for(request, client_id, "open photos")
    as_json = request.headers.get("Accept", "") == "application/json"
    error = ""
    if request.method == "POST":
        try:
            photo = record.add_photo(
                client,
                photo_in(request, "photo"),
                request.POST.get("view", "rest"),
                timezone.now(),
                by=person_of(request),
                swollen="swollen" in request.POST,
            )
        except PhotoError as refused:
            error = refusal(refused)
            if as_json:
                return JsonResponse({"error": error}, status=refused.http_status)
        else:
            if as_json:
                return JsonResponse({"id": str(photo.pk)}, status=201)
            messages.success(request, text("The photo is in the record."))
            return redirect("client", client.pk)
    context = banner(request, client) | {"views": kept_photos.VIEWS, "error": error}
    return render(request, "studio/photo_add.html", context, status=422 if error else 200)


def show(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The photo, upright, as a browser shows it."""
    return picture(shown_jpeg(kept_photos.photo_bytes(photo_for(request, photo_id)), LARGE_PX))


def small(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """A small picture, for lists and the banner."""
    return picture(_small(photo_for(request, photo_id, "read small photo")))


@lru_cache(maxsize=256)
def _small(photo: Photo) -> bytes:
    return shown_jpeg(kept_photos.photo_bytes(photo), SMALL_PX)
