"""A new master key: every object's key is wrapped anew, the objects stay as they are.

Public: `rotate`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from vermilion.studio import audit, vault
from vermilion.studio.models import Client, Document, Photo
from vermilion.studio.record import factors


def rotate(path: Path, passphrase: str | None, tell: Callable[[str], None]) -> int:
    """Make a new master key and wrap all keys with it; gives their number.

    The key file is written first, with the old key still in it: whenever this is cut off, every
    object opens, and running it again finishes the work.
    """
    changed = vault.current().with_new_master()
    vault.save_vault(path, changed, passphrase)
    vault.unlock(changed)
    count = 0
    for kind, done in (
        (Client, "clients: done"),
        (Photo, "photos: done"),
        (Document, "files: done"),
    ):
        with transaction.atomic():
            for row in kind.objects.exclude(wrapped_key=b"").select_for_update():
                row.wrapped_key = changed.rewrap(row.secret_name, bytes(row.wrapped_key))
                row.save(update_fields=["wrapped_key"])
                count += 1
        tell(done)
    with transaction.atomic():
        count += factors.rewrap_all()
    tell("second factors: done")
    audit.record("terminal", "rotate keys", f"{count} keys")
    return count
