"""The colours of lip and skin as the photo shows them, in CIELAB (D65).

The lip's colour is the plain mean over the vermilion a little inside its borders: the very mean
that a simulated blush is made to hit. The skin's is the median over cheeks, which neither a mole
nor a highlight moves, and its ITA.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.skin import ita_class, ita_deg
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.errors import FaceError
from vermilion.face.lips import Face, LipCurves, Points
from vermilion.photo.photo import Photo

Lab = tuple[float, float, float]
Mask = npt.NDArray[np.uint8]

INSIDE = 0.08
"""Share of the lips' height taken off at each border: there lip and skin blend."""
CHEEKS = ((50, 205), (280, 425))
"""Pairs of landmarks with a cheek's middle between them, the client's right first."""
CHEEK_RADIUS = 0.06
"""Radius of a cheek's disc as a share of the distance of the outer eye corners."""
EYE_CORNERS = (33, 263)


@dataclass(frozen=True, slots=True)
class LipTone:
    """Mean colours of the vermilion: all of it, upper and lower lip."""

    lab: Lab
    upper_lab: Lab
    lower_lab: Lab


@dataclass(frozen=True, slots=True)
class SkinTone:
    """Median colour of both cheeks, its individual typology angle and Chardon's class."""

    lab: Lab
    ita_deg: float
    ita_class: str


def vermilion_mask(curves: LipCurves, shape: tuple[int, int]) -> Mask:
    """(H, W) 255 on the vermilion a little inside its borders, 0 elsewhere.

    Between the outer borders without the opening, less 0.08 of the lips' height at the borders.
    """
    return np.asarray(
        _lip_mask(curves.upper_outer, curves.upper_inner, shape)
        | _lip_mask(curves.lower_inner, curves.lower_outer, shape),
        np.uint8,
    )


def lip_tone(photo: Photo, face: Face) -> LipTone:
    """Mean colours over the `vermilion_mask`, and over its upper and lower part.

    Raises
    ------
    FaceError : lips too small to have a pixel inside their borders
    """
    curves, shape = face.curves, (photo.height, photo.width)
    upper = _lip_mask(curves.upper_outer, curves.upper_inner, shape)
    lower = _lip_mask(curves.lower_inner, curves.lower_outer, shape)
    return LipTone(*(_mean_lab(photo, mask) for mask in (upper | lower, upper, lower)))


def skin_tone(photo: Photo, face: Face) -> SkinTone:
    """Colour of the cheeks; ITA is only as good as the photo's white balance."""
    points = face.mesh_px[:, :2]
    radius = max(1.0, CHEEK_RADIUS * float(np.hypot(*np.subtract(*points[list(EYE_CORNERS)]))))
    mask = np.zeros((photo.height, photo.width), np.uint8)
    for pair in CHEEKS:
        x, y = np.rint(points[list(pair)].mean(axis=0)).astype(int)
        cv2.circle(mask, (int(x), int(y)), round(radius), 255, -1)
    colours = _lab_under(photo, mask)
    if not len(colours):
        raise FaceError("the cheeks lie outside the photo", "a whole face is needed")
    lab = _as_lab(np.median(colours, axis=0))
    return SkinTone(lab, ita_deg(lab), ita_class(ita_deg(lab)))


def _lip_mask(above: Points, below: Points, shape: tuple[int, int]) -> Mask:
    """One lip between two borders of equal length, each drawn in towards the other."""
    towards = below - above
    # A band's own height is the largest in it; in the corners half of it is left at most.
    inset = INSIDE * float(np.hypot(towards[:, 0], towards[:, 1]).max())
    long = np.maximum(np.hypot(towards[:, 0], towards[:, 1])[:, None], 1e-6)
    step = towards / long * np.minimum(inset, long / 2)
    ring = np.concatenate([above + step, (below - step)[::-1]])
    mask = np.zeros(shape, np.uint8)
    # 1/16 px: whole pixels would move the border of a small lip.
    cv2.fillPoly(mask, [np.rint(ring * 16).astype(np.int32)], 255, shift=4)
    return mask


def _mean_lab(photo: Photo, mask: Mask) -> Lab:
    colours = _lab_under(photo, mask)
    if not len(colours):
        raise FaceError(
            "the lips are too small or outside the photo",
            "a larger mouth is needed",
            "take the photo from nearer or at a higher resolution",
        )
    return _as_lab(colours.mean(axis=0, dtype=np.float64))


def _lab_under(photo: Photo, mask: Mask) -> npt.NDArray[np.float32]:
    """(N, 3) colours of the pixels under the mask."""
    x, y, width, height = cv2.boundingRect(mask)
    part = (slice(y, y + height), slice(x, x + width))
    pixels = photo.pixels[part][mask[part] > 0]
    return np.asarray(linear_to_lab(srgb_to_linear(pixels)), np.float32).reshape(-1, 3)


def _as_lab(values: npt.NDArray[np.floating]) -> Lab:
    lightness, a, b = (float(value) for value in values)
    return lightness, a, b
