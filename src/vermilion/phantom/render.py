"""From a spec to the picture: rays, colour, light, then lens, sensor and JPEG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom import eyes, light, skin, teeth
from vermilion.phantom.camera import View, sample, trace, view_of
from vermilion.phantom.head import FAR_MM, Grid, HeadField, build_head
from vermilion.phantom.ink import encode, lab_to_linear
from vermilion.phantom.lips import LipBorders, lip_borders
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.truth import truth_of
from vermilion.phantom.vermilion_skin import creases, distances, lip_albedo, lip_mask, ramp

FINE_PIXELS = 3_000_000
"""Below this many pixels the picture is rendered twice as fine and averaged down."""
_CREASE_CELL_MM = 0.1
_MARGIN_MM = 4.0
_LENS_SIGMA_PX = 0.45

Rays = tuple[Grid, Grid, Grid, Grid]
Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class PhantomImage:
    """pixels: (H, W, 3) uint8 sRGB; truth: what is exactly known about them, ready for JSON."""

    pixels: npt.NDArray[np.uint8]
    truth: Mapping[str, Any]


@dataclass(slots=True, eq=False)
class _Scene:
    """What the steps of one rendering share."""

    spec: PhantomSpec
    head: HeadField
    view: View
    px_mm: float
    rays: Rays
    x: Grid
    y: Grid
    rng: np.random.Generator
    creases: Grid

    def part(self, window: Window) -> Rays:
        a, b, c, d = (ray[window] for ray in self.rays)
        return a, b, c, d


def render_phantom(spec: PhantomSpec) -> PhantomImage:
    """Render the head and state its truth; the same spec gives the same bytes."""
    camera = spec.camera
    fine = 2 if camera.width_px * camera.height_px < FINE_PIXELS else 1
    borders = lip_borders(spec.lips, spec.flip_rise_mm)
    # the head keeps its form in a flip except where the border itself goes
    head = build_head(spec, borders)
    view = view_of(camera, spec.pose, fine)
    shape = (camera.height_px * fine, camera.width_px * fine)
    depth, rays = trace(head.z, head.slope_x, head.slope_y, view, shape)
    x = np.asarray(rays[0] + depth * rays[1], np.float32)
    y = np.asarray(rays[2] + depth * rays[3], np.float32)
    rng = np.random.default_rng(spec.seed)
    maps = skin.build_skin(spec, head, rng)
    lines = skin.band_noise(rng, (512, 1024), (1.6, 22)) + 0.5 * skin.band_noise(
        rng, (512, 1024), (5.0, 40)
    )
    px_mm = view.mm_per_px(np.zeros((1, 3)))
    scene = _Scene(spec, head, view, px_mm, rays, x, y, rng, lines)
    colour = _skin_colour(scene, maps)
    colour = _eyes(scene, colour)
    colour = _opening(scene, colour)
    colour = _background(scene, colour, depth)
    pixels = _expose(spec, colour, fine, rng)
    return PhantomImage(pixels, truth_of(spec, borders, head, view_of(camera, spec.pose)))


def _window(scene: _Scene, low: tuple[float, float], high: tuple[float, float]) -> Window:
    """Pixels that can show head coordinates within low..high (x, y mm)."""
    near = (scene.x >= low[0]) & (scene.x <= high[0]) & (scene.y >= low[1]) & (scene.y <= high[1])
    rows, cols = np.flatnonzero(near.any(1)), np.flatnonzero(near.any(0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1)


def _mouth_window(scene: _Scene) -> Window:
    b = scene.head.borders
    m = _MARGIN_MM
    return _window(
        scene,
        (float(b.x[0]) - m, float(b.upper_outer.min()) - m),
        (float(b.x[-1]) + m, float(b.lower_outer.max()) + m),
    )


def _skin_colour(scene: _Scene, maps: skin.SkinMaps) -> Grid:
    """The shaded outer surface: skin, hair, brows, stubble and vermilion."""
    spec, head, x, y = scene.spec, scene.head, scene.x, scene.y
    lamps = light.lamps(spec.light, scene.view.turn, scene.view.to_camera())
    sky_map, lit_map = light.hollows(head.z), light.cast_shadow(head.z, lamps.key)
    form = sample(np.dstack([head.slope_x, head.slope_y, sky_map, lit_map]), x, y)
    albedo = sample(maps.base, x, y)
    tile = maps.pores
    cell = skin.PORE_CELL_MM
    fade = float(np.clip(0.45 / max(scene.px_mm, 0.05), 0.2, 1.0))
    pores = cv2.remap(
        tile,
        (x / cell) % tile.shape[1],
        (y / cell) % tile.shape[0],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    )
    albedo *= (1 + np.float32(0.022 * fade) * pores)[..., None]
    ox, oy = maps.fine_origin_mm
    hc = skin.HAIR_CELL_MM
    blur = 0.35 * scene.px_mm / hc
    hairs = cv2.GaussianBlur(maps.hairs, (0, 0), max(blur, 0.5))
    thatch = cv2.remap(
        hairs,
        (x - ox) / hc - 0.5,
        (y - oy) / hc - 0.5,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=0,
    )[..., None]
    thatch = np.clip(thatch * 0.95, 0, 0.95)
    albedo = albedo * (1 - thatch) + lab_to_linear(spec.colours.hair) * thatch
    bump_x, bump_y = _relief(pores, 0.05 * fade)
    window = _mouth_window(scene)
    far = distances(x[window], y[window], head.borders)
    half = spec.lips.width_mm / 2
    lip = lip_mask(x[window], far, half, scene.px_mm)
    lines = creases(x[window], y[window], scene.creases, _CREASE_CELL_MM)
    red = lip_albedo(spec, y[window], far, head.borders, lines)
    albedo[window] = albedo[window] * (1 - lip[..., None]) + red * lip[..., None]
    cx, cy = _relief(lines, 0.10 * spec.lips.crease_depth * min(1.0, 0.35 / scene.px_mm))
    bump_x[window] = bump_x[window] * (1 - lip) + cx * lip
    bump_y[window] = bump_y[window] * (1 - lip) + cy * lip
    sx, sy = form[..., 0] + bump_x, form[..., 1] + bump_y
    norm = 1 / np.sqrt(1 + sx * sx + sy * sy)
    normal = (-sx * norm, -sy * norm, norm)
    colour = albedo * light.irradiance(normal, form[..., 2], form[..., 3], spec.light, lamps)
    sheen = 0.05 * light.gloss(normal, lamps.key, lamps.camera, 14.0) * form[..., 3]
    sheen += 0.02 * light.gloss(normal, lamps.fill, lamps.camera, 10.0)
    colour += (sheen * form[..., 2])[..., None]
    wet_normal = (normal[0][window], normal[1][window], normal[2][window])
    wet = 0.22 * light.gloss(wet_normal, lamps.key, lamps.camera, 60.0) * form[window][..., 3]
    wet += 0.08 * light.gloss(wet_normal, lamps.fill, lamps.camera, 50.0)
    inner = ramp(np.minimum(far[0], far[3]) - 0.8, 2.0)
    colour[window] += (spec.light.gloss * wet * lip * inner)[..., None]
    if spec.lips.opening_mm < 0.5:
        colour[window] *= _closed_line(far, x[window], half, scene.px_mm)[..., None]
    return np.asarray(colour, np.float32)


def _relief(height: Grid, strength: float) -> tuple[Grid, Grid]:
    """Slopes of a fine relief given per pixel; independent of the resolution to first order."""
    gx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=0.125 * strength)
    gy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=0.125 * strength)
    return gx * 4, gy * 4


def _closed_line(far: tuple[Grid, ...], x: Grid, half: float, px_mm: float) -> Grid:
    """The dark line between closed lips, a factor on the light."""
    gap = np.maximum(far[1], far[2])
    ends = np.clip((half + 0.3 - np.abs(x)) / 2.5, 0, 1)
    sigma = max(0.42, 0.7 * px_mm)
    return np.asarray(1 - 0.75 * ends * np.exp(-0.5 * (gap / sigma) ** 2), np.float32)


def _eyes(scene: _Scene, colour: Grid) -> Grid:
    spec = scene.spec
    lamps = light.lamps(spec.light, scene.view.turn, scene.view.to_camera())
    for eye in eyes.eyeballs(spec, scene.view.to_camera()):
        cx, cy = float(eye.centre[0]), float(eye.centre[1])
        window = _window(scene, (cx - 19, cy - 10), (cx + 19, cy + 10))
        opening, lashes, below = eyes.lid_masks(
            spec, eye, scene.x[window], scene.y[window], scene.px_mm
        )
        ball = eyes.eyeball_colour(spec, eye, scene.part(window), lamps, below, scene.px_mm)
        skin_part = colour[window]
        mixed = skin_part * (1 - opening[..., None]) + ball * opening[..., None]
        colour[window] = mixed * (1 - 0.88 * lashes[..., None])
    return colour


def _opening(scene: _Scene, colour: Grid) -> Grid:
    """Teeth, gum and dark between parted lips."""
    spec = scene.spec
    if spec.lips.opening_mm <= 0:
        return colour
    window = _mouth_window(scene)
    x, y = scene.x[window], scene.y[window]
    _, above, under, _ = distances(x, y, scene.head.borders)
    gap = np.minimum(-above, -under)
    cover = ramp(gap, max(0.4, scene.px_mm)) * (np.abs(x) < spec.lips.width_mm / 2)
    inside = teeth.mouth_colour(spec, scene.part(window), -above, -under, scene.px_mm)
    colour[window] = colour[window] * (1 - cover[..., None]) + inside * cover[..., None]
    return colour


def _background(scene: _Scene, colour: Grid, depth: Grid) -> Grid:
    """A plain wall, a little lighter above."""
    wall = lab_to_linear(scene.spec.colours.background)
    rows = np.linspace(1.08, 0.86, colour.shape[0], dtype=np.float32)[:, None, None]
    behind = (depth < FAR_MM + 12).astype(np.float32)[..., None]
    return np.asarray(colour * (1 - behind) + wall * rows * behind, np.float32)


def _expose(
    spec: PhantomSpec, colour: Grid, fine: int, rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """Lens blur, averaging down, sRGB, noise, rounding, JPEG."""
    width, height = spec.camera.width_px, spec.camera.height_px
    if fine > 1:
        colour = cv2.resize(colour, (width, height), interpolation=cv2.INTER_AREA)
    colour = cv2.GaussianBlur(colour, (0, 0), _LENS_SIGMA_PX)
    levels = encode(colour)
    if spec.camera.noise_sd > 0:
        grain = rng.standard_normal(levels.shape[:2], dtype=np.float32)[..., None]
        tint = rng.standard_normal(levels.shape, dtype=np.float32)
        levels = levels + np.float32(spec.camera.noise_sd) * (0.8 * grain + 0.6 * tint)
    pixels = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
    if spec.camera.jpeg_quality is not None:
        _, packed = cv2.imencode(
            ".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, spec.camera.jpeg_quality]
        )
        unpacked = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
        pixels = np.ascontiguousarray(unpacked[..., ::-1])
    return pixels


def borders_of(spec: PhantomSpec) -> LipBorders:
    """The true borders in the frontal plane (mm)."""
    return lip_borders(spec.lips, spec.flip_rise_mm)
