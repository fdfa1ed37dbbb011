"""What a camera wrote beside the pixels: when a photo was taken, and where, which goes to nobody.

Public: `taken_at`, `without_place`.
"""

from __future__ import annotations

import io
from datetime import datetime

from vermilion.errors import PhotoError
from vermilion.photo.decode import read_header
from vermilion.photo.open import open_photo
from vermilion.photo.save import encode_png

EXIF_IFD, PLACE_IFD = 0x8769, 0x8825
TAKEN, TAKEN_OFFSET, MADE = 0x9003, 0x9011, 0x9004
FORM = "%Y:%m:%d %H:%M:%S"
APP1, APP2, SCAN, END = 0xE1, 0xE2, 0xDA, 0xD9
ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""Markers of a JPEG that stand without a length."""


def taken_at(content: bytes) -> datetime | None:
    """When the camera says the photo was taken; aware where it tells its zone; None where it says
    nothing, or nothing that is a time."""
    exif = _exif(content)
    if exif is None:
        return None
    inner = exif.get_ifd(EXIF_IFD)
    try:
        found = datetime.strptime(str(inner.get(TAKEN) or inner.get(MADE)).strip("\0 "), FORM)
    except ValueError:
        return None
    try:
        zone = datetime.strptime(str(inner.get(TAKEN_OFFSET)).strip("\0 "), "%z").tzinfo
    except ValueError:
        return found
    return found.replace(tzinfo=zone)


def without_place(content: bytes) -> bytes:
    """The same photo without the place where it was taken.

    A JPEG keeps its pixels bit by bit; its notes are written anew without the place, notes of
    other programs (XMP) go. Another kind that names a place becomes a PNG of the same pixels.
    """
    if content.startswith(b"\xff\xd8"):
        return _jpeg_without(content)
    exif = _exif(content)
    if exif is None or not exif.get_ifd(PLACE_IFD):
        return content
    return encode_png(open_photo(content).pixels)


def _exif(content: bytes):  # type: ignore[no-untyped-def]  # Pillow's Exif
    from PIL import Image

    try:
        header = read_header(content, "photo")
        if header.format != "HEIF":
            return header.image.getexif()
        found = Image.Exif()
        found.load(header.image.info.get("exif") or b"")
    except Exception:  # damaged notes are no reason to refuse good pixels
        return None
    return found


def _jpeg_without(content: bytes) -> bytes:
    """
    Raises
    ------
    PhotoError : a JPEG whose segments end in the middle
    """
    out, at = io.BytesIO(), 2
    out.write(content[:2])
    exif = _exif(content)
    if exif is not None and len(exif):
        exif.get_ifd(EXIF_IFD)  # read before the place goes, or it is lost with it
        exif.pop(PLACE_IFD, None)
        notes = exif.tobytes()
        out.write(b"\xff\xe1" + (len(notes) + 2).to_bytes(2, "big") + notes)
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END:  # whatever follows is another picture with notes of its own
            break
        long = 2 if marker in ALONE else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == SCAN:
            long = _scan_end(content, at + long) - at
        told = marker == APP1 or (marker == APP2 and content[at + 4 : at + 8] == b"MPF\0")
        if not told:
            out.write(content[at : at + long])
        at += long
    if content[at : at + 2] != bytes((0xFF, END)):
        raise PhotoError("photo is cut off or damaged", "a whole JPEG is needed", "copy it again")
    out.write(content[at : at + 2])
    return out.getvalue()


def _scan_end(content: bytes, at: int) -> int:
    """Where the next marker stands after the packed pixels that begin at `at`."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
