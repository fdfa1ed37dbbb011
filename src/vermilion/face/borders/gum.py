"""Gum that shows between the upper lip and the teeth, and was taken for lip.

Gum is as red as lip, so an edge that is looked for from the teeth stops at the gum's lower end.
What tells the two apart: the lip turns inward and ends in its own shade, and behind that shade lies
something pinker, less yellow for its redness. Neighbouring columns are read together, from the
outer border to the tooth below, and it is believed only where nearly all of them say so; a lip's
wet inner edge over the teeth is lighter, but yellower and not behind a shade.

Its limits were set on rendered smiles of six skin tones, and against photographs without gum.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.borders.between import smoothly_raised
from vermilion.face.borders.crop import BLUE_YELLOW, GREEN_RED, LIGHTNESS, MouthCrop, look_up
from vermilion.face.lips import Points

Grid = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

PLACES = slice(16, 81)
"""Places (of 97) that are read: the corners hide gum and teeth."""
TOOTH_RED = 0.6
"""Redness (a*), as a share of the lower lip's, under which something light is a tooth."""
LIGHT_SHARE, LEAST_LIGHT = 0.6, 25.0
"""A tooth has this share of what is lightest (L) between the lips, and this much."""
STEP_PX = 0.5
LEAST_TOOTH_PX = 3.0
LEAST_OPEN_PX = 6.0
ROWS = 120
"""Rows from the outer border to the tooth."""
TOGETHER = 17
"""Columns read together: 4 mm."""
PINKER, PINKER_LIGHTER = 0.05, 0.0125
"""How much less yellow for its redness (b/a) gum is than the lip above; a quarter is enough where
it is lighter too."""
LIGHTER = 4.0
"""... by so much (L); and darker by that much it is none."""
SHADE = 0.9
"""The lip's edge has less than this share of the lightness of its upper part."""
WINDOW_PX = 2.5
"""The hue above an edge is compared with that below it over so much."""
TOOTH_BLUR_PX = 2.0
"""Next to the tooth colours are a blend of both."""
BLEND_PX, BLEND_PX_PER_L = 0.5, 0.08
"""A blend of two colours has the hue of the lighter one, so that the change of hue lies so far in
the darker lip; more where the gum is lighter."""
AGREED = 0.8
"""Share of the columns that must say gum."""
LEAST_COLUMNS = 24


def lip_above_gum(
    crop: MouthCrop, upper: Points, over: Points, under: Points, lower: Points
) -> Points:
    """The upper lip's inner edge, crop px: `over`, or higher where gum shows; all (97, 2)."""
    x = over[:, 0]
    top, roof, floor, bottom = (
        np.interp(x, line[:, 0], line[:, 1]) for line in (upper, over, under, lower)
    )
    lip = look_up(crop.fine, np.column_stack([x, (floor + bottom) / 2])[None])[0]
    red = float(np.median(lip[PLACES, GREEN_RED]))
    places = [
        (i, tooth)
        for i in range(*PLACES.indices(len(x)))
        if (tooth := _tooth(crop, x[i], (top[i], roof[i], floor[i]), red)) is not None
    ]
    if len(places) < LEAST_COLUMNS:
        return over
    columns = np.array([i for i, _ in places])
    teeth = _median(np.array([tooth for _, tooth in places]), 7)
    down = np.linspace(0.0, 1.0, ROWS)[:, None]
    at = np.stack(
        np.broadcast_arrays(x[columns], top[columns] + down * (teeth - top[columns])), axis=-1
    )
    seen = look_up(crop.fine, at)
    edges, shades = _edges(seen, teeth - top[columns])
    found = np.isfinite(edges)
    if found.mean() < AGREED or np.median(shades) > SHADE:
        return over
    by_px = np.interp(
        np.arange(len(x)), columns[found], (roof - top)[columns[found]] - edges[found]
    )
    return smoothly_raised(over, np.maximum(by_px, 0.0))


def _tooth(
    crop: MouthCrop, x: float, heights: tuple[float, float, float], red: float
) -> float | None:
    """Where the first tooth begins in a column; None where there is none."""
    top, roof, floor = heights
    if floor - roof < LEAST_OPEN_PX:
        return None
    rows = np.arange(top, floor, STEP_PX)
    seen = look_up(crop.fine, np.column_stack([np.full_like(rows, x), rows])[None])[0]
    light = seen[:, LIGHTNESS]
    inner = int(np.searchsorted(rows, roof))
    least = max(LEAST_LIGHT, LIGHT_SHARE * float(np.percentile(light[inner:], 95)))
    tooth = (seen[:, GREEN_RED] < TOOTH_RED * red) & (light > least)
    tooth[: inner // 2] = False
    enough = tooth.sum() * STEP_PX >= LEAST_TOOTH_PX
    return float(rows[np.argmax(tooth)]) if enough else None


def _edges(seen: Grid, heights_px: Grid) -> tuple[Grid, Grid]:
    """Where the lip ends in each column, px under its border (nan: at the tooth), and how light its
    edge is as a share of its upper part."""
    edges, shades = np.full(len(heights_px), np.nan), np.ones(len(heights_px))
    for column, height_px in enumerate(heights_px):
        near = slice(max(0, column - TOGETHER // 2), column + TOGETHER // 2 + 1)
        found = lip_edge(np.median(seen[:, near], axis=1), float(height_px))
        if found is not None:
            edges[column], shades[column] = found
    return edges, shades


def lip_edge(column: Grid, height_px: float) -> tuple[float, float] | None:
    """Where lip ends and gum begins in a column from the outer border to the tooth.

    Parameters
    ----------
    column : (N, 3 or more) L, a, b, ... read downwards; height_px : its length

    Returns
    -------
    px under the border, and the edge's lightness as a share of the upper lip's; None without gum
    """
    count = len(column)
    px = height_px / count
    light, hue = (
        cv2.GaussianBlur(np.ascontiguousarray(values).reshape(-1, 1), (0, 0), 1.0).ravel()
        for values in (
            column[:, LIGHTNESS],
            column[:, BLUE_YELLOW] / np.maximum(column[:, GREEN_RED], 4.0),
        )
    )
    window = max(3, round(WINDOW_PX / px))
    blend = round(TOOTH_BLUR_PX / px)
    rows = np.arange(count // 3, count - blend - window)
    if len(rows) < window:
        return None
    above = _mean_between(hue, np.maximum(rows - window, 0), rows)
    below = _mean_between(hue, rows + 2, rows + 2 + window)
    best = int(np.argmax(above - below))
    edge = int(rows[best])
    lighter = float(light[edge + 2 : count - blend].mean() - light[edge])
    least = PINKER_LIGHTER if lighter > LIGHTER else PINKER
    if lighter < -LIGHTER or above[best] - below[best] < least:
        return None
    moved = edge * px + BLEND_PX + BLEND_PX_PER_L * max(0.0, lighter)
    return moved, float(light[edge] / max(float(light[count // 8 : count // 3].mean()), 1.0))


def _mean_between(values: Grid, first: Rows, end: Rows) -> Grid:
    """Means of values[first:end] for each pair of these."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((total[end] - total[first]) / (end - first))


def _median(values: Grid, over: int) -> Grid:
    padded = np.pad(values, over // 2, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(padded, over), axis=1))
