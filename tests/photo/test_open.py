"""Every kind of photo opens upright and in sRGB; every wrong input gets one kind sentence."""

from __future__ import annotations

import io
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from vermilion.errors import PhotoError
from vermilion.photo.open import MAX_BYTES, open_photo, photo_from_pixels
from vermilion.photo.photo import Pixels


def scene(height: int = 150, width: int = 200, depth: type = np.uint8) -> Pixels:
    """A smooth picture whose corners all differ."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    top = np.iinfo(depth).max
    return (np.stack([x, y, 1 - x * y], axis=-1) * top).round().astype(depth)


def encoded(kind: str, pixels: Pixels, **options: Any) -> bytes:
    out = io.BytesIO()
    mode = options.pop("mode", None)
    image = Image.fromarray(pixels)
    (image.convert(mode) if mode else image).save(out, kind, **options)
    return out.getvalue()


def heic(pixels: Pixels, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(out, quality=95, **options)
    return out.getvalue()


def deep(kind: str, pixels: Pixels) -> bytes:
    order = {2: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}
    code = order[pixels.shape[2] if pixels.ndim == 3 else 2]
    return cv2.imencode(kind, pixels if code is None else cv2.cvtColor(pixels, code))[1].tobytes()


def display_p3() -> bytes:
    """A matrix/TRC profile with P3's primaries and a gamma of 2.2, made from sRGB's own."""
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    columns = {
        b"rXYZ": (0.51512, 0.24120, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.15710, 0.06657, 0.78407),
    }
    for k in range(int.from_bytes(icc[128:132], "big")):
        row = 132 + 12 * k
        start = int.from_bytes(icc[row + 4 : row + 8], "big")
        for at, value in enumerate(columns.get(bytes(icc[row : row + 4]), ())):
            spot = start + 8 + 4 * at
            icc[spot : spot + 4] = round(value * 65536).to_bytes(4, "big", signed=True)
    return bytes(icc)


def refusal(source: Any) -> str:
    with pytest.raises(PhotoError) as caught:
        open_photo(source)
    sentence = str(caught.value)
    assert sentence.count(".\n") == 0
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_lossless_files_open_with_the_pixels_they_hold(kind: str) -> None:
    options = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    photo = open_photo(encoded(kind, scene(), **options))
    assert np.array_equal(photo.pixels, scene())
    assert (photo.format, photo.width, photo.height) == (kind, 200, 150)


def test_a_jpeg_without_profile_opens_exactly_as_decoded() -> None:
    data = encoded("JPEG", scene(), quality=90)
    assert np.array_equal(open_photo(data).pixels, np.asarray(Image.open(io.BytesIO(data))))


def test_a_heic_photo_opens() -> None:
    photo = open_photo(heic(scene()))
    assert photo.format == "HEIF"
    assert np.abs(photo.pixels.astype(int) - scene()).mean() < 3


def test_pixels_cannot_be_changed() -> None:
    assert not open_photo(encoded("PNG", scene())).pixels.flags.writeable


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_photo_opens_upright(kind: str, turn: int) -> None:
    upright = scene()
    # What a camera stores so that showing it with this orientation gives `upright`.
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.swapaxes(0, 1),
        6: upright.swapaxes(0, 1)[::-1],
        7: upright[::-1, ::-1].swapaxes(0, 1),
        8: upright.swapaxes(0, 1)[:, ::-1],
    }[turn]
    exif = Image.Exif()
    exif[274] = turn
    options = {"JPEG": {"quality": 95}, "WEBP": {"lossless": True}}.get(kind, {})
    photo = open_photo(encoded(kind, np.ascontiguousarray(stored), exif=exif, **options))
    assert photo.pixels.shape == upright.shape
    assert np.abs(photo.pixels.astype(int) - upright).mean() < 3


def test_a_turned_heic_is_not_turned_twice() -> None:
    exif = Image.Exif()
    exif[274] = 6
    image = Image.fromarray(np.ascontiguousarray(scene().swapaxes(0, 1)[::-1]))
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=95, exif=exif.tobytes())
    photo = open_photo(out.getvalue())
    assert photo.pixels.shape == scene().shape
    assert np.abs(photo.pixels.astype(int) - scene()).mean() < 3


@pytest.mark.parametrize("kind", ["TIFF", "PNG"])
def test_a_turned_16_bit_photo_opens_upright(kind: str) -> None:
    upright = scene(depth=np.uint16)[..., 0]
    exif = Image.Exif()
    exif[274] = 6
    stored = np.ascontiguousarray(upright.swapaxes(0, 1)[::-1])
    photo = open_photo(encoded(kind, stored, exif=exif))
    assert np.array_equal(photo.pixels[..., 0], upright)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_turn_that_a_png_tells_behind_its_pixels_is_heeded(depth: int) -> None:
    pixels = scene(200, 300)
    plain = encoded("PNG", pixels) if depth == 8 else deep(".png", pixels.astype(np.uint16) * 257)
    exif = Image.Exif()
    exif[0x0112] = 6
    chunk = b"eXIf" + exif.tobytes()[6:]
    late = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    photo = open_photo(plain[:-12] + late + plain[-12:])
    assert (photo.width, photo.height) == pixels.shape[:2]


@pytest.mark.parametrize("kind", [".png", ".tiff"])
def test_16_bit_colour_stays_16_bit(kind: str) -> None:
    picture = scene(depth=np.uint16)
    photo = open_photo(deep(kind, picture))
    assert photo.pixels.dtype == np.uint16
    assert photo.full_scale == 65535
    assert np.array_equal(photo.pixels, picture)


@pytest.mark.parametrize("kind", [".png", ".tiff"])
def test_16_bit_grey_becomes_colour_of_equal_parts(kind: str) -> None:
    grey = scene(depth=np.uint16)[..., 0]
    photo = open_photo(deep(kind, grey))
    assert np.array_equal(photo.pixels, np.repeat(grey[..., None], 3, axis=2))


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA"])
def test_grey_palette_and_alpha_files_open_as_colour(mode: str) -> None:
    photo = open_photo(encoded("PNG", scene(), mode=mode))
    assert photo.pixels.shape == (150, 200, 3)
    assert photo.pixels.dtype == np.uint8


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_transparent_parts_are_laid_on_white(depth: type) -> None:
    top = int(np.iinfo(depth).max)
    rgba = np.dstack([np.zeros((150, 200, 3), depth), np.full((150, 200), top, depth)])
    rgba[:75, :, 3] = 0
    photo = open_photo(deep(".png", rgba))
    assert (photo.pixels[:75] == top).all()
    assert (photo.pixels[75:] == 0).all()
    assert "white" in photo.colour


def test_an_opaque_alpha_changes_nothing() -> None:
    rgba = np.dstack([scene(), np.full((150, 200), 255, np.uint8)])
    photo = open_photo(encoded("PNG", rgba))
    assert np.array_equal(photo.pixels, scene())
    assert photo.colour == "taken as sRGB"


def test_a_photo_with_an_srgb_profile_keeps_its_pixels() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = open_photo(encoded("PNG", scene(), icc_profile=icc))
    assert np.array_equal(photo.pixels, scene())
    assert photo.colour == "sRGB"


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_display_p3_becomes_the_srgb_that_littlecms_gives(kind: str) -> None:
    icc = display_p3()
    soft = (60 + 0.5 * scene().astype(float)).astype(np.uint8)  # inside sRGB
    options = {"lossless": True} if kind == "WEBP" else {}
    photo = open_photo(encoded(kind, soft, icc_profile=icc, **options))
    reference = ImageCms.profileToProfile(
        Image.fromarray(soft),
        ImageCms.ImageCmsProfile(io.BytesIO(icc)),
        ImageCms.createProfile("sRGB"),
    )
    assert np.abs(photo.pixels.astype(int) - np.asarray(reference)).max() <= 1
    assert (photo.pixels != soft).any()
    assert photo.colour.endswith("-> sRGB")


def test_a_heic_in_display_p3_is_converted() -> None:
    soft = np.full((150, 200, 3), (180, 100, 90), np.uint8)
    image = Image.fromarray(soft)
    image.info["icc_profile"] = display_p3()
    out = io.BytesIO()
    pillow_heif.from_pillow(image).save(out, quality=95)
    photo = open_photo(out.getvalue())
    assert photo.colour.endswith("-> sRGB")
    assert photo.pixels[75, 100, 0] > 185


def test_a_16_bit_photo_in_display_p3_is_converted_at_16_bits() -> None:
    picture = np.full((150, 200, 3), (46000, 26000, 23000), np.uint16)
    data = deep(".png", picture)
    body = b"iCCP" + b"p3\0\0" + zlib.compress(display_p3())
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    photo = open_photo(data[:33] + chunk + data[33:])
    eight = open_photo(encoded("PNG", (picture // 257).astype(np.uint8), icc_profile=display_p3()))
    assert photo.pixels.dtype == np.uint16
    assert np.abs(photo.pixels[0, 0] / 257 - eight.pixels[0, 0]).max() < 1.5


def test_a_damaged_profile_is_no_reason_to_refuse() -> None:
    photo = open_photo(encoded("PNG", scene(), icc_profile=b"\0" * 200))
    assert np.array_equal(photo.pixels, scene())


def test_cmyk_without_profile_is_refused_with_advice() -> None:
    assert "export it as an sRGB JPEG" in refusal(encoded("JPEG", scene(), mode="CMYK"))


def test_metadata_does_not_travel() -> None:
    exif = Image.Exif()
    exif[0x9003] = "2026:01:01 10:00:00"
    exif.get_ifd(0x8825)[1] = "N"
    photo = open_photo(encoded("JPEG", scene(), exif=exif))
    assert "2026" not in repr({f: getattr(photo, f) for f in ("name", "format", "colour")})


# Wrong input


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert refusal(tmp_path / "a.jpg").startswith("a.jpg is empty")


def test_text_is_not_a_picture() -> None:
    assert "not a picture" in refusal(b"once upon a time")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIC", "progressive", "16"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_cut_off_file_is_refused(kind: str, share: float) -> None:
    noisy = np.random.default_rng(1).integers(0, 256, (200, 200, 3), np.uint8)
    data = {
        "HEIC": lambda: heic(noisy),
        "progressive": lambda: encoded("JPEG", noisy, progressive=True),
        "16": lambda: deep(".png", noisy.astype(np.uint16) * 257),
    }.get(kind, lambda: encoded(kind, noisy))()
    assert "cut off" in refusal(data[: int(share * len(data))])


def test_a_tiny_picture_is_refused() -> None:
    assert "40 x 40" in refusal(encoded("PNG", scene(40, 40)))


def test_70_megapixels_are_refused_before_they_are_decoded() -> None:
    data = bytearray(encoded("PNG", scene()))
    data[16:24] = (10_000).to_bytes(4, "big") + (7_000).to_bytes(4, "big")
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    assert "70 megapixels" in refusal(bytes(data))


def test_a_decompression_bomb_is_refused_by_its_size() -> None:
    data = bytearray(encoded("PNG", scene()))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    assert "3600 megapixels" in refusal(bytes(data))


def test_51_megabytes_are_refused_unread(tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.jpg"
    with heavy.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "at most 50 MB" in refusal(heavy)


def test_a_missing_path_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "no file" in refusal(tmp_path / "nowhere.jpg")
    assert "is a folder" in refusal(tmp_path)
    assert refusal("a\0b")
    assert refusal("x" * 5000)


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "not a usual file" in refusal(tmp_path / "pipe.jpg")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(encoded("JPEG", scene()))
    path.chmod(0)
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"GIF89a", "a GIF"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\x20ftypmp42", "a film"),
        (b"\0\0\0\x20ftypavif", "an AVIF"),
    ],
)
def test_other_kinds_are_called_by_their_name(start: bytes, what: str) -> None:
    assert what in refusal(start + bytes(500))


@settings(max_examples=150)
@given(st.data())
def test_whatever_is_damaged_ends_in_a_photo_or_one_sentence(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(SAMPLES)))
    content = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PhotoError):
        assert min(open_photo(bytes(content)).pixels.shape[:2]) >= 120


SAMPLES = {
    "jpeg": encoded("JPEG", scene(), quality=60),
    "png": encoded("PNG", scene()),
    "p3": encoded("PNG", scene(), icc_profile=display_p3()),
    "webp": encoded("WEBP", scene(), quality=60),
    "tiff": encoded("TIFF", scene(130, 130)),
    "heic": heic(scene()),
    "deep": deep(".png", scene(130, 130, np.uint16)),
    "deep tiff": deep(".tiff", scene(130, 130, np.uint16)),
}


def test_an_array_becomes_a_photo_of_its_own() -> None:
    pixels = scene()
    photo = photo_from_pixels(pixels)
    pixels[:] = 0
    assert np.array_equal(photo.pixels, scene())
    with pytest.raises(PhotoError, match="float64"):
        photo_from_pixels(scene() / 255)
