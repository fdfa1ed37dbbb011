"""What a smile does to the lips: vermilion that disappears, teeth and gum that show.

    rest photo -> measure -+
    smile photo -> measure +-> smile_change

Teeth and gum are read from the colours between the inner borders (`gum` sees to it that gum lies
there, and not within the lip): teeth are light and hardly red, gum is as red as lip, everything
deeper in the mouth is dark.
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
from vermilion.face.stretches import stretches
from vermilion.face.tone import lower_red
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo
from vermilion.units import Measured

CENTRAL_INCISORS = (-0.085, 0.085)
"""Middles of the upper central incisors: 4.2 mm to both sides on a mouth of 50 mm."""
STRIP = 0.02
"""Half width of the strip that is read there, as a share of the mouth's width."""
ROWS = 300
TOOTH_RED = 0.6
"""Redness (a*), as a share of the lower lip's, under which something light is a tooth."""
LEAST_GUM, BLEND = ROWS // 30, ROWS // 60
"""Rows of something red, from the found edge down to the tooth, that are gum: less is a blend of
lip and tooth, as are the last ones above the tooth."""
DARKER = 4.0
"""Gum is no darker (L) than the lip's shaded edge by more than this: the dark of a mouth is."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What shows under the upper lip, px, mean over the middles of the central incisors.

    teeth_px, gum_px : heights of teeth and gum
    """

    teeth_px: float
    gum_px: float
    sd_px: float


def smile_change(
    rest_measures: Mapping[str, Measured], smile_photo: Photo, smile_face: Face, smile_scale: Scale
) -> dict[str, Measured | str]:
    """How the mouth changes from rest to smile.

    Returns
    -------
    teeth_show, gum_show : mm, or shares of the smiling mouth's width without a scale
    upper_vermilion_loss : mm, and upper_vermilion_loss_share : % of the height at rest; left out
        where either photo lacks a scale, because the mouth itself widens in a smile
    gum_class : "none", "slight", "gummy" or "very gummy"; left out without a scale
    """
    size = smile_scale.mm_per_px
    unit = "ratio" if size is None else "mm"
    if size is None:
        size = 1 / math.dist(
            smile_face.points["commissure_right"], smile_face.points["commissure_left"]
        )
    inside = read_inside(smile_photo, smile_face)
    rest = rest_measures["upper_vermilion_height"]
    now = measure(smile_face, smile_scale)["upper_vermilion_height"]
    found: dict[str, Measured | str] = {}
    if rest.unit == now.unit == "mm":
        found["upper_vermilion_loss"] = Measured(
            rest.value - now.value, math.hypot(rest.sd, now.sd), rest.unit
        )
        share = 1 - now.value / max(rest.value, 1e-6)
        error = math.hypot(rest.sd / max(rest.value, 1e-6), now.sd / max(now.value, 1e-6))
        found["upper_vermilion_loss_share"] = Measured(100 * share, 100 * (1 - share) * error, "%")
    found["teeth_show"] = Measured(inside.teeth_px * size, inside.sd_px * size, unit)
    found["gum_show"] = Measured(inside.gum_px * size, inside.sd_px * size, unit)
    if unit == "mm":
        found["gum_class"] = gum_class(inside.gum_px * size)
    return found


def teeth_at_rest(photo: Photo, face: Face, scale: Scale) -> Measured:
    """Upper incisor that shows at rest: mm, or a share of the mouth's width without a scale."""
    inside = read_inside(photo, face)
    if scale.mm_per_px is None or scale.sd is None:
        size = 1 / math.dist(face.points["commissure_right"], face.points["commissure_left"])
        return Measured(inside.teeth_px * size, inside.sd_px * size, "ratio")
    size = scale.mm_per_px
    error = math.hypot(inside.sd_px * size, inside.teeth_px * scale.sd)
    return Measured(inside.teeth_px * size, error, "mm")


def gum_class(gum_mm: float) -> str:
    """The class of a gum show in mm, by the limits of norms.toml."""
    limits = (("none", "gum_seen"), ("slight", "gum_gummy"), ("gummy", "gum_much"))
    know = topic("norms")
    return next((name for name, key in limits if gum_mm < know.number(key).value), "very gummy")


def read_inside(photo: Photo, face: Face) -> Inside:
    """Teeth and gum shown by the upper lip; both 0 where the lips touch."""
    turn = upright(face.pose.roll_deg)
    corners = np.array([face.points["commissure_right"], face.points["commissure_left"]]) @ turn.T
    width = float(np.hypot(*(corners[1] - corners[0])))
    border, top, floor = (
        curve @ turn.T
        for curve in (face.curves.upper_outer, face.curves.upper_inner, face.curves.lower_inner)
    )
    middle = float((turn @ np.asarray(face.points["labiale_superius"]))[0])
    red: float | None = None
    shown = []
    for side in CENTRAL_INCISORS:
        x = middle + side * width
        start, inner, end = (float(y_at(curve, x)) for curve in (border, top, floor))
        if end - inner < 0.02 * width:
            shown.append([0.0, 0.0])
            continue
        red = lower_red(photo, face) if red is None else red
        column = _column(photo, turn, x, (start, end), STRIP * width)
        rows = teeth_and_gum(column, red, round(ROWS * (inner - start) / (end - start)))
        shown.append([row * (end - start) / ROWS for row in rows])
    one, other = np.array(shown)
    teeth, gum = (float(v) for v in (one + other) / 2)
    noise = math.hypot(face.curves_sd_px, 0.005 * width, float(np.abs(one - other).max()) / 2)
    return Inside(teeth, gum, noise)


def teeth_and_gum(column: npt.NDArray[np.float64], red: float, inner: int) -> tuple[int, int]:
    """Rows of upper tooth and of gum in a Lab column read downwards.

    column : (N, 3) Lab from the upper lip's outer border to the lower lip's inner one
    red : a* of the lower lip
    inner : row of the upper lip's found inner border
    """
    light, redness, _ = column.T
    within = light[inner:]
    tooth = (redness < TOOTH_RED * red) & (light > 0.6 * np.percentile(within, 95)) & (light > 25)
    tooth[: inner // 2] = False
    run = _first_run(tooth)
    if run is None:
        return 0, 0
    start, end = run
    between = slice(inner, start - BLEND)
    if start - inner < LEAST_GUM:
        return end - max(start, inner), 0
    edge = float(light[max(0, inner - LEAST_GUM) : inner].mean())
    is_gum = (
        float(np.median(redness[between])) > TOOTH_RED * red
        and float(np.median(light[between])) > edge - DARKER
    )
    return end - start, start - inner if is_gum else 0


def _first_run(tooth: npt.NDArray[np.bool_]) -> tuple[int, int] | None:
    """Start and end of the first run at least a twentieth of the column long."""
    least = len(tooth) / 20
    return next((run for run in stretches(tooth) if run[1] - run[0] >= least), None)


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
