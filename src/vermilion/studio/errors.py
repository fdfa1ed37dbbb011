"""Errors as pages: what came, what was wanted, what to do; never a traceback, never a name.

Public: `KindErrors` and the four handlers of the routes.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vermilion.errors import VermilionError


class KindErrors:
    """Middleware: a `VermilionError` becomes a page with its own status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, VermilionError):
            return page(request, str(error), error.http_status)
        return None


def page(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """One sentence and a way on."""
    return render(request, "studio/error.html", {"words": words, "status": status}, status=status)


def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, "This request cannot be read.", 400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"error": "there is no such address or record"}, status=404)
    return page(request, "There is no such page or record.", 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if str(exception) == "link":
        return page(request, "Open the link that your practice sent you; it is your door.", 403)
    return page(request, "Your role does not open this page. Ask the owner of the practice.", 403)


def broken(request: HttpRequest) -> HttpResponse:
    return page(request, "Something went wrong here. What you had saved is kept; try again.", 500)
