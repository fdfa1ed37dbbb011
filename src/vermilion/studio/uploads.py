"""Uploads are cut off at the photo's limit, before they are decoded or fill the disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload

LIMIT_BYTES = 50 * 1024 * 1024
"""What a photo may have (`photo.open`); more is not read."""


class Limited(MemoryFileUploadHandler):
    """Keeps an upload in memory (it is never written unsealed) and stops at LIMIT_BYTES."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.seen = 0
        super().new_file(*args, **kwargs)

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        super().handle_raw_input(*args, **kwargs)
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        if self.seen > LIMIT_BYTES:
            raise StopUpload(connection_reset=True)
        found: bytes | None = super().receive_data_chunk(raw_data, start)
        return found
