"""The log: who opened or changed what; no clinical word and no name stands in it.

Whoever may see a client reads the name beside the id: looked up as the page is made, so that the
log of an erased client is ids again.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vermilion.studio import audit
from vermilion.studio.access import whose
from vermilion.studio.models import AuditEntry
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.entries import KINDS
from vermilion.studio.record.feeds import DETAILS
from vermilion.studio.record.retention import WHYS
from vermilion.studio.voices import text

A_PAGE = 100
SHORT = 8
"""Letters of an id that tell two things apart for a reader; the whole one is a touch away."""


def index(request: HttpRequest) -> HttpResponse:
    """The newest lines, of everything or of one thing, and whether the chain holds."""
    of = request.GET.get("of", "")
    lines = AuditEntry.objects.order_by("-number")
    page = Paginator(lines.filter(what=of) if of else lines, A_PAGE).get_page(
        request.GET.get("page")
    )
    of_clients = whose(request, [of, *(line.what for line in page)])
    names = {what: card_of(client).get("name", "") for what, client in of_clients.items()}
    rows = [
        {
            "deed": deed(line.action),
            "thing": thing(line.what),
            "name": names.get(line.what, ""),
            "what": line.what,
            "actor": line.actor,
            "at": line.at,
        }
        for line in page
    ]
    context = {
        "page": page,
        "rows": rows,
        "of": of,
        "one": " · ".join(filter(None, (names.get(of), thing(of)))),
        "broken_at": audit.broken_at(),
    }
    return render(request, "studio/log.html", context)


def deed(action: str) -> str:
    """What was done, in the reader's words; the log itself keeps one spelling for the chain."""
    kind = action.removeprefix("add ")
    if kind != action and kind in KINDS:
        return f"{text('add')}: {text(KINDS[kind])}"
    done, _, inside = action.removesuffix(")").partition(" (")
    return f"{text(done)} ({text((WHYS | DETAILS).get(inside, inside))})" if inside else text(done)


def thing(what: str) -> str:
    """ "client 1f0c83aa": the kind in the reader's words, and enough of the id."""
    kind, _, which = what.partition(":")
    return f"{text(kind)} {which[:SHORT]}".strip() if kind else ""
