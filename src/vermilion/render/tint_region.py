"""A blush on one mouth's region: pigment and the day's look, then redness, then swelling.

Public: `tint_region`.

Pigment is laid in linear light on the lip's own pixels only. The halo of irritated skin and the
swelling are smooth and work on the finished region: a factor and a shift from the coarse grid.
Pixels that neither change colour nor move keep their value bit by bit.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_srgb
from vermilion.render.frame import Field
from vermilion.render.matte import smoothstep
from vermilion.render.scene import LipScene
from vermilion.treat.outcome import BlushOutcome

Pixels = npt.NDArray[Any]

SWELL_REACH_MM = 6.0
"""Skin beyond the border over which swelling ends."""
HALO_MM = 1.0
"""How far redness reaches into the skin."""
HALO_INSIDE_MM = 2.5
"""No deeper inside the border does it begin: there lie lip and mouth."""
HALO_LIGHT = (0.02, 0.20, 0.17)
"""Linear light that fully irritated skin takes from red, green and blue."""
FAINT = 5e-3
GAMMA = 2.2
"""A factor on linear light becomes one on sRGB values by the curve's mean exponent."""


def tint_region(
    scene: LipScene, outcome: BlushOutcome, *, interpolation: int = cv2.INTER_CUBIC
) -> Pixels:
    """(H, W, 3) the region on the outcome's day; the scene's own array where nothing is asked."""
    if scene.lip.asks_for_nothing(outcome):
        return scene.encoded
    region = np.ascontiguousarray(scene.encoded).copy()
    painted = scene.lip.painted(outcome)
    values = linear_to_srgb(painted.linear, region.dtype)
    region.reshape(-1, 3)[painted.index] = values.reshape(-1, 3)
    if outcome.redness > 0:
        _redden(scene, region, outcome.redness)
    if outcome.swelling_mm > 0:
        _swell(scene, region, outcome.swelling_mm, interpolation)
    return region


def _redden(scene: LipScene, region: Pixels, redness: float) -> None:
    """A soft red halo on the skin, strongest at the border, not on lip nor in the mouth."""
    halo = _beyond_border(scene) * np.float32(redness)
    halo[halo < FAINT] = 0
    if not halo.any():
        return
    window, cells = _window(scene, halo > 0)
    takes = (1 - halo[cells] * np.float32(take) for take in HALO_LIGHT)
    gain = cv2.pow(cv2.merge([np.ascontiguousarray(take) for take in takes]), 1 / GAMMA)
    depth = cv2.CV_8U if region.dtype == np.uint8 else cv2.CV_16U
    part = np.ascontiguousarray(region[window])
    region[window] = cv2.multiply(part, _grown(scene, gain, part.shape), dtype=depth)


def _swell(scene: LipScene, region: Pixels, swelling_mm: float, interpolation: int) -> None:
    """Both borders move outward by `swelling_mm`; the line between the lips stays."""
    shift = _swelling(scene, swelling_mm)
    window, cells = _window(scene, np.abs(shift) > 1e-4)
    part = np.ascontiguousarray(region[window])
    shift_px = np.ascontiguousarray(shift[cells]) * np.float32(1 / scene.frame.mm_per_px)
    shift_px = _grown(scene, shift_px, part.shape)
    height, width = part.shape[:2]
    down = scene.frame.down.astype(np.float32)
    x = shift_px * down[0] + np.arange(width, dtype=np.float32)[None, :]
    y = shift_px * down[1] + np.arange(height, dtype=np.float32)[:, None]
    region[window] = cv2.remap(part, x, y, interpolation, borderMode=cv2.BORDER_REPLICATE)


def _swelling(scene: LipScene, swelling_mm: float) -> Field:
    """Where each coarse cell takes its colour from, mm further down."""
    at, h = scene.coarse, scene.coarse.heights
    left, right = scene.frame.corners_mm
    t = (2 * at.x_mm - (left + right)) / (right - left)
    out = np.float32(swelling_mm) * np.clip(1 - np.abs(t) ** 3, 0, 1)
    upper, lower = h.upper_outer - out, h.lower_outer + out
    above = (at.y_mm - (upper - SWELL_REACH_MM)) / SWELL_REACH_MM
    below = ((lower + SWELL_REACH_MM) - at.y_mm) / SWELL_REACH_MM
    in_upper = np.clip((h.upper_inner - at.y_mm) / np.maximum(h.upper_inner - upper, 0.1), 0, 1)
    in_lower = np.clip((at.y_mm - h.lower_inner) / np.maximum(lower - h.lower_inner, 0.1), 0, 1)
    shift = np.select(
        [at.y_mm < upper, at.y_mm < h.upper_inner, at.y_mm < h.lower_inner, at.y_mm <= lower],
        [out * smoothstep(above), out * in_upper, np.zeros_like(out), -out * in_lower],
        -out * smoothstep(below),
    )
    return np.asarray(shift, np.float32)


def _beyond_border(scene: LipScene) -> Field:
    """The halo's strength at each coarse cell; made once a scene."""
    kept = scene.__dict__.get("_halo")
    if kept is None:
        at, h = scene.coarse, scene.coarse.heights
        left, right = scene.frame.corners_mm
        away = np.maximum(h.upper_outer - at.y_mm, at.y_mm - h.lower_outer)
        beside = np.maximum(np.maximum(left - at.x_mm, at.x_mm - right), 0)
        distance = np.hypot(np.maximum(away, 0), beside)
        # Redness begins where pigment fades out: any later, and a line of pale skin stays.
        inside = _at_cells(scene, scene.bare_lip.inside_border(scene.encoded.shape))
        on_skin = (at.y_mm < h.upper_inner) | (at.y_mm > h.lower_inner) | (beside > 0)
        begins = np.where((away > -HALO_INSIDE_MM) & on_skin, 1 - inside, 0)
        kept = np.asarray(np.exp(-((distance / HALO_MM) ** 2)) * begins, np.float32)
        scene.__dict__["_halo"] = kept
    return np.asarray(kept)


def _at_cells(scene: LipScene, fine: Field) -> Field:
    step, shape = scene.coarse.step, scene.coarse.x_mm.shape
    return np.asarray(fine[step // 2 :: step, step // 2 :: step][: shape[0], : shape[1]])


def _window(
    scene: LipScene, touched: npt.NDArray[np.bool_]
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The smallest window that holds all touched coarse cells, in pixels and in cells."""
    x, y, width, height = cv2.boundingRect(touched.astype(np.uint8))
    rows = slice(max(0, y - 1), min(touched.shape[0], y + height + 1))
    columns = slice(max(0, x - 1), min(touched.shape[1], x + width + 1))
    step = scene.coarse.step
    fine = (slice(part.start * step, part.stop * step) for part in (rows, columns))
    return (next(fine), next(fine)), (rows, columns)


def _grown(
    scene: LipScene, coarse: npt.NDArray[np.float32], shape: tuple[int, ...]
) -> npt.NDArray[np.float32]:
    if scene.coarse.step == 1:
        return coarse
    size = shape[1], shape[0]
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR))
