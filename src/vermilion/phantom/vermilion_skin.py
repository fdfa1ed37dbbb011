"""Colour and relief of the vermilion, and the exact mask of where it begins.

The change from skin to vermilion is `BORDER_MM` wide and odd-symmetric about the true border: the
steepest colour change of the picture is the truth.
"""

from __future__ import annotations

import cv2
import numpy as np

from vermilion.phantom.head import Grid
from vermilion.phantom.ink import lab_to_linear, linear_to_lab
from vermilion.phantom.lips import LipBorders
from vermilion.phantom.skin import band_noise, with_slopes
from vermilion.phantom.spec import PhantomSpec

BORDER_MM = 0.7
"""Full width of the cubic ramp from skin to vermilion; 10-90 % of it is 0.42 mm."""
CREASE_CELL_MM = 0.1


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


def crease_tile(rng: np.random.Generator) -> Grid:
    """(512, 1024, 3) tileable: fine lines of the lips (sd 1) and their slopes in x and y per mm."""
    lines = band_noise(rng, (512, 1024), (1.6, 22)) + 0.5 * band_noise(rng, (512, 1024), (5.0, 40))
    return with_slopes(lines / lines.std(), CREASE_CELL_MM)


def creases(x: Grid, y: Grid, tile: Grid, cell_mm: float) -> Grid:
    """(h, w, 3): lines of the lips and their slopes; they fan out from the mouth's middle."""
    fan = np.float32(1 / cell_mm) / (1 + np.float32(0.012) * np.abs(y))
    height, width = tile.shape[:2]
    u, v = (x * fan) % width, (y * np.float32(1 / cell_mm)) % height
    return np.asarray(cv2.remap(tile, u, v, cv2.INTER_LINEAR, None, cv2.BORDER_WRAP))


def mean_lip_lab(spec: PhantomSpec, borders: LipBorders) -> list[float]:
    """True mean colour of the whole vermilion: Lab of the mean albedo over the frontal plane."""
    step = 0.25
    x = np.arange(borders.x[0], borders.x[-1], step, dtype=np.float32)[None, :]
    top, low = borders.upper_outer.min(), borders.lower_outer.max()
    y = np.arange(top, low, step, dtype=np.float32)[:, None]
    far = distances(x, y, borders)
    lip = (np.minimum(far[0], far[3]) > 0) & (np.maximum(far[1], far[2]) > 0)
    colour = lip_albedo(spec, far, np.zeros_like(far[0]))[lip]
    return [round(float(v), 3) for v in linear_to_lab(colour.mean(0))]


def lip_albedo(spec: PhantomSpec, far: tuple[Grid, ...], lines: Grid) -> Grid:
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
