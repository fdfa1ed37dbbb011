"""Save a picture: lossless, with its words inside, and whole or not at all.

The file is written under another name and renamed at the end, so that a full disk or a killed
program leaves no half picture behind.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import cv2
import numpy as np

from vermilion.errors import OutputError
from vermilion.photo.photo import Pixels

PNG_SETTINGS = (
    cv2.IMWRITE_PNG_COMPRESSION,
    1,
    cv2.IMWRITE_PNG_STRATEGY,
    cv2.IMWRITE_PNG_STRATEGY_RLE,
)
"""Quick before small: 12 megapixels in half a second."""

HEADER_END = 8 + 25
"""A PNG's signature and IHDR chunk: what comes first in every file."""


def save_png(path: str | Path, pixels: Pixels, texts: Mapping[str, str] | None = None) -> Path:
    """Write pixels as a PNG.

    Parameters
    ----------
    path : where to; an existing file is replaced
    pixels : (H, W, 3) or (H, W) uint8 or uint16, sRGB-encoded
    texts : words kept inside the file, by keyword ("Software", "Comment", "simulation")

    Raises
    ------
    OutputError : the place cannot be written; nothing is left there then
    """
    return save_bytes(path, encode_png(pixels, texts))


def encode_png(pixels: Pixels, texts: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a PNG; see `save_png`. Same input, same bytes."""
    swapped = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR) if pixels.ndim == 3 else pixels
    done, encoded = cv2.imencode(".png", swapped, PNG_SETTINGS)
    if not done:
        raise OutputError("the picture could not be encoded as PNG")
    chunks = b"".join(_itxt(key, text) for key, text in (texts or {}).items())
    plain = np.asarray(encoded).tobytes()
    return b"".join((plain[:HEADER_END], chunks, plain[HEADER_END:]))


def save_bytes(path: str | Path, content: bytes) -> Path:
    """Write a file whole or not at all.

    Raises
    ------
    OutputError : the place cannot be written; nothing is left there then
    """
    path = Path(path)
    part = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    with say_why_not(path):
        if path.is_dir():
            raise OutputError(f"{path} is a folder", "a file name is needed", "add one")
        try:
            with part.open("xb") as file:
                file.write(content)
            os.replace(part, path)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    return path


@contextmanager
def say_why_not(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write at `path` into one kind sentence."""
    try:
        yield
    except FileNotFoundError:
        raise OutputError(
            f"there is no folder {path.parent}", "an existing folder is needed", "make it first"
        ) from None
    except (PermissionError, NotADirectoryError):
        raise OutputError(
            f"{path} may not be written", "a folder of your own is needed", "choose another place"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            f"{str(path)[:200]} cannot be written ({reason})",
            "room on a writable disk is needed",
            "choose another place",
        ) from None


def _itxt(keyword: str, text: str) -> bytes:
    body = keyword.encode("latin-1")[:79] + b"\0\0\0\0\0" + text.encode("utf-8")
    sum_ = zlib.crc32(b"iTXt" + body)
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", sum_)
