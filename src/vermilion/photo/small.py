"""A photo as a browser shows it: upright JPEG in sRGB, at most so large, nothing else inside."""

from __future__ import annotations

import cv2
import numpy as np

from vermilion.photo.open import open_photo

QUALITY = 88


def shown_jpeg(content: bytes, side_px: int) -> bytes:
    """A photo's bytes, of any kind that `open_photo` takes, as JPEG.

    Parameters
    ----------
    side_px : the longer side at most; a smaller photo keeps its size

    Raises
    ------
    PhotoError : not a usable picture
    """
    pixels = open_photo(content).pixels
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    height, width = pixels.shape[:2]
    scale = min(1.0, side_px / max(height, width))
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    swapped = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", swapped, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))[1].tobytes())
