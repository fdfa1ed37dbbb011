"""Uploads are cut off at the photo's limit, before they are decoded or fill the disk.

Public: `LIMIT_BYTES`, `Limited`, `photo_in`, `photos_in`, `was_cut`, `too_large`.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest

from vermilion.errors import PhotoError

LIMIT_BYTES = 50 * 1024 * 1024
"""What a photo may have (`photo.open`); more is not read."""


class Limited(MemoryFileUploadHandler):
    """Keeps an upload in memory (it is never written unsealed) and stops at LIMIT_BYTES."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.seen, self.cut = 0, False
        super().new_file(*args, **kwargs)

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(*args, **kwargs)
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        if self.seen > LIMIT_BYTES:
            self.cut = True
            raise StopUpload(connection_reset=True)
        found: bytes | None = super().receive_data_chunk(raw_data, start)
        return found


def photo_in(request: HttpRequest, name: str) -> bytes:
    """The photo of a form, whole.

    Raises
    ------
    PhotoError : none came, or one that was cut off at the limit
    """
    content: bytes = photos_in(request, name)[-1].read()
    return content


def photos_in(request: HttpRequest, name: str) -> list[UploadedFile[Any]]:
    """All photos of a form, whole: one that was cut off takes the others along.

    Raises
    ------
    PhotoError : as `photo_in`
    """
    uploads = request.FILES.getlist(name)
    if was_cut(request):
        raise too_large()
    if not uploads:
        raise PhotoError("no photo came", "a picture file is needed", "choose one")
    return list(uploads)


def was_cut(request: HttpRequest) -> bool:
    """Whether a file of this form was larger than the limit, and not read to its end."""
    return any(getattr(one, "cut", False) for one in request.upload_handlers)


def too_large() -> PhotoError:
    """The refusal of such a file."""
    return PhotoError(
        "this file has more than {most} MB",
        "a photo as a camera or a phone makes it is needed",
        "choose a smaller one",
        most=LIMIT_BYTES // 1024**2,
    )
