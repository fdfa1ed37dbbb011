"""Where the upper lip ends above what lies between the lips: teeth, or the dark.

Landmarks miss the upper lip's inner edge by a millimetre and more where lips hardly part: a sliver
of teeth, or a dark gap, is then measured, stretched and coloured as lip. Neither is as red as lips
are. So each column is read from the middle of the upper lip down to the found edge:

- *teeth* have less of the ratio of red to green, which shading does not change, than the lips on
  both sides of them. It is judged against the lower of the two sides, because a shaded lip is
  redder than a lit one;
- *the dark* has no colour to speak of, and less than half of the upper lip's lightness; lips that
  touch have a dark line too, but a thin one.

A glint is not red either, but lip follows below it; so only what goes on to the found edge counts.
Nothing is looked for under it: a wet lower lip's gloss looks like teeth to every measure tried.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.crop import LIGHTNESS, RED_RATIO, MouthCrop, look_up
from vermilion.face.borders.settle import EDGE, settled
from vermilion.face.lips import Points
from vermilion.face.stretches import stretches

Grid = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

STEP_PX = 0.5
CORE, SURELY = 0.45, 0.2
"""Shares of each lip's height, from its outer border: how far nothing else is looked for, and from
where on its redness is read (nearer lies skin). Of a thin lip above teeth, found down to their
edge, the first may already be tooth."""
REACH_PX = 22.0
"""How far from the found edge another is looked for, crop px (11 % of the mouth's width)."""
OWN = np.linspace(0.3, 0.75, 7)
"""Where the upper lip's own lightness is read: shares of the way down to its edge."""
RED_LEFT = 0.65
"""Teeth keep less than this share of the lips' redness (20 ln R/G)."""
LEAST_RED = 3.0
"""Lips less red than this are those of a photo without colour."""
LIT = 12.0
"""Under this lightness redness is noise."""
DARK = 0.42
"""The dark has less than this share of the upper lip's lightness ..."""
TOOTH_LIGHT = 0.55
"""... and teeth, even in shade, more than this."""
BRIDGE_PX = 2.5
"""Where teeth and dark meet colours mix: so much that looks like lip may lie between."""
LEAST_TEETH_PX = 3.0
THIN_PX, THICK_PX = 3.5, 5.5
"""A dark line up to the first is where lips touch, from the second on it is a gap."""
TEETH_WIDE, GAP_WIDE = 8, 24
"""Places side by side (of 97) that teeth between hardly parted lips take at least, and what is
seen in open mouths or dark: fewer are a glint or a shade."""
HARDLY_PX = 8.0
"""Lips parted by less, 2 mm in the middle, may show a single tooth."""
MEDIAN, MEAN = 7, 5
"""Places over which the new edge is smoothed."""
FADE = 0.10
"""Share of the length at either end over which nothing is moved: the corners are dark anyway."""
APART_PX = 3.0
"""Edges nearer than this to the lower lip take no last step, those twice as far a whole one."""


def lip_above(crop: MouthCrop, upper: Points, over: Points, under: Points, lower: Points) -> Points:
    """The upper lip's inner edge, crop px: `over`, or higher where teeth or the dark show.

    Parameters
    ----------
    upper, over, under, lower : (97, 2) the four borders; `over` and `under` may be one line
    """
    x = over[:, 0]
    top, roof, floor, bottom = (
        np.interp(x, line[:, 0], line[:, 1]) for line in (upper, over, under, lower)
    )
    first = np.maximum(top + CORE * (roof - top), roof - REACH_PX)
    last = np.minimum(bottom - CORE * (bottom - floor), floor + REACH_PX)
    red_from = np.minimum(first, top + SURELY * (roof - top))
    rows = np.arange(red_from.min(), last.max() + STEP_PX, STEP_PX)
    seen = look_up(crop.fine, _places(x, rows[:, None]))
    red, light = seen[..., RED_RATIO], seen[..., LIGHTNESS]
    lips = (rows[:, None] >= red_from) & (rows[:, None] <= last)
    sides = _lower_side(np.where(lips & (light > LIT), red, 0.0))
    within = lips & (rows[:, None] >= first)
    lip = look_up(crop.fine, _places(x, top + OWN[:, None] * (roof - top)))[..., LIGHTNESS]
    own = np.median(lip, axis=0)
    within &= rows[:, None] <= floor + BRIDGE_PX
    pale = (red < RED_LEFT * sides) & (sides > LEAST_RED)
    teeth = within & pale & (light > np.maximum(LIT, TOOTH_LIGHT * own))
    dark = within & (light < DARK * own)
    hardly_open = float(np.median(floor - roof)) < HARDLY_PX
    by_teeth, by_dark = _heights(rows, roof, teeth, dark)
    by_teeth[~_wide(by_teeth > 0, TEETH_WIDE if hardly_open else GAP_WIDE)] = 0.0
    by_dark[~_wide(by_dark > 0, GAP_WIDE)] = 0.0
    return _last_step(crop, smoothly_raised(over, np.maximum(by_teeth, by_dark)), under)


def smoothly_raised(line: Points, by_px: Grid) -> Points:
    """A line with each of its places raised, less towards the corners and without leaps."""
    around = np.lib.stride_tricks.sliding_window_view(np.pad(by_px, MEDIAN // 2), MEDIAN)
    end = np.linspace(0.0, 1.0, len(line))
    fade = np.clip(np.minimum(end, 1 - end) / FADE, 0.0, 1.0)
    by_px = np.convolve(np.median(around, axis=1) * fade, np.ones(MEAN) / MEAN, mode="same")
    return np.column_stack([line[:, 0], line[:, 1] - by_px])


def _last_step(crop: MouthCrop, over: Points, under: Points) -> Points:
    """The edge on its steepest change of colour, where it lies apart from the lower lip's."""
    gap = np.interp(over[:, 0], under[:, 0], under[:, 1]) - over[:, 1]
    share = np.clip(gap / APART_PX - 1, 0.0, 1.0)[:, None]
    if not share.any():
        return over
    return np.asarray(over + (settled(crop, over, EDGE, up=False) - over) * share)


def _wide(seen: Flags, least: int) -> Flags:
    """Only stretches of at least `least` places side by side."""
    kept = np.zeros_like(seen)
    for start, end in stretches(seen):
        kept[start:end] = end - start >= least
    return kept


def _places(x: Grid, y: Grid) -> Points:
    return np.stack(np.broadcast_arrays(x, y), axis=-1)


def _lower_side(red: Grid) -> Grid:
    """At each place the redness of the less red of the lips above and below it, (rows, N)."""
    above = np.maximum.accumulate(red, axis=0)
    below = np.maximum.accumulate(red[::-1], axis=0)[::-1]
    return np.asarray(np.minimum(above, below))


def _heights(rows: Grid, roof: Grid, teeth: Flags, dark: Flags) -> tuple[Grid, Grid]:
    """How far above the found edge teeth and the dark begin in each column, 0 where they do not."""
    by_teeth, by_dark = np.zeros_like(roof), np.zeros_like(roof)
    for column, edge in enumerate(roof):
        for start, end in _runs(teeth[:, column] | dark[:, column], round(BRIDGE_PX / STEP_PX)):
            if rows[end - 1] < edge - 2 * BRIDGE_PX:
                continue
            height = max(0.0, edge - rows[start])
            if teeth[start:end, column].sum() * STEP_PX >= LEAST_TEETH_PX:
                by_teeth[column] = height
            thick_px = (end - start) * STEP_PX
            gap = np.clip((thick_px - THIN_PX) / (THICK_PX - THIN_PX), 0.0, 1.0)
            by_dark[column] = height * gap
            break
    return by_teeth, by_dark


def _runs(seen: Flags, bridge: int) -> list[tuple[int, int]]:
    """Starts and ends of the stretches that are seen; gaps of up to `bridge` places are bridged."""
    runs: list[tuple[int, int]] = []
    for start, end in stretches(seen):
        if runs and start - runs[-1][1] <= bridge:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    return runs
