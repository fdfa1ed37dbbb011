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
from django.utils import timezone

from vermilion.care.dates.steps import read_course
from vermilion.errors import UsageError
from vermilion.know.said import phrase
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Lot, Person, Task, Vial
from vermilion.studio.record import entries, needs, stock, vials
from vermilion.studio.record.history import history_of

GOES_IN = {"toxin": "toxin", "tattoo": "pigment"}
"""By kind of treatment: the kind of lot without which nothing was done."""
STOCKED = {"toxin": phrase("toxin"), "pigment": phrase("pigment")}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one visit takes out of a lot, or out of a mixed vial of it.

    reason : why a vial is used although something speaks against it
    """

    lot: Lot
    amount: Decimal
    wasted: Decimal = Decimal(0)
    vial: Vial | None = None
    reason: str = ""


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
        a lot or vial that may not be used. Nothing is written then.
    """
    missing = needs.missing(history_of(client), voice, treatment, day)
    if missing:
        words = ", ".join(voice.say(one.words).plain for one in missing)
        raise UsageError(
            "before this treatment there is missing: {words}", "", "see what to do", words=words
        )
    if not taken:
        raise UsageError("no lot was named", "what goes into a client has a lot", "choose one")
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"].get("kinds", ())
    for kind, stocked in GOES_IN.items():
        if kind in own and all(one.lot.kind != stocked for one in taken):
            raise UsageError(
                "lot {number} is no {stocked}",
                "that is what goes in",
                "choose it",
                number=taken[0].lot.number,
                stocked=STOCKED[stocked],
            )
    for one in taken:
        _refuse_other_product(one, content)
        _refuse_vial(one, client, voice)
    lots = [_told(one) for one in taken]
    whole = content | {"treatment": treatment, "day": day.isoformat(), "lots": lots}
    with transaction.atomic():
        entry = entries.add(client, "visit", whole, by=by)
        for one in taken:
            stock.take(entry, one.lot, one.amount, one.wasted, day, one.vial)
        Task.objects.create(
            client=entry.client,
            entry=entry,
            kind="review",
            urgency="routine",
            due_on=day + timedelta(days=review_days(voice, treatment)),
            person=by,
        )
    return entry


def _refuse_other_product(one: Taken, content: dict[str, Any]) -> None:
    planned = content.get("product", "")
    if one.lot.toxin and planned and one.lot.toxin != planned:
        raise UsageError(
            "lot {number} is {toxin}, the plan says {planned}",
            "units of one product are not those of another",
            "choose the lot or the product",
            number=one.lot.number,
            toxin=_name(one.lot.toxin),
            planned=_name(planned),
        )


def _name(key: str) -> str:
    """A product as its maker calls it; older records have the name itself."""
    return str(
        topic("products").tables["product"].get(key, {}).get("name", key.removeprefix("own:"))
    )


def _refuse_vial(one: Taken, client: Client, voice: Voice) -> None:
    if one.vial is None:
        return
    against = vials.objections(one.vial, client, voice, timezone.now())
    if against and not one.reason.strip():
        raise UsageError(
            " ".join(against).rstrip("."), "", voice.say("take a fresh vial, or write why").plain
        )


def _told(one: Taken) -> dict[str, Any]:
    """What the record keeps of a lot, so that it stands there whatever becomes of the stock."""
    told: dict[str, Any] = {
        "number": one.lot.number,
        "product": one.lot.product,
        "expires_on": one.lot.expires_on.isoformat(),
        "amount": str(one.amount),
        "wasted": str(one.wasted),
        "unit": one.lot.unit,
    }
    if one.vial is not None:
        told["vial"] = {
            "units": str(one.vial.units),
            "diluent_ml": str(one.vial.diluent_ml),
            "mixed_at": one.vial.mixed_at.isoformat(),
            "mixed_by": one.vial.mixed_by.display,
            "discard_at": one.vial.discard_at.isoformat(),
            "reason": one.reason.strip()[:400],
        }
    return told


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
    """When the result is looked at: the first look after the visit, else the earliest next visit.

    Raises
    ------
    UsageError : the treatment's steps name neither
    """
    course = read_course(voice.shelf, treatment)
    for kind in ("look", "treat"):
        for step in course.of_kind(kind):
            if "visit" in step.of:
                return step.span[0]
    raise UsageError(
        "the steps of '{treatment}' name no day to look at it again", treatment=treatment
    )
