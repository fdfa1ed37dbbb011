"""The colours of lip and skin as the photo shows them, in CIELAB (D65).

A lip's colour is the plain mean over its vermilion a little inside its borders: the very mean
that a simulated blush is made to hit. The skin's is the median over cheeks, which neither a mole
nor a highlight moves, and its ITA.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import Lab, LipColours
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


def lip_tone(photo: Photo, face: Face) -> LipColours:
    """Mean colours over the upper and the lower part of the `vermilion_mask`.

    Raises
    ------
    FaceError : lips too small to have a pixel inside their borders
    """
    curves = face.curves
    window = _around(photo, np.concatenate([curves.upper_outer, curves.lower_outer]))
    upper = _lip_mask(curves.upper_outer, curves.upper_inner, window)
    lower = _lip_mask(curves.lower_inner, curves.lower_outer, window)
    pixels = photo.pixels[window]
    lower &= ~upper
    above, below = (_mean_lab(pixels, mask) for mask in (upper, lower))
    sizes = [cv2.countNonZero(mask) for mask in (upper, lower)]
    return LipColours(above, below, sizes[0] / sum(sizes))


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
    lab = _as_lab(np.median(colours, axis=0))
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


def _mean_lab(pixels: Pixels, mask: Mask) -> Lab:
    colours = _lab_under(pixels, mask)
    if not len(colours):
        raise FaceError(
            "the lips are too small or outside the photo",
            "a larger mouth is needed",
            "take the photo from nearer or at a higher resolution",
        )
    return _as_lab(colours.mean(axis=0, dtype=np.float64))


def _lab_under(pixels: Pixels, mask: Mask) -> npt.NDArray[np.float32]:
    """(N, 3) colours of the pixels under the mask of the same size."""
    linear = srgb_to_linear(pixels[mask > 0])
    return np.asarray(linear_to_lab(linear), np.float32).reshape(-1, 3)


def _as_lab(values: npt.NDArray[np.floating]) -> Lab:
    lightness, a, b = (float(value) for value in values)
    return lightness, a, b
