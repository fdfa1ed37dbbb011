"""One client's whole record in one ZIP: what is written as JSON, answers from home that were begun
and not sent among it; files and photos as they were given, but pictures without the place where
they were taken.

Public: `whole_record`.
"""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from vermilion.photo.exif import without_place
from vermilion.studio.models import Client
from vermilion.studio.record.documents import document_bytes, of_client
from vermilion.studio.record.kept_photos import photo_bytes

SUFFIXES = {
    b"\x89PNG": "png",
    b"\xff\xd8": "jpg",
    b"RIFF": "webp",
    b"II*\0": "tif",
    b"MM\0*": "tif",
}


def whole_record(client: Client) -> bytes:
    """The ZIP's bytes; nothing of it touches a disk."""
    out = BytesIO()
    entries = [
        {
            "id": str(one.pk),
            "kind": one.kind,
            "at": one.at.isoformat(),
            "by": "client" if one.by is None else one.by.display,
            "about": str(one.about_id or ""),
            "content": client.opened(one.sealed),
        }
        for one in client.entries.select_related("by").order_by("at")
    ]
    visits = [
        {"starts_at": one.starts_at.isoformat(), "minutes": one.minutes, "state": one.state}
        | one.content
        for one in client.appointments.order_by("starts_at")
    ]
    unsent = [
        {"asked_at": one.made_at.isoformat(), "asked_by": one.by.display}
        | client.opened(one.sealed)
        for one in client.questionnaires.filter(entry=None).select_related("by")
    ]
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr("card.json", _json(client.card))
        file.writestr("record.json", _json(entries))
        file.writestr("visits.json", _json(visits))
        file.writestr("answers_not_sent.json", _json(unsent))
        for entry in of_client(client):
            name = f"files/{entry.at:%Y-%m-%d}-{str(entry.pk)[:8]}.{entry.content['type']}"
            file.writestr(name, document_bytes(entry))
        for photo in client.photos.order_by("taken_at"):
            content = without_place(photo_bytes(photo))
            name = f"photos/{photo.taken_at:%Y-%m-%d}-{photo.view}-{str(photo.pk)[:8]}"
            file.writestr(f"{name}.{_suffix(content)}", content)
    return out.getvalue()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _suffix(content: bytes) -> str:
    return next((kind for start, kind in SUFFIXES.items() if content.startswith(start)), "heic")
