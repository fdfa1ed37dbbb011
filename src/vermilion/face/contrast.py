"""How far the lips differ in colour from the skin around them.

A hand before the mouth, or a border that was lost, shows as 'lips' of the colour of their own
surroundings. Even the palest lip differs from its skin by more than the eye's just noticeable
difference; what does not can neither be measured nor drawn on.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.face.lips import Face, LipCurves, Points
from vermilion.face.tone import Window, vermilion_mask
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo

GRAIN_PX = 100
"""Mouth width on the copy that is looked at: enough for two medians."""
RING = (0.06, 0.20)
"""The skin that is compared: so far from the border, as shares of the mouth's width."""


COLOURED = 90
"""Percentile of the chroma about a mouth: of a photo without colour nearly all pixels have none."""
LIT = 0.2
"""Mean linear light to which a window is brought before its colours are compared: a dark photo is
not a grey one."""


def is_grey(photo: Photo, curves: LipCurves) -> bool:
    """Whether a photo has no colour about the mouth, neither in lips nor in skin."""
    _, _, lab = _around(photo, curves)
    chroma = float(np.percentile(np.hypot(lab[..., 1], lab[..., 2]), COLOURED))
    return chroma < topic("quality").number("grey").value


def is_colourless(photo: Photo, curves: LipCurves) -> bool:
    """Whether a photo has no colours of its own about the mouth: black and white, or toned.

    In a toned print colour is a matter of lightness alone. What is left of a* and b* when a smooth
    function of L* is taken off is then no more than noise; lips and skin leave much more.
    """
    if is_grey(photo, curves):
        return True
    _, _, lab = _around(photo, curves, LIT)
    light = lab[..., 0].ravel().astype(np.float64) / 100
    colour = lab[..., 1:].reshape(-1, 2).astype(np.float64)
    tone = np.stack([np.ones_like(light), light, light * light], axis=1)
    left = colour - tone @ np.linalg.lstsq(tone, colour, rcond=None)[0]
    spread = float(np.sqrt(np.square(left).sum(axis=1).mean()))
    return spread < topic("quality").number("toned").value


def lip_contrast(photo: Photo, face: Face) -> float:
    """CIE76 difference of the median lip and the median skin around it."""
    curves = face.curves
    low, shrink, lab = _around(photo, curves)
    outline = _outline(curves)
    width = float(np.ptp(outline[:, 0]))
    mouth = np.zeros(lab.shape[:2], np.uint8)
    cv2.fillPoly(mouth, [np.rint((outline - low) / shrink).astype(np.int32)], 1)
    away = cv2.distanceTransform(1 - mouth, cv2.DIST_L2, 5) * shrink / width
    lips = vermilion_mask(curves, _window(photo, curves))
    size = lab.shape[1], lab.shape[0]
    on_lips = cv2.resize(lips, size, interpolation=cv2.INTER_NEAREST) > 0
    ring = (away > RING[0]) & (away < RING[1])
    if not on_lips.any() or not ring.any():
        return 0.0
    return float(np.linalg.norm(np.median(lab[on_lips], axis=0) - np.median(lab[ring], axis=0)))


def _outline(curves: LipCurves) -> Points:
    return np.concatenate([curves.upper_outer, curves.lower_outer[::-1]])


def _window(photo: Photo, curves: LipCurves) -> Window:
    """The lips and the skin that is compared with them, in a photo's rows and columns."""
    outline = _outline(curves)
    reach = 2 * RING[1] * float(np.ptp(outline[:, 0]))
    low = np.maximum((outline.min(axis=0) - reach).astype(int), 0)
    high = np.minimum((outline.max(axis=0) + reach).astype(int), (photo.width, photo.height))
    return slice(low[1], high[1]), slice(low[0], high[0])


def _around(
    photo: Photo, curves: LipCurves, lit: float | None = None
) -> tuple[npt.NDArray[np.int_], float, npt.NDArray[np.float32]]:
    """The window's first pixel (x, y), how often it is shrunk, and its (h, w, 3) Lab, if asked for
    with its mean light brought to `lit`."""
    rows, columns = window = _window(photo, curves)
    shrink = max(1.0, float(np.ptp(_outline(curves)[:, 0])) / GRAIN_PX)
    part = photo.pixels[window]
    size = max(1, round(part.shape[1] / shrink)), max(1, round(part.shape[0] / shrink))
    small = np.ascontiguousarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA))
    linear = srgb_to_linear(small)
    if lit is not None:
        linear = linear * np.float32(lit / max(float(linear.mean()), 1e-4))
    lab = np.asarray(linear_to_lab(linear), np.float32)
    return np.array([columns.start, rows.start]), shrink, lab
