"""Finding a client by a name as it was heard, a birth date or a telephone number.

Public: `find`, `plain`.

Names are sealed, so they are opened and compared here. rapidfuzz scores how near a spelling is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from vermilion.studio.models import Client
from vermilion.studio.record.cards import card_of

NEAR = 72
"""Of 100; "Jonson" finds "Johnson", "Ana Garzia" finds "Ana García"."""
MOST = 30


def find(clients: Iterable[Client], words: str) -> list[Client]:
    """The clients whom the words may mean, best first; all of them where there are no words."""
    found = list(clients)
    wanted = plain(words)
    if not wanted:
        return found[:MOST]
    digits = "".join(letter for letter in words if letter.isdigit())
    names = {k: plain(card_of(client).get("name", "")) for k, client in enumerate(found)}
    scored = process.extract(
        wanted, names, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=MOST, processor=None
    )
    best = [k for _, _, k in scored]
    if len(digits) >= 4:
        best = [k for k, client in enumerate(found) if digits in _numbers(client)] + best
    return [found[k] for k in dict.fromkeys(best)][:MOST]


def _numbers(client: Client) -> str:
    card = card_of(client)
    both = f"{card.get('phone', '')} {card.get('born', '')}"
    return "".join(letter for letter in both if letter.isdigit())


def plain(text: str) -> str:
    """Without accents, capitals and double spaces."""
    split = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
