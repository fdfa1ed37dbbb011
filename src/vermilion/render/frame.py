"""The lip's own frame: millimetres to the right of the mouth's middle and down from it.

The frame is turned with the mouth, so that the four borders are heights y(x) over the same axis.
Everything that a treatment moves or colours is a function of (x, y, those four heights, s), which
is what makes the pictures quick, testable and free of folds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.lips import LipCurves, Points

Field = npt.NDArray[np.float32]
"""(H, W) float32"""

GRID_MM = 0.05
"""Spacing of the heights: finer than a pixel of any phone portrait."""
BEYOND_MM = 12.0
"""The heights go on flat this far beyond the corners."""
OPEN_MM = 0.8
"""A gap between the inner borders below this is a closed mouth: it is within the curves' noise."""


@dataclass(frozen=True, slots=True)
class Heights:
    """The four borders' heights in mm (y down) at some places, all of one shape."""

    upper_outer: Field
    upper_inner: Field
    lower_inner: Field
    lower_outer: Field


@dataclass(frozen=True, slots=True, eq=False)
class LipFrame:
    """One mouth's frame.

    origin_px : the middle between the corners; right, down : unit vectors in the photo
    x_mm : (N,) evenly spaced; heights : the four borders there
    corners_mm : x of the corners at image left and right; peaks_mm : x of the Cupid's bow peaks
    middle_mm : x of labiale superius; ceiling_mm : y below which nothing of the nose lies
    """

    origin_px: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]
    down: npt.NDArray[np.float64]
    mm_per_px: float
    x_mm: Field
    heights: Heights
    corners_mm: tuple[float, float]
    peaks_mm: tuple[float, float]
    middle_mm: float
    ceiling_mm: float

    @property
    def opening_mm(self) -> float:
        """The widest gap between the inner borders."""
        return float((self.heights.lower_inner - self.heights.upper_inner).max())

    def to_mm(self, x_px: Field, y_px: Field) -> tuple[Field, Field]:
        """Photo pixels -> (x_mm, y_mm)."""
        dx, dy = x_px - np.float32(self.origin_px[0]), y_px - np.float32(self.origin_px[1])
        r, d = (v.astype(np.float32) * np.float32(self.mm_per_px) for v in (self.right, self.down))
        return dx * r[0] + dy * r[1], dx * d[0] + dy * d[1]

    def to_px(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        at = self.origin_px + (self.right * x_mm + self.down * y_mm) / self.mm_per_px
        return float(at[0]), float(at[1])

    def s_of(self, x_mm: Field) -> Field:
        """The anatomical coordinate at each x; beyond the corners it stays at -2 or 2."""
        stops = (self.corners_mm[0], self.peaks_mm[0], self.middle_mm, self.peaks_mm[1])
        knots = (*stops, self.corners_mm[1])
        return np.asarray(np.interp(x_mm, knots, (-2, -1, 0, 1, 2)), np.float32)

    def heights_at(self, x_mm: Field) -> Heights:
        """The borders' heights at each pixel of an image; x_mm (H, W)."""
        at = (x_mm - self.x_mm[0]) * np.float32(1 / GRID_MM)
        row = np.zeros_like(at)
        h = self.heights

        def read(height: Field) -> Field:
            table = height.reshape(1, -1)
            return np.asarray(
                cv2.remap(table, at, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            )

        return Heights(*map(read, (h.upper_outer, h.upper_inner, h.lower_inner, h.lower_outer)))


def lip_frame(
    curves: LipCurves, points: Mapping[str, tuple[float, float]], mm_per_px: float
) -> LipFrame:
    """Lay the frame through the corners of the mouth."""
    first, last = curves.upper_outer[0], curves.upper_outer[-1]
    right = (last - first) / np.linalg.norm(last - first)
    down = np.array([-right[1], right[0]])
    origin = (first + last) / 2

    axes = np.stack([right, down], axis=1)

    def mm(at: Points) -> Points:
        return np.asarray((at - origin) @ axes * mm_per_px)

    reach = float(np.linalg.norm(last - first)) / 2 * mm_per_px + BEYOND_MM
    count = int(np.ceil(2 * reach / GRID_MM)) + 1
    x = np.linspace(-reach, -reach + (count - 1) * GRID_MM, count).astype(np.float32)
    outer, inner, low_inner, low_outer = (
        _height_over(mm(curve), x)
        for curve in (
            curves.upper_outer,
            curves.upper_inner,
            curves.lower_inner,
            curves.lower_outer,
        )
    )
    # Noise may let borders cross by a hair; their order is anatomy.
    inner = np.maximum(inner, outer)
    low_inner = np.maximum(low_inner, inner)
    low_outer = np.maximum(low_outer, low_inner)
    named = dict(zip(points, mm(np.array(list(points.values()))), strict=True))
    peaks = sorted(float(named[f"crista_philtri_{side}"][0]) for side in ("right", "left"))
    nose = ("subnasale", "nostril_sill_left", "nostril_sill_right")
    return LipFrame(
        origin,
        right,
        down,
        mm_per_px,
        x,
        Heights(outer, inner, low_inner, low_outer),
        (float(mm(first[None])[0, 0]), float(mm(last[None])[0, 0])),
        (peaks[0], peaks[1]),
        float(np.clip(named["labiale_superius"][0], peaks[0] + 0.1, peaks[1] - 0.1)),
        max(float(named[name][1]) for name in nose if name in named),
    )


def _height_over(curve: Points, x: Field) -> Field:
    """A border as y over x; where it doubles back at a corner only its way along x counts."""
    along = np.maximum.accumulate(curve[:, 0])
    keep = np.concatenate([[True], np.diff(along) > 1e-6])
    return np.asarray(np.interp(x, along[keep], curve[keep, 1]), np.float32)
