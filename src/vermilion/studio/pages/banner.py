"""The strip on top of every page of a record: photo, name, age, flags. No wrong record is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from vermilion.studio.access import may
from vermilion.studio.models import Client, Photo
from vermilion.studio.record import entries, screening
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.clients import age_on
from vermilion.studio.record.history import History
from vermilion.studio.record.questionnaire import confirmed_by
from vermilion.studio.roles import CLINICAL

SCREENING = "screening"


def banner(request: HttpRequest, client: Client, history: History | None = None) -> dict[str, Any]:
    """client, card, age, face (a photo or None), flags (short words with a tone).

    Parameters
    ----------
    history : the record, where the page has read it anyway
    """
    card = card_of(client)
    found: dict[str, Any] = {
        "client": client,
        "card": card,
        "age": age_on(card, timezone.localdate()),
        "face": None,
        "flags": [],
    }
    if client.restricted_at is not None:
        found["flags"] = [{"words": "only kept", "tone": "care"}]
    if may(request, CLINICAL):
        found["face"] = _face(client, history)
        newest = history.latest(SCREENING) if history else entries.latest(client, SCREENING)
        if newest is not None:
            content = client.opened(newest.sealed)
            words, tone = screening.chip(content)
            flags = [{"words": screening.FLAGS[one], "tone": "stop"} for one in content["flags"]]
            found["flags"] = [*found["flags"], *flags, {"words": words, "tone": tone}]
            if newest.by_id is None and confirmed_by(newest) is None:
                found["flags"].append({"words": "Not confirmed yet", "tone": "care"})
    return found


def _face(client: Client, history: History | None) -> Photo | None:
    if history is not None:
        kept = [one for one in history.photos if one.wrapped_key]
        return next((one for one in kept if one.view == "rest"), kept[0] if kept else None)
    newest = client.photos.exclude(wrapped_key=b"").order_by("-taken_at")
    return newest.filter(view="rest").first() or newest.first()
