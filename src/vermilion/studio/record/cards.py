"""A client's opened card, kept in memory by the edition of the client.

Public: `card_of`, `forget`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from vermilion.studio.models import Client

_cards: dict[UUID, tuple[int, dict[str, Any]]] = {}


def card_of(client: Client) -> dict[str, Any]:
    """The opened card, out of memory where its edition is there."""
    known = _cards.get(client.pk)
    if known is None or known[0] != client.edition:
        _cards[client.pk] = known = (client.edition, client.card)
    return known[1]


def forget(client: Client) -> None:
    """Drop an erased client's card from memory."""
    _cards.pop(client.pk, None)
