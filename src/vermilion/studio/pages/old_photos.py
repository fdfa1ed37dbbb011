"""Taking over old photos in the browser: whose each one is is said first, then they are taken.

A script sends one file after the other, to be looked at and then to be taken over, so that neither
a folder's size nor a lost line matters. Without scripts the form sends some files at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from vermilion.errors import PhotoError
from vermilion.studio import audit
from vermilion.studio.access import clients_of, person_of
from vermilion.studio.record import old_photos as record
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.kept_photos import VIEWS
from vermilion.studio.serve import MOST_BYTES
from vermilion.studio.uploads import photos_in
from vermilion.studio.voices import refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One photo as the page shows it. why : what speaks against it; taken : it is in the record"""

    found: record.Found
    name: str
    why: str
    taken: bool


def show(request: HttpRequest) -> HttpResponse:
    """Nothing is taken by looking; a script is answered in JSON, a line a photo."""
    lines: list[Line] = []
    error, status = "", 200
    if request.method == "POST":
        try:
            lines = _lines(request)
        except PhotoError as refused:
            error, status = refusal(refused), refused.http_status
        if request.headers.get("Accept", "") == "application/json":
            return JsonResponse(_told(lines[0]) if lines else {"error": error}, status=status)
    ready = sorted((one for one in lines if not one.why), key=lambda one: one.name)
    context = {
        "ready": ready,
        "left": sorted((one for one in lines if one.why), key=lambda one: one.why),
        "taken": any(one.taken for one in ready),
        "error": error,
        "views": VIEWS,
        "view": request.POST.get("view", "rest"),
        "kinds": ",".join(sorted(record.KINDS)),
        "most_at_once": MOST_BYTES // 1024**2,
    }
    return render(request, "studio/old_photos.html", context, status=status)


def _lines(request: HttpRequest) -> list[Line]:
    """
    Raises
    ------
    PhotoError : no file came, or one that was cut off
    """
    by, take = person_of(request), "take" in request.POST
    audit.record_sitting(by.username, "look through old photos", "")
    look = record.Look(clients_of(request), request.POST.get("view", "rest"))
    paths = request.POST.getlist("path")  # a browser's own form sends names without their folders
    lines = []
    for number, upload in enumerate(photos_in(request, "photo")):
        named = paths[number] if number < len(paths) else str(upload.name)
        found = look.at(PurePosixPath(named), upload.read)
        why = record.take_over(found, by) if take else found.why
        name = "" if found.client is None else str(card_of(found.client).get("name", ""))
        taken = take and why is None
        lines.append(Line(found, name, "" if why is None else refusal(why), taken))
    return lines


def _told(line: Line) -> dict[str, Any]:
    """A line for the script: as it is shown, under whom or for what reason, and by what a double is
    known."""
    return {
        "line": render_to_string("studio/old_photos_line.html", {"one": line}),
        "whose": "" if line.found.client is None else str(line.found.client.pk),
        "name": line.name,
        "digest": line.found.digest,
        "why": line.why,
    }
