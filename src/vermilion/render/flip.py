"""A lip flip on one mouth: the border rises, the philtrum shortens, the lip rolls out.

Pixels move only up and down in the lip's frame, by a displacement that is monotone in every
column, so nothing can fold:

    nostril sill ... philtrum shortens ... white roll and border move as one ... vermilion rolls
    out over its inner part ... inner edge: still (closed) or lowered over the teeth (open)

With an open mouth the upper lip is a layer: below its new edge the photo's own teeth show, unmoved.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.errors import NotReachableError
from vermilion.render.frame import OPEN_MM, Field, LipFrame
from vermilion.render.scene import LipScene
from vermilion.render.unroll import CLEAR_MM, MEETING, Paths, Window, unrolled
from vermilion.treat.outcome import FlipOutcome

RIGID_MM = 0.9
"""Skin above the border that moves with it unchanged: the white roll."""
SILL_MM = 0.8
"""Skin under the nostril sill that stays still."""
ROLL_SHARE = 0.65
"""Share of the upper lip over which it is drawn out; what is left moves as a whole."""
ROLL_START = 0.6
"""How much of what moves as a whole goes with the border; the rest, the shaded inner edge, stays as
wide as it was, for a drawn out shade would make the lip look dirty."""
MOST_OF_HEIGHT = 0.38
"""A border can rise by this share of the lip's height: beyond it the inner lip would stretch more
than twofold."""
MOST_OF_PHILTRUM = 0.3
"""... and by this share of the skin between nostril sill and border."""
MOST_FALL = 0.3
"""The inner edge comes down by this share of the lip's height at the most."""
LEAST_JACOBIAN = 0.45
"""No piece of lip is stretched further than to 1 / this; the gate is 0.4."""
EDGES_MM = 1.5
"""What the contrast of both edges takes up of a lip's height."""
CREST_MM = 0.3
"""Half width of a border's own contrast, which is no texture."""
RAMP = 1 / 6
"""Rounded share at each end of a displacement's ramp; its steepest slope is 1 / (1 - RAMP)."""
EDGE_MM = 0.3
"""Width over which the lip layer ends above the teeth."""
LAYER_MM = 1.0
"""How far below its edge the (hidden) lip layer goes on."""
SHADOW = 0.15
SHADOW_MM = 0.7
SHADOW_ENDS_MM = 3.0
"""Contact shadow under a lowered edge: depth, width, and where it is too faint to be seen."""
MUCOSA = (-0.02, 0.07, 0.05)
"""Linear light that newly shown wet-dry lip takes from red, green and blue: a little pinker."""
RELIGHT_MM = 0.035
"""Gain of light of the inner lip for each mm of rise: it turns toward the light and the camera."""
ROLL_SOFTENING_MM = 0.45
"""Share of the white roll's brightness that goes with each mm of rise."""
ROLL_BAND_MM = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A flip's displacement on the coarse grid: source y = y + shift (mm), and what goes with it.

    rise, fall : (h, w) mm at each column; new_outer, new_inner : the lip's new borders
    """

    shift: Field
    rise: Field
    fall: Field
    new_outer: Field
    new_inner: Field


def most_rise_mm(frame: LipFrame, outcome: FlipOutcome) -> float:
    """The largest rise under the peaks that this lip allows without stretching it unnaturally."""
    s = frame.s_of(frame.x_mm)
    middle = np.abs(s) <= 1.2
    profile = np.maximum(_profile(outcome, s), 1e-3)
    room = _room(frame.heights.upper_outer, frame.heights.upper_inner, frame.ceiling_mm + SILL_MM)
    return float((room / profile)[middle].min())


def check_rise(frame: LipFrame, outcome: FlipOutcome) -> None:
    """Refuse an explicitly asked rise that does not fit.

    Raises
    ------
    NotReachableError : names the most that fits
    """
    most = most_rise_mm(frame, outcome)
    if outcome.rise_mm > most:
        raise NotReachableError(
            "a rise of {rise_mm} mm was asked for",
            "this upper lip allows {most_mm} mm at the most",
            "ask for less",
            rise_mm=outcome.rise_mm,
            most_mm=math.floor(most * 10) / 10,
        )


def motion(scene: LipScene, outcome: FlipOutcome) -> Motion:
    """The displacement of every point of the coarse grid."""
    at, frame = scene.coarse, scene.frame
    outer, inner = at.heights.upper_outer, at.heights.upper_inner
    profile = _profile(outcome, at.s)
    room = _room(outer, inner, frame.ceiling_mm + SILL_MM)
    wanted = np.float32(outcome.rise_mm) * profile + _swelling(outcome, at.s)
    rise = _softly_below(wanted, room)
    opening = at.heights.lower_inner - inner
    ajar = np.clip((opening - OPEN_MM) / OPEN_MM, 0, 1)
    fall = np.float32(outcome.inner_fall_mm) * profile * ajar
    fall = np.minimum(fall, np.minimum(0.4 * opening, MOST_FALL * (inner - outer)))
    new_outer, new_inner = outer - rise, inner + fall

    top = np.float32(frame.ceiling_mm + SILL_MM)
    rigid_from = new_outer - RIGID_MM
    skin = _ramp((at.y_mm - top) / np.maximum(rigid_from - top, 0.1))
    height = np.maximum(new_inner - new_outer, 0.1)
    within = (at.y_mm - new_outer) / height
    # Where much is asked of a thin lip more of it has to stretch, so that no part does too much.
    steepest = (rise + fall) / (height * (1 - RAMP))
    share = np.clip(steepest / (1 - LEAST_JACOBIAN), ROLL_SHARE, 1)
    rolled = _ramp((within - ROLL_START * (1 - share)) / share)
    shift = np.where(at.y_mm < new_outer, rise * skin, rise - (rise + fall) * rolled)
    below = np.clip(1 - (at.y_mm - new_inner) / LAYER_MM, 0, 1)
    shift = np.where(at.y_mm > new_inner, -fall * below, shift)
    return Motion(*(np.asarray(f, np.float32) for f in (shift, rise, fall, new_outer, new_inner)))


def least_jacobian(scene: LipScene, moved: Motion) -> float:
    """The smallest determinant of the map's derivative; each layer apart, > 0 means no fold.

    Pixels move along one axis only, so it is 1 + d shift / d y.
    """
    at = scene.coarse
    spacing = at.step * scene.frame.mm_per_px
    slope = np.diff(moved.shift, axis=0) / np.float32(spacing)
    # Only within the lip layer and the skin above it: below its edge the photo itself shows.
    layer = at.y_mm[1:] <= moved.new_inner[1:]
    return float(1 + slope[layer].min(initial=0.0))


def flip_region(
    scene: LipScene,
    source: npt.NDArray[Any],
    outcome: FlipOutcome,
    *,
    interpolation: int = cv2.INTER_CUBIC,
) -> npt.NDArray[Any]:
    """The region (H, W, 3) `source` after the flip, in its own dtype (uint8 or uint16).

    Pixels that neither move nor change keep their value bit by bit.
    """
    if outcome.rise_mm <= 0 and outcome.swelling_mm <= 0:
        return source
    moved = motion(scene, outcome)
    gain = _gain(scene, moved)
    touched = (np.abs(moved.shift) > 1e-4) | (np.abs(gain - 1).max(axis=2) > 1e-4)
    if not touched.any():
        return source
    cells = _around(touched)
    step, per_mm = scene.coarse.step, 1 / scene.frame.mm_per_px
    at = tuple(slice(c.start * step, c.stop * step) for c in cells)
    part = np.ascontiguousarray(source[at])
    down = scene.frame.down * per_mm
    window = Window(step, float(down[0]), float(down[1]), per_mm)

    def grown(field: Field) -> npt.NDArray[Any]:
        return window.grown(np.ascontiguousarray(field[cells]))

    if interpolation == cv2.INTER_LINEAR:
        lip = window.moved(part, np.ascontiguousarray(moved.shift[cells]), interpolation)
    else:
        lip = unrolled(part, _paths(scene, moved, cells), window)
    if float(moved.fall.max()) > 0:
        lip = _over_teeth(part, lip, grown(scene.coarse.y_mm - moved.new_inner), grown(moved.fall))
    depth = cv2.CV_8U if source.dtype == np.uint8 else cv2.CV_16U
    changed = cv2.multiply(lip, grown(gain), dtype=depth)
    here = (grown(touched.astype(np.float32)) > 0) & ~scene.still[at]
    out = source.copy()
    out[at] = cv2.copyTo(changed, here.astype(np.uint8), part)
    return out


def _paths(scene: LipScene, moved: Motion, cells: tuple[slice, slice]) -> Paths:
    """What is fine moves with the border or with the inner edge, what is slow is drawn between."""
    y = scene.coarse.y_mm
    height = np.maximum(moved.new_inner - moved.new_outer, 0.1)
    within = (y - moved.new_outer) / height
    # As far in as can be, so that what is drawn twice lies in the shade, below the lip's glints;
    # but the edges that were may not be drawn again. Where a lip is too thin for that, their
    # contrast is drawn out like the rest.
    clear = (height - moved.rise - moved.fall - EDGES_MM) / height
    meeting = np.maximum(clear - MEETING / 2, 0.5)
    thin = np.clip((0.6 - clear) / 0.1, 0, 1)
    upper = np.where(within < 0, moved.shift, moved.rise)
    lower = np.where(within > 1, moved.shift, -moved.fall)
    edge_mm = np.minimum(np.abs(y - moved.new_outer), np.abs(y - moved.new_inner))
    old = scene.coarse.heights
    inside_mm = np.minimum(y - old.upper_outer, old.upper_inner - y)
    off_edges = np.clip((edge_mm - CREST_MM) / CREST_MM, 0, 1)
    lip = np.clip(inside_mm / CREST_MM - 1, 0, 1)

    def part(field: npt.NDArray[Any]) -> Field:
        return np.ascontiguousarray(field[cells], np.float32)

    return Paths(
        part(moved.shift),
        part(upper),
        part(lower),
        part(within),
        part(meeting),
        part(off_edges),
        part(lip),
        part(thin * (1 - np.clip(inside_mm / CREST_MM - 2, 0, 1))),
        part(inside_mm > CLEAR_MM),
        part((within > 0) & (within < 1) & (edge_mm > CLEAR_MM)),
    )


def _around(touched: npt.NDArray[np.bool_]) -> tuple[slice, slice]:
    """The smallest window of coarse cells that holds all touched ones, one cell wider."""
    rows, columns = (np.flatnonzero(touched.any(axis=axis)) for axis in (1, 0))
    return (
        slice(max(0, int(rows[0]) - 1), min(touched.shape[0], int(rows[-1]) + 2)),
        slice(max(0, int(columns[0]) - 1), min(touched.shape[1], int(columns[-1]) + 2)),
    )


def _over_teeth(
    source: npt.NDArray[Any], lip: npt.NDArray[Any], below_mm: Field, fall_mm: Field
) -> npt.NDArray[Any]:
    """The lip layer above the unmoved photo; `below_mm` counts from the lip's new inner edge."""
    teeth = cv2.add(cv2.multiply(below_mm, 1 / EDGE_MM), 0.5)
    teeth = np.clip(teeth, 0, 1) * np.clip(cv2.multiply(fall_mm, 4), 0, 1)
    below = source
    if lip.dtype != np.uint8:  # blendLinear knows 8 bits and floats only
        lip, below = lip.astype(np.float32), below.astype(np.float32)
    return np.asarray(cv2.blendLinear(lip, below, 1 - teeth, teeth))


def _gain(scene: LipScene, moved: Motion) -> npt.NDArray[np.float32]:
    """(h, w, 3) factor on the encoded values: mucosa, light, softer white roll."""
    at = scene.coarse
    height = np.maximum(moved.new_inner - moved.new_outer, 0.1)
    within = np.clip((at.y_mm - moved.new_outer) / height, 0, 1)
    on_lip = np.clip((at.y_mm - moved.new_outer) / 0.5, 0, 1) * (at.y_mm <= moved.new_inner)
    share = np.clip(1.6 * (moved.rise + moved.fall) / height, 1e-3, 1)
    shown = _ramp((within - (1 - share)) / share) * on_lip * np.clip(moved.rise * 2, 0, 1)
    light = 1 + RELIGHT_MM * moved.rise * within * on_lip
    roll = _roll(scene)
    carried = cv2.remap(
        roll,
        np.broadcast_to(np.arange(roll.shape[1], dtype=np.float32), roll.shape).copy(),
        np.arange(roll.shape[0], dtype=np.float32)[:, None]
        + moved.shift / np.float32(at.step * scene.frame.mm_per_px),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    softer = 1 - np.clip(ROLL_SOFTENING_MM * moved.rise, 0, 0.8) * carried
    below = at.y_mm - moved.new_inner
    shade = np.exp(-np.clip(below, 0, 5) / SHADOW_MM) * np.clip(2 * moved.fall, 0, 1) * SHADOW
    shade = np.where((below > 0) & (below < SHADOW_ENDS_MM), shade, 0)
    # It falls into the mouth and on the lower lip, and fades before that lip's skin.
    shade = shade * np.clip((at.heights.lower_outer - at.y_mm) / SHADOW_MM, 0, 1)
    lit = light * softer * (1 - shade)
    shown = shown * (not scene.grey)
    gain = cv2.merge([np.asarray(lit * (1 - take * shown), np.float32) for take in MUCOSA])
    # Factors on linear light become factors on sRGB values by the curve's mean exponent.
    return np.asarray(cv2.pow(gain, 1 / 2.2))


def _roll(scene: LipScene) -> Field:
    """How much brighter the white roll is than the skin around it, 0 elsewhere; coarse grid."""
    cached = scene.__dict__.get("_white_roll")
    if cached is not None:
        return np.asarray(cached)
    at = scene.coarse
    h, w = at.x_mm.shape
    small = cv2.resize(scene.linear.mean(axis=2), (w, h), interpolation=cv2.INTER_AREA)
    per_mm = 1 / (at.step * scene.frame.mm_per_px)
    fine = cv2.GaussianBlur(small, (0, 0), max(0.5, 0.2 * per_mm))
    wide = cv2.GaussianBlur(small, (0, 0), 1.2 * per_mm)
    above = at.heights.upper_outer - at.y_mm
    band = np.clip(1 - np.abs(above - 0.45) / ROLL_BAND_MM, 0, 1) * (np.abs(at.s) < 1.9)
    ridge = np.clip(fine / np.maximum(wide, 1e-3) - 1, 0, 0.5) * band
    scene.__dict__["_white_roll"] = ridge.astype(np.float32)
    return np.asarray(ridge, np.float32)


def _profile(outcome: FlipOutcome, s: Field) -> Field:
    knots, values = zip(*outcome.profile, strict=True)
    return np.asarray(np.interp(s, knots, values), np.float32)


def _swelling(outcome: FlipOutcome, s: Field) -> Field:
    """Small lifts at the injection points."""
    lifts = [np.exp(-(((s - at) / 0.25) ** 2)) for at in outcome.point_s]
    total = np.sum(lifts, axis=0) if lifts else np.zeros_like(s)
    return np.asarray(outcome.swelling_mm * total, np.float32)


def _room(outer: Field, inner: Field, top_mm: float) -> Field:
    """How far the border can rise at each column."""
    lip = MOST_OF_HEIGHT * (inner - outer)
    skin = MOST_OF_PHILTRUM * np.maximum(outer - RIGID_MM - top_mm, 0)
    return np.asarray(np.maximum(np.minimum(lip, skin), 0), np.float32)


def _softly_below(wanted: Field, room: Field) -> Field:
    """`wanted` where it is well below `room`, bending to `room` where it is not."""
    start = 0.85 * room
    over = np.maximum(wanted - start, 0)
    left = np.maximum(room - start, 1e-6)
    bent = start + left * over / (over + left)
    return np.asarray(np.where(wanted <= start, wanted, bent), np.float32)


def _ramp(t: Field) -> Field:
    """0 below 0, 1 above 1, straight between with rounded ends (slope continuous)."""
    t = np.clip(t, 0, 1)
    steep = 1 / (1 - RAMP)
    foot = steep * t * t / (2 * RAMP)
    head = 1 - steep * (1 - t) ** 2 / (2 * RAMP)
    body = steep * (t - RAMP / 2)
    return np.asarray(np.where(t < RAMP, foot, np.where(t > 1 - RAMP, head, body)), np.float32)
