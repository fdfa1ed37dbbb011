"""The four borders of the lips as exact curves y(x) in the frontal plane (mm, y down).

A lip is the line of its inner border and a thickness over it: heights in the middle and under the
peaks are exact, and borders can't cross.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.phantom.spec import LipShape

Array = npt.NDArray[np.float64]

CURVE_STEP_MM = 0.05
"""Sampling of the curves: a twentieth of a millimetre keeps the chord error below 1 um."""


@dataclass(frozen=True, slots=True, eq=False)
class LipBorders:
    """Heights of the borders over `x`, all (N,) mm, from the client's right corner to the left."""

    x: Array
    upper_outer: Array
    upper_inner: Array
    lower_inner: Array
    lower_outer: Array
    peak_x: tuple[float, float]

    def at(self, curve: str, x: float) -> float:
        return float(np.interp(x, self.x, getattr(self, curve)))


def hermite(x: Array, x0: float, x1: float, ends: tuple[float, float, float, float]) -> Array:
    """Cubic through (x0, y0), (x1, y1) with slopes m0, m1; `ends` = (y0, m0, y1, m1)."""
    y0, m0, y1, m1 = ends
    span = x1 - x0
    t = (x - x0) / span
    return np.asarray(
        (1 + 2 * t) * (1 - t) ** 2 * y0
        + t * (1 - t) ** 2 * span * m0
        + t * t * (3 - 2 * t) * y1
        + t * t * (t - 1) * span * m1
    )


def lip_borders(shape: LipShape, rise_mm: float = 0.0) -> LipBorders:
    """Borders of these lips, the upper one raised by `rise_mm` (tapered towards the corners)."""
    half = shape.width_mm / 2
    count = round(shape.width_mm / CURVE_STEP_MM / 2) * 2 + 1
    x = np.linspace(-half, half, count)
    t = np.abs(x) / half
    corner = -shape.corner_lift_mm + np.where(x < 0, 0.5, -0.5) * shape.corner_asymmetry_mm
    bow = corner * t**2
    wave = shape.tubercle_mm * (1 - np.exp(-((x / 4.5) ** 2))) * (1 - t**2) ** 2
    middle = bow - wave
    gap = shape.opening_mm * np.clip(1 - t**2, 0, 1) ** shape.opening_roundness
    upper_inner = middle - shape.upper_share * gap
    lower_inner = middle + (1 - shape.upper_share) * gap
    peak = shape.bow_width_mm / 2
    upper = np.empty_like(x)
    for side in (-1, 1):
        part = (x * side) >= 0
        height = shape.upper_peak_height_mm + side * shape.peak_asymmetry_mm / 2
        fall = -height / (half - peak)
        u = x[part] * side
        arc = hermite(u, peak, half, (height, 0.15 * fall, 0.0, 0.85 * fall))
        rim = hermite(u, 0.0, peak, (shape.upper_height_mm, 0.0, height, 0.15 * fall))
        upper[part] = np.where(u < peak, rim, arc)
    # the lower outline is blunt and does not follow the wave between the lips
    lower = shape.lower_height_mm * (1 - t**2.3) + wave
    upper_outer = upper_inner - upper - rise_mm * flip_taper(x, shape)
    lower_outer = lower_inner + lower
    return LipBorders(x, upper_outer, upper_inner, lower_inner, lower_outer, (-peak, peak))


def flip_taper(x: Array, shape: LipShape) -> Array:
    """Share of a flip's rise along the lip: 1 to a little outside the peaks, 0 in the corners."""
    start = shape.bow_width_mm / 2 + 1.0
    t = np.clip((np.abs(x) - start) / (shape.width_mm / 2 - start), 0, 1)
    return np.asarray(1 - t * t * (3 - 2 * t))
