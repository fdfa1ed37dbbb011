"""Colour and relief of the vermilion, and the exact mask of where it begins.

The change from skin to vermilion is `BORDER_MM` wide and odd-symmetric about the true border: the
steepest colour change of the picture is the truth.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import Grid
from vermilion.phantom.ink import lab_to_linear
from vermilion.phantom.lips import LipBorders
from vermilion.phantom.spec import PhantomSpec

BORDER_MM = 0.7
"""Full width of the cubic ramp from skin to vermilion; 10-90 % of it is 0.42 mm."""
LINE_MM = 0.5
"""Half width of the dark line between closed lips."""


def ramp(distance: Grid, width: float) -> Grid:
    """0 to 1 over `width` centred on distance 0."""
    t = np.clip(distance / np.float32(width) + np.float32(0.5), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def distances(x: Grid, y: Grid, borders: LipBorders) -> tuple[Grid, Grid, Grid, Grid]:
    """Signed distances (mm) to the four borders: below upper_outer, above upper_inner, below
    lower_inner, above lower_outer; each positive on the lip's side."""
    out = []
    for name, sign in (
        ("upper_outer", 1),
        ("upper_inner", -1),
        ("lower_inner", 1),
        ("lower_outer", -1),
    ):
        line = getattr(borders, name)
        slant = 1 / np.hypot(1, np.gradient(line, borders.x))
        packed = np.interp(x, borders.x, line).astype(np.float32)
        cosine = np.interp(x, borders.x, slant).astype(np.float32)
        out.append(np.asarray(sign * (y - packed) * cosine, np.float32))
    return out[0], out[1], out[2], out[3]


def lip_mask(x: Grid, far: tuple[Grid, ...], half_mm: float, px_mm: float) -> Grid:
    """Coverage of upper and lower lip together, the mouth's opening counted in."""
    width = max(BORDER_MM, 1.0 * px_mm)
    inside = ramp(np.minimum(far[0], far[3]), width)
    return inside * (np.abs(x) < half_mm)


def creases(x: Grid, y: Grid, tile: npt.NDArray[np.float32], cell_mm: float) -> Grid:
    """Fine lines of the lips, sd 1: run from the border to the mouth's inside, fanning out."""
    fan = 1 + 0.012 * np.abs(y)
    u = (x / fan / cell_mm + 0.06 * y / cell_mm * np.sign(x)) % tile.shape[1]
    v = (y / cell_mm) % tile.shape[0]
    return bilinear_tile(tile, u, v)


def bilinear_tile(tile: npt.NDArray[np.float32], u: Grid, v: Grid) -> Grid:
    """Exact bilinear look-up with wrap-around."""
    u0, v0 = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    fu, fv = (u - u0).astype(np.float32), (v - v0).astype(np.float32)
    height, width = tile.shape
    u1, v1 = (u0 + 1) % width, (v0 + 1) % height
    u0, v0 = u0 % width, v0 % height
    top = tile[v0, u0] * (1 - fu) + tile[v0, u1] * fu
    low = tile[v1, u0] * (1 - fu) + tile[v1, u1] * fu
    return np.asarray(top * (1 - fv) + low * fv, np.float32)


def lip_albedo(
    spec: PhantomSpec, y: Grid, far: tuple[Grid, ...], borders: LipBorders, lines: Grid
) -> Grid:
    """(..., 3) linear albedo of the vermilion at these points."""
    c = spec.colours
    lower = ramp(far[2] - far[1], 1.0)[..., None]
    low = c.lip if c.lower_lip is None else c.lower_lip
    lab = np.array(c.lip, np.float32) * (1 - lower) + np.array(low, np.float32) * lower
    rim = np.exp(-np.clip(np.minimum(far[0], far[3]), 0, None) / np.float32(1.2))
    lab[..., 0] -= c.border_darkening * (rim - 0.25)
    lab[..., 1] += 0.15 * c.border_darkening * (rim - 0.25)
    wet = np.exp(-np.clip(np.minimum(np.abs(far[1]), np.abs(far[2])), 0, None) / np.float32(1.4))
    lab[..., 1] += 2.0 * (wet - 0.2)
    lab[..., 0] += 1.3 * spec.lips.crease_depth * np.clip(lines, -2.2, 1.2)
    return lab_to_linear(lab)
