"""Known light on the head: key, fill and ambient, cast shadows, and gloss.

Skin lets red light through, so each channel's shade wraps a little further round the form than the
next. Hollows are darkened by how far they lie below their surroundings (an ambient occlusion on the
height field); the key light's shadows are cast on the same field.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import CELL_MM, Grid
from vermilion.phantom.spec import Light

_WRAP = (0.30, 0.18, 0.13)
_SHADOW_CELLS = 4
_SHADOW_REACH_MM = 70.0
_PENUMBRA = 0.22
_HOLLOWS = ((1.2, 0.10), (3.5, 0.045), (11.0, 0.016))
"""(blur in mm, darkening per mm of depth below it)."""


@dataclass(frozen=True, slots=True, eq=False)
class Lamps:
    """Unit directions in the head's frame, the camera's too."""

    key: npt.NDArray[np.float64]
    fill: npt.NDArray[np.float64]
    camera: npt.NDArray[np.float64]


def lamps(light: Light, turn: npt.NDArray[np.float64], to_camera: npt.NDArray[np.float64]) -> Lamps:
    """Directions of the lights, which stand still while the head turns."""
    azimuth, elevation = np.radians((light.azimuth_deg, light.elevation_deg))
    key = np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            -np.sin(elevation),
            np.cos(azimuth) * np.cos(elevation),
        ]
    )
    fill = np.array([-0.75 * np.sign(light.azimuth_deg or 1.0), -0.1, 0.65])
    return Lamps(turn.T @ key, turn.T @ (fill / np.linalg.norm(fill)), to_camera)


def hollows(z: Grid) -> Grid:
    """Share of the sky that reaches each node, 0.1..1."""
    dark = np.zeros_like(z)
    shallow = np.maximum(z, -110)
    for blur, strength in _HOLLOWS:
        small = (
            cv2.GaussianBlur(shallow, (0, 0), blur / CELL_MM)
            if blur < 4
            else _wide_blur(shallow, blur)
        )
        dark += strength * np.clip(small - shallow, -0.6 / strength / 10, 12)
    return np.asarray(np.clip(np.exp(-dark), 0.1, 1.15), np.float32)


def _wide_blur(z: Grid, blur_mm: float) -> Grid:
    """A wide Gaussian, taken on a quarter-size copy."""
    small = cv2.resize(z, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), blur_mm / CELL_MM / 4)
    return np.asarray(cv2.resize(small, (z.shape[1], z.shape[0]), interpolation=cv2.INTER_LINEAR))


def cast_shadow(z: Grid, toward: npt.NDArray[np.float64]) -> Grid:
    """Share of the key light that reaches each node, 0..1, with a soft edge."""
    small = cv2.resize(
        z, None, fx=1 / _SHADOW_CELLS, fy=1 / _SHADOW_CELLS, interpolation=cv2.INTER_AREA
    )
    cell = CELL_MM * _SHADOW_CELLS
    flat = float(np.hypot(toward[0], toward[1]))
    if flat < 1e-3:
        return np.ones_like(z)
    climb = float(toward[2]) / flat
    heading = toward[:2] / flat
    blocked = np.zeros_like(small)
    reach = 2.0
    while reach < _SHADOW_REACH_MM:
        move = np.array(
            [[1, 0, heading[0] * reach / cell], [0, 1, heading[1] * reach / cell]], np.float32
        )
        there = cv2.warpAffine(
            small,
            move,
            (small.shape[1], small.shape[0]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        excess = (there - small - climb * reach) / (_PENUMBRA * reach + 0.8)
        np.maximum(blocked, excess, out=blocked)
        reach *= 1.12
    lit = 1 - np.clip(blocked, 0, 1)
    lit = cv2.GaussianBlur(lit, (0, 0), 0.8)
    return np.asarray(cv2.resize(lit, (z.shape[1], z.shape[0]), interpolation=cv2.INTER_LINEAR))


def irradiance(
    normal: tuple[Grid, Grid, Grid], sky: Grid, lit: Grid, light: Light, at: Lamps
) -> Grid:
    """(H, W, 3) light on the surface; 1 = an albedo is shown as it is."""
    nx, ny, nz = normal
    key = nx * np.float32(at.key[0]) + ny * np.float32(at.key[1]) + nz * np.float32(at.key[2])
    fill = nx * np.float32(at.fill[0]) + ny * np.float32(at.fill[1]) + nz * np.float32(at.fill[2])
    ambient = np.float32(light.ambient) * sky * (0.80 - 0.20 * ny)
    out = np.empty((*nx.shape, 3), np.float32)
    strong = np.float32(light.key * 1.15) * (0.12 + 0.88 * lit) * np.minimum(sky * 1.15, 1)
    weak = np.float32(light.fill) * sky
    for channel, wrap in enumerate(_WRAP):
        scale = np.float32(1 / (1 + wrap))
        k = np.maximum((key + np.float32(wrap)) * scale, 0)
        f = np.maximum((fill + np.float32(wrap)) * scale, 0)
        out[..., channel] = strong * k + weak * f + ambient
    return out


def gloss(
    normal: tuple[Grid, Grid, Grid],
    toward: npt.NDArray[np.float64],
    camera: npt.NDArray[np.float64],
    sharpness: float,
) -> Grid:
    """Blinn's lobe of one light, peak 1."""
    half = toward + camera
    half = half / np.linalg.norm(half)
    nh = normal[0] * np.float32(half[0]) + normal[1] * np.float32(half[1])
    nh = np.maximum(nh + normal[2] * np.float32(half[2]), 0)
    return np.asarray(cv2.pow(nh, sharpness), np.float32)
