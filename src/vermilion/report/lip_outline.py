"""The shape of one mouth in the lips' own millimetres: of a photo, or a template.

Public: `LipOutline`, `outline_of`, `template`.

Axes: origin midway between the corners, x along the line between them toward the client's left, y
down; those of `render.frame.LipFrame`, so that what is placed here can be drawn on any photo.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vermilion.render.frame import Field, LipFrame
from vermilion.treat.mouth import Mouth, nominal

SAMPLES = 81
"""Places of a border: less than a millimetre apart on the widest mouth."""
DIGITS = 2
PEAK_MM, DIP_MM, LOWER_MM = 8.0, 6.4, 10.0
"""Heights above and below the line between the lips, in the template."""

Line = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LipOutline:
    """Four borders y(x) over one axis, mm, y down, and the landmarks.

    measured : whether the millimetres are those of a photo with a scale; otherwise the mouth was
        given the nominal width, and lengths on it are a sketch
    own : whether the shape is the client's
    """

    x_mm: Line
    upper_outer: Line
    upper_inner: Line
    lower_inner: Line
    lower_outer: Line
    mouth: Mouth
    measured: bool = False
    own: bool = False

    def border_mm(self, x_mm: float) -> float:
        """y of the upper border; beyond the corners that of the corner."""
        return float(np.interp(x_mm, self.x_mm, self.upper_outer))

    def above_mm(self, x_mm: float, y_mm: float) -> float:
        """How far a point lies above the upper border."""
        return self.border_mm(x_mm) - y_mm

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> LipOutline:
        return LipOutline(
            tuple(values["x_mm"]),
            tuple(values["upper_outer"]),
            tuple(values["upper_inner"]),
            tuple(values["lower_inner"]),
            tuple(values["lower_outer"]),
            Mouth(**values["mouth"]),
            values["measured"],
            values["own"],
        )


def outline_of(frame: LipFrame, measured: bool) -> LipOutline:
    """A photo's mouth; measured : whether its millimetres rest on a scale."""
    right, left = frame.corners_mm
    x = np.linspace(right, left, SAMPLES)

    def line(heights: Field) -> Line:
        return _rounded(np.interp(x, frame.x_mm, heights))

    h, peaks = frame.heights, frame.peaks_mm
    stops = (right, peaks[0], frame.middle_mm, peaks[1], left)
    return LipOutline(
        _rounded(x),
        line(h.upper_outer),
        line(h.upper_inner),
        line(h.lower_inner),
        line(h.lower_outer),
        Mouth(*(round(float(v), DIGITS) for v in stops)),
        measured,
        own=True,
    )


def template(width_mm: float | None = None) -> LipOutline:
    """A schematic mouth: true in its widths, a sketch in its heights.

    width_mm : measured on the client; None: nominal
    """
    peak = nominal().peak_left
    corner = nominal().corner_left if width_mm is None else width_mm / 2
    x = np.linspace(-corner, corner, SAMPLES)
    share = np.abs(x) / corner
    seam = _rounded(0.5 * np.cos(np.pi * x / corner / 2))
    upper = np.array([-_upper_mm(float(v), peak, corner) for v in x])
    lower = LOWER_MM * (1 - share**2.2)
    mouth = Mouth(-corner, -peak, 0.0, peak, corner)
    return LipOutline(
        _rounded(x), _rounded(upper), seam, seam, _rounded(lower), mouth, width_mm is not None
    )


def _rounded(line: npt.ArrayLike) -> Line:
    return tuple(round(float(v), DIGITS) for v in np.asarray(line))


def _upper_mm(x_mm: float, peak_mm: float, corner_mm: float) -> float:
    way = abs(x_mm)
    if way <= peak_mm:
        return DIP_MM + (PEAK_MM - DIP_MM) * (1 - math.cos(math.pi * way / peak_mm)) / 2
    t = min(1.0, (way - peak_mm) / (corner_mm - peak_mm))
    return PEAK_MM * (1.0 - math.pow(t, 1.7))
