"""A lip prepared for blushing: everything that a day or a saturation does not change.

The first picture of a lip costs an analysis (matte, layers) of the window around it. After that
only the pixels that can change are carried along, packed into one long column: every further day
is a few passes over them, and nothing else in the photo is touched at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import LipColours
from vermilion.know.sourced import topic
from vermilion.render import dots, flakes, healing
from vermilion.render.bare_lip import BareLip, Index, colours_of
from vermilion.render.coverage import Technique, coverage, outward, technique
from vermilion.render.grain import mottle
from vermilion.render.layers import Field, Layers, Linear, two_lips, wide_blur
from vermilion.render.matte import smoothstep
from vermilion.render.tint import Dose, Factors, Ground, Labs, Look, packed, paint, solve
from vermilion.treat.outcome import BlushOutcome

SAMPLES = 1500
"""Pixels of each lip on which its mean colour is solved for: its error is then about 0.1 dE."""
SAME_DE = 0.05
"""Colours nearer than this are the same: nothing is painted."""
PRESENT_DE = 4.0
"""The colour step from which a corrected border is fully there; below it fades with the pigment."""
FINE_MM = 0.35
"""Fine texture: what is smaller than this."""
MEETING_MM = 1.0
"""Over so much what is said of each lip passes into the other's."""
SHEEN_INSIDE_MM = 1.5
"""From the border so far in, what is brighter than the lip comes to count as its sheen."""
LEVEL_MM = 1.2
"""Over how far a lip's grey level is averaged."""
THROUGH_VEIL = 0.75
"""How much of the lip's own fine shading shows through a veil: an exponent."""
RING_INSIDE_MM = 0.35
"""A corrected border ends so far inside the natural one; at twice that the lip is its own."""
RING_TEXTURE_MM = 0.2
"""Skin texture that a corrected border keeps."""
FAINT = 2e-3
"""Less pigment than this changes no 8-bit value."""


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """What changes: flat numbers of N pixels of the region, and their new light (N, 1, 3)."""

    index: Index
    linear: Linear


class PreparedLip:
    """One lip in linear light, ready to be painted for any day."""

    def __init__(self, seen: BareLip, start: Dose | None = None) -> None:
        """`start`: a dose that was right for nearly this lip."""
        self.seen = seen
        self._start = self.dose = start
        self._planned: _Planned | None = None

    @property
    def bare(self) -> LipColours:
        """The colours that a blush starts from."""
        return self.seen.colours

    def painted(self, outcome: BlushOutcome) -> Painted:
        """The pixels that change, on the outcome's day, without swelling and halo."""
        how = technique(outcome)
        if self._planned is None or self._planned.how != how:
            self._planned = _Planned(how, self)
        found, self.dose = self._planned.painted(outcome, self._start)
        return found

    @cached_property
    def _layers(self) -> Layers:
        seen, at = self.seen, self.seen.place
        return two_lips(seen.linear, seen.cover, at.depths.upper, at.depths.outer_mm, at.px_per_mm)

    @cached_property
    def _grey(self) -> Field:
        """(H, W) the lip's own light without colour."""
        light = cv2.transform(self._layers.diffuse, np.full((1, 3), 1 / 3, np.float32))
        return np.asarray(light, np.float32)

    @cached_property
    def _level(self) -> Field:
        """(H, W) that of the lip around each pixel."""
        lip, wide = self.seen.cover, LEVEL_MM * self.seen.place.px_per_mm
        level = wide_blur(self._grey * lip, wide) / np.maximum(wide_blur(lip, wide), 1e-2)
        return np.asarray(level, np.float32)

    @cached_property
    def _pale(self) -> Field:
        """(H, W) a veil's own: it hides part of the lines under it, not all."""
        grey, level = self._grey, self._level
        shade = np.clip(grey / np.maximum(level, 1e-4), 0, 1.5) ** np.float32(THROUGH_VEIL)
        return np.where(self.seen.cover > 0, level * shade, grey).astype(np.float32)

    def asks_for_nothing(self, outcome: BlushOutcome) -> bool:
        step = float(np.linalg.norm(_rows(outcome.colours) - _rows(self.bare), axis=1).max())
        looks = outcome.dryness, outcome.veil, outcome.redness, outcome.swelling_mm
        return step < SAME_DE and not any(looks) and outcome.gloss == 1.0


class _Planned:
    """One technique on one lip: where pigment lies, and the ground of those pixels, packed."""

    def __init__(self, how: Technique, lip: PreparedLip) -> None:
        self.how, self._px_per_mm = how, lip.seen.place.px_per_mm
        at = lip.seen.place
        # By millimetres, as a hand sets it: squeezed into the corners a gradient is a stripe.
        weight = coverage(how, lip.seen.matte, at.along, at.across * at.depths.room)
        cover = lip.seen.matte.cover(how.softness_mm)
        here = cv2.max(weight, cover) > FAINT
        here.ravel()[lip.seen.tone] = True
        index = np.flatnonzero(here)
        self._index = lip.seen.of_region(index)
        self._cover = packed(cover, index)
        self._x_mm, self._y_mm, self._along, self._across, self._grey = (
            packed(part, index) for part in (at.x_mm, at.y_mm, at.along, at.across, lip._grey)
        )
        layers = lip._layers
        tone = np.searchsorted(index, lip.seen.tone)
        self._lip, self._here, self._tone = lip, index, tone
        # From one lip's to the other's without a step: the found line may lie on either.
        self._upper = packed(wide_blur(at.depths.upper, MEETING_MM * self._px_per_mm), index)
        level = packed(lip._level, index)
        self._weight = packed(weight, index) * self._taken(level / self._lips_mean(level))
        self._ground = Ground(
            packed(lip.seen.linear, index),
            packed(layers.diffuse, index),
            packed(layers.gloss, index),
            packed(layers.uneven, index),
            packed(lip._pale, index),
            (self._hue(lip.seen.of_upper), self._hue(~lip.seen.of_upper)),
            self._upper,
        )
        fine = wide_blur(lip._grey, FINE_MM * self._px_per_mm)
        self._fine = packed(fine, index)
        self._ring = packed(_ring(how, lip), index) if how.border_mm > 0 else None
        some = np.concatenate(
            [
                side[:: max(1, side.size // SAMPLES)]
                for side in (np.flatnonzero(lip.seen.of_upper), np.flatnonzero(~lip.seen.of_upper))
            ]
        )
        self._samples, self._of_upper = tone[some], lip.seen.of_upper[some]
        sampled = colours_of(self._ground.linear[self._samples, 0], self._of_upper)
        self._bare, self._offset = _rows(lip.bare), _rows(sampled) - _rows(lip.bare)

    def painted(self, outcome: BlushOutcome, start: Dose | None) -> tuple[Painted, Dose]:
        target = _rows(outcome.colours)
        look = self._look(outcome)
        ground = self._ground
        if self._ring is not None:
            there = 1 - np.exp(-2 * self._step(outcome) / PRESENT_DE)
            linear = cv2.scaleAdd(self._ring, there, ground.linear)
            diffuse = cv2.scaleAdd(self._ring, there, ground.diffuse)
            ground = replace(ground, linear=linear, diffuse=diffuse)
        if outcome.dryness > 0:
            ground = healing.dulled(ground, self._sheen, outcome.dryness)
        some = self._samples
        aim, bare = target + self._offset, self._bare + self._offset
        dose = solve(ground.at(some), look.at(some), self._of_upper, aim, bare, start)
        return Painted(self._index, paint(ground, look, dose)), dose

    def _look(self, outcome: BlushOutcome) -> Look:
        weight = self._weight
        # What the needle set shows as dots until it has healed.
        fresh = topic("looks").number("dots_fresh").value * outcome.redness
        seen = max(outcome.dots, fresh) * dots.visible(self._px_per_mm)
        if seen > 0:
            weight = weight * (1 + np.float32(seen) * (self._raster - 1))
        surface = self._surface if outcome.dryness > 0 else None
        return healing.look(outcome, weight, self._cover, surface, self._step(outcome))

    def _step(self, outcome: BlushOutcome) -> float:
        """How far (CIE76) the day's colour is from the bare lips', the mean of both."""
        return float(np.linalg.norm(_rows(outcome.colours) - self._bare, axis=1).mean())

    def _hue(self, side: npt.NDArray[np.bool_]) -> Factors:
        """A lip's mean colour over its own grey."""
        tone = self._lip.seen.tone[side if side.any() else ~side]
        mean = packed(self._lip._layers.diffuse, tone).mean(axis=(0, 1), dtype=np.float64)
        red, green, blue = (float(value) for value in mean / max(float(mean.mean()), 1e-4))
        return red, green, blue

    def _lips_mean(self, values: Linear | Field) -> Linear | Field:
        """(N, 1[, 3]) at each pixel the mean of its lip's values."""
        of_upper = self._lip.seen.of_upper
        means = [
            values[self._tone[side if side.any() else ~side]].mean(axis=(0, 1))
            for side in (of_upper, ~of_upper)
        ]
        share = self._upper.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(share * means[0] + (1 - share) * means[1], np.float32)

    def _taken(self, lit: Field) -> Field:
        """(N, 1) how much pigment shows: unevenly, and less where the lip is `lit` above its mean.

        What a rough surface sends back over more than a glint's width is no glint, but no pigment
        changes it.
        """
        looks = topic("looks")
        noise = mottle(self._x_mm.ravel(), self._y_mm.ravel(), self._px_per_mm).reshape(lit.shape)
        stain = np.maximum(1 + np.float32(looks.number("uneven").value) * noise, 0)
        sheen = np.maximum(lit, 1) ** -looks.number("sheen").value
        return np.asarray(stain * sheen, np.float32)

    @cached_property
    def _surface(self) -> healing.Surface:
        x_mm, y_mm = self._x_mm.ravel(), self._y_mm.ravel()
        along, across = self._along.ravel(), self._across.ravel()
        film = flakes.film(x_mm, y_mm, along, across, self._px_per_mm)
        texture = np.log(np.maximum(self._grey, 1e-4) / np.maximum(self._fine, 1e-4))
        return healing.Surface(film, np.asarray(texture, np.float32))

    @cached_property
    def _sheen(self) -> Linear:
        """(N, 1, 3) light beyond its own lip's mean where a pixel's surroundings are brighter."""
        lip, per_mm = self._lip, self._px_per_mm
        around = packed(wide_blur(lip._layers.diffuse, FINE_MM * per_mm), self._here)
        more = around - self._lips_mean(around)
        # Toward the border a lip is paler because it is half skin.
        deep = (
            smoothstep(packed(lip.seen.matte.outer_mm, self._here) / SHEEN_INSIDE_MM) * self._cover
        )
        return np.where(more.mean(axis=-1, keepdims=True) > 0, more * deep[..., None], 0)

    @cached_property
    def _raster(self) -> Field:
        spots = dots.raster(self._x_mm.ravel(), self._y_mm.ravel(), self._px_per_mm)
        return spots.reshape(self._weight.shape)


def _rows(colours: LipColours) -> Labs:
    return np.array(colours.both, np.float64)


def _ring(how: Technique, lip: PreparedLip) -> Linear:
    """What the corrected border adds: the neighbouring lip's slow colour, with skin texture.

    It begins where the lip is fully lip, so that the natural border leaves no seam.
    """
    at, diffuse, where = lip.seen.place, lip._layers.diffuse, lip.seen.matte
    even = Technique(1, 1, 1, how.softness_mm, how.border_mm)
    inner = smoothstep((where.outer_mm - RING_INSIDE_MM) / RING_INSIDE_MM)
    inside = where.cover(how.softness_mm) * inner
    beyond = smoothstep(outward(how.border_mm, at.along) / RING_INSIDE_MM)
    ring = np.clip(coverage(even, where, at.along, at.across) - inner, 0, 1) * beyond
    reach = 0.8 * at.px_per_mm
    weight = wide_blur(inside, reach)[..., None]
    slow = wide_blur(diffuse * inside[..., None], reach) / np.maximum(weight, 1e-3)
    # Finer than the border is wide: else its own step would show as a light and a dark line.
    texture = diffuse / np.maximum(wide_blur(diffuse, RING_TEXTURE_MM * at.px_per_mm), 1e-3)
    ring = ring * np.clip(weight[..., 0] * 20, 0, 1)
    return np.asarray(ring[..., None] * (slow * texture - diffuse), np.float32)
