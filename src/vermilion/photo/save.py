"""Save a picture: lossless, with its words inside, and whole or not at all.

The file is written under another name and renamed at the end, so that a full disk or a killed
program leaves no half picture behind.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from vermilion.errors import OutputError
from vermilion.photo.photo import Pixels
from vermilion.whole_file import save_bytes

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


def _itxt(keyword: str, text: str) -> bytes:
    body = keyword.encode("latin-1")[:79] + b"\0\0\0\0\0" + text.encode("utf-8")
    sum_ = zlib.crc32(b"iTXt" + body)
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", sum_)
