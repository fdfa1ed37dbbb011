"""Photos at rest: sealed bytes in the data folder, keys in the database.

Public: `VIEWS`, `digest_of`, `folder`, `mark_swollen`, `photo_bytes`, `sweep`, `leftovers`,
`sweep_leftovers`.

A file without a row is left by an upload that was cut off, is swept up at the next start and named
by `doctor` until then. A row without a file cannot come to be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from vermilion.studio import audit, vault
from vermilion.studio.models import Client, Person, Photo

VIEWS = {
    "rest": "At rest",
    "parted": "Lips parted",
    "smile": "Smile",
    "pucker": "Pucker",
    "left": "Turned left",
    "right": "Turned right",
}
FRESH_SECONDS = 600
"""No upload takes longer; a younger file may belong to another process that is writing its row."""


def folder() -> Path:
    """Where the sealed photos lie."""
    place: Path = settings.DATA / "photos"
    place.mkdir(exist_ok=True, mode=0o700)
    return place


def digest_of(client: Client, content: bytes) -> str:
    """What tells this photo of this client from all others."""
    return hashlib.sha256(client.pk.bytes + content).hexdigest()


def mark_swollen(photo: Photo, swollen: bool, by: Person) -> None:
    """Say afterwards whether a photo was taken right after a treatment; the log tells who did."""
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(swollen=swollen)
        said = "mark swollen" if swollen else "mark not swollen"
        audit.record(by.username, said, f"photo:{photo.pk}")


def photo_bytes(photo: Photo) -> bytes:
    """The photo's bytes as they were given.

    Raises
    ------
    VaultError : the file was changed, or its key is gone
    """
    sealed = (folder() / f"{photo.pk}.sealed").read_bytes()
    return vault.current().open(photo.secret_name, bytes(photo.wrapped_key), sealed)


def sweep(photos: Iterable[Photo]) -> None:
    """Take away the sealed bytes of photos whose keys are gone."""
    for photo in photos:
        (folder() / f"{photo.pk}.sealed").unlink(missing_ok=True)


def leftovers() -> list[Path]:
    """Files that no photo names: sealed ones without a row, and parts that were never finished."""
    known = {f"{key}.sealed" for key in Photo.objects.values_list("pk", flat=True)}
    files = [*folder().glob("*.sealed"), *folder().glob(".*.part")]
    return sorted(path for path in files if path.name not in known)


def sweep_leftovers(now: datetime) -> int:
    """Take leftovers away, but for fresh ones: their upload may still be under way."""
    swept = 0
    for path in leftovers():
        with suppress(FileNotFoundError):
            if now.timestamp() - path.stat().st_mtime > FRESH_SECONDS:
                path.unlink()
                swept += 1
    return swept
