"""The live mirror: frames of a camera, answered with the lips as they might be. None is kept."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from vermilion.consult.mirror import Mirror
from vermilion.errors import VermilionError
from vermilion.studio.access import person_of
from vermilion.studio.pages.consult import said_plan
from vermilion.studio.pages.sent import picture
from vermilion.studio.pages.swatches import swatches
from vermilion.studio.voices import refusal, text

FRAME_BYTES = 400_000
CORNER_DIGITS = 4
KEPT, IDLE_S = 8, 60.0
HEALED_DAY, FULL_DAY = 42.0, 14.0

_mirrors: OrderedDict[tuple[int, str], tuple[Mirror, threading.Lock, float]] = OrderedDict()
_guard = threading.Lock()


def show(request: HttpRequest) -> HttpResponse:
    """The mirror with its few controls."""
    return render(request, "studio/mirror.html", {"shades": swatches()})


@require_POST
def frame(request: HttpRequest) -> HttpResponse:
    """One frame: the lips' patch as JPEG and its place in a header, or words as JSON.

    Nothing of the frame is kept or written down; what a mirror remembers are the landmarks of the
    last frame, in memory, for a minute.
    """
    upload, corner = request.FILES.get("frame"), _corner(request)
    if upload is None or (upload.size or 0) > FRAME_BYTES or corner is None:
        return JsonResponse({"error": text("This is no live frame.")}, status=413)
    try:
        plan = said_plan(request.POST)
        if plan is None:
            return JsonResponse({"error": ""})
        day = HEALED_DAY if "blush" in request.POST else FULL_DAY
        mirror, lock = _mirror(person_of(request).pk, request.POST.get("mirror", "")[:40])
        with lock:
            seen = mirror.reflect(upload.read(), plan, day, time.monotonic(), corner)
    except VermilionError as error:
        return JsonResponse({"error": refusal(error)}, status=error.http_status)
    if seen is None:
        return JsonResponse({"error": text("No face is seen yet.")})
    place, face = (",".join(f"{one:.5f}" for one in part) for part in (seen.place, seen.face))
    return picture(seen.jpeg, **{"X-Place": place, "X-Face": face})


def _corner(request: HttpRequest) -> tuple[int, int] | None:
    """Where in the frame the picture begins, px; None: it says nonsense."""
    x, y = (request.POST.get(name, "0") for name in ("left", "top"))
    known = all(one.isdecimal() and len(one) <= CORNER_DIGITS for one in (x, y))
    return (int(x), int(y)) if known else None


def _mirror(person: int, name: str) -> tuple[Mirror, threading.Lock]:
    """The mirror of one open page; those that nobody looks into any more are dropped."""
    now = time.monotonic()
    with _guard:
        for key, (_, _, used) in list(_mirrors.items()):
            if now - used > IDLE_S:
                del _mirrors[key]
        found = _mirrors.pop((person, name), None)
        mirror, lock = (Mirror(), threading.Lock()) if found is None else found[:2]
        _mirrors[person, name] = (mirror, lock, now)
        while len(_mirrors) > KEPT:
            _mirrors.popitem(last=False)
    return mirror, lock
