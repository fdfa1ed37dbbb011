"""A drawn picture's change, carried onto the next live frame of the same mouth.

What a treatment does is smooth and lies on the mouth: where each pixel comes from, and by how much
its values are multiplied. Both move with the mouth; the pixels are always the new frame's own.

Public: `Effect`, `effect_of`, `carried`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.photo.photo import Pixels
from vermilion.render.flip import motion
from vermilion.render.frame import Field
from vermilion.render.scene import LipScene, RegionBox
from vermilion.treat.outcome import FlipOutcome

MOST_GAIN = 2.0
"""Beside a moved edge a factor says which pixel was there, not what the treatment does to it."""
DARK = 24.0
"""Of 255: what is darker than this is changed by an amount rather than by a factor. The factor of a
nearly black line is noise, and would be a bright colour on the pixel beside it."""

Affine = npt.NDArray[np.float64]
"""(2, 3): a place in the old frame's px -> in the new one's"""


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a treatment does to one region.

    box : where it was drawn; shift_px : (H, W) how far along `down`, a unit vector, the colour of
    each pixel lies; gain : (H, W, 3) the factor on its values, counted from DARK below black
    """

    box: RegionBox
    down: npt.NDArray[np.float64]
    shift_px: Field
    gain: npt.NDArray[np.float32]


def effect_of(scene: LipScene, drawn: npt.NDArray[Any], flip: FlipOutcome | None) -> Effect:
    """What led from the scene's region to what was drawn of it, (H, W, 3) uint8 both."""
    height, width = scene.box.shape
    down = np.asarray(scene.frame.down, np.float64)
    shift = np.zeros((height, width), np.float32)
    if flip is not None and (flip.rise_mm > 0 or flip.swelling_mm > 0):
        coarse = motion(scene, flip).shift * np.float32(1 / scene.frame.mm_per_px)
        grown = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
        shift = np.where(scene.still, np.float32(0), grown)
    source = _read(np.ascontiguousarray(scene.encoded), shift, down)
    gain = (drawn.astype(np.float32) + DARK) / (source.astype(np.float32) + DARK)
    return Effect(scene.box, down, shift, np.clip(gain, 1 / MOST_GAIN, MOST_GAIN))


def carried(effect: Effect, pixels: Pixels, way: Affine) -> tuple[Pixels, RegionBox] | None:
    """The new frame's region with the effect on it; None where the mouth leaves the frame."""
    old = effect.box
    corners = np.array([(x, y, 1) for x in (old.x0, old.x1) for y in (old.y0, old.y1)]) @ way.T
    x0, y0 = np.floor(corners.min(axis=0)).astype(int)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int)
    height, width = pixels.shape[:2]
    box = RegionBox(max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1)))
    if min(box.shape) < 1:
        return None
    turn = way[:, :2]
    own = np.column_stack([turn, way[:, 2] + turn @ (old.x0, old.y0) - (box.x0, box.y0)])
    size = box.shape[::-1]
    gain = cv2.warpAffine(effect.gain, own, size, borderValue=(1.0, 1.0, 1.0))
    shift = np.asarray(cv2.warpAffine(effect.shift_px, own, size), np.float32)
    part = np.ascontiguousarray(pixels[box.y0 : box.y1, box.x0 : box.x1])
    moved = _read(part, shift, turn @ effect.down).astype(np.float32) + np.float32(DARK)
    changed = moved * gain - np.float32(DARK)
    return cv2.convertScaleAbs(np.maximum(changed, 0)), box


def _read(part: Pixels, shift_px: Field, along: npt.NDArray[np.float64]) -> Pixels:
    """`part`, each pixel taken from so far along a direction."""
    height, width = shift_px.shape
    x = shift_px * np.float32(along[0]) + np.arange(width, dtype=np.float32)[None, :]
    y = shift_px * np.float32(along[1]) + np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(
        cv2.remap(part, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
