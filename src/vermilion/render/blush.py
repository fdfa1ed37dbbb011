"""A lip prepared for blushing: everything that a day or a saturation does not change.

The first picture of a lip costs an analysis (matte, layers); each further one a few passes over the
lip's window. The film's cells and the dots are made when a day first asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.render import dots, flakes, healing
from vermilion.render.coverage import Technique, coverage, technique
from vermilion.render.layers import Field, Linear, split, wide_blur
from vermilion.render.matte import Depths, Matte, matte
from vermilion.render.tint import Ground, Look, mean_lab, paint, sampled, solve
from vermilion.treat.outcome import BlushOutcome

SAMPLES = 2500
"""Lip pixels on which the mean colour is solved for: its error is then below 0.1 dE."""
SAME_DE = 0.05
"""Colours nearer than this are the same: nothing is painted."""
PRESENT_DE = 4.0
"""The colour step from which a corrected border is fully there; below it fades with the pigment."""
FINE_MM = 0.35
"""Fine texture: what is smaller than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where each pixel of a lip window lies: all (H, W) but the last."""

    x_mm: Field
    y_mm: Field
    along: Field
    across: Field
    depths: Depths
    px_per_mm: float


Window = tuple[slice, slice]

AROUND_MM = 2.5
"""Skin around the lip that is kept in its window: room for blurs and for a corrected border."""


def _window(outer_mm: Field, px_per_mm: float) -> Window:
    """Rows and columns that hold the lip with some skin around it."""
    lip = (outer_mm > 0).astype(np.uint8)
    x, y, width, height = cv2.boundingRect(lip)
    around = round(AROUND_MM * px_per_mm) + 1
    rows = slice(max(0, y - around), y + height + around)
    return rows, slice(max(0, x - around), x + width + around)


def _cut(place: Place, window: Window) -> Place:
    deep = Depths(place.depths.outer_mm[window], place.depths.inner_mm[window])
    parts = (place.x_mm, place.y_mm, place.along, place.across)
    x_mm, y_mm, along, across = (np.ascontiguousarray(part[window]) for part in parts)
    return Place(x_mm, y_mm, along, across, deep, place.px_per_mm)


@dataclass(frozen=True, slots=True, eq=False)
class _Planned:
    """What one technique fixes: pigment, the area it covers, the corrected border's new ground."""

    how: Technique
    weight: Field
    cover: Field
    ring: Linear | None


class PreparedLip:
    """One lip window in linear light, ready to be painted for any day."""

    def __init__(self, linear: Linear, place: Place, tone: npt.NDArray[np.bool_]) -> None:
        """`tone` (H, W): the pixels whose mean is the lip's colour."""
        self._whole = linear
        self._window = _window(place.depths.outer_mm, place.px_per_mm)
        linear, tone = np.ascontiguousarray(linear[self._window]), tone[self._window]
        place = _cut(place, self._window)
        self._place = place
        self._matte: Matte = matte(linear, place.depths, place.px_per_mm)
        lip = self._matte.cover(0.5)
        layers = split(linear, lip, place.px_per_mm)
        grey = layers.diffuse.mean(axis=2)
        wide = 1.2 * place.px_per_mm
        pale = wide_blur(grey * lip, wide) / np.maximum(wide_blur(lip, wide), 1e-2)
        self._grey, self._pale = grey, np.where(lip > 0, pale, grey).astype(np.float32)
        self._ground = Ground(linear, layers.diffuse, layers.gloss, layers.uneven, self._pale)
        self._place_of = np.flatnonzero(lip > 0)
        self._tone = np.flatnonzero(tone)
        self._index = self._tone[:: max(1, self._tone.size // SAMPLES)]
        self.bare = mean_lab(sampled(linear, self._tone))
        self._offset = mean_lab(sampled(linear, self._index)) - self.bare
        self._planned: _Planned | None = None

    @property
    def depth_mm(self) -> Field:
        """(H, W) how deep inside the outer border, as the picture shows it; -1 outside the window."""
        depth = np.full(self._whole.shape[:2], -1, np.float32)
        depth[self._window] = self._matte.outer_mm
        return depth

    def painted(self, outcome: BlushOutcome) -> Linear:
        """(H, W, 3) the region on the outcome's day, without swelling and halo."""
        target = np.asarray(outcome.mean_lab, np.float64)
        plan = self._plan(technique(outcome))
        look = self._look(outcome, plan)
        ground = self._ground
        step = float(np.linalg.norm(target - self.bare))
        if plan.ring is not None:
            there = 1 - np.exp(-2 * step / PRESENT_DE)
            linear = cv2.scaleAdd(plan.ring, there, ground.linear)
            diffuse = cv2.scaleAdd(plan.ring, there, ground.diffuse)
            ground = Ground(linear, diffuse, ground.gloss, ground.uneven, ground.pale)
        aim = target + self._offset
        dose = solve(ground.at(self._index), look.at(self._index), aim, self.bare + self._offset)
        region = self._whole.copy()
        region[self._window] = paint(ground, look, dose)
        return region

    def asks_for_nothing(self, outcome: BlushOutcome) -> bool:
        step = float(np.linalg.norm(np.asarray(outcome.mean_lab) - self.bare))
        looks = outcome.dryness, outcome.veil, outcome.redness, outcome.swelling_mm
        return step < SAME_DE and not any(looks) and outcome.gloss == 1.0

    def _plan(self, how: Technique) -> _Planned:
        if self._planned is None or self._planned.how != how:
            at = self._place
            weight = coverage(how, self._matte, at.along, at.across)
            cover = self._matte.cover(how.softness_mm)
            ring = self._ring(how) if how.border_mm > 0 else None
            self._planned = _Planned(how, weight, cover, ring)
        return self._planned

    def _ring(self, how: Technique) -> Linear:
        """What the corrected border adds: the neighbouring lip's slow colour, with skin texture."""
        at, diffuse = self._place, self._ground.diffuse
        natural = self._matte.cover(how.softness_mm)
        ring = np.clip(
            coverage(
                Technique(1, 1, 1, how.softness_mm, how.border_mm), self._matte, at.along, at.across
            )
            - natural,
            0,
            1,
        )
        reach = 0.8 * at.px_per_mm
        weight = wide_blur(natural, reach)[..., None]
        lip = wide_blur(diffuse * natural[..., None], reach) / np.maximum(weight, 1e-3)
        texture = diffuse / np.maximum(wide_blur(diffuse, 0.5 * at.px_per_mm), 1e-3)
        ring = ring * np.clip(weight[..., 0] * 20, 0, 1)
        return np.asarray(ring[..., None] * (lip * texture - diffuse), np.float32)

    def _look(self, outcome: BlushOutcome, plan: _Planned) -> Look:
        surface = self._surface if outcome.dryness > 0 else None
        weight = plan.weight
        seen = outcome.dots * dots.visible(self._place.px_per_mm)
        if seen > 0:
            weight = weight * (1 + np.float32(seen) * (self._raster - 1))
        return healing.look(outcome, weight, plan.cover, surface)

    @cached_property
    def _surface(self) -> healing.Surface:
        at, place = self._place, self._place_of
        x, y, along, across = (
            part.ravel()[place] for part in (at.x_mm, at.y_mm, at.along, at.across)
        )
        film = flakes.film(x, y, along, across, at.px_per_mm)
        fine = wide_blur(self._grey, FINE_MM * at.px_per_mm)
        texture = np.log(np.maximum(self._grey, 1e-4) / np.maximum(fine, 1e-4))
        return healing.Surface(film, place, texture.astype(np.float32))

    @cached_property
    def _raster(self) -> Field:
        at, place = self._place, self._place_of
        image = np.ones(at.x_mm.size, np.float32)
        image[place] = dots.raster(at.x_mm.ravel()[place], at.y_mm.ravel()[place], at.px_per_mm)
        return image.reshape(at.x_mm.shape)
