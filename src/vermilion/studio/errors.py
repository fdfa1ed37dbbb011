"""Errors as pages: what came, what was wanted, what to do; never a traceback, never a name.

Public: `KindErrors`, `trouble`, `stale`, and the handlers of the routes.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vermilion.errors import VermilionError
from vermilion.studio.voices import refusal, text


class KindErrors:
    """Middleware: a `VermilionError` becomes a page with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, VermilionError):
            return page(request, refusal(error), error.http_status)
        found = trouble(error)
        return None if found is None else page(request, text(found[0]), found[1])


BUSY = (
    "Somebody else is writing just now, and it takes long. Nothing of yours was written: go back "
    "and send it again; what you typed is still there."
)
FULL = (
    "The disk of the studio has no room left. Nothing of this was written, and all from before is "
    "kept: make room, go back and send it again."
)
GONE = (
    "The studio does not reach its tables. Nothing was written: start it again, or ask its owner."
)
ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def trouble(error: BaseException | None) -> tuple[str, int] | None:
    """Words and status for what the computer refuses, None for all else.

    SQLite says "database is locked", "database or disk is full", "disk I/O error" (a limit of the
    file's size); PostgreSQL "lock timeout", "No space left on device", "connection ...".
    """
    if isinstance(error, OSError) and error.errno in ROOM:
        return FULL, 507
    if not isinstance(error, OperationalError):
        return None
    said = str(error).lower()
    if "locked" in said or "lock timeout" in said:
        return BUSY, 503
    if "full" in said or "disk i/o" in said or "no space" in said:
        return FULL, 507
    return GONE, 503


def page(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """One sentence, in the reader's language, and a way on."""
    return render(request, "studio/error.html", {"words": words, "status": status}, status=status)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, text("This request cannot be read."), 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": "there is no such address or record"}, status=404)
    return page(request, text("There is no such page or record."), 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if str(exception) == "link":
        return page(
            request, text("Open the link that your practice sent you; it is your door."), 403
        )
    return page(
        request, text("Your role does not open this page. Ask the owner of the practice."), 403
    )


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the last login, or from another site."""
    words = text(
        "This page is older than your login. Go back and load it again: what you typed is still "
        "there."
    )
    return page(request, words, 403)


def too_many(request: HttpRequest) -> HttpResponse:
    return page(request, text("Too many tries at a time. Wait some minutes, then go on."), 429)


def broken(request: HttpRequest) -> HttpResponse:
    found = trouble(sys.exc_info()[1])
    if found is not None:  # it struck outside of a view: the session, the log
        return HttpResponse(text(found[0]), "text/plain", status=found[1])
    return page(
        request, text("Something went wrong here. What you had saved is kept; try again."), 500
    )
