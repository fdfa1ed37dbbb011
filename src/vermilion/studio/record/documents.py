"""What comes with a client from elsewhere: a referral, a report, an allergy card.

Public: `MOST_MB`, `add_document`, `document_bytes`, `of_client`.

A file is sealed with a key of its own and lies in the tables, so that it and the entry that names
it are there together or not at all, in every backup too. Nothing looks into it: it is handed out as
it came, to be saved and opened elsewhere.
"""

from __future__ import annotations

from django.db import transaction

from vermilion.errors import UsageError
from vermilion.photo.exif import without_place
from vermilion.studio import vault
from vermilion.studio.models import Client, Document, Entry, Person
from vermilion.studio.record import entries

MOST_MB = 20
"""Own rule: a scanned letter of many pages has less."""
STARTS = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
"""How a file of each type begins; what its name says counts for nothing."""
MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
MOST_LETTERS = 200


def add_document(client: Client, content: bytes, words: str, by: Person) -> Entry:
    """Put a file into a client's record; words : what it is

    Raises
    ------
    UsageError : no words, an empty or too large file, or neither a PDF nor a picture
    """
    told = " ".join(words.split())[:MOST_LETTERS]
    if not told:
        raise UsageError("nothing says what this file is", "a few words are needed", "write them")
    if len(content) > MOST_MB * 1024**2:
        raise UsageError(
            "this file has more than {most} MB", "", "choose a smaller one", most=MOST_MB
        )
    kind = next((kind for start, kind in STARTS if content.startswith(start)), "")
    if not kind:
        raise UsageError("this is no file of a known kind", "a PDF, JPEG or PNG is needed")
    with transaction.atomic():
        entry = entries.add(
            client, "document", {"words": told, "type": kind, "bytes": len(content)}, by=by
        )
        row = Document(client=entry.client, entry=entry)
        row.wrapped_key = vault.current().new_key(row.secret_name)
        row.sealed = vault.current().seal_with(row.secret_name, row.wrapped_key, content)
        row.save(force_insert=True)
    return entry


def document_bytes(entry: Entry) -> bytes:
    """The file of an entry, as it came but without the place where a picture was taken.

    Raises
    ------
    VaultError : it was changed, or its key is gone
    """
    row: Document = entry.document
    content = vault.current().open(row.secret_name, bytes(row.wrapped_key), bytes(row.sealed))
    return content if entry.content["type"] == "pdf" else without_place(content)


def of_client(client: Client) -> list[Entry]:
    """The entries that have a file, the newest first."""
    return list(client.entries.filter(kind="document").select_related("by").order_by("-at"))
