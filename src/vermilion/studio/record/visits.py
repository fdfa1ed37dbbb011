"""A treatment as it was done: against the needs, with its lots, its review booked; never changed.

Public: `Taken`, `chart`, `amend`, `review_days`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Lot, Person, Task
from vermilion.studio.record import entries, needs, stock

GOES_IN = {"toxin": "toxin", "tattoo": "pigment"}
"""By kind of treatment: the kind of lot without which nothing was done."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one visit takes out of a lot."""

    lot: Lot
    amount: Decimal
    wasted: Decimal = Decimal(0)


def chart(
    client: Client,
    voice: Voice,
    treatment: str,
    day: date,
    content: dict[str, Any],
    taken: Sequence[Taken],
    by: Person,
) -> Entry:
    """Write a visit with its lots, and put the review on the practitioner's list.

    Raises
    ------
    UsageError : something is missing that nobody overruled; no lot of what goes into the client;
        a lot that may not be used. Nothing is written then.
    """
    missing = needs.missing(client, voice, treatment, day)
    if missing:
        words = ", ".join(voice.say(one.words).plain for one in missing)
        raise UsageError(f"before this treatment there is missing: {words}", "", "see what to do")
    if not taken:
        raise UsageError("no lot was named", "what goes into a client has a lot", "choose one")
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"].get("kinds", ())
    for kind, stocked in GOES_IN.items():
        if kind in own and all(one.lot.kind != stocked for one in taken):
            raise UsageError(
                f"lot {taken[0].lot.number} is no {stocked}", "that is what goes in", "choose it"
            )
    lots = [
        {
            "number": one.lot.number,
            "product": one.lot.product,
            "expires_on": one.lot.expires_on.isoformat(),
            "amount": str(one.amount),
            "wasted": str(one.wasted),
            "unit": one.lot.unit,
        }
        for one in taken
    ]
    whole = content | {"treatment": treatment, "day": day.isoformat(), "lots": lots}
    with transaction.atomic():
        entry = entries.add(client, "visit", whole, by=by)
        for one in taken:
            stock.take(entry, one.lot, one.amount, one.wasted, day)
        Task.objects.create(
            client=entry.client,
            entry=entry,
            kind="review",
            urgency="routine",
            due_on=day + timedelta(days=review_days(voice, treatment)),
            person=by,
        )
    return entry


def amend(visit: Entry, words: str, by: Person) -> Entry:
    """Add what was wrong or left out; the visit itself stays as it was written.

    Raises
    ------
    UsageError : no words
    """
    if not words.strip():
        raise UsageError("no words came", "say what is to be added")
    return entries.add(
        visit.client, "addendum", {"words": words.strip()[:8000]}, by=by, about=visit
    )


def review_days(voice: Voice, treatment: str) -> int:
    """When the result is looked at: the first look after the visit, else the next visit.

    Raises
    ------
    UsageError : the treatment's steps name neither
    """
    topic = voice.shelf.topic(f"steps/{treatment}")
    rows = topic.tables.get("step", {}).values()
    for kind in ("look", "treat"):
        for row in rows:
            if row["kind"] == kind and "visit" in row.get("from", ()):
                return round(topic.number(row["days"]).value)
    raise UsageError(f"the steps of '{treatment}' name no day to look at it again")
