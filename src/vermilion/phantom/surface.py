"""One window of the picture: what lies under its pixels and the light that it sends back.

The picture is shaded in strips, so the working set stays in the processor's cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vermilion.phantom import eyes, light, skin, teeth
from vermilion.phantom.camera import Rays, View, sample
from vermilion.phantom.head import Grid, HeadField
from vermilion.phantom.ink import lab_to_linear
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.vermilion_skin import (
    CREASE_CELL_MM,
    crease_tile,
    creases,
    distances,
    lip_albedo,
    lip_mask,
    ramp,
)

Window = tuple[slice, slice]
Far = tuple[Grid, Grid, Grid, Grid]

MARGIN_MM = 4.0
"""The mouth's window reaches this far beyond the lips."""
CLOSED_MM = 0.5
"""Lips less apart than this are drawn with a dark line, not with a mouth behind it."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What all windows of one rendering share; rays, x and y (mm in the head's frame) per pixel."""

    spec: PhantomSpec
    head: HeadField
    maps: skin.SkinMaps
    creases: Grid
    form: Grid
    lamps: light.Lamps
    px_mm: float
    rays: Rays
    x: Grid
    y: Grid

    def part(self, window: Window) -> Rays:
        a, b, c, d = (ray[window] for ray in self.rays)
        return a, b, c, d

    def window(self, low: tuple[float, float], high: tuple[float, float]) -> Window:
        """Pixels that can show head coordinates within low..high (x, y mm)."""
        near = (self.x >= low[0]) & (self.x <= high[0]) & (self.y >= low[1]) & (self.y <= high[1])
        rows, cols = np.flatnonzero(near.any(1)), np.flatnonzero(near.any(0))
        if not len(rows):
            return slice(0, 0), slice(0, 0)
        return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1)

    def mouth_window(self) -> Window:
        b = self.head.borders
        return self.window(
            (float(b.x[0]) - MARGIN_MM, float(b.upper_outer.min()) - MARGIN_MM),
            (float(b.x[-1]) + MARGIN_MM, float(b.lower_outer.max()) + MARGIN_MM),
        )


def build_scene(
    spec: PhantomSpec,
    head: HeadField,
    view: View,
    rays: Rays,
    depth: Grid,
    rng: np.random.Generator,
) -> Scene:
    """Textures, shadows and coordinates, once for the whole picture."""
    lamps = light.lamps(spec.light, view.turn, view.to_camera())
    sky, lit = light.hollows(head.z), light.cast_shadow(head.z, lamps.key)
    return Scene(
        spec=spec,
        head=head,
        maps=skin.build_skin(spec, head, rng, view.mm_per_px(np.zeros((1, 3)))),
        creases=crease_tile(rng),
        form=np.dstack([head.slope_x, head.slope_y, sky, lit]).astype(np.float32),
        lamps=lamps,
        px_mm=view.mm_per_px(np.zeros((1, 3))),
        rays=rays,
        x=rays[0] + depth * rays[1],
        y=rays[2] + depth * rays[3],
    )


def skin_at(scene: Scene, window: Window) -> tuple[Grid, Grid, Grid]:
    """Albedo (h, w, 3), form (h, w, 4: slopes x and y, sky, key light) and pores' relief added."""
    x, y = scene.x[window], scene.y[window]
    maps, spec = scene.maps, scene.spec
    form = sample(scene.form, x, y)
    albedo = sample(maps.base, x, y)
    cell = skin.PORE_CELL_MM
    side = maps.pores.shape[0]
    pores = cv2.remap(
        maps.pores, (x / cell) % side, (y / cell) % side, cv2.INTER_LINEAR, None, cv2.BORDER_WRAP
    )
    albedo *= (1 + np.float32(0.022) * pores[..., 0])[..., None]
    form[..., :2] += np.float32(0.028) * pores[..., 1:]
    ox, oy = maps.fine_origin_mm
    hc = skin.HAIR_CELL_MM
    thatch = cv2.remap(
        maps.hairs,
        (x - ox) / hc - 0.5,
        (y - oy) / hc - 0.5,
        cv2.INTER_LINEAR,
        None,
        cv2.BORDER_CONSTANT,
        0,
    )[..., None]
    albedo += (lab_to_linear(spec.colours.hair) - albedo) * (np.float32(0.9) * thatch)
    return albedo, form, thatch[..., 0]


def shade(scene: Scene, albedo: Grid, form: Grid, lip: Grid | None) -> Grid:
    """(h, w, 3) linear light from a surface; `lip` is the share of wet vermilion per pixel."""
    spec, lamps = scene.spec, scene.lamps
    sx, sy, sky, lit = (form[..., k] for k in range(4))
    norm = 1 / np.sqrt(1 + sx * sx + sy * sy)
    normal = (-sx * norm, -sy * norm, norm)
    colour = albedo * light.irradiance(normal, sky, lit, spec.light, lamps)
    oily = np.float32(0.05 * spec.light.key) * light.gloss(normal, lamps.key, lamps.camera, 14.0)
    sheen = oily * lit + np.float32(0.02) * light.gloss(normal, lamps.fill, lamps.camera, 10.0)
    if lip is not None:
        wet = np.float32(0.30 * spec.light.key) * lit
        wet = wet * light.gloss(normal, lamps.key, lamps.camera, 60.0)
        wet += np.float32(0.25 * spec.light.fill) * light.gloss(
            normal, lamps.fill, lamps.camera, 50.0
        )
        sheen = sheen * (1 - lip) + np.float32(spec.light.gloss) * wet * lip
    colour += (sheen * sky)[..., None]
    return np.asarray(colour, np.float32)


def paint_mouth(scene: Scene, window: Window) -> Grid:
    """The window around the lips: skin, vermilion and what shows between the lips."""
    spec, px = scene.spec, scene.px_mm
    x, y = scene.x[window], scene.y[window]
    albedo, form, _ = skin_at(scene, window)
    far = distances(x, y, scene.head.borders)
    half = spec.lips.width_mm / 2
    lip = lip_mask(x, far, half, px)[..., None]
    lines = creases(x, y, scene.creases, CREASE_CELL_MM)
    red = lip_albedo(spec, far, lines[..., 0])
    albedo = albedo * (1 - lip) + red * lip
    fade = min(1.0, 0.35 / px)
    form[..., :2] += np.float32(0.09 * spec.lips.crease_depth * fade) * lines[..., 1:] * lip
    inner = ramp(np.minimum(far[0], far[3]) - np.float32(0.8), 2.0)
    colour = shade(scene, albedo, form, inner * lip[..., 0])
    if spec.lips.opening_mm < CLOSED_MM:
        return colour * _closed_line(far, x, half, px)[..., None]
    gap = np.minimum(-far[1], -far[2])
    cover = ramp(gap, max(0.4, px)) * (np.abs(x) < half)
    inside = teeth.mouth_colour(spec, scene.part(window), -far[1], -far[2], px)
    return np.asarray(colour * (1 - cover[..., None]) + inside * cover[..., None], np.float32)


def _closed_line(far: Far, x: Grid, half: float, px_mm: float) -> Grid:
    """The dark line between closed lips, a factor on the light."""
    gap = np.maximum(far[1], far[2])
    ends = np.clip((np.float32(half + 0.5) - np.abs(x)) / 1.0, 0, 1)
    sigma = max(0.42, 0.7 * px_mm)
    return np.asarray(1 - 0.75 * ends * np.exp(-0.5 * (gap / sigma) ** 2), np.float32)


def paint_eyes(scene: Scene, colour: Grid, to_camera: eyes.Array) -> None:
    """Draw both eyes between their lids into the picture, in place."""
    spec = scene.spec
    for eye in eyes.eyeballs(spec, to_camera):
        cx, cy = float(eye.centre[0]), float(eye.centre[1])
        window = scene.window((cx - 19, cy - 10), (cx + 19, cy + 10))
        x, y = scene.x[window], scene.y[window]
        opening, lashes, below = eyes.lid_masks(spec, eye, x, y, scene.px_mm)
        ball = eyes.eyeball_colour(spec, eye, scene.part(window), scene.lamps, below, scene.px_mm)
        mixed = colour[window] * (1 - opening[..., None]) + ball * opening[..., None]
        colour[window] = mixed * (1 - 0.88 * lashes[..., None])
