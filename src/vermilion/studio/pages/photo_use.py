"""Use of photos: a client says photo by photo what each may be shown for, and takes it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.studio.access import client_for, person_of
from vermilion.studio.models import Client
from vermilion.studio.pages.banner import banner
from vermilion.studio.pages.mine import my_client
from vermilion.studio.record import photo_use as record
from vermilion.studio.voices import text


def desk(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """At the desk, with the client beside."""
    client = client_for(request, client_id, "open photo use")
    if request.method == "POST":
        record.allow(client, _said(request, client), person_of(request))
        messages.success(request, text("Saved."))
        return redirect("photo_use", client.pk)
    return render(request, "studio/photo_use.html", banner(request, client) | _rows(client))


def mine(request: HttpRequest) -> HttpResponse:
    """On the client's own page."""
    client = my_client(request)
    if request.method == "POST":
        record.allow(client, _said(request, client), None)
        messages.success(request, text("Saved."))
        return redirect("my_photo_use")
    return render(request, "studio/my/photo_use.html", _rows(client))


def _said(request: HttpRequest, client: Client) -> dict[str, list[str]]:
    return {
        str(key): request.POST.getlist(f"photo.{key}")
        for key in client.photos.values_list("pk", flat=True)
    }


def _rows(client: Client) -> dict[str, object]:
    now = record.allowed(client)
    photos = client.photos.exclude(wrapped_key=b"").order_by("-taken_at")
    rows = [
        {
            "photo": one,
            "ways": [
                (key, words, key in now.get(str(one.pk), ()))
                for key, words in record.CHANNELS.items()
            ],
        }
        for one in photos
    ]
    return {"rows": rows}
