"""The needle's dots: pigment is set as a fine irregular raster, seen only from very close.

The raster lies at fixed places of the lip. Below about 6 px/mm a dot is smaller than what the
photo resolves, and the even colour that is left is right; a pointillist lip at mirror distance
would be a fake.
"""

from __future__ import annotations

import numpy as np

from vermilion.render.grain import scatter
from vermilion.render.layers import Field

PITCH_MM = 0.32
RADIUS_MM = 0.13
"""Distance and size of the dots: what a single needle leaves (rendering trials, no source)."""
CONTRAST = 0.45
"""Pigment spreads in the tissue: this much of a dot's contrast is left."""
SEEN_PX_PER_MM = (6.0, 9.0)
"""From the first dots begin to show, from the second they show fully."""
SEED = 3


def visible(px_per_mm: float) -> float:
    """0..1: how far a photo of this grain can show single dots."""
    low, high = SEEN_PX_PER_MM
    return float(np.clip((px_per_mm - low) / (high - low), 0, 1))


def raster(x_mm: Field, y_mm: Field, px_per_mm: float) -> Field:
    """(N,) pigment of the dots relative to an even tint: mean 1, never negative."""
    cells = scatter(x_mm, y_mm, (PITCH_MM, PITCH_MM), 0.49, SEED)
    strength = np.random.default_rng(SEED + 1).uniform(0.5, 1.5, cells.count).astype(np.float32)
    # A pixel averages over its own width: the dot grows by it.
    sigma = np.hypot(RADIUS_MM, 0.45 / px_per_mm)
    spots = strength[cells.own] * np.exp(-(cells.far_mm**2) / np.float32(2 * sigma**2))
    even = spots / max(float(spots.mean()), 1e-6)
    return np.asarray(1 + CONTRAST * (even - 1), np.float32)
