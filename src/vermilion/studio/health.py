"""Is a practice's data folder sound: keys, log, photos, rights, room.

Public: `Fault`, `faults`. Whoever prints them says them in the reader's language.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from vermilion.studio import audit
from vermilion.studio.models import AuditEntry, Client, Document, Entry, Photo
from vermilion.studio.record.documents import document_bytes
from vermilion.studio.record.kept_photos import leftovers, photo_bytes
from vermilion.studio.vault import VaultError

ROOM_BYTES = 1024**3
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and what mends it: English templates of the catalogue, and their values."""

    found: str
    mend: str
    values: Mapping[str, object] = field(default_factory=dict)


def faults(data: Path) -> Iterator[Fault]:
    """Everything that is wrong; `serve.prepare` came before."""
    broken = audit.broken_at()
    if broken is not None:
        yield Fault(
            "the log's chain breaks at line {line}",
            "somebody changed the tables by hand: compare with a backup of an earlier day",
            {"line": str(broken)},
        )
    yield from _clock()
    yield from _photos()
    yield from _documents()
    yield from _cards()
    yield from _folder(data)


def _photos() -> Iterator[Fault]:
    for photo in Photo.objects.exclude(wrapped_key=b""):
        try:
            photo_bytes(photo)
        except (VaultError, OSError):
            which = {"photo": str(photo.pk)}
            yield Fault("photo {photo} does not open", "restore it from a backup", which)
    left = leftovers()
    if left:
        yield Fault(
            "{count} files belong to no photo (an upload that was cut off)",
            "the next start of the studio sweeps them up",
            {"count": len(left)},
        )


def _documents() -> Iterator[Fault]:
    for entry in Entry.objects.filter(kind="document", client__erased_at=None):
        try:
            document_bytes(entry)
        except (VaultError, Document.DoesNotExist):
            which = {"file": str(entry.pk)}
            yield Fault("file {file} does not open", "restore it from a backup", which)


def _clock() -> Iterator[Fault]:
    newest = AuditEntry.objects.order_by("-at").first()
    if newest is not None and newest.at > timezone.now() + CLOCK_SLACK:
        yield Fault(
            "the log's newest line is of {moment} UTC, which is to come",
            "look at this computer's clock: times in the record, links and vials hang on it",
            {"moment": f"{newest.at:%Y-%m-%d %H:%M}"},
        )


def _cards() -> Iterator[Fault]:
    for client in Client.objects.filter(erased_at=None):
        try:
            client.opened(client.sealed_card)
        except VaultError:
            which = {"client": str(client.pk)}
            yield Fault("the card of client {client} does not open", "restore a backup", which)


def _folder(data: Path) -> Iterator[Fault]:
    if os.name == "posix":
        for path in (data, data / "vault.key", data / "session.key"):
            if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                which = {"path": str(path)}
                yield Fault("{path} can be read by others", "chmod go= {path}", which)
    free = shutil.disk_usage(data).free
    if free < ROOM_BYTES:
        room = {"free": free // 1024**2}
        yield Fault("only {free} MB are free on the disk", "make room", room)
