"""The live mirror: frames of a camera, answered with the lips as they might be. None is kept."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping

import cv2
import numpy as np
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from vermilion.consult.mirror import Mirror, Part
from vermilion.errors import VermilionError
from vermilion.face.track import needed
from vermilion.photo.photo import Pixels
from vermilion.studio.access import person_of
from vermilion.studio.pages.consult import said_plan
from vermilion.studio.pages.sent import pixels_shown
from vermilion.studio.pages.swatches import swatches
from vermilion.studio.voices import refusal, text

FRAME_BYTES = 400_000
DIGITS = 4
LEAST_ZOOM = 0.05
KEPT, IDLE_S = 8, 60.0
HEALED_DAY, FULL_DAY = 42.0, 14.0

_mirrors: OrderedDict[tuple[int, str], tuple[Mirror, threading.Lock, float]] = OrderedDict()
_guard = threading.Lock()


def show(request: HttpRequest) -> HttpResponse:
    """The mirror with its few controls."""
    return render(request, "studio/mirror.html", {"shades": swatches()})


@require_POST
def frame(request: HttpRequest) -> HttpResponse:
    """One frame: the lips' pixels and their place in a header, or words as JSON.

    It comes as one line of words, as a form would send them, and the pixels: red, green, blue, row
    by row; the answer's have opacity too, as a canvas wants them. Nothing of the frame is kept or
    written down; what a mirror remembers are landmarks and what the treatment does to the lips, in
    memory, for a minute.
    """
    seen = _sent(request)
    if seen is None:
        return JsonResponse({"error": text("This is no live frame.")}, status=413)
    given, pixels, part = seen
    try:
        plan = said_plan(given)
        if plan is None:
            return JsonResponse({"error": ""})
        day = HEALED_DAY if "blush" in given else FULL_DAY
        mirror, lock = _mirror(person_of(request).pk, given.get("mirror", "")[:40])
    except VermilionError as error:
        return JsonResponse({"error": refusal(error)}, status=error.http_status)
    with lock:
        try:
            shown = mirror.reflect(pixels, plan, day, time.monotonic(), part)
        except VermilionError as error:
            # the face alone comes larger, and may tell what the whole frame did not
            where = {} if mirror.track is None else {"X-Face": _said(needed(mirror.track))}
            words = {"error": refusal(error)}
            return JsonResponse(words, status=error.http_status, headers=where)
    if shown is None:
        return JsonResponse({"error": text("No face is seen yet.")})
    tall, wide = shown.pixels.shape[:2]
    place = f"{shown.place[0]},{shown.place[1]},{wide},{tall}"
    opaque = cv2.cvtColor(shown.pixels, cv2.COLOR_RGB2RGBA)
    return pixels_shown(opaque.tobytes(), **{"X-Place": place, "X-Face": _said(shown.face)})


def _said(face: tuple[float, float, float, float]) -> str:
    return ",".join(f"{one:.3f}" for one in face)


def _sent(request: HttpRequest) -> tuple[Mapping[str, str], Pixels, Part] | None:
    """What the form says, the pixels, and where in the frame they lie; None: it is nonsense."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > FRAME_BYTES:
        return None
    line, _, content = request.body.partition(b"\n")
    given = QueryDict(line)
    wide, tall, left, top = (given.get(name, "0") for name in ("width", "height", "left", "top"))
    zoom = given.get("zoom", "1")
    if not all(one.isdecimal() and len(one) <= DIGITS for one in (wide, tall, left, top)):
        return None
    if not re.fullmatch(r"1|0\.\d{1,20}", zoom) or float(zoom) < LEAST_ZOOM:
        return None
    if not content or len(content) != int(wide) * int(tall) * 3:
        return None
    pixels = np.frombuffer(content, np.uint8).reshape(int(tall), int(wide), 3)
    return given, pixels, Part(int(left), int(top), float(zoom))


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
