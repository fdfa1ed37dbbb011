"""A photo as the rest of the program sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """An opened photo: turned upright (EXIF), converted to sRGB, without private metadata.

    pixels : (H, W, 3) uint8 or uint16, RGB, sRGB-encoded, read-only
    name : the file's own name, for messages and reports
    format : "JPEG", "PNG", "WEBP", "TIFF", "HEIF"
    colour : what was done about colour, for the report ("Display P3 -> sRGB", "taken as sRGB")
    """

    pixels: Pixels
    name: str = ""
    format: str = ""
    colour: str = "taken as sRGB"

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def full_scale(self) -> int:
        """The pixel value of white: 255 or 65535."""
        return int(np.iinfo(self.pixels.dtype).max)
