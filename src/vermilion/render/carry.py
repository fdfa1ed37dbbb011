"""A drawn picture's change, carried onto the next live frame of the same mouth.

What a treatment does is smooth and lies on the mouth: where each pixel comes from, and by how much
its values are multiplied. Both go with the four borders wherever these go, so that a lip takes its
treatment along when the mouth turns, opens or speaks; the pixels are always the new frame's own.

Public: `Effect`, `effect_of`, `carried`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.curves import MouthFrame, mesh_rings, mouth_frame
from vermilion.face.lips import LipCurves
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

THINNEST = 1e-3
"""Shares of the mouth's width: no lip is taken to be thinner, so that nothing is divided by 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a treatment does to one region.

    box : where it was drawn; rings : the lips it was drawn on, px
    shift_px : (H, W) how far along `down`, a unit vector, the colour of each pixel lies
    gain : (H, W, 3) the factor on its values, counted from DARK below black
    """

    box: RegionBox
    rings: LipCurves
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
    return Effect(
        scene.box,
        mesh_rings(scene.face.mesh_px),
        down,
        shift,
        np.clip(gain, 1 / MOST_GAIN, MOST_GAIN),
    )


def carried(effect: Effect, pixels: Pixels, rings: LipCurves) -> tuple[Pixels, RegionBox] | None:
    """The new frame's region with the effect on its lips; None where the mouth leaves the frame."""
    before, now = (
        mouth_frame(one.upper_outer[0], one.upper_outer[-1]) for one in (effect.rings, rings)
    )
    old, new = _heights(before, effect.rings), _heights(now, rings)
    box = _reach(effect.box, before, now, old, new, pixels)
    if min(box.shape) < 1:
        return None
    y, x = np.mgrid[box.y0 : box.y1, box.x0 : box.x1]
    own = now.own(np.column_stack([x.ravel(), y.ravel()]))
    height, share = _taken_from(own, old, new)
    back = before.photo(np.column_stack([own[:, 0], height])) - (effect.box.x0, effect.box.y0)
    at = np.ascontiguousarray(back.reshape(*box.shape, 2), np.float32)
    share = share.reshape(box.shape).astype(np.float32)
    gain = cv2.remap(effect.gain, at, None, cv2.INTER_LINEAR, borderValue=(1.0, 1.0, 1.0))
    shift = share * np.asarray(cv2.remap(effect.shift_px, at, None, cv2.INTER_LINEAR))
    gain = np.float32(1) + share[..., None] * (gain - np.float32(1))
    part = np.ascontiguousarray(pixels[box.y0 : box.y1, box.x0 : box.x1])
    turn = now.axes.T @ before.axes * (now.width_px / before.width_px)
    moved = _read(part, shift, turn @ effect.down).astype(np.float32) + np.float32(DARK)
    changed = moved * gain - np.float32(DARK)
    return cv2.convertScaleAbs(np.maximum(changed, 0)), box


@dataclass(frozen=True, slots=True, eq=False)
class _Heights:
    """Where the four borders lie, from top to bottom, in the mouth's own frame."""

    lines: list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]

    def at(self, along: npt.NDArray[np.float64]) -> list[npt.NDArray[np.float64]]:
        return [np.interp(along, *line) for line in self.lines]

    @property
    def top(self) -> float:
        return float(self.lines[0][1].min())

    @property
    def bottom(self) -> float:
        return float(self.lines[3][1].max())


def _heights(frame: MouthFrame, rings: LipCurves) -> _Heights:
    lines = (rings.upper_outer, rings.upper_inner, rings.lower_inner, rings.lower_outer)
    own = [frame.own(line) for line in lines]
    return _Heights([(np.maximum.accumulate(line[:, 0]), line[:, 1]) for line in own])


def _taken_from(
    own: npt.NDArray[np.float64], old: _Heights, new: _Heights
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For places of the new mouth, (N, 2): how far down they lay in the old one, and how much of
    the effect there is theirs. Of a mouth that opens, what lies between the lips was not there."""
    then, now = old.at(own[:, 0]), new.at(own[:, 0])
    height = then[0] + np.minimum(own[:, 1] - now[0], 0) + np.maximum(own[:, 1] - now[3], 0)
    for k in range(3):
        tall = np.maximum(now[k + 1] - now[k], THINNEST)
        height += np.clip((own[:, 1] - now[k]) / tall, 0, 1) * (then[k + 1] - then[k])
    known = np.clip((then[2] - then[1]) / np.maximum(now[2] - now[1], THINNEST), 0, 1)
    between = (own[:, 1] > now[1]) & (own[:, 1] < now[2])
    return height, np.where(between, known, 1.0)


def _reach(
    drawn: RegionBox,
    before: MouthFrame,
    now: MouthFrame,
    old: _Heights,
    new: _Heights,
    pixels: Pixels,
) -> RegionBox:
    """Where the box of the old frame comes to lie in the new one, held within it."""
    corners = before.own(
        np.array([(x, y) for x in (drawn.x0, drawn.x1) for y in (drawn.y0, drawn.y1)])
    )
    lifted = min(0.0, new.top - old.top)
    lowered = max(0.0, new.bottom - old.bottom)
    found = np.concatenate([now.photo(corners + np.array([0, by])) for by in (lifted, lowered)])
    x0, y0 = np.floor(found.min(axis=0)).astype(int)
    x1, y1 = np.ceil(found.max(axis=0)).astype(int)
    height, width = pixels.shape[:2]
    return RegionBox(max(0, int(x0)), max(0, int(y0)), min(width, int(x1)), min(height, int(y1)))


def _read(part: Pixels, shift_px: Field, along: npt.NDArray[np.float64]) -> Pixels:
    """`part`, each pixel taken from so far along a direction."""
    height, width = shift_px.shape
    x = shift_px * np.float32(along[0]) + np.arange(width, dtype=np.float32)[None, :]
    y = shift_px * np.float32(along[1]) + np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(
        cv2.remap(part, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )
