"""Days 3 to 7: a dry film over the lip that cracks, lifts at its edges and comes off in pieces.

The film is cut into cells of about a millimetre, longer along the lip's creases than across them,
with ragged edges. Each cell has a moment at which it comes off: the middle of the lips and the wet
line, which speech and saliva work on, first; the corners last; neighbours at about the same time,
so that bare patches of some millimetres open and grow. What leaves is film, not the pigment in the
tissue: where a piece is gone lies young epithelium, a little paler, with the film's own colour
missing. A piece that goes next is loose: air under it makes it paler. Where the film ends it has
lifted: a thin pale rim, lit on the side that faces up, with a thin shadow under the side that faces
down. Fine dry lines run along the creases of what is left.

All sizes are millimetres. Where a pixel is coarser than the pieces, several points of what it sees
are looked at and averaged: at 3 px/mm the pieces melt into patches, as on a real photo of that
size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.render.grain import noise_at, scatter

CELL_MM = (0.8, 1.3)
"""Mean width (across the creases) and height (along them) of a piece of film."""
RAGGED_MM = ((0.9, 0.14), (0.4, 0.10))
"""(wave length, shift) of the noise that makes the cells' edges ragged."""
PATCH_MM = 3.0
"""Wave length of the patches in which neighbours come off at about the same time."""
ALONE = 0.4
"""... against 1 of these patches: how far a piece goes its own way."""
RIM_MM = 0.3
"""Width of the lifted edge."""
SHADOW_MM = 0.2
"""Width of the shadow that a lifted edge throws."""
MELT_MM = 0.14
"""A piece thins out toward its edge over so much."""
LIFTING = 0.12
"""A piece begins to lift when this share of the film still has to go before it."""
LINE_CELL_MM = (0.45, 2.6)
LINE_MM = 0.05
"""The film's fine cracks: their mean distance and length, and their width."""
FINEST_PX_PER_MM = 9.0
MOST_POINTS = 4
"""A coarser picture is looked at in up to this many points a pixel's side, to reach that grain."""
SEEN_PX = 2.4
"""So wide a square of the lip a photo's pixel sees: lens, sensor and JPEG share light out among
neighbours, and a flake sharper than the lip it lies on is confetti."""
SEED = 20

Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """The cells under N lip pixels, prepared once; `shed` reads a day's state from it.

    own, other : (N * points,) 0..1, the share of film already gone when the cell of that point, or
        the cell across its nearest edge, comes off
    across : 0..0.5, how far the one still shows in the other's place
    rim, shadow : 0..1, how light that edge is where it lifts, and how dark the shadow under it
    lift : 0..1, how far that point's cell lifts when it is loose
    lines : (N,) 0..1, fine cracks of the film
    points : points a pixel
    """

    own: Points
    other: Points
    across: Points
    rim: Points
    shadow: Points
    lift: Points
    lines: Points
    points: int


@dataclass(frozen=True, slots=True, eq=False)
class Shed:
    """(N,) each 0..1: pieces gone, pieces that are loose, lifted rims (lit more where they face
    up), shadows."""

    gone: Points
    loose: Points
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
    side = int(np.clip(np.ceil(FINEST_PX_PER_MM / px_per_mm), 1, MOST_POINTS))
    points, grain_mm = side * side, SEEN_PX / (px_per_mm * side)
    aside = ((np.arange(side) - (side - 1) / 2) * grain_mm).astype(np.float32)
    x_mm = (x_mm[:, None] + np.tile(aside, side)[None]).ravel()
    y_mm = (y_mm[:, None] + np.repeat(aside, side)[None]).ravel()
    along, across = np.repeat(along, points), np.repeat(across, points)
    shift_x, shift_y = np.zeros_like(x_mm), np.zeros_like(y_mm)
    for number, (wave, amount) in enumerate(RAGGED_MM):
        if wave < 2 * grain_mm:
            continue
        shift_x += amount * noise_at(x_mm, y_mm, wave, SEED + 2 * number)
        shift_y += amount * noise_at(x_mm, y_mm, wave, SEED + 2 * number + 1)
    x, y = x_mm + shift_x, y_mm + shift_y
    cells = scatter(x, y, CELL_MM, 0.45, SEED)
    late = _lateness(cells.own, cells.count, x_mm, y_mm, along, across)
    cracks = scatter(x, y, LINE_CELL_MM, 0.45, SEED + 30)
    # Cracks run along the creases: the short ends of their cells are none.
    curl = np.random.default_rng(SEED + 31).uniform(0, 1, 4099).astype(np.float32)
    lines = _line(cracks.edge_mm, LINE_MM, grain_mm) * cracks.toward[:, 0] ** 2
    edge, rise = cells.edge_mm, -cells.toward[:, 1]
    curls = curl[(cells.own + cells.other) % curl.size]
    rim = _line(edge, RIM_MM, grain_mm) * _lit(rise) * curls
    return Film(
        late[cells.own],
        late[cells.other],
        np.maximum(np.float32(0.5) - edge / np.float32(max(MELT_MM, grain_mm)), 0),
        np.where(cells.own == cells.other, np.float32(0), rim),
        _line(edge, SHADOW_MM, grain_mm) * np.maximum(rise, 0) * curls,
        curl[cells.own % curl.size],
        _pixels(lines, points),
        points,
    )


def shed(film: Film, share: float) -> Shed:
    """The film when `share` (0..1) of it has come off."""
    own_gone = film.own < share
    edge = own_gone != (film.other < share)
    there = (~own_gone).astype(np.float32)
    # 1 well inside a gone piece, 0 well inside the film, soft where one meets the other.
    gone = np.abs(np.float32(1) - there - film.across * edge)
    # A piece that will soon go has lifted all round, even against pieces that stay.
    soon = np.where(
        edge, np.float32(1), np.float32(0.5) * _soon(np.minimum(film.own, film.other), share)
    )
    rim = film.rim * soon * there
    loose = film.lift * _soon(film.own, share) * there
    shadow = film.shadow * (own_gone & edge)
    return Shed(*(_pixels(part, film.points) for part in (gone, loose, rim, shadow)))


def _soon(late: Points, share: float) -> Points:
    """0..1: how near the moment is at which a piece comes off."""
    left = (np.float32(share + LIFTING) - late) * np.float32(1 / LIFTING)
    return np.asarray(np.clip(left, 0, 1), np.float32)


def _lit(rise: Points) -> Points:
    """How much light a lifted edge catches: most of it where it faces up."""
    return np.float32(0.55) + np.float32(0.45) * rise


def _pixels(values: Points, points: int) -> Points:
    """(N * points,) -> (N,) means."""
    if points == 1:
        return values
    return np.asarray(values.reshape(-1, points).mean(axis=1), np.float32)


def _line(distance_mm: Points, width_mm: float, pixel_mm: float) -> Points:
    """A line along an edge, 1 at the edge, gone after `width_mm`; thinner than a pixel: fainter."""
    wide = max(width_mm, pixel_mm)
    return np.asarray(np.clip(1 - distance_mm / wide, 0, 1) * (width_mm / wide), np.float32)


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
    patchy = noise_at(x_mm, y_mm, PATCH_MM, SEED + 40)
    score = patchy + 0.9 * np.abs(along) - 0.9 * across
    mean = np.bincount(own, weights=score, minlength=count) / seen
    mean = mean + np.random.default_rng(SEED + 41).normal(0, ALONE, count)
    order = np.argsort(np.where(area > 0, mean, np.inf), kind="stable")
    before = np.cumsum(area[order]) - area[order] / 2
    late = np.full(count, 0.999, np.float32)
    late[order] = np.minimum(before / max(float(area.sum()), 1.0), 0.999)
    return late
