"""Tells the page after a form that the form was taken in, so that the tab may forget its words.

What somebody types waits in the tab (`keep.js`) until this says that it is in the record: only a
post that a logged-in person sent and that was answered with "go on" counts.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

COOKIE = "form_taken"
SECONDS = 300


class FormsTaken:
    """Middleware; a post that the gate sends to the door is nobody's and does not count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        gone_on = request.method == "POST" and response.status_code in (302, 303)
        if gone_on and request.user.is_authenticated:
            response.set_cookie(
                COOKIE,
                urlencode({"": request.path})[1:],  # a slash would be put in quotation marks
                max_age=SECONDS,
                secure=settings.TLS,
                samesite="Strict",
            )
        return response
