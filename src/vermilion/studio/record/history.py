"""What stands in a client's record, read once, whatever is asked of it afterwards.

Public: `History`, `history_of`, `histories_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from vermilion.studio.models import Client, Entry, Photo


@dataclass(frozen=True, slots=True)
class History:
    """A record as it stood when it was read; what is written later is not in it.

    Notes are left out: nothing follows from them, and a long record is mostly notes.

    entries, photos : newest first
    """

    client: Client
    entries: tuple[Entry, ...]
    photos: tuple[Photo, ...]

    def of(self, kind: str) -> Iterator[Entry]:
        """The entries of a kind, newest first."""
        return (one for one in self.entries if one.kind == kind)

    def latest(self, kind: str) -> Entry | None:
        """The newest entry of a kind."""
        return next(self.of(kind), None)

    def following(self, entry: Entry, kind: str) -> list[Entry]:
        """What was added about an entry, oldest first."""
        return [
            one for one in reversed(self.entries) if one.about_id == entry.pk and one.kind == kind
        ]


def history_of(client: Client) -> History:
    """The record of one client."""
    return histories_of([client])[client.pk]


def histories_of(clients: Iterable[Client]) -> dict[UUID, History]:
    """The records of several by their ids, with two questions to the database for all."""
    known = {one.pk: one for one in clients}
    written: dict[UUID, list[Entry]] = {pk: [] for pk in known}
    taken: dict[UUID, list[Photo]] = {pk: [] for pk in known}
    found = Entry.objects.filter(client__in=known).exclude(kind="note")
    for entry in found.select_related("by").order_by("-at"):
        entry.client = known[entry.client_id]
        written[entry.client_id].append(entry)
    for photo in Photo.objects.filter(client__in=known).order_by("-taken_at"):
        photo.client = known[photo.client_id]
        taken[photo.client_id].append(photo)
    return {pk: History(one, tuple(written[pk]), tuple(taken[pk])) for pk, one in known.items()}
