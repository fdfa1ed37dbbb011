"""When a photo was taken is read; where goes to nobody, and no pixel changes on the way."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import numpy as np
import pytest
from PIL import Image

from vermilion.errors import PhotoError
from vermilion.photo.exif import taken_at, without_place
from vermilion.photo.open import open_photo

PLACE = {1: "N", 2: (40.0, 25.0, 1.0), 3: "W", 4: (3.0, 41.0, 2.0)}


def photo(
    kind: str = "JPEG", *, place: bool = True, taken: str = "2024:03:01 16:20:00", **more: object
) -> bytes:
    grain = np.random.default_rng(3).integers(0, 255, (160, 200, 3), np.uint8)
    exif = Image.Exif()
    exif[274] = 6
    inner = exif.get_ifd(0x8769)
    if taken:
        inner[0x9003] = taken
    if place:
        exif.get_ifd(0x8825).update(PLACE)
    out = io.BytesIO()
    Image.fromarray(grain).save(out, kind, exif=exif.tobytes(), **more)
    return out.getvalue()


def notes(content: bytes) -> Image.Exif:
    return Image.open(io.BytesIO(content)).getexif()


def test_the_camera_says_when() -> None:
    assert taken_at(photo()) == datetime(2024, 3, 1, 16, 20)
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2024:03:01 16:20:00", 0x9011: "+00:00"})
    out = io.BytesIO()
    Image.new("RGB", (160, 160)).save(out, "JPEG", exif=exif.tobytes())
    assert taken_at(out.getvalue()) == datetime(2024, 3, 1, 16, 20, tzinfo=UTC)


@pytest.mark.parametrize("taken", ["", "0000:00:00 00:00:00", "soon"])
def test_no_time_is_none(taken: str) -> None:
    assert taken_at(photo(taken=taken)) is None
    assert taken_at(b"no picture") is None


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"quality": 30}], ids=str)
def test_a_jpeg_loses_its_place_and_no_pixel(more: dict[str, object]) -> None:
    before = photo(**more)
    assert dict(notes(before).get_ifd(0x8825))
    after = without_place(before)
    assert not dict(notes(after).get_ifd(0x8825))
    assert np.array_equal(open_photo(after).pixels, open_photo(before).pixels)
    assert taken_at(after) == taken_at(before)
    assert notes(after)[274] == 6


def test_notes_of_other_programs_and_pictures_behind_the_picture_go() -> None:
    before = photo()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x GPSLatitude='40,25N'/>"
    told = before[:2] + b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp + before[2:] + before
    after = without_place(told)
    assert b"GPSLatitude" not in after
    assert after == without_place(before)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_another_kind_with_a_place_becomes_a_png_of_the_same_pixels(kind: str) -> None:
    more = {"lossless": True} if kind == "WEBP" else {}
    before = photo(kind, **more)
    after = without_place(before)
    assert not dict(notes(after).get_ifd(0x8825))
    assert np.array_equal(open_photo(after).pixels, open_photo(before).pixels)
    plain = photo(kind, place=False, **more)
    assert without_place(plain) == plain


def test_a_cut_jpeg_is_refused() -> None:
    with pytest.raises(PhotoError):
        without_place(photo()[:-400])
