"""Days 3 to 7: a dry film over the lip that splits, lifts at its edges and comes off in pieces.

The film is cut into cells a millimetre or two in size, longer along the lip's creases than across
them, with ragged edges. Each cell has a moment at which it comes off: the middle of the lips and
the wet line, which speech and saliva work on, first; the corners last; neighbours at about the
same time. Where a piece is gone lies young epithelium, paler, smoother and with less pigment.
Where the film ends it has lifted: a thin pale rim, lit on the side that faces up, with a thin
shadow under the side that faces down.

All sizes are millimetres. At 3 px/mm the rims are narrower than a pixel and melt into a slight
patchiness, as on a real photo of that size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.render.grain import scatter, smooth_noise

CELL_MM = (1.15, 1.75)
"""Mean width (across the creases) and height (along them) of a piece of film."""
RAGGED_MM = ((1.3, 0.30), (0.45, 0.11), (0.2, 0.05))
"""(wave length, shift) of the noise that makes the cells' edges ragged."""
RIM_MM = 0.16
"""Width of the lifted edge."""
SHADOW_MM = 0.14
"""Width of the shadow that a lifted edge throws."""
LIFTING = 0.18
"""A piece begins to lift when this share of the film still has to go before it."""
SEED = 20

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """The cells under N lip pixels, prepared once; `shed` reads a day's state from it.

    own, other : (N,) 0..1, the share of film already gone when this pixel's cell, or the cell
        across its nearest edge, comes off
    edge_mm : (N,) distance to that edge; rise : (N,) 1 where the other cell lies above, -1 below
    """

    own: Points
    other: Points
    edge_mm: Points
    rise: Points
    px_per_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class Shed:
    """(N,) each 0..1: pieces gone, pale lifted rims (lit more where they face up), shadows."""

    gone: Points
    rim: Points
    shadow: Points


def film(x_mm: Points, y_mm: Points, along: Points, across: Points, px_per_mm: float) -> Film:
    """Cut the film into cells.

    Parameters
    ----------
    x_mm, y_mm : (N,) place of each lip pixel in the lip's frame
    along : (N,) the anatomical coordinate s, -2..2
    across : (N,) 0 at the border, 1 at the wet line
    """
    shift_x, shift_y = np.zeros_like(x_mm), np.zeros_like(y_mm)
    for number, (wave, amount) in enumerate(RAGGED_MM):
        if wave * px_per_mm < 2:
            continue
        shift_x += amount * _noise_at(x_mm, y_mm, wave, SEED + 2 * number)
        shift_y += amount * _noise_at(x_mm, y_mm, wave, SEED + 2 * number + 1)
    cells = scatter(x_mm + shift_x, y_mm + shift_y, CELL_MM, 0.42, SEED)
    late = _lateness(cells.own, cells.count, x_mm, y_mm, along, across)
    return Film(
        late[cells.own],
        late[cells.other],
        cells.edge_mm,
        -cells.toward[:, 1],
        px_per_mm,
    )


def shed(film: Film, share: float) -> Shed:
    """The film when `share` (0..1) of it has come off."""
    own_gone, other_gone = film.own < share, film.other < share
    pixel = 1 / film.px_per_mm
    inside = np.clip(0.5 + film.edge_mm / pixel, 0.5, 1)
    gone = np.where(own_gone, np.where(other_gone, 1, inside), np.where(other_gone, 1 - inside, 0))
    edge = own_gone != other_gone
    # A piece that will soon go has lifted all round, even against pieces that stay.
    soon = np.clip(1 - (np.minimum(film.own, film.other) - share) / LIFTING, 0, 1)
    split = ~own_gone & ~other_gone & (film.own != film.other)
    on_film = ~own_gone & (edge | split)
    lift = np.where(edge, 1, 0.7 * soon * split)
    rim = _line(film.edge_mm, RIM_MM, pixel) * on_film * lift * (0.65 + 0.35 * film.rise)
    under = own_gone & edge & (film.rise > 0)
    shadow = _line(film.edge_mm, SHADOW_MM, pixel) * under * film.rise
    crack = _line(film.edge_mm, 0.06, pixel) * split * lift * 0.6
    as_points = (np.asarray(part, np.float32) for part in (gone, rim, np.maximum(shadow, crack)))
    return Shed(*as_points)


def _line(distance_mm: Points, width_mm: float, pixel_mm: float) -> Points:
    """A line along an edge, 1 at the edge, gone after `width_mm`; thinner than a pixel: fainter."""
    wide = max(width_mm, pixel_mm)
    return np.asarray(np.clip(1 - distance_mm / wide, 0, 1) * (width_mm / wide), np.float32)


def _noise_at(x_mm: Points, y_mm: Points, wave_mm: float, seed: int) -> Points:
    """Smooth noise at scattered points: made on a fine grid, read at the nearest node."""
    step = wave_mm / 8
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


def _lateness(
    own: npt.NDArray[np.int32],
    count: int,
    x_mm: Points,
    y_mm: Points,
    along: Points,
    across: Points,
) -> Points:
    """(count,) 0..1 for each cell: its place in the order of coming off, weighted by area."""
    area = np.bincount(own, minlength=count).astype(np.float64)
    seen = np.maximum(area, 1)
    patchy = _noise_at(x_mm, y_mm, 3.5, SEED + 40)
    score = 0.55 * patchy + 0.9 * np.abs(along) - 0.9 * across
    mean = np.bincount(own, weights=score, minlength=count) / seen
    mean = mean + np.random.default_rng(SEED + 41).normal(0, 0.55, count)
    order = np.argsort(np.where(area > 0, mean, np.inf), kind="stable")
    before = np.cumsum(area[order]) - area[order] / 2
    late = np.full(count, 0.999, np.float32)
    late[order] = before / max(float(area.sum()), 1.0)
    return late
