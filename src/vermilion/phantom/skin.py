"""Albedo of skin, hair, brows and stubble as maps on grids in the head's frame.

Everything here is soft and large against a pixel, or hairs: no border that is measured. The lips,
eyes and teeth, whose borders are truth, are drawn analytically per pixel elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import (
    Grid,
    HeadField,
    bump,
    grid_axes,
    nose_levels,
    pair,
)
from vermilion.phantom.ink import lab_to_linear
from vermilion.phantom.spec import PhantomSpec

HAIR_CELL_MM = 0.1
"""Single hairs are about 0.1 mm thick."""
PORE_CELL_MM = 0.15
_PATCH_MM = (-70.0, 70.0, -115.0, 65.0)
"""x and y range of the fine map that holds single hairs."""


@dataclass(frozen=True, slots=True, eq=False)
class SkinMaps:
    """base (H, W, 3) linear albedo on the head grid; hairs: coverage 0..1 on the fine patch;
    pores: (1024, 1024, 3) tileable relief, sd about 1, with its slopes.
    fine_origin_mm: corner of the hair patch."""

    base: Grid
    hairs: Grid
    pores: Grid
    fine_origin_mm: tuple[float, float]


def band_noise(
    rng: np.random.Generator, shape: tuple[int, int], sigma: tuple[float, float]
) -> Grid:
    """Gaussian noise blurred by sigma (x, y) cells, zero mean, sd 1, tileable.

    Wide noise is drawn on a quarter-size grid: four cells are still a fine sampling of it.
    """
    if min(sigma) >= 4:
        small = band_noise(
            rng, (-(-shape[0] // 4), -(-shape[1] // 4)), (sigma[0] / 4, sigma[1] / 4)
        )
        wide = np.pad(small, 4, mode="wrap")
        size = (wide.shape[1] * 4, wide.shape[0] * 4)
        full = cv2.resize(wide, size, interpolation=cv2.INTER_CUBIC)
        return np.asarray(full[16 : 16 + shape[0], 16 : 16 + shape[1]])
    noise = rng.standard_normal(shape, dtype=np.float32)
    pad = int(4 * max(sigma)) + 2
    wrapped = np.pad(noise, pad, mode="wrap")
    soft = cv2.GaussianBlur(wrapped, (0, 0), sigmaX=sigma[0], sigmaY=sigma[1])
    soft = soft[pad:-pad, pad:-pad]
    return np.asarray((soft - soft.mean()) / soft.std(), np.float32)


def _hair_mask(x: Grid, y: Grid, spec: PhantomSpec, noise: Grid) -> Grid:
    """Scalp hair: above a hairline that comes down in front of the ears."""
    line = -spec.face.pupil_height_mm - 62 + 0.0032 * x**2 + 0.0000016 * x**4
    line = line + 1.5 * noise + 3 * spec.face.age * (1 - np.exp(-(((np.abs(x) - 30) / 20) ** 2)))
    side = np.abs(x) - (69 * spec.face.width_scale - 0.12 * np.maximum(y + 60, 0) + 0.8 * noise)
    cap = 1 / (1 + np.exp(np.clip((y - line) / 1.6, -30, 30)))
    burns = 1 / (1 + np.exp(np.clip(-side / 0.8, -30, 30)))
    burns = burns / (1 + np.exp(np.clip((y + 22 + 2 * noise) / 2.5, -30, 30)))
    return np.asarray(np.maximum(cap, burns), np.float32)


def _strokes(
    canvas: npt.NDArray[np.uint8],
    start: npt.NDArray[np.float64],
    step: npt.NDArray[np.float64],
    thick: int = 1,
) -> None:
    """Straight hairs from `start` along `step`, both (N, 2) in cells."""
    shift = 3
    a = np.round(start * (1 << shift)).astype(int)
    b = np.round((start + step) * (1 << shift)).astype(int)
    for p, q in zip(a, b, strict=True):
        cv2.line(
            canvas, (int(p[0]), int(p[1])), (int(q[0]), int(q[1])), 255, thick, cv2.LINE_AA, shift
        )


def _brows(canvas: npt.NDArray[np.uint8], rng: np.random.Generator, spec: PhantomSpec) -> None:
    eye_x, eye_y = spec.face.interpupillary_mm / 2, -spec.face.pupil_height_mm
    count = int(620 * (1 - 0.35 * spec.face.age))
    for side in (-1, 1):
        t = rng.beta(1.15, 1.25, count)
        bx = eye_x - 18.5 + 45.0 * t
        arch = eye_y - 17.0 - 8.5 * np.sin(np.pi * np.clip(t, 0, 1) ** 1.25 * 0.72) + 4.0 * t**3
        half = 2.7 * np.clip(1.05 - t, 0, 1) ** 0.55 * np.clip(t / 0.12 + 0.45, 0, 1)
        across = np.clip(rng.normal(0, 0.42, count), -0.95, 0.95)
        start = np.stack([side * bx, arch + across * half], 1)
        angle = np.radians(-62 + 70 * t + rng.normal(0, 10, count) + 18 * across)
        length = rng.uniform(2.5, 5.0, count) * (1 - 0.35 * t)
        step = np.stack([side * np.cos(angle) * length, np.sin(angle) * length], 1)
        origin = np.array([_PATCH_MM[0], _PATCH_MM[2]])
        _strokes(canvas, (start - origin) / HAIR_CELL_MM, step / HAIR_CELL_MM, 2)


def beard_region(x: Grid, y: Grid, spec: PhantomSpec, head: HeadField) -> Grid:
    """Where a beard grows, 0..1: moustache, chin, jaw; never on the vermilion."""
    b = head.borders
    sn, _ = nose_levels(spec)
    half = spec.lips.width_mm / 2
    upper = np.interp(x, b.x, b.upper_outer)
    lower = np.interp(x, b.x, b.lower_outer)
    ax = np.abs(x)
    top = np.interp(ax, (0, 14, half, 48, 66), (sn + 4, sn + 4, sn + 9, -4, -30))
    onset = np.clip((y - top) / 6.0, 0, 1) ** 1.5
    on_lip = (ax < half + 0.4) & (y > upper - 0.5) & (y < lower + 0.5)
    bare = np.exp(-0.5 * ((ax - half * 0.62) / 6) ** 2 - 0.5 * ((y - lower - 5) / 4) ** 2)
    return np.asarray(np.where(on_lip, 0, onset * (1 - 0.75 * bare)), np.float32)


def _stubble(
    canvas: npt.NDArray[np.uint8], rng: np.random.Generator, spec: PhantomSpec, head: HeadField
) -> None:
    area = (130.0, 95.0)
    count = int(spec.face.beard_density * area[0] * area[1])
    p = np.stack([rng.uniform(-65, 65, count), rng.uniform(-35, 60, count)], 1)
    keep = beard_region(
        p[:, :1].astype(np.float32), p[:, 1:].astype(np.float32), spec, head
    ).ravel() > rng.uniform(0, 1, count)
    p = p[keep]
    spread = rng.normal(0, 0.35, len(p)) + 0.012 * p[:, 0]
    length = spec.face.beard_mm * rng.uniform(0.5, 1.0, len(p))
    step = np.stack([np.sin(spread) * length, np.cos(spread) * length], 1)
    # a hair above the lip must not hang over the border that is truth
    upper = np.interp(p[:, 0], head.borders.x, head.borders.upper_outer) - 0.4
    above = (p[:, 1] < upper) & (np.abs(p[:, 0]) < spec.lips.width_mm / 2)
    room = np.clip((upper - p[:, 1]) / np.maximum(step[:, 1], 1e-3), 0, 1)
    step[above] *= room[above, None]
    origin = np.array([_PATCH_MM[0], _PATCH_MM[2]])
    _strokes(canvas, (p - origin) / HAIR_CELL_MM, step / HAIR_CELL_MM)


def with_slopes(tile: Grid, cell_mm: float) -> Grid:
    """A tileable relief (h, w) as (h, w, 3): itself and its slopes in x and y per mm."""
    along = (np.roll(tile, -1, 1) - np.roll(tile, 1, 1)) / (2 * cell_mm)
    down = (np.roll(tile, -1, 0) - np.roll(tile, 1, 0)) / (2 * cell_mm)
    return np.dstack([tile, along, down]).astype(np.float32)


def build_skin(
    spec: PhantomSpec, head: HeadField, rng: np.random.Generator, px_mm: float
) -> SkinMaps:
    """All soft colour of the head; hairs and pores softened to the size of a pixel."""
    x, y = grid_axes()
    shape = head.z.shape
    c = spec.colours
    eye_x, eye_y = spec.face.interpupillary_mm / 2, -spec.face.pupil_height_mm
    sn, tip = nose_levels(spec)
    mottle = band_noise(rng, (shape[0], shape[1]), (9, 9))
    blotch = band_noise(rng, (shape[0], shape[1]), (28, 28))
    pink = (
        1.0 * pair(x, y, (40, eye_y + 30), (15, 13))
        + 0.9 * bump(x, y, (0, tip), (9, 7))
        + 0.5 * bump(x, y, (0, 38), (14, 8))
    )
    shade = 1.0 * pair(x, y, (eye_x - 6, eye_y + 10), (9, 4.5)) + 0.7 * pair(
        x, y, (eye_x, eye_y - 8), (13, 4)
    )
    shade = shade + 0.8 * pair(x, y, (18.0, sn - 6), (1.6, 4.5))
    shade = shade + 5.0 * pair(x, y, (6.8, sn - 2.6), (2.6, 1.2))
    lab = np.empty((*shape, 3), np.float32)
    lab[..., 0] = c.skin[0] + 0.8 * mottle + 0.7 * blotch - 1.4 * pink - 4.0 * shade
    lab[..., 1] = c.skin[1] + 0.7 * mottle + 0.5 * blotch + 3.0 * pink + 1.0 * shade
    lab[..., 2] = c.skin[2] + 0.5 * blotch - 0.8 * shade
    base = lab_to_linear(lab)
    if spec.face.beard_mm > 0:
        # hairs under the skin; the darkening runs on below the lips, whose colour covers it
        grown = cv2.dilate(beard_region(x, y, spec, head), np.ones((41, 3)))
        shadow = cv2.GaussianBlur(grown, (0, 0), 8)[..., None]
        base = base * (1 - 0.22 * shadow * np.array([1.0, 0.92, 0.85], np.float32))
    noise = band_noise(rng, (shape[0], shape[1]), (3, 8))
    hair = _hair_mask(x, y, spec, noise)[..., None]
    strand = band_noise(rng, (shape[0], shape[1]), (1.2, 18))[..., None]
    base = base * (1 - hair) + hair * lab_to_linear(c.hair) * (1 + 0.35 * strand)
    cloth = (y > 90 + 0.0045 * x * x + 6 * np.exp(-((x / 40) ** 2)))[..., None]
    base = np.where(cloth, lab_to_linear(c.clothes) * (1 + 0.06 * noise[..., None]), base)
    size = (
        int((_PATCH_MM[3] - _PATCH_MM[2]) / HAIR_CELL_MM),
        int((_PATCH_MM[1] - _PATCH_MM[0]) / HAIR_CELL_MM),
    )
    canvas = np.zeros(size, np.uint8)
    _brows(canvas, rng, spec)
    if spec.face.beard_mm > 0:
        _stubble(canvas, rng, spec, head)
    hairs = cv2.GaussianBlur(
        canvas.astype(np.float32) / 255, (0, 0), max(0.5, 0.35 * px_mm / HAIR_CELL_MM)
    )
    pores = 0.8 * band_noise(rng, (1024, 1024), (1.6, 1.6))
    pores = pores + 0.6 * band_noise(rng, (1024, 1024), (5, 5))
    footprint = 0.3 * px_mm / PORE_CELL_MM
    if footprint > 0.5:
        pores = cv2.GaussianBlur(np.pad(pores, 16, mode="wrap"), (0, 0), footprint)[16:-16, 16:-16]
    return SkinMaps(
        np.clip(base, 0, 1).astype(np.float32),
        hairs,
        with_slopes(pores, PORE_CELL_MM),
        (_PATCH_MM[0], _PATCH_MM[2]),
    )
