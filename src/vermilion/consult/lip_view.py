"""The lips of a photo turned level and brought to one size, so that two photos can be laid over.

Public: `lip_view`.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.consult.frame import Framed

SHAPE_PX = (600, 900)
WIDE_MM = 90.0
"""What the view is wide; a mouth is 45 to 60 mm."""
WIDE_MOUTHS = 1.7
"""The same where nothing tells millimetres, in widths of the mouth itself."""


def lip_view(cut: Framed) -> npt.NDArray[np.uint8]:
    """
    Returns
    -------
    (600, 900, 3) uint8 sRGB; the middle between the corners lies in its middle, the line between
    them level; 0.1 mm a pixel where millimetres are known
    """
    right, left = (np.array(cut.face.points[f"commissure_{side}"]) for side in ("right", "left"))
    height, width = SHAPE_PX
    across = left - right
    mm = cut.scale.mm_per_px
    wide_px = WIDE_MOUTHS * math.hypot(*across) if mm is None else WIDE_MM / mm
    scale = width / wide_px
    angle = math.atan2(across[1], across[0])
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    middle = (right + left) / 2
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0]])
    turn[:, 2] = np.array([width / 2, height / 2]) - turn[:, :2] @ middle
    mode = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    moved = cv2.warpAffine(
        cut.photo.pixels, turn, (width, height), flags=mode, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(moved, np.uint8)
