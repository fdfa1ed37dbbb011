"""What lies between parted lips: teeth, gum, tongue and the dark of the mouth.

They form their own surface behind the lips, so it shifts against them when the head turns.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import Grid
from vermilion.phantom.ink import lab_to_linear
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.vermilion_skin import ramp

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

TEETH_DEPTH_MM = 7.0
"""Labial face of the middle incisors in z; the lips' edge lies about 2 mm before it."""
_TOOTH_ENDS = np.array([0.0, 8.4, 14.9, 21.2, 25.6, 29.0, 31.0])
"""Frontal x of the upper teeth's borders (mm), foreshortened by the arch."""
_SHORTER = np.array([0.0, 0.9, 0.1, 1.2, 1.8, 2.2])
_LOWER_ENDS = np.array([0.0, 5.3, 11.0, 17.0, 22.0, 26.0, 29.0])
_TONGUE_LAB = (48.0, 22.0, 12.0)
_MOUTH_LAB = (10.0, 10.0, 5.0)


def arch_depth(x: Grid) -> Grid:
    """z (mm) of the dental arch over the frontal x."""
    return np.asarray(TEETH_DEPTH_MM - 0.014 * x**2 - 0.000008 * x**4, np.float32)


def upper_edges(spec: PhantomSpec, x: Grid) -> tuple[Grid, Grid, Grid]:
    """y of the biting edge and of the gum line, and the place across each tooth (-1..1)."""
    _, across, which = _row(x, _TOOTH_ENDS)
    shorter = _SHORTER[which].astype(np.float32)
    base = spec.mouth.incisal_edge_mm - 0.006 * x**2
    bite = base - shorter * 0.7 - 0.9 * np.abs(across) ** 5
    gum = spec.mouth.incisal_edge_mm - spec.mouth.crown_mm - 0.002 * x**2
    gum = gum + shorter * 0.55 + 1.6 * across**2
    return np.asarray(bite, np.float32), np.asarray(gum, np.float32), across


def _row(x: Grid, ends: Array) -> tuple[Grid, Grid, Index]:
    ax = np.abs(x)
    which = np.clip(np.searchsorted(ends, ax, side="right") - 1, 0, len(ends) - 2)
    low, high = ends[which], ends[which + 1]
    across = ((ax - low) / (high - low) * 2 - 1).clip(-1, 1)
    return np.asarray(low, np.float32), np.asarray(across, np.float32), which


def mouth_colour(
    spec: PhantomSpec,
    rays: tuple[Grid, Grid, Grid, Grid],
    roof: Grid,
    floor: Grid,
    px_mm: float,
) -> Grid:
    """(h, w, 3) linear colour behind the opening, light included.

    roof, floor : mm below the upper and above the lower inner border of each pixel, for shade.
    """
    ax, bx, ay, by = rays
    z = np.full(ax.shape, TEETH_DEPTH_MM, np.float32)
    for _ in range(3):
        z = arch_depth(ax + z * bx)
    x, y = np.asarray(ax + z * bx, np.float32), np.asarray(ay + z * by, np.float32)
    soft = max(0.25, px_mm)
    bite, gum_line, across = upper_edges(spec, x)
    colour = np.broadcast_to(lab_to_linear(_MOUTH_LAB), (*x.shape, 3)).copy()
    tongue = np.exp(-0.5 * (x / 13) ** 2) * ramp(y - (spec.mouth.incisal_edge_mm + 5.0), 4.0)
    colour += 0.45 * tongue[..., None] * lab_to_linear(_TONGUE_LAB)
    tooth = lab_to_linear(spec.colours.teeth)
    gum = lab_to_linear(spec.colours.gum)
    round_ = 1 - 0.16 * across**2 - 0.45 * np.clip(np.abs(across) - 0.86, 0, None) / 0.14
    side = 1 - 0.62 * np.clip(np.abs(x) / 30, 0, 1) ** 1.6
    if spec.mouth.lower_teeth_mm is not None:
        _, cross, _ = _row(x, _LOWER_ENDS)
        top = spec.mouth.lower_teeth_mm + 0.004 * x**2 + 0.5 * np.abs(cross) ** 5
        shade = 0.62 * (1 - 0.2 * cross**2 - 0.4 * np.clip(np.abs(cross) - 0.85, 0, None) / 0.15)
        cover = ramp(y - top, soft)[..., None]
        colour = colour * (1 - cover) + cover * tooth * (shade * side)[..., None]
    cover = ramp(bite - y, soft)[..., None] * (np.abs(x) < _TOOTH_ENDS[-1])[..., None]
    root = ramp(gum_line - y, soft)[..., None]
    row = tooth * (round_ * side)[..., None] * (1 - root) + gum * side[..., None] * root
    colour = colour * (1 - cover) + cover * row
    shade = 0.45 + 0.55 * np.clip(roof / 3.0, 0, 1)
    shade = shade * (0.7 + 0.3 * np.clip(floor / 2.0, 0, 1))
    strength = 0.95 * spec.light.key + 0.7 * spec.light.fill + 0.7 * spec.light.ambient
    return np.asarray(colour * (shade * strength)[..., None], np.float32)
