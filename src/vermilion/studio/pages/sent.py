"""What goes out to be kept or looked at: never stored by the browser or anything between.

Public: `attachment`, `picture`, `pixels_shown`.
"""

from __future__ import annotations

from django.http import HttpResponse

from vermilion.consult.words import SIMULATED

NOT_KEPT = {"Cache-Control": "no-store, private"}


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to save; kind : its media type"""
    place = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=NOT_KEPT | place)


def picture(jpeg: bytes, **headers: str) -> HttpResponse:
    """A JPEG to show."""
    return HttpResponse(jpeg, content_type="image/jpeg", headers=NOT_KEPT | headers)


def pixels_shown(rgba: bytes, **headers: str) -> HttpResponse:
    """Bare pixels of a simulation, for a canvas: no file that somebody could keep as a photo."""
    kind = {"X-Content": SIMULATED}
    return HttpResponse(rgba, "application/octet-stream", headers=NOT_KEPT | kind | headers)
