"""What goes out to be kept or looked at: never stored by the browser or anything between.

Public: `attachment`, `picture`.
"""

from __future__ import annotations

from django.http import HttpResponse

NOT_KEPT = {"Cache-Control": "no-store, private"}


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save; kind : its media type"""
    place = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=NOT_KEPT | place)


def picture(jpeg: bytes, **headers: str) -> HttpResponse:
    """A JPEG to show."""
    return HttpResponse(jpeg, content_type="image/jpeg", headers=NOT_KEPT | headers)
