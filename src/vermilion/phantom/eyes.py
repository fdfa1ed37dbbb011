"""Eyeballs behind the lids: sclera, iris of known diameter, limbus, pupil, catchlight, lashes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import EYEBALL_APEX_MM, EYEBALL_RADIUS_MM, Grid
from vermilion.phantom.ink import lab_to_linear
from vermilion.phantom.light import Lamps
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.vermilion_skin import ramp

Array = npt.NDArray[np.float64]

_HALF_FISSURE_MM = 14.6
_PUPIL_RADIUS_MM = 1.9
_CORNEA_RADIUS_MM = 7.8
_SCLERA_LAB = (82.0, 1.5, 5.0)


@dataclass(frozen=True, slots=True, eq=False)
class Eyeball:
    """One eyeball: centre and gaze (unit) in the head's frame; side -1 = client's right."""

    centre: Array
    gaze: Array
    side: int

    def limbus(self, radius_mm: float) -> tuple[Array, Array]:
        """Centre of the iris disc and its horizontal unit direction."""
        depth = float(np.sqrt(EYEBALL_RADIUS_MM**2 - radius_mm**2))
        along = np.cross(self.gaze, np.array([0.0, 1.0, 0.0]))
        along = along / np.linalg.norm(along)
        return self.centre + depth * self.gaze, along * np.sign(along[0] or 1.0)


def eyeballs(spec: PhantomSpec, to_camera: Array) -> tuple[Eyeball, Eyeball]:
    """Both eyes look into the camera; the client's right one (image left) first."""
    out = []
    for side in (-1, 1):
        centre = np.array(
            [
                side * spec.face.interpupillary_mm / 2,
                -spec.face.pupil_height_mm,
                EYEBALL_APEX_MM - EYEBALL_RADIUS_MM,
            ]
        )
        out.append(Eyeball(centre, to_camera, side))
    return out[0], out[1]


def lid_curves(spec: PhantomSpec, a: Grid) -> tuple[Grid, Grid]:
    """y of the upper and lower lid's edge over `a`, mm outward from the pupil."""
    t = np.clip(a / _HALF_FISSURE_MM, -1, 1)
    line = -spec.face.pupil_height_mm + 0.9 - 0.085 * np.clip(a, -15, 15)
    open_ = 1 - 0.22 * spec.face.smile - 0.12 * spec.face.age
    arch = np.clip(1 - np.abs(t) ** 2.2, 0, 1) ** 0.8
    upper = line - 4.9 * open_ * arch * (1 - 0.12 * t)
    lower = line + 4.2 * (1 - 0.3 * spec.face.smile) * np.clip(1 - t**2, 0, 1) * (1 + 0.15 * t)
    return np.asarray(upper, np.float32), np.asarray(lower, np.float32)


def lid_masks(
    spec: PhantomSpec, eye: Eyeball, x: Grid, y: Grid, px_mm: float
) -> tuple[Grid, Grid, Grid]:
    """Opening between the lids, dark of the lashes, and mm below the upper lid's edge."""
    a = (x * eye.side - abs(eye.centre[0])).astype(np.float32)
    upper, lower = lid_curves(spec, a)
    soft = max(0.45, px_mm)
    opening = ramp(np.minimum(y - upper, lower - y), soft) * (np.abs(a) < _HALF_FISSURE_MM)
    near = np.clip((_HALF_FISSURE_MM + 0.8 - np.abs(a)) / 2.5, 0, 1)
    outer = 0.75 + 0.25 * np.clip(a / _HALF_FISSURE_MM, -1, 1)
    band = np.exp(-0.5 * ((y - upper + 0.35) / 0.75) ** 2) * outer
    lashes = 0.9 * near * band + 0.35 * near * np.exp(-0.5 * ((y - lower - 0.1) / 0.45) ** 2)
    return opening, np.asarray(np.clip(lashes, 0, 1), np.float32), np.asarray(y - upper, np.float32)


def eyeball_colour(
    spec: PhantomSpec,
    eye: Eyeball,
    rays: tuple[Grid, Grid, Grid, Grid],
    lamps: Lamps,
    below_lid: Grid,
    px_mm: float,
) -> Grid:
    """(h, w, 3) linear colour of the eyeball as seen along the rays, light included."""
    ax, bx, ay, by = rays
    radius = EYEBALL_RADIUS_MM
    z = np.full(ax.shape, EYEBALL_APEX_MM, np.float32)
    for _ in range(4):
        dx, dy = ax + z * bx - eye.centre[0], ay + z * by - eye.centre[1]
        z = eye.centre[2] + np.sqrt(np.clip(radius**2 - dx**2 - dy**2, 12.0, None))
    n = np.stack([dx, dy, z - eye.centre[2]], -1) / radius
    n = n / np.linalg.norm(n, axis=-1, keepdims=True)
    facing = n @ eye.gaze.astype(np.float32)
    off = (n - facing[..., None] * eye.gaze.astype(np.float32)) * radius
    r = np.linalg.norm(off, axis=-1)
    iris_radius = spec.face.iris_diameter_mm / 2
    angle = np.arctan2(off[..., 1], off[..., 0])
    rays_of_iris = (
        np.sin(angle * 23 + 2.0 * np.sin(angle * 3)) + 0.6 * np.sin(angle * 41 + r * 2.0)
    ) * np.clip((r - 2.0) / 2, 0, 1)
    sclera = lab_to_linear(_SCLERA_LAB)
    iris = lab_to_linear(spec.colours.iris)
    tone = 1 + 0.16 * rays_of_iris + 0.35 * np.exp(-(((r - 2.8) / 1.0) ** 2))
    limbus = 1 - 0.62 * np.exp(-0.5 * ((r - iris_radius + 0.35) / 0.5) ** 2)
    disc = iris * (tone * limbus)[..., None]
    pupil = ramp(_PUPIL_RADIUS_MM - r, max(0.3, px_mm))[..., None]
    disc = disc * (1 - pupil) + 0.004 * pupil
    pink = np.exp(-np.clip(dx * eye.side + 14.5, 0, None) / 1.8)[..., None]
    white = sclera * (1 - pink * np.array([0.25, 0.55, 0.5], np.float32))
    edge = ramp(iris_radius - r, max(0.55, px_mm))[..., None]
    albedo = white * (1 - edge) + disc * edge
    nl = np.clip((n @ lamps.key.astype(np.float32) + 0.25) / 1.25, 0, 1)
    light = spec.light.ambient * 0.9 + spec.light.key * nl + spec.light.fill * 0.7
    under_lid = 0.38 + 0.62 * np.clip(below_lid / 3.2, 0, 1)
    ends = 1 - 0.35 * np.clip((np.abs(dx) - 8) / 6, 0, 1)
    colour = albedo * (light * under_lid * ends)[..., None]
    half = lamps.key + lamps.camera
    half = half / np.linalg.norm(half)
    spot = (half - float(half @ eye.gaze) * eye.gaze) * _CORNEA_RADIUS_MM
    away = np.linalg.norm(off - spot.astype(np.float32), axis=-1)
    colour = colour + 0.85 * ramp(0.75 - away, max(0.35, px_mm))[..., None]
    return np.asarray(colour, np.float32)
