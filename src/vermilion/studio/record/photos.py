"""A photo comes in: checked, sealed, remembered.

Public: `add_photo`, `there_already`.

A photo is confirmed only when both its sealed file and its row are there. The file is written
first and whole, then its row.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from vermilion.errors import PhotoError
from vermilion.photo.open import open_photo
from vermilion.studio import audit, vault
from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record.kept_photos import VIEWS, digest_of, folder
from vermilion.whole_file import save_bytes


def add_photo(
    client: Client,
    content: bytes,
    view: str,
    taken_at: datetime,
    *,
    by: Person | None = None,
    swollen: bool = False,
) -> Photo:
    """Check a photo, seal it and remember it.

    Parameters
    ----------
    by : who took it; None: the client sent it
    swollen : taken at once after the treatment; not a result, kept out of comparisons

    Raises
    ------
    PhotoError : not a usable picture, an unknown view, or this very photo is there already
    """
    if view not in VIEWS:
        raise PhotoError(
            "there is no view '{view}'",
            "one of {allowed} is needed",
            view=view,
            allowed=", ".join(VIEWS),
        )
    open_photo(content)
    row = Photo(
        id=uuid.uuid4(),
        client=client,
        by=by,
        taken_at=taken_at,
        view=view,
        swollen=swollen,
    )
    row.wrapped_key = vault.current().new_key(row.secret_name)
    path = folder() / f"{row.id}.sealed"
    save_bytes(path, vault.current().seal_with(row.secret_name, row.wrapped_key, content))
    try:
        with transaction.atomic():
            row.client = client.in_use()
            row.digest = digest_of(row.client, content)
            row.save(force_insert=True)
            audit.record("client" if by is None else by.username, "add photo", f"photo:{row.id}")
    except IntegrityError:
        path.unlink(missing_ok=True)
        raise there_already() from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return row


def there_already() -> PhotoError:
    """The refusal of a photo that came before."""
    return PhotoError("this very photo is in the record already", "each photo is kept once")
