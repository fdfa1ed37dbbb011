"""A client's card: made, changed by one person at a time, erased.

Public: `new_client`, `change_card`, `erase`, `age_on`, `may_be_born`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from vermilion.errors import VermilionError
from vermilion.studio import audit
from vermilion.studio.models import Appointment, Client, Document, Entry, Person, Photo
from vermilion.studio.record import cards, kept_photos


class EditedMeanwhileError(VermilionError):
    """Two people had the same thing open, and the other was first."""

    exit_code = 12
    http_status = 409


def new_client(card: dict[str, Any], by: Person) -> Client:
    """A new record; card : name, born (ISO date), phone, email, language."""
    with transaction.atomic():
        client = Client()
        client.card = card
        client.save(force_insert=True)
        audit.record(by.username, "new client", f"client:{client.pk}")
    return client


def change_card(client: Client, card: dict[str, Any], edition: int, by: Person) -> Client:
    """Change the card as it was shown in its edition.

    Raises
    ------
    EditedMeanwhileError : somebody saved another edition since
    """
    with transaction.atomic():
        fresh = Client.objects.select_for_update().get(pk=client.pk)
        if fresh.edition != edition:
            raise EditedMeanwhileError(
                "somebody else changed this card meanwhile",
                "both versions are shown below",
                "keep what is right and save again",
            )
        fresh.card = card
        fresh.edition = edition + 1
        fresh.save()
        audit.record(by.username, "change card", f"client:{client.pk}")
    return fresh


def erase(client: Client, by: Person, why: str) -> None:
    """Destroy the client's keys, and with them all that was sealed; ids and the log stay.

    Whether a law lets it go is asked in `retention.erase`; why : one of its reasons
    """
    with transaction.atomic():
        for joined in client.merged.filter(erased_at=None):
            erase(joined, by, why)
        pictures = list(Photo.objects.filter(client=client))
        Photo.objects.filter(client=client).update(wrapped_key=b"")
        Document.objects.filter(client=client).update(wrapped_key=b"", sealed=b"")
        Entry.objects.filter(client=client).update(sealed=b"")
        Appointment.objects.filter(client=client).update(sealed=b"")
        client.links.all().delete()
        client.feeds.all().delete()
        client.questionnaires.all().delete()
        client.wrapped_key = client.sealed_card = b""
        client.erased_at = timezone.now()
        client.save()
        audit.record(by.username, f"erase ({why})", f"client:{client.pk}")
    kept_photos.sweep(pictures)
    cards.forget(client)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        # the tables stay open for long: the journal beside them must not hold the keys till then
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def age_on(card: dict[str, Any], day: date) -> int | None:
    """Whole years on a day; None where the birth date is not known."""
    try:
        born = date.fromisoformat(card.get("born", ""))
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def may_be_born(day: date) -> bool:
    """Whether somebody who comes today can have been born on a day."""
    return date(1900, 1, 1) <= day <= timezone.localdate()
