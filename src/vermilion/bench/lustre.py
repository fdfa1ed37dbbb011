"""Texture and gloss of the upper lip, after a flip over before, and how far they can be told.

The highest hundredth of a lip's gloss is often a dozen pixels. So it is read in two ways, as a
share of each lip (a lip that shows more of itself must then show more of its gloss) and as the same
count of pixels (the same glints again), and a reading's own noise is measured: the lip is cut into
columns, the same columns are drawn by lot before and after, and the ratio is read again.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.bench.readback import Pixels
from vermilion.colour.spaces import srgb_to_linear
from vermilion.render.flip import Motion
from vermilion.render.layers import split, wide_blur
from vermilion.render.scene import LipScene

FINE_MM = 0.45
CLEAR_MM = 0.6
"""Read so far from both borders, whose own contrast is not the lip's."""
FEWEST = 60
"""Pixels below which nothing is read."""
BRIGHTEST = 0.01
"""Highlights are this share of a lip's pixels."""
UNSEEN = 0.01
"""Gloss of less than a hundredth of the lip's light is not seen and would only add noise."""
COLUMN_MM = 2.0
"""Glints within so much of each other are drawn by lot together."""
LOTS = 60
SEED = 7


@dataclass(frozen=True, slots=True)
class Lustre:
    """After over before.

    texture : fine contrast; highlight : height of the highest hundredth of each lip's gloss;
    glints : mean height of the same count of brightest pixels; noise : standard deviation of the
    logarithm of `highlight` between lots; pixels : how many the highest hundredth before were
    """

    texture: float
    highlight: float
    glints: float
    noise: float
    pixels: int


@dataclass(frozen=True, slots=True, eq=False)
class _Lip:
    fine: float
    light: npt.NDArray[np.float32]
    gloss: npt.NDArray[np.float32]
    column: npt.NDArray[np.int64]


def lustre(scene: LipScene, before: Pixels, after: Pixels, moved: Motion) -> Lustre | None:
    """Each lip is read between its own borders; None where too little of it is clear of them."""
    h, y = scene.heights, scene.place_mm[1]
    size = y.shape[1], y.shape[0]
    risen, lowered = (
        np.asarray(cv2.resize(edge, size, interpolation=cv2.INTER_LINEAR))
        for edge in (moved.new_outer, moved.new_inner)
    )
    was = _lip(scene, before, (y > h.upper_outer + CLEAR_MM) & (y < h.upper_inner - CLEAR_MM))
    now = _lip(scene, after, (y > risen + CLEAR_MM) & (y < lowered - CLEAR_MM))
    if was is None or now is None:
        return None
    count = max(1, round(BRIGHTEST * was.gloss.size))
    return Lustre(
        now.fine / max(was.fine, 1e-6),
        _height(now.gloss, now.light) / _height(was.gloss, was.light),
        _top(now, count) / _top(was, count),
        _noise(was, now),
        count,
    )


def _lip(scene: LipScene, pixels: Pixels, lip: npt.NDArray[np.bool_]) -> _Lip | None:
    if lip.sum() < FEWEST:
        return None
    mask = lip.astype(np.float32)
    linear = np.asarray(srgb_to_linear(pixels), np.float32)
    grey = linear.mean(axis=2)
    px_per_mm = 1 / scene.frame.mm_per_px
    weight = np.maximum(wide_blur(mask, FINE_MM * px_per_mm), 1e-3)
    slow = wide_blur(grey * mask, FINE_MM * px_per_mm) / weight
    fine = float((grey / np.maximum(slow, 1e-3))[lip].std())
    gloss = split(linear, mask, px_per_mm).gloss[lip]
    column = np.floor(scene.place_mm[0][lip] / COLUMN_MM).astype(np.int64)
    return _Lip(fine, grey[lip], gloss, column)


def _height(gloss: npt.NDArray[np.float32], light: npt.NDArray[np.float32]) -> float:
    highest = np.percentile(gloss, 100 * (1 - BRIGHTEST))
    return float(highest / max(float(light.mean()), 1e-4)) + UNSEEN


def _top(lip: _Lip, count: int) -> float:
    brightest = np.sort(lip.gloss)[-count:].mean()
    return float(brightest / max(float(lip.light.mean()), 1e-4)) + UNSEEN


def _noise(was: _Lip, now: _Lip) -> float:
    """Of log(after / before), the same columns drawn by lot on both."""
    common = np.intersect1d(was.column, now.column)
    groups = [[np.flatnonzero(lip.column == column) for column in common] for lip in (was, now)]
    lots = np.random.default_rng(SEED).integers(0, common.size, (LOTS, common.size))
    ratios = []
    for lot in lots:
        one, other = (
            _height(lip.gloss[at], lip.light[at])
            for lip, at in (
                (lip, np.concatenate([parts[k] for k in lot]))
                for lip, parts in zip((was, now), groups, strict=True)
            )
        )
        ratios.append(np.log(other / one))
    return float(np.std(ratios))
