"""Doubles: pairs that may be one person, both records side by side, joining and taking apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vermilion.errors import VermilionError
from vermilion.studio.access import client_for, clients_of, entry_for, may, person_of
from vermilion.studio.models import Client
from vermilion.studio.pages.banner import banner
from vermilion.studio.record import doubles, entries, joining
from vermilion.studio.record.cards import card_of
from vermilion.studio.roles import TREATING
from vermilion.studio.voices import refusal, text

SHARED = {
    "name": "nearly the same name",
    "born": "the same birth date",
    "phone": "the same telephone",
    "email": "the same mail address",
}
FIELDS = {
    "name": "Name",
    "born": "Birth date",
    "phone": "Telephone",
    "email": "Mail",
    "language": "Language",
}
SHOWN = 50


def index(request: HttpRequest) -> HttpResponse:
    """The pairs, the likeliest first."""
    found = doubles.likely(clients_of(request))
    pairs = [
        {
            "pair": one,
            "first": card_of(one.first),
            "second": card_of(one.second),
            "same": [SHARED[key] for key in one.same],
        }
        for one in found[:SHOWN]
    ]
    return render(request, "studio/doubles.html", {"pairs": pairs, "count": len(found)})


def compare(request: HttpRequest, client_id: UUID, other_id: UUID) -> HttpResponse:
    """Both side by side; joined field by field of the card, or said to be two people."""
    stays = client_for(request, client_id, "compare records")
    other = client_for(request, other_id, "compare records")
    cards = card_of(stays), card_of(other)
    error = ""
    if request.method == "POST" and "apart" in request.POST:
        doubles.keep_apart(stays, other, person_of(request))
        messages.success(request, text("These two are not shown together again."))
        return redirect("doubles")
    if request.method == "POST":
        chosen = {key: cards[request.POST.get(key) == "1"].get(key, "") for key in joining.FIELDS}
        try:
            shown = _number(request, "edition.0"), _number(request, "edition.1")
            entry = joining.join(stays, other, chosen, shown, person_of(request))
        except VermilionError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("They are one record now; below is the way back."))
            return redirect("merge", entry.pk)
    rows = [
        (key, words, cards[0].get(key, ""), cards[1].get(key, "")) for key, words in FIELDS.items()
    ]
    context = {
        "stays": stays,
        "other": other,
        "rows": rows,
        "sides": [_side(stays), _side(other)],
        "error": error,
    }
    return render(request, "studio/join.html", context, status=422 if error else 200)


def joined(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What a joining brought over, and the way back."""
    entry = entry_for(request, entry_id, "merge")
    error = ""
    if request.method == "POST":
        if not may(request, TREATING):
            raise PermissionDenied
        try:
            other = joining.part(entry, person_of(request))
        except VermilionError as refused:
            error = refusal(refused)
        else:
            messages.success(request, text("They are two records again. This is the other one."))
            return redirect("client", other.pk)
    content = entry.content
    moved = {kind: len(ids) for kind, ids in content.get("moved", {}).items()}
    context = banner(request, entry.client) | {
        "entry": entry,
        "content": content,
        "moved": moved,
        "other_card": content["cards"][1] if "cards" in content else {},
        "holds": joining.joined_with(entry) is not None and may(request, TREATING),
        "error": error,
    }
    return render(request, "studio/joined.html", context, status=422 if error else 200)


def _side(client: Client) -> dict[str, Any]:
    """How much a record holds, and its newest lines."""
    written = client.entries.order_by("-at")
    return {
        "client": client,
        "card": card_of(client),
        "entries": written.count(),
        "photos": client.photos.count(),
        "visits": client.appointments.count(),
        "newest": [(entries.KINDS[one.kind], one.at) for one in written[:6]],
    }


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() else -1
