"""A blush on one mouth's region: swelling first, then pigment and the day's look, then redness.

Public: `tint_region`.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.render.frame import OPEN_MM, Field
from vermilion.render.matte import smoothstep
from vermilion.render.scene import LipScene
from vermilion.treat.outcome import BlushOutcome

Linear = npt.NDArray[np.float32]

SWELL_REACH_MM = 6.0
"""Skin beyond the border over which swelling ends."""
HALO_MM = 2.6
"""How far redness reaches into the skin."""
HALO_LIGHT = (0.02, 0.20, 0.17)
"""Linear light that fully irritated skin takes from red, green and blue."""


def tint_region(scene: LipScene, outcome: BlushOutcome) -> Linear:
    """(H, W, 3) linear light on the outcome's day; the scene's own array where nothing is asked."""
    if scene.lip.asks_for_nothing(outcome):
        return scene.linear
    painted = scene.lip.painted(outcome)
    if outcome.swelling_mm > 0:
        painted = _swollen(scene, painted, outcome.swelling_mm)
    if outcome.redness > 0:
        painted = _reddened(scene, painted, outcome.redness, outcome.swelling_mm)
    return painted


def _taper(scene: LipScene, x_mm: Field) -> Field:
    left, right = scene.frame.corners_mm
    t = (2 * x_mm - (left + right)) / (right - left)
    return np.asarray(np.clip(1 - np.abs(t) ** 3, 0, 1), np.float32)


def _swollen(scene: LipScene, linear: Linear, swelling_mm: float) -> Linear:
    """Both borders move outward by `swelling_mm`; the line between the lips stays."""
    at, h = scene.coarse, scene.coarse.heights
    out = np.float32(swelling_mm) * _taper(scene, at.x_mm)
    upper, lower = h.upper_outer - out, h.lower_outer + out
    above = np.clip((at.y_mm - (upper - SWELL_REACH_MM)) / SWELL_REACH_MM, 0, 1)
    below = np.clip(((lower + SWELL_REACH_MM) - at.y_mm) / SWELL_REACH_MM, 0, 1)
    in_upper = np.clip((h.upper_inner - at.y_mm) / np.maximum(h.upper_inner - upper, 0.1), 0, 1)
    in_lower = np.clip((at.y_mm - h.lower_inner) / np.maximum(lower - h.lower_inner, 0.1), 0, 1)
    shift = np.select(
        [at.y_mm < upper, at.y_mm < h.upper_inner, at.y_mm < h.lower_inner, at.y_mm <= lower],
        [out * smoothstep(above), out * in_upper, np.zeros_like(out), -out * in_lower],
        -out * smoothstep(below),
    ).astype(np.float32)
    height, width = scene.box.shape
    if at.step > 1:
        shift = np.asarray(cv2.resize(shift, (width, height), interpolation=cv2.INTER_LINEAR))
    shift_px = shift * np.float32(1 / scene.frame.mm_per_px)
    down = scene.frame.down.astype(np.float32)
    x = np.arange(width, dtype=np.float32)[None, :] + shift_px * down[0]
    y = np.arange(height, dtype=np.float32)[:, None] + shift_px * down[1]
    moved = cv2.remap(linear, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    still = np.abs(shift) < 1e-4
    np.copyto(moved, linear, where=still[..., None])
    return np.asarray(np.clip(moved, 0, 1), np.float32)


def _reddened(scene: LipScene, linear: Linear, redness: float, swelling_mm: float) -> Linear:
    """A soft red halo on the skin, strongest at the border, never in the open mouth."""
    at, h = scene.coarse, scene.coarse.heights
    out = np.float32(swelling_mm) * _taper(scene, at.x_mm)
    away = np.maximum(h.upper_outer - out - at.y_mm, at.y_mm - h.lower_outer - out)
    left, right = scene.frame.corners_mm
    beside = np.maximum(np.maximum(left - at.x_mm, at.x_mm - right), 0)
    distance = np.hypot(np.maximum(away, 0), beside)
    halo = np.exp(-((distance / HALO_MM) ** 2)) * smoothstep((away + beside + 0.4) / 0.8)
    opening = h.lower_inner - h.upper_inner
    mouth = (at.y_mm > h.upper_inner) & (at.y_mm < h.lower_inner) & (opening > OPEN_MM)
    halo = np.where(mouth, 0, halo).astype(np.float32) * np.float32(redness)
    halo[halo < 5e-3] = 0
    height, width = scene.box.shape
    if at.step > 1:
        halo = np.asarray(cv2.resize(halo, (width, height), interpolation=cv2.INTER_LINEAR))
    factor = cv2.merge([1 - halo * np.float32(take) for take in HALO_LIGHT])
    return np.asarray(cv2.multiply(linear, factor), np.float32)
