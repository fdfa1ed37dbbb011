"""Bytes of a picture file -> header (nothing decoded yet) -> upright pixels.

Pillow reads all 8-bit files, pi-heif those of phones. Pillow silently halves 16-bit colour to
8 bits, so 16-bit PNG and TIFF go through OpenCV.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from vermilion.errors import PhotoError
from vermilion.photo.photo import Pixels

WANTED = "a whole JPEG, PNG, WebP, TIFF or HEIC photo is needed"

HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
STRANGERS = (
    (b"GIF8", "{name} is a GIF"),
    (b"BM", "{name} is a BMP picture"),
    (b"%PDF", "{name} is a PDF"),
    (b"8BPS", "{name} is a Photoshop file"),
    (b"\x00\x00\x00\x0cjP", "{name} is a JPEG 2000 picture"),
    (b"\xff\x0a", "{name} is a JPEG XL picture"),
    (b"\x00\x00\x00\x0cJXL", "{name} is a JPEG XL picture"),
    (b"<svg", "{name} is a drawing (SVG)"),
    (b"PK\x03\x04", "{name} is a ZIP archive"),
)

READERS = {
    "JPEG": ("JpegImagePlugin", "jpeg_factory"),
    "PNG": ("PngImagePlugin", "PngImageFile"),
    "WEBP": ("WebPImagePlugin", "WebPImageFile"),
    "TIFF": ("TiffImagePlugin", "TiffImageFile"),
}

ORIENTATION_TAG = 274
BITS_TAG = 258
SAMPLE_FORMAT_TAG = 339
RAW_TAG = 50706  # DNGVersion: a raw file whose first picture is only its preview

STRIP_PX = 64
PLAIN_MODES = ("L", "RGB", "CMYK")
ALPHA_MODES = ("LA", "La", "PA", "RGBA", "RGBa")


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself before its pixels are decoded; size is (width, height)."""

    format: str
    size: tuple[int, int]
    image: Any


@dataclass(frozen=True, slots=True)
class Decoded:
    """Upright pixels as stored.

    colour : (H, W) grey, (H, W, 3) RGB or (H, W, 4) CMYK, uint8 or uint16
    alpha : (H, W) of the same type, None when everything is opaque
    icc : the colour profile; primaries : their CICP number where a HEIF file gives it instead
    """

    colour: Pixels
    alpha: Pixels | None
    icc: bytes | None
    primaries: int | None = None


def read_header(data: bytes, name: str) -> Header:
    """Format and size, without decoding.

    Raises
    ------
    PhotoError : not a picture of a known kind, or cut off inside the header
    """
    kind = _sniff(data, name)
    with _blame_the_file(name):
        if kind == "HEIF":
            import pi_heif

            heif = pi_heif.open_heif(io.BytesIO(data))
            return Header(kind, (int(heif.size[0]), int(heif.size[1])), heif)
        image = _opened(data, kind)
        if kind == "TIFF" and RAW_TAG in image.tag_v2:
            raise PhotoError(
                "{name} is a camera's raw file", WANTED, "export it as a JPEG", name=name
            )
        return Header(kind, image.size, image)


def _opened(data: bytes, kind: str) -> Any:
    """Pillow's picture. `Image.open` would first load readers of all kinds, and refuse a large
    photo in its own words before its size can be told."""
    module, reader = READERS[kind]
    return getattr(import_module(f"PIL.{module}"), reader)(io.BytesIO(data))


def decode(data: bytes, header: Header, name: str) -> Decoded:
    """All pixels, upright.

    Raises
    ------
    PhotoError : cut off, damaged, or of a pixel kind that cannot be read
    """
    with _blame_the_file(name):
        if header.format == "HEIF":
            return _decode_heif(header.image, name)
        image = header.image
        icc = image.info.get("icc_profile") or None
        if _is_16_bit(data, header):
            colour, alpha = _decode_deep(data, header, name)
            turn = 1  # OpenCV has turned a TIFF already
            if header.format == "PNG":
                image.load()  # its EXIF may stand behind the pixels
                turn = _orientation(image)
        else:
            image.load()
            turn = _orientation(image)  # now: loading turns a TIFF and takes its tag away
            colour, alpha = _decode_plain(image, name)
        alpha = None if alpha is None else _upright(alpha, turn)
        return Decoded(_upright(colour, turn), alpha, icc)


def _sniff(data: bytes, name: str) -> str:
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "TIFF"
    if data[4:8] == b"ftyp":
        if data[8:12] in HEIF_BRANDS:
            return "HEIF"
        avif = data[8:12] in (b"avif", b"avis")
        what = "{name} is an AVIF picture" if avif else "{name} is a film"
        raise PhotoError(what, WANTED, "save a photo as JPEG", name=name)
    for magic, what in STRANGERS:
        if data.startswith(magic):
            raise PhotoError(what, WANTED, "save it as JPEG or PNG", name=name)
    raise PhotoError("{name} is not a picture", WANTED, "choose another file", name=name)


@contextmanager
def _blame_the_file(name: str) -> Iterator[None]:
    """Decoders meet broken files with all kinds of exceptions; each means the same to a person."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, which is thrown away anyway
            yield
    except PhotoError:
        raise
    except MemoryError:
        raise PhotoError(
            "{name} needs more memory than there is", "", "save it smaller", name=name
        ) from None
    except Exception as error:
        raise PhotoError(
            "{name} is cut off or damaged", WANTED, "copy it again from where it came", name=name
        ) from error


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    except Exception:  # damaged metadata is no reason to refuse good pixels
        return 1


def _upright(pixels: Pixels, turn: int) -> Pixels:
    """Undo the EXIF orientation (1..8)."""
    if turn in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if turn in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if turn in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels


def _is_16_bit(data: bytes, header: Header) -> bool:
    if header.format == "PNG":
        return data[24] == 16
    if header.format != "TIFF":
        return False
    tags = header.image.tag_v2
    return set(tags.get(BITS_TAG, (1,))) == {16} and set(tags.get(SAMPLE_FORMAT_TAG, (1,))) == {1}


def _decode_plain(image: Any, name: str) -> tuple[Pixels, Pixels | None]:
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("1", "YCbCr", "RGBX"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    elif image.mode in ("L", "RGB") and "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode in ALPHA_MODES:
        return _split_alpha(_pixels(image.convert("RGBA")))
    if image.mode not in PLAIN_MODES:
        raise PhotoError(
            "{name} stores its pixels in an unusual way ({mode})",
            "usual grey or colour is needed",
            "save it as JPEG or PNG",
            name=name,
            mode=image.mode,
        )
    return _pixels(image), None


def _pixels(image: Any) -> Pixels:
    """All pixels of a Pillow picture. As one piece its bytes would be copied twice over, each time
    into memory that is new: three times as slow."""
    width, height = image.size
    pixels = np.empty((height, *np.asarray(image.crop((0, 0, width, 1))).shape[1:]), np.uint8)
    for top in range(0, height, STRIP_PX):
        strip = image.crop((0, top, width, min(top + STRIP_PX, height)))
        pixels[top : top + STRIP_PX] = np.asarray(strip)
    return pixels


def _decode_deep(data: bytes, header: Header, name: str) -> tuple[Pixels, Pixels | None]:
    import cv2

    if header.format == "PNG":  # OpenCV's libpng would print its own words about a cut-off file
        from PIL import Image

        Image.open(io.BytesIO(data), formats=["PNG"]).verify()
    loud = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    finally:
        cv2.utils.logging.setLogLevel(loud)
    if pixels is None:
        raise PhotoError(
            "{name} is cut off or damaged", WANTED, "copy it again from where it came", name=name
        )
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return pixels.reshape(pixels.shape[:2]), None
    if pixels.shape[2] == 4:
        return _split_alpha(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA))
    return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), None


def _decode_heif(heif: Any, name: str) -> Decoded:
    """libheif has turned the picture already; its EXIF orientation must not be applied again."""
    pixels = np.asarray(heif.to_pillow().convert("RGBA" if heif.has_alpha else "RGB"))
    icc = heif.info.get("icc_profile") or None
    nclx = heif.info.get("nclx_profile") or {}
    if icc is None and nclx.get("transfer_characteristics") in (16, 18):
        raise PhotoError(
            "{name} is coded for HDR screens",
            "a usual photo is needed",
            "export it as a JPEG",
            name=name,
        )
    colour, alpha = _split_alpha(pixels) if heif.has_alpha else (pixels, None)
    return Decoded(colour, alpha, icc, nclx.get("color_primaries"))


def _split_alpha(rgba: Pixels) -> tuple[Pixels, Pixels | None]:
    alpha = rgba[..., 3]
    opaque = bool((alpha == np.iinfo(rgba.dtype).max).all())
    return rgba[..., :3], None if opaque else alpha
