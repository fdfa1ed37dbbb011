"""The head as a height field z(x, y) in mm over the frontal plane.

A superelliptic skull whose width and profile follow the face's outline, plus smooth bumps: brow,
sockets, lids over the eyeballs, nose, cheeks, the arch of the teeth, lips, chin, neck. All of it is
an analytic function sampled on one fine grid; the picture is made by exact rays against that grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom.lips import LipBorders
from vermilion.phantom.spec import PhantomSpec

Grid = npt.NDArray[np.floating[Any]]

CELL_MM = 0.4
"""Grid step: a lip's crease, the finest form, is 2 mm wide."""
LEFT_MM, RIGHT_MM, TOP_MM, BOTTOM_MM = -150.0, 150.0, -190.0, 190.0
FAR_MM = -150.0
"""Height of everything that is not the person."""

EYEBALL_RADIUS_MM = 12.0
EYEBALL_APEX_MM = 1.5
"""Front of the eyeball over the plane of the lips' corners."""

_OUTLINE_Y = (-108, -85, -60, -40, -20, 0, 14, 28, 40, 52)
_OUTLINE_W = (75, 75.5, 73.5, 71, 67.5, 62, 56.5, 49.5, 42, 34)
_CROWN_MM, _CHIN_MM = (-172.0, -108.0), (52.0, 20.0)
"""y where the outline closes, and y from which it is drawn in as a quarter of an ellipse."""
_PROFILE_Y = (-172, -160, -146, -128, -110, -95, -80, -65, -40, -10, 10, 25, 38, 45, 51)
_PROFILE_Z = (-75.0, -42, -18, -2, 6, 9, 8, 5, 4, 0, -2, -3, -5, -9, -22)
_SKULL_DEPTH_MM = 90.0
_SKULL_POWER = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class HeadField:
    """Height z (mm) and its slopes (mm/mm) on the grid, with the borders it was cut to."""

    z: Grid
    slope_x: Grid
    slope_y: Grid
    outline: Grid
    borders: LipBorders


def grid_axes() -> tuple[Grid, Grid]:
    """x (1, W) and y (H, 1) of the grid's nodes in mm."""
    x = np.arange(LEFT_MM, RIGHT_MM + CELL_MM / 2, CELL_MM, dtype=np.float32)[None, :]
    y = np.arange(TOP_MM, BOTTOM_MM + CELL_MM / 2, CELL_MM, dtype=np.float32)[:, None]
    return x, y


def smooth_curve(at: Grid, knots: tuple[float, ...], values: tuple[float, ...]) -> Grid:
    """Piecewise linear through the knots, rounded off by a moving average of 9 mm."""
    fine = np.arange(knots[0] - 20, knots[-1] + 20, 0.5)
    line = np.interp(fine, knots, values)
    window = np.hanning(19)
    padded = np.pad(line, 9, mode="edge")
    return np.interp(at, fine, np.convolve(padded, window / window.sum(), "valid")).astype(
        np.float32
    )


def bump(x: Grid, y: Grid, centre: tuple[float, float], spread: tuple[float, float]) -> Grid:
    """A separable Gaussian of height 1."""
    gx = np.exp(-0.5 * ((x - centre[0]) / spread[0]) ** 2)
    gy = np.exp(-0.5 * ((y - centre[1]) / spread[1]) ** 2)
    return np.asarray(gx * gy, np.float32)


def pair(x: Grid, y: Grid, centre: tuple[float, float], spread: tuple[float, float]) -> Grid:
    """The same bump on both sides."""
    return bump(x, y, centre, spread) + bump(x, y, (-centre[0], centre[1]), spread)


def _segment(
    x: Grid, y: Grid, a: tuple[float, float], b: tuple[float, float], width: float
) -> Grid:
    """A rounded stroke from a to b on both sides, height 1."""
    ax = np.abs(x)
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = np.clip(((ax - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy), 0, 1)
    d2 = (ax - a[0] - t * dx) ** 2 + (y - a[1] - t * dy) ** 2
    return np.asarray(np.exp(-0.5 * d2 / width**2), np.float32)


def _soft_max(a: Grid, b: Grid, blend: float) -> Grid:
    h = np.clip(0.5 + 0.5 * (b - a) / blend, 0, 1)
    return np.asarray(a * (1 - h) + b * h + blend * h * (1 - h), np.float32)


def nose_levels(spec: PhantomSpec) -> tuple[float, float]:
    """y of subnasale and of the nose tip (mm)."""
    subnasale = -(spec.lips.upper_height_mm + spec.face.philtrum_mm)
    subnasale -= spec.lips.upper_share * spec.lips.opening_mm
    return subnasale, subnasale - 7.5


def _half_width(y: Grid) -> Grid:
    """Half width (mm) of the face's outline at the heights y, rounded at crown and chin."""
    width = smooth_curve(y, _OUTLINE_Y, _OUTLINE_W)
    for end, start in (_CROWN_MM, _CHIN_MM):
        t = np.clip((y - start) / (end - start), 0, 1)
        width = width * np.sqrt(1 - t**2.2)
    return width


def _nose(x: Grid, y: Grid, spec: PhantomSpec) -> Grid:
    sn, tip = nose_levels(spec)
    root = -spec.face.pupil_height_mm - 3.0
    ridge = smooth_curve(
        y,
        (
            root - 14,
            root - 4,
            root + 4,
            (root + tip) / 2,
            tip - 5,
            tip - 1,
            tip + 3,
            sn - 1.5,
            sn + 2,
        ),
        (3.0, 6.0, 7.0, 15.0, 22.5, 23.0, 16.0, 5.0, 0.0),
    )
    width = smooth_curve(
        y, (root - 14, root, (root + tip) / 2, tip - 3, tip + 3, sn), (11, 7.0, 8.0, 9.0, 9.0, 6.5)
    )
    z = ridge * np.exp(-((np.abs(x) / width) ** 2.2))
    z = z + 10.0 * pair(x, y, (13.0, sn - 6.5), (3.3, 3.6))
    z = z - 2.2 * pair(x, y, (19.0, sn - 6.5), (1.8, 4.5))
    z = z - 4.5 * pair(x, y, (6.8, sn - 2.2), (2.7, 1.5))
    return np.asarray(z, np.float32)


def _eyes(z: Grid, x: Grid, y: Grid, spec: PhantomSpec) -> Grid:
    """Skin of the lids drawn over the eyeballs."""
    eye_x, eye_y = spec.face.interpupillary_mm / 2, -spec.face.pupil_height_mm
    lid = EYEBALL_RADIUS_MM + 0.9
    r2 = (np.abs(x) - eye_x) ** 2 / 1.15 + (y - eye_y) ** 2
    dome = np.sqrt(np.clip(lid**2 - r2, 0.01, None)) + EYEBALL_APEX_MM - EYEBALL_RADIUS_MM
    # the ball's lower rim sinks into the cheek without an edge
    dome = dome - 5.0 * np.clip((r2 / lid**2 - 0.45) / 0.55, 0, 1) ** 2
    z = np.where(r2 < (lid * 0.97) ** 2, _soft_max(z, dome, 5.0), z)
    crease = (np.abs(x) - eye_x) / 15.0
    crease_y = eye_y - 8.6 + 3.4 * crease**2
    z = z - 1.1 * np.exp(-0.5 * ((y - crease_y) / 0.9) ** 2) * np.exp(-(np.abs(crease) ** 4))
    return np.asarray(z, np.float32)


def _mouth(z: Grid, x: Grid, y: Grid, spec: PhantomSpec, borders: LipBorders) -> Grid:
    """Arch of the teeth, philtrum, white roll, the two lips and the crease between them."""
    shape = spec.lips
    half = shape.width_mm / 2
    row = [
        np.interp(x, borders.x, getattr(borders, c)).astype(np.float32)
        for c in ("upper_outer", "upper_inner", "lower_inner", "lower_outer")
    ]
    upper_outer, upper_inner, lower_inner, lower_outer = row
    taper = np.clip(1 - (x / half) ** 2, 0, 1) ** 0.6
    z = z + 12.0 * bump(x, y, (0, -3), (19.0, 21.0))
    sn, _ = nose_levels(spec)
    in_philtrum = (
        1
        / (1 + np.exp(np.clip(-(y - sn - 2) / 1.2, -30, 30)))
        / (1 + np.exp(np.clip((y - upper_outer) / 1.2, -30, 30)))
    )
    column = shape.bow_width_mm / 2 - 1.0 + 0.0 * y
    z = z + in_philtrum * (
        0.8 * (np.exp(-0.5 * ((np.abs(x) - column) / 1.6) ** 2))
        - 0.9 * np.exp(-0.5 * (x / 2.4) ** 2)
    )
    for edge, sign in ((upper_outer, -1.0), (lower_outer, 1.0)):
        roll = np.exp(-0.5 * ((y - edge - sign * 0.9) / 0.7) ** 2)
        z = z + 0.3 * taper * roll
    v = np.clip((y - upper_outer) / np.maximum(upper_inner - upper_outer, 0.3), 0, 1)
    w = np.clip((lower_outer - y) / np.maximum(lower_outer - lower_inner, 0.3), 0, 1)
    z = z + shape.protrusion_mm * taper * np.sin(np.pi * v**0.9) * 0.9
    z = z + shape.protrusion_mm * taper * np.sin(np.pi * w**0.85) * 1.25
    inner = np.clip(np.minimum(y - upper_inner, lower_inner - y), None, 0)
    sink = np.exp(-0.5 * (inner / 1.0) ** 2)
    on_mouth = np.clip((half + 1.5 - np.abs(x)) / 3.0, 0, 1)
    z = z - 2.6 * sink * on_mouth
    corner_y = float(np.mean(borders.upper_inner[[0, -1]]))
    z = z - 1.4 * pair(x, y, (half + 0.5, corner_y), (3.0, 3.0))
    z = z - 3.2 * bump(x, y, (0, float(borders.lower_outer.max()) + 6.5), (17.0, 4.0))
    return np.asarray(z, np.float32)


def build_head(spec: PhantomSpec, borders: LipBorders) -> HeadField:
    """The whole height field of this person."""
    x, y = grid_axes()
    face = spec.face
    eye_x, eye_y = face.interpupillary_mm / 2, -face.pupil_height_mm
    half_width = _half_width(y) * face.width_scale
    profile = smooth_curve(y, _PROFILE_Y, _PROFILE_Z)
    q = np.clip(np.abs(x) / np.maximum(half_width, 0.1), 0, 1) ** _SKULL_POWER
    z = profile - _SKULL_DEPTH_MM * (1 - (1 - q) ** (1 / _SKULL_POWER))
    z = (
        z
        + 6.0 * pair(x, y, (19.0, eye_y - 18), (15.0, 7.0))
        + 2.0 * bump(x, y, (0, eye_y - 17), (9, 8))
    )
    z = z - 9.5 * pair(x, y, (eye_x + 0.5, eye_y - 1.5), (13.5, 9.5))
    smile = face.smile
    z = z + (4.0 + 4.0 * smile) * pair(x, y, (44.0, eye_y + 26 - 4 * smile), (16.0, 13.0))
    z = _eyes(z, x, y, spec)
    z = z + _nose(x, y, spec)
    sn, _ = nose_levels(spec)
    corner = spec.lips.width_mm / 2
    fold = _segment(x, y, (20.5, sn - 5), (corner + 8.0, 0.0), 2.6)
    z = z - (0.7 + 1.6 * smile + 1.4 * face.age) * fold
    z = z + (0.8 + 1.5 * smile + 1.0 * face.age) * _segment(
        x, y, (28, sn - 4), (corner + 14, 0), 5.0
    )
    z = _mouth(z, x, y, spec, borders)
    z = z + 6.5 * bump(x, y, (0, 35.0), (14.0, 8.0))
    inside = np.abs(x) < half_width
    neck = -48 - 60 * (1 - np.sqrt(np.clip(1 - (x / 56) ** 2, 0, 1)))
    neck = np.where((y > 0) & (np.abs(x) < 56), neck, FAR_MM)
    shoulder_y = 92 + 0.0045 * x * x
    torso = np.where(y > shoulder_y, -45 - 0.0022 * x * x + 0.1 * (y - shoulder_y), FAR_MM)
    z = np.where(inside, z, FAR_MM)
    z = np.maximum(np.maximum(z, neck), torso).astype(np.float32)
    # One light blur joins the pieces; at 0.3 mm it moves no form that matters.
    z = cv2.GaussianBlur(z, (0, 0), 0.75)
    slope_x = cv2.Sobel(z, cv2.CV_32F, 1, 0, ksize=3, scale=1 / (8 * CELL_MM))
    slope_y = cv2.Sobel(z, cv2.CV_32F, 0, 1, ksize=3, scale=1 / (8 * CELL_MM))
    return HeadField(z, slope_x, slope_y, half_width, borders)
