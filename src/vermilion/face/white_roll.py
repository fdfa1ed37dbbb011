"""The white roll: the pale ridge of skin that runs along the upper vermilion border.

It is a ridge of light and not an edge, so it is looked for by itself: across the border, the
brightest place within two millimetres or so above it that stands out from the skin further up.
Many lips show none on a photo (soft light, age, make-up); then there is none.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.face.lips import Face, Points
from vermilion.photo.photo import Photo

REACH = 0.075
"""How far above the border it is looked for, as a share of the mouth's width."""
ROLL = 0.045
"""The part of that reach in which the ridge itself lies."""
STEPS = 31
SMOOTH_SHARE = 0.05
"""Along the border the ridge is averaged over this share of it: it is continuous, pores are not."""
STANDS_OUT = 1.0
"""L* by which a ridge must stand out from both sides to be one (the eye's threshold)."""
LEAST_SHARE = 0.5
"""A roll that shows along less than this share of the border is not reported."""


def white_roll(photo: Photo, face: Face) -> Points | None:
    """(N, 2) px, image left to right, where the ridge shows; None where hardly any does."""
    border = face.curves.upper_outer
    across = border[-1] - border[0]
    width = float(np.linalg.norm(across))
    up = np.array([across[1], -across[0]]) / width
    away = np.linspace(0.0, REACH * width, STEPS)
    lines = border[:, None, :] + up * away[None, :, None]
    light = _lightness(photo, lines)
    rows = max(3, round(SMOOTH_SHARE * len(border)) | 1)
    light = cv2.GaussianBlur(light, (5, rows), 0)
    near = away <= ROLL * width
    best = np.argmax(np.where(near, light, -np.inf), axis=1)
    peak = np.take_along_axis(light, best[:, None], axis=1)[:, 0]
    stands_out = np.minimum(peak - light[:, 0], peak - light[:, ~near].mean(axis=1))
    seen = (stands_out > STANDS_OUT) & (best > 0)
    if seen.mean() < LEAST_SHARE:
        return None
    found = border + up * away[best][:, None]
    return np.asarray(found[seen], np.float64)


def _lightness(photo: Photo, lines: Points) -> npt.NDArray[np.float32]:
    """L* at (N, K, 2) px."""
    low = np.maximum(np.floor(lines.min(axis=(0, 1))).astype(int) - 2, 0)
    high = np.ceil(lines.max(axis=(0, 1))).astype(int) + 3
    part = np.ascontiguousarray(photo.pixels[low[1] : high[1], low[0] : high[0]])
    lab = linear_to_lab(srgb_to_linear(part))
    at = (lines - low).astype(np.float32)
    lightness = np.ascontiguousarray(lab[..., 0])
    x, y = (np.ascontiguousarray(at[..., k]) for k in (0, 1))
    return np.asarray(cv2.remap(lightness, x, y, cv2.INTER_LINEAR), np.float32)
