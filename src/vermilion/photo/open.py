"""Open a photo: limits first, then pixels, upright, in sRGB, without private metadata.

Public: `open_photo`, `photo_file`, `check_photo`, `photo_from_pixels`.

`open_photo` takes a path or the bytes of a JPEG, PNG, WebP, TIFF or HEIC/HEIF file. What it gives
back holds pixels and nothing else of the file: place, time and serial numbers cannot travel on.
Transparent parts are laid on white.
"""

from __future__ import annotations

import io
import stat
from pathlib import Path

import numpy as np

from vermilion.errors import PhotoError
from vermilion.photo.decode import Header, decode, read_header
from vermilion.photo.photo import Photo, Pixels
from vermilion.photo.profile import to_srgb

MAX_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 64_000_000
MIN_SIDE_PX = 120
GOOD_SIDE_PX = 1000
"""Below this no face fills enough pixels to be measured at all."""

WANTED = "a JPEG, PNG, WebP, TIFF or HEIC photo of a face is needed"


def open_photo(source: str | Path | bytes, name: str = "") -> Photo:
    """Open a photo of at most 50 MB and 64 megapixels.

    Parameters
    ----------
    source : a path, or the bytes of the file
    name : what to call it in messages and reports; a path's own name when empty

    Returns
    -------
    Photo : upright, sRGB; 16-bit files stay 16-bit. Without a colour profile the pixels are
        exactly those that the file holds.

    Raises
    ------
    PhotoError : nothing there, unreadable, too big, too small, cut off, not a picture
    """
    if isinstance(source, bytes):
        name, data = name or "photo", source
    else:
        path = Path(source)
        name, data = name or path.name, photo_file(path)
    header = check_photo(data, name)
    picture = decode(data, header, name)
    pixels, note = to_srgb(picture.colour, picture.icc, picture.primaries, name)
    pixels = _on_white(pixels, picture.alpha)
    if picture.alpha is not None:
        note += ", transparency laid on white"
    pixels = np.ascontiguousarray(pixels)
    pixels.setflags(write=False)
    return Photo(pixels, name, header.format, note)


def check_photo(data: bytes, name: str = "photo") -> Header:
    """What a file says about itself, where it keeps all limits; nothing is decoded.

    Raises
    ------
    PhotoError : empty, too big, too small, cut off inside its header, not a picture
    """
    if not data:
        raise PhotoError("{name} is empty", WANTED, "choose another file", name=name)
    if len(data) > MAX_BYTES:
        raise _too_heavy(name, len(data))
    header = read_header(data, name)
    _check_size(header, name)
    return header


def photo_file(path: Path) -> bytes:
    """The bytes of a file that may be a photo; one that is too big is not read.

    Raises
    ------
    PhotoError : no file, not to be read, too big
    """
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise PhotoError("{path} is a folder", WANTED, "name a file in it", path=path)
        if not stat.S_ISREG(about.st_mode):
            raise PhotoError(
                "{path} is not a usual file", WANTED, "save it as a file first", path=path
            )
        if about.st_size > MAX_BYTES:
            raise _too_heavy(path.name, about.st_size)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise PhotoError("there is no file {path}", WANTED, "check the path", path=path) from None
    except PermissionError:
        raise PhotoError(
            "{path} may not be read",
            "reading rights are needed",
            "change them or copy the file",
            path=path,
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise PhotoError(
            "{path} cannot be read ({reason})",
            WANTED,
            "check the path",
            path=repr(str(path)[:200]),
            reason=reason,
        ) from None


def _too_heavy(name: str, size: int) -> PhotoError:
    return PhotoError(
        "{name} has {size} MB",
        "at most {most} MB are taken",
        "save it as a JPEG",
        name=name,
        size=round(size / 1e6),
        most=MAX_BYTES // (1024 * 1024),
    )


def _check_size(header: Header, name: str) -> None:
    width, height = header.size
    if width * height > MAX_PIXELS:
        raise PhotoError(
            "{name} has {width} x {height} pixels ({megapixels} megapixels)",
            "at most {most} megapixels are taken",
            "save it smaller",
            name=name,
            width=width,
            height=height,
            megapixels=round(width * height / 1e6),
            most=MAX_PIXELS // 1_000_000,
        )
    if min(width, height) < MIN_SIDE_PX:
        raise PhotoError(
            "{name} has only {width} x {height} pixels",
            "at least {least} on each side are needed, {good} are good",
            "use the original photo, not its preview",
            name=name,
            width=width,
            height=height,
            least=MIN_SIDE_PX,
            good=GOOD_SIDE_PX,
        )


def _on_white(pixels: Pixels, alpha: Pixels | None) -> Pixels:
    if alpha is None:
        return pixels
    top = np.iinfo(pixels.dtype).max
    share = alpha[..., None].astype(np.float32) / np.float32(top)
    mixed = pixels * share + np.float32(top) * (1 - share)
    return np.asarray(np.rint(mixed), pixels.dtype)


def photo_from_pixels(pixels: Pixels, name: str = "photo") -> Photo:
    """A Photo of pixels at hand ((H, W, 3) uint8 or uint16, sRGB), for library users and tests."""
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype not in (np.uint8, np.uint16):
        raise PhotoError(
            "the array is {kind} {shape}",
            "(height, width, RGB) of whole numbers in sRGB is needed",
            kind=pixels.dtype,
            shape=pixels.shape,
        )
    _check_size(Header("array", (pixels.shape[1], pixels.shape[0]), io.BytesIO()), name)
    own = pixels.copy()
    own.setflags(write=False)
    return Photo(own, name, "array")
