"""Irregularity that is tied to the lip in millimetres: smooth noise and scattered cells.

Both read fixed lattices of random numbers that are centred on the mouth, so that the same lip gets
the same pattern at any photo size, and the same bits on every run. Nothing here resamples a coarse
grid with `cv2.remap`, which rounds coordinates to 1/32 px and would show blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]

REACH_MM = 60.0
"""Half the side of the lattices: a mouth with its surroundings is less than 120 mm wide."""

MOTTLE_MM = (2.2, 0.9)
"""Waves of what pigment leaves uneven between the needle's passes."""
SEED = 60


def smooth_noise(x_mm: Field, y_mm: Field, wave_mm: float, seed: int) -> Field:
    """Cubic B-spline noise on a regular grid: (len(y), len(x)) float32, mean 0, sd about 1.

    Parameters
    ----------
    x_mm, y_mm : 1-D, positions of the columns and of the rows
    wave_mm : distance of the lattice points
    seed : names the pattern
    """
    count = int(2 * REACH_MM / wave_mm) + 5
    lattice = np.random.default_rng(seed).standard_normal((count, count), dtype=np.float32)
    across, x0 = _spline(x_mm, wave_mm, count)
    down, y0 = _spline(y_mm, wave_mm, count)
    part = lattice[y0 : y0 + down.shape[1], x0 : x0 + across.shape[1]]
    # A cubic B-spline averages: the variance of the result is (151/315)^2 of the lattice's.
    return np.asarray(down @ part @ across.T * np.float32(315 / 151), np.float32)


def noise_at(x_mm: Field, y_mm: Field, wave_mm: float, seed: int) -> Field:
    """(N,) smooth noise at N points: made on a grid of four nodes a wave, read between."""
    step = wave_mm / 4
    x0, y0 = float(x_mm.min()), float(y_mm.min())
    columns = np.arange(x0, float(x_mm.max()) + 2 * step, step, dtype=np.float32)
    rows = np.arange(y0, float(y_mm.max()) + 2 * step, step, dtype=np.float32)
    grid = smooth_noise(columns, rows, wave_mm, seed)
    u, v = (x_mm - x0) / step, (y_mm - y0) / step
    i, j = u.astype(np.int32), v.astype(np.int32)
    fu, fv = u - i, v - j
    flat, width = grid.ravel(), grid.shape[1]
    at = j * width + i
    top = flat[at] * (1 - fu) + flat[at + 1] * fu
    low = flat[at + width] * (1 - fu) + flat[at + width + 1] * fu
    return np.asarray(top * (1 - fv) + low * fv, np.float32)


def mottle(x_mm: Field, y_mm: Field, px_per_mm: float) -> Field:
    """(N,) noise of sd about 1 over the waves that a photo of this grain can show."""
    waves = [wave for wave in MOTTLE_MM if wave * px_per_mm > 2] or [max(MOTTLE_MM)]
    noise = sum(noise_at(x_mm, y_mm, wave, SEED + n) for n, wave in enumerate(waves))
    return np.asarray(noise / np.sqrt(np.float32(len(waves))), np.float32)


def _spline(at_mm: Field, wave_mm: float, count: int) -> tuple[Field, int]:
    """(N, K) B-spline weights of the K lattice points in use, and the first one's index."""
    at = np.clip((np.asarray(at_mm) + REACH_MM) / wave_mm, 0, count - 4.001) + 1
    first, last = int(at.min()) - 1, int(at.max()) + 3
    d = np.abs(at[:, None] - np.arange(first, last, dtype=np.float32)[None])
    near, far = 2 / 3 - d * d * (1 - d / 2), np.maximum(2 - d, 0) ** 3 / 6
    return np.where(d < 1, near, far).astype(np.float32), first


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Which cell each of N points lies in, and how far it is from the next one.

    own, other : (N,) index of the nearest and of the second nearest seed
    far_mm : (N,) distance to the own seed
    edge_mm : (N,) distance to the border between the two
    toward : (N, 2) unit vector from the own to the other seed, x and y
    count : number of cells of the whole lattice
    """

    own: npt.NDArray[np.int32]
    other: npt.NDArray[np.int32]
    far_mm: Field
    edge_mm: Field
    toward: Field
    count: int


def scatter(
    x_mm: Field, y_mm: Field, pitch_mm: tuple[float, float], jitter: float, seed: int
) -> Cells:
    """Voronoi cells of a jittered lattice, seen from N points; `x_mm`, `y_mm` are (N,).

    `pitch_mm` is the mean width and height of a cell; `jitter` the seeds' shift in pitches. The
    two nearest seeds are looked for among nine, which is exact for a jitter of up to 0.5 but for
    rare second neighbours that nobody can see.
    """
    wide, high = pitch_mm
    columns, rows = int(2 * REACH_MM / wide) + 3, int(2 * REACH_MM / high) + 3
    shift = np.random.default_rng(seed).uniform(-jitter, jitter, (2, rows, columns))
    seed_x = (np.arange(columns)[None] + 0.5 + shift[0]).astype(np.float32)
    seed_y = (np.arange(rows)[:, None] + 0.5 + shift[1]).astype(np.float32)
    u = np.clip((x_mm + REACH_MM) / wide, 1, columns - 2).astype(np.float32)
    v = np.clip((y_mm + REACH_MM) / high, 1, rows - 2).astype(np.float32)
    at = v.astype(np.int32) * columns + u.astype(np.int32)
    best = np.full((2, *u.shape), np.inf, np.float32)
    index = np.zeros((2, *u.shape), np.int32)
    flat_x, flat_y = seed_x.ravel(), seed_y.ravel()
    for step in range(9):
        cell = at + ((step // 3 - 1) * columns + step % 3 - 1)
        du, dv = flat_x[cell] - u, flat_y[cell] - v
        far = du * du + dv * dv
        first, second = far < best[0], far < best[1]
        np.copyto(best[1], np.where(first, best[0], far), where=second)
        np.copyto(index[1], np.where(first, index[0], cell), where=second)
        np.copyto(best[0], far, where=first)
        np.copyto(index[0], cell, where=first)
    along = flat_x[index[1]] - flat_x[index[0]], flat_y[index[1]] - flat_y[index[0]]
    # The border is a line in the lattice's measure; its normal and distance in millimetres:
    normal = along[0] / np.float32(wide), along[1] / np.float32(high)
    steep = np.maximum(np.hypot(*normal), np.float32(1e-3))
    edge = (best[1] - best[0]) / (2 * steep)
    toward = np.stack(normal, axis=-1) / steep[:, None]
    return Cells(
        index[0],
        index[1],
        np.sqrt(best[0]) * np.float32(np.sqrt(wide * high)),
        edge,
        toward.astype(np.float32),
        columns * rows,
    )
