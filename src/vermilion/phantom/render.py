"""From a spec to the picture: rays, colour and light strip by strip, then lens, sensor and JPEG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom.camera import trace, view_of
from vermilion.phantom.head import FAR_MM, Grid, build_head
from vermilion.phantom.ink import encode, lab_to_linear
from vermilion.phantom.lips import lip_borders
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.surface import Window, build_scene, paint_eyes, paint_mouth, shade, skin_at
from vermilion.phantom.truth import truth_of

FINE_PIXELS = 1_000_000
"""Below this many pixels the picture is rendered twice as fine and averaged down."""
_STRIP_ROWS = 48
_LENS_SIGMA_PX = 0.45


@dataclass(frozen=True, slots=True, eq=False)
class PhantomImage:
    """pixels: (H, W, 3) uint8 sRGB; truth: what is exactly known about them, ready for JSON."""

    pixels: npt.NDArray[np.uint8]
    truth: Mapping[str, Any]


def render_phantom(spec: PhantomSpec) -> PhantomImage:
    """Render the head and state its truth; the same spec gives the same bytes."""
    camera = spec.camera
    fine = 2 if camera.width_px * camera.height_px < FINE_PIXELS else 1
    borders = lip_borders(spec.lips, spec.flip_rise_mm)
    head = build_head(spec, borders)
    view = view_of(camera, spec.pose, fine)
    shape = (camera.height_px * fine, camera.width_px * fine)
    depth, rays = trace(head, view, shape)
    rng = np.random.default_rng(spec.seed)
    scene = build_scene(spec, head, view, rays, depth, rng)
    colour = _wall(spec, shape)
    person = depth > FAR_MM + 12
    for window in _strips(person):
        albedo, form, _ = skin_at(scene, window)
        np.copyto(colour[window], shade(scene, albedo, form, None), where=person[window][..., None])
    window = scene.mouth_window()
    colour[window] = paint_mouth(scene, window)
    paint_eyes(scene, colour, view.to_camera())
    return PhantomImage(
        _expose(spec, colour, fine, rng), truth_of(spec, borders, head, view_of(camera, spec.pose))
    )


def _strips(person: npt.NDArray[np.bool_]) -> Iterator[Window]:
    """Bands of rows, each cut to the columns that the person covers."""
    for top in range(0, person.shape[0], _STRIP_ROWS):
        rows = slice(top, min(top + _STRIP_ROWS, person.shape[0]))
        cols = np.flatnonzero(person[rows].any(0))
        if len(cols):
            yield rows, slice(int(cols[0]), int(cols[-1]) + 1)


def _wall(spec: PhantomSpec, shape: tuple[int, int]) -> Grid:
    """A plain wall, a little lighter above."""
    fall = np.linspace(1.08, 0.86, shape[0], dtype=np.float32)[:, None, None]
    wall = lab_to_linear(spec.colours.background) * fall
    return np.repeat(wall, shape[1], axis=1).astype(np.float32)


def _expose(
    spec: PhantomSpec, colour: Grid, fine: int, rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """Averaging down, lens blur, sRGB, noise, rounding, JPEG."""
    width, height = spec.camera.width_px, spec.camera.height_px
    if fine > 1:
        colour = cv2.resize(colour, (width, height), interpolation=cv2.INTER_AREA)
    colour = cv2.GaussianBlur(colour, (0, 0), _LENS_SIGMA_PX)
    pixels = np.empty((height, width, 3), np.uint8)
    noise = np.float32(spec.camera.noise_sd)
    for top in range(0, height, _STRIP_ROWS):
        rows = slice(top, top + _STRIP_ROWS)
        levels = encode(colour[rows])
        if noise > 0:
            grain = rng.standard_normal((*levels.shape[:2], 4), dtype=np.float32)
            levels += noise * (0.8 * grain[..., 3:] + 0.6 * grain[..., :3])
        pixels[rows] = np.clip(np.rint(levels), 0, 255)
    if spec.camera.jpeg_quality is not None:
        quality = [cv2.IMWRITE_JPEG_QUALITY, spec.camera.jpeg_quality]
        _, packed = cv2.imencode(".jpg", pixels[..., ::-1], quality)
        unpacked = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
        pixels = np.ascontiguousarray(unpacked[..., ::-1])
    return pixels
