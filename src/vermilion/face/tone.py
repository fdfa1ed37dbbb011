"""Where the vermilion is whose colour counts, how red it is, and the skin's colour (CIELAB, D65).

The skin's is the median over cheeks, which neither a mole nor a highlight moves, and its ITA. What
of the vermilion is bare lip, and its colour, is read in `consult.lip_colour`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import Lab
from vermilion.colour.skin import ita_class, ita_deg
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.errors import FaceError
from vermilion.face.lips import Face, LipCurves, Points
from vermilion.photo.photo import Photo, Pixels

Mask = npt.NDArray[np.uint8]
Window = tuple[slice, slice]
"""Rows and columns of a part of the photo."""

INSIDE = 0.08
"""Share of the lips' height taken off at each border: there lip and skin blend."""
CHEEKS = ((50, 205), (280, 425))
"""Pairs of landmarks with a cheek's middle between them, the client's right first."""
CHEEK_RADIUS = 0.06
"""Radius of a cheek's disc as a share of the distance of the outer eye corners."""
EYE_CORNERS = (33, 263)


@dataclass(frozen=True, slots=True)
class SkinTone:
    """Median colour of both cheeks, its individual typology angle and Chardon's class."""

    lab: Lab
    ita_deg: float
    ita_class: str


def vermilion_mask(curves: LipCurves, window: Window) -> Mask:
    """255 on the vermilion a little inside its borders, 0 elsewhere, of a part of the photo.

    Between the outer borders without the opening, less 0.08 of the lips' height at the borders.
    """
    return np.asarray(
        _lip_mask(curves.upper_outer, curves.upper_inner, window)
        | _lip_mask(curves.lower_inner, curves.lower_outer, window),
        np.uint8,
    )


def lower_red(photo: Photo, face: Face) -> float:
    """Mean a* inside the lower lip's borders: what gum beside it is as red as.

    Raises
    ------
    FaceError : a lip too small to have a pixel inside its borders
    """
    curves = face.curves
    window = _around(photo, np.concatenate([curves.lower_inner, curves.lower_outer]))
    lower = _lip_mask(curves.lower_inner, curves.lower_outer, window)
    colours = _lab_under(photo.pixels[window], lower)
    if not len(colours):
        raise FaceError(
            "the lips are too small or outside the photo",
            "a larger mouth is needed",
            "take the photo from nearer or at a higher resolution",
        )
    return float(colours[:, 1].mean(dtype=np.float64))


def skin_tone(photo: Photo, face: Face) -> SkinTone:
    """Colour of the cheeks; ITA is only as good as the photo's white balance."""
    points = face.mesh_px[:, :2]
    radius = max(1.0, CHEEK_RADIUS * float(np.hypot(*np.subtract(*points[list(EYE_CORNERS)]))))
    middles = np.rint([points[list(pair)].mean(axis=0) for pair in CHEEKS])
    window = rows, columns = _around(photo, middles, round(radius))
    pixels = photo.pixels[window]
    mask = np.zeros(pixels.shape[:2], np.uint8)
    for x, y in middles.astype(int):
        cv2.circle(mask, (int(x) - columns.start, int(y) - rows.start), round(radius), 255, -1)
    colours = _lab_under(pixels, mask)
    if not len(colours):
        raise FaceError("the cheeks lie outside the photo", "a whole face is needed")
    lightness, a, b = (float(value) for value in np.median(colours, axis=0))
    lab = lightness, a, b
    return SkinTone(lab, ita_deg(lab), ita_class(ita_deg(lab)))


def _around(photo: Photo, points: Points, reach_px: int = 0) -> Window:
    """The part of the photo that holds all points and what is near them."""
    size = photo.width, photo.height
    low = np.clip(np.floor(points.min(axis=0)).astype(int) - reach_px, 0, size)
    high = np.clip(np.ceil(points.max(axis=0)).astype(int) + reach_px + 1, low, size)
    return slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))


def _lip_mask(above: Points, below: Points, window: Window) -> Mask:
    """One lip between two borders of equal length, each drawn in towards the other."""
    towards = below - above
    # A band's own height is the largest in it; in the corners half of it is left at most.
    inset = INSIDE * float(np.hypot(towards[:, 0], towards[:, 1]).max())
    long = np.maximum(np.hypot(towards[:, 0], towards[:, 1])[:, None], 1e-6)
    step = towards / long * np.minimum(inset, long / 2)
    ring = np.concatenate([above + step, (below - step)[::-1]])
    rows, columns = window
    mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
    if mask.size:
        # 1/16 px: whole pixels would move the border of a small lip.
        inside = np.rint((ring - (columns.start, rows.start)) * 16).astype(np.int32)
        cv2.fillPoly(mask, [inside], 255, shift=4)
    return mask


def _lab_under(pixels: Pixels, mask: Mask) -> npt.NDArray[np.float32]:
    """(N, 3) colours of the pixels under the mask of the same size."""
    linear = srgb_to_linear(pixels[mask > 0])
    return np.asarray(linear_to_lab(linear), np.float32).reshape(-1, 3)
