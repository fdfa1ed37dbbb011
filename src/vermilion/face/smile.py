"""What a smile does to the lips: vermilion that disappears, teeth and gum that show.

    rest photo -> measure -+
    smile photo -> measure +-> smile_change

Teeth and gum are read from the colours between the inner borders: teeth are light and hardly red,
gum is as red as lip, everything deeper in the mouth is dark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.face.lips import Face, Scale
from vermilion.face.measure import measure, upright, y_at
from vermilion.photo.photo import Photo
from vermilion.units import Measured

CENTRAL_INCISORS = (-0.085, 0.085)
"""Middles of the upper central incisors: 4.2 mm to both sides on a mouth of 50 mm."""
STRIP = 0.02
"""Half width of the strip that is read there, as a share of the mouth's width."""
ROWS = 200
GUM_CLASSES = ((0.0, "none"), (2.0, "slight"), (4.0, "marked"), (math.inf, "strong"))
"""Upper ends (mm) of the classes of gum shown in a smile."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Upper teeth and gum between the inner borders, px down the middle of the incisors."""

    teeth_px: float
    gum_px: float
    sd_px: float


def smile_change(
    rest_measures: Mapping[str, Measured], smile_photo: Photo, smile_face: Face, smile_scale: Scale
) -> dict[str, Measured | str]:
    """How the mouth changes from rest to smile.

    Returns
    -------
    upper_vermilion_loss, teeth_show, gum_show : mm, or shares of the mouth's width without a scale
    upper_vermilion_loss_share : % of the height at rest
    gum_class : "none", "slight", "marked" or "strong"; left out without a scale
    """
    smile = measure(smile_face, smile_scale)
    rest, now = (m["upper_vermilion_height"] for m in (rest_measures, smile))
    found: dict[str, Measured | str] = {}
    if rest.unit == now.unit:
        found["upper_vermilion_loss"] = Measured(
            rest.value - now.value, math.hypot(rest.sd, now.sd), rest.unit
        )
        share = 1 - now.value / max(rest.value, 1e-6)
        error = math.hypot(rest.sd / max(rest.value, 1e-6), now.sd / max(now.value, 1e-6))
        found["upper_vermilion_loss_share"] = Measured(100 * share, 100 * (1 - share) * error, "%")
    inside = read_inside(smile_photo, smile_face)
    size = smile_scale.mm_per_px
    unit = "ratio" if size is None else "mm"
    if size is None:
        size = 1 / math.dist(
            smile_face.points["commissure_right"], smile_face.points["commissure_left"]
        )
    found["teeth_show"] = Measured(inside.teeth_px * size, inside.sd_px * size, unit)
    found["gum_show"] = Measured(inside.gum_px * size, inside.sd_px * size, unit)
    if unit == "mm":
        found["gum_class"] = gum_class(inside.gum_px * size)
    return found


def gum_class(gum_mm: float) -> str:
    """The class of a gum show in mm; what is less than the error of a border counts as none."""
    if gum_mm < 0.5:
        return "none"
    return next(name for most, name in GUM_CLASSES[1:] if gum_mm < most)


def read_inside(photo: Photo, face: Face) -> Inside:
    """Teeth and gum shown by the upper lip, mean over both central incisors."""
    turn = upright(face.pose.roll_deg)
    corners = np.array([face.points["commissure_right"], face.points["commissure_left"]]) @ turn.T
    width = float(np.hypot(*(corners[1] - corners[0])))
    top, floor = face.curves.upper_inner @ turn.T, face.curves.lower_inner @ turn.T
    middle = float((turn @ np.asarray(face.points["labiale_superius"]))[0])
    lip_red = _lip_red(photo, face)
    teeth, gums = [], []
    for side in CENTRAL_INCISORS:
        x = middle + side * width
        y0, y1 = y_at(top, x), y_at(floor, x)
        if y1 - y0 < 0.02 * width:
            teeth.append(0.0)
            gums.append(0.0)
            continue
        column = _column(photo, turn, x, (y0, y1), STRIP * width)
        tooth, gum = teeth_and_gum(column, lip_red)
        teeth.append(tooth * (y1 - y0))
        gums.append(gum * (y1 - y0))
    differ = abs(teeth[0] - teeth[1]) / 2
    return Inside(
        float(np.mean(teeth)),
        float(np.mean(gums)),
        math.hypot(face.curves_sd_px, differ, 0.005 * width),
    )


def teeth_and_gum(column: npt.NDArray[np.float64], lip_red: float) -> tuple[float, float]:
    """Shares of a (N, 3) Lab column, read downwards, that are upper tooth and gum above it."""
    light, red = column[:, 0], column[:, 1]
    brightest = float(np.percentile(light, 95))
    tooth = (red < 0.6 * lip_red) & (light > 0.6 * brightest) & (light > 25)
    if tooth.mean() < 0.04:
        return 0.0, 0.0
    first = _first_run(tooth)
    if first is None:
        return 0.0, 0.0
    start, end = first
    gum = ~tooth[:start] & (light[:start] > 0.35 * brightest) & (red[:start] >= 0.6 * lip_red)
    return (end - start) / len(tooth), float(gum.sum()) / len(tooth)


def _first_run(tooth: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """Start and end of the first run at least a twentieth of the column long."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], tooth.astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= len(tooth) / 20:
            return int(start), int(end)
    return None


def _lip_red(photo: Photo, face: Face) -> float:
    """a* of the lower lip's middle, the reddest thing beside the mouth that is surely no tooth."""
    from vermilion.face.tone import lip_tone

    return lip_tone(photo, face).lower_lab[1]


def _column(
    photo: Photo,
    turn: npt.NDArray[np.float64],
    x: float,
    span: tuple[float, float],
    half: float,
) -> npt.NDArray[np.float64]:
    """(ROWS, 3) Lab down a strip of the upright photo, each row's median across the strip."""
    across = np.linspace(x - half, x + half, 9)
    down = np.linspace(*span, ROWS)
    grid = np.stack(np.meshgrid(across, down), axis=-1) @ turn
    y0, x0 = (max(0, int(grid[..., axis].min()) - 2) for axis in (1, 0))
    y1, x1 = (int(grid[..., axis].max()) + 3 for axis in (1, 0))
    part = srgb_to_linear(np.ascontiguousarray(photo.pixels[y0:y1, x0:x1]))
    local = (grid - [x0, y0]).astype(np.float32)
    sampled = cv2.remap(
        part, local[..., 0], local[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(np.median(linear_to_lab(np.asarray(sampled)), axis=1), np.float64)
