"""Two records of one person become one, and can be taken apart again.

Public: `FIELDS`, `join`, `part`, `joined_with`.

What stands in the other record is sealed with its own key: each piece is opened and sealed with
the key of the record that stays; words, dates, authors and ids remain. The other record keeps its
card, points to the one that is used, and an entry remembers what came over, so that the way back
moves just that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio import audit
from vermilion.studio.models import Appointment, Client, Document, Entry, Person, Photo, Task
from vermilion.studio.record import cards, doubles, entries
from vermilion.studio.record.clients import EditedMeanwhileError
from vermilion.studio.record.kept_photos import digest_of, photo_bytes

FIELDS = ("name", "born", "phone", "email", "language")
"""Of the card, each chosen from one of the two."""
SEALED: tuple[type[Entry | Appointment], ...] = (Entry, Appointment)
BARE: tuple[type[Photo | Document | Task], ...] = (Photo, Document, Task)
"""A photo and a file have keys of their own, a task says nothing."""


def join(
    stays: Client, other: Client, card: dict[str, Any], editions: tuple[int, int], by: Person
) -> Entry:
    """Move all of `other` into `stays`; doors of `other` are shut.

    Parameters
    ----------
    card : the card of both from now on
    editions : of the two cards as they were shown

    Raises
    ------
    UsageError : one record twice, or one that is erased, only kept or joined already
    EditedMeanwhileError : a card was changed since it was shown
    """
    with transaction.atomic():
        stays, other = _locked(stays), _locked(other)
        if stays.pk == other.pk:
            raise UsageError("this is one record", "two are needed")
        if (stays.edition, other.edition) != editions:
            raise EditedMeanwhileError("somebody changed one of the cards meanwhile", "", "look")
        moved = {model.__name__: _ids(model.objects.filter(client=other)) for model in ALL}
        content = {
            "did": "join",
            "other": str(other.pk),
            "moved": moved,
            "cards": [stays.card, other.card],
            "edition": stays.edition + 1,
        }
        _move(moved, other, stays)
        other.links.filter(revoked_at=None).update(revoked_at=timezone.now())
        other.feeds.filter(revoked_at=None).update(revoked_at=timezone.now())
        stays.card = stays.card | {key: card.get(key, "") for key in FIELDS}
        stays.edition += 1
        stays.save()
        other.merged_into = stays
        other.save(update_fields=["merged_into"])
        audit.record(by.username, "joined to another", f"client:{other.pk}")
        audit.record(by.username, "join", f"client:{stays.pk}")
        entry = entries.add(stays, "merge", content, by=by)
    cards.forget(other)
    return entry


def part(entry: Entry, by: Person) -> Client:
    """Take two records apart again; gives the one that comes back.

    What was written after they were joined stays where it was written, but for what continues an
    entry that goes back. The card goes back too, unless somebody changed it since.

    Raises
    ------
    UsageError : taken apart before, or a later joining must be taken apart first
    """
    content = entry.content
    with transaction.atomic():
        stays = _locked(entry.client)
        other = Client.objects.select_for_update().get(pk=content["other"])
        if other.merged_into_id != stays.pk:
            raise UsageError("these records are not joined", "", "look at the newest joining")
        moved = dict(content["moved"])
        moved["Entry"] = _with_followers(moved["Entry"], stays)
        other.merged_into = None
        other.save(update_fields=["merged_into"])
        _move(moved, stays, other)
        if stays.edition == content["edition"]:
            stays.card = content["cards"][0]
            stays.edition += 1
            stays.save()
        doubles.keep_apart(stays, other, by)
        audit.record(by.username, "take apart", f"client:{stays.pk}")
        audit.record(by.username, "take apart", f"client:{other.pk}")
        entries.add(stays, "merge", {"did": "part", "other": str(other.pk)}, by=by, about=entry)
    cards.forget(stays)
    return other


def joined_with(entry: Entry) -> Client | None:
    """The other record of a joining that still holds; None where it was taken apart."""
    other = entry.content.get("other", "")
    return Client.objects.filter(pk=other, merged_into=entry.client).first() if other else None


ALL: tuple[type[Entry | Appointment | Photo | Document | Task], ...] = (*SEALED, *BARE)


def _locked(client: Client) -> Client:
    fresh = Client.objects.select_for_update().get(pk=client.pk)
    if fresh.erased_at or fresh.merged_into_id or fresh.restricted_at:
        raise UsageError("one of these records is erased, only kept or joined already")
    return fresh


def _ids(rows: Iterable[Any]) -> list[str]:
    return [str(row.pk) for row in rows]


def _with_followers(ids: list[str], client: Client) -> list[str]:
    """These entries and all that continue one of them."""
    found = {UUID(one) for one in ids}
    while True:
        after = Entry.objects.filter(client=client, about__in=found).exclude(pk__in=found)
        more = set(after.values_list("pk", flat=True))
        if not more:
            return [str(one) for one in found]
        found |= more


def _move(moved: dict[str, list[str]], source: Client, target: Client) -> None:
    for model in SEALED:
        for row in model.objects.filter(pk__in=moved[model.__name__], client=source):
            row.sealed = target.sealed(source.opened(row.sealed))
            row.client = target
            row.save(update_fields=["sealed", "client"])
    for photo in Photo.objects.filter(pk__in=moved["Photo"], client=source):
        content = photo_bytes(photo)
        digest = digest_of(target, content)
        if Photo.objects.filter(client=target, digest=digest).exists():
            # the same photo is in both: entries name either, so both stay
            digest = hashlib.sha256(photo.pk.bytes + content).hexdigest()
        photo.client, photo.digest = target, digest
        photo.save(update_fields=["client", "digest"])
    for bare in (Document, Task):  # a joining from before there were files names none
        ids = moved.get(bare.__name__, [])
        bare.objects.filter(pk__in=ids, client=source).update(client=target)
