"""Where the lower lip ends below what shows between open lips: teeth, the dark, or a tongue.

Landmarks put the inner edge of some lower lips 1 to 3 mm down into the lip, where its wet, redder
inner part begins, and the search about them stays there: both sides are lip, and a learned
difference between lip and lip says nothing. Such a line is told by what it does not lie on. Over
its length neither redness falls nor light, as both do where a lip ends.

Then the lip is followed upward, place by place together with its neighbours: as long as it is as
red and as light as the lip further down, and up to a fall of one of both. The new line is believed
by the same reading, if it lies on such a fall itself. A tongue that touches the lip is as red as it
and has no edge that this would find, so there nothing moves.

Both readings count by degrees, so that two photos of one face do not differ by a leap. They were
set on the even half of the annotated photos and on portraits looked at; of rendered heads none is
moved, because their edges are found.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.chain import marginals, mean_and_sd
from vermilion.face.borders.crop import LIGHTNESS, RED_RATIO, MouthCrop, look_up
from vermilion.face.borders.settle import EDGE, settled
from vermilion.face.lips import Points

Grid = npt.NDArray[np.float64]

STEP_PX, STRIP = 0.5, 6
"""Offsets along a column, crop px, and how many of them make a strip: 3 px, less than a mm."""
BESIDE = 2
"""Places to both sides of a column that are read with it, against lines in the lip."""
MIDDLE = slice(12, 85)
"""Places of 97 by which a line is judged: nearer to the corners an open mouth is all edge."""
LEAST_OPEN_PX, LEAST_PLACES = 4.0, 11
NEAR_PX = 2.0
"""How far from an edge a line may lie and still be on it."""
FALL = 0.8
"""Share of a strip's redness or lightness that the next one keeps at most across an edge."""
IN_LIP, ON_EDGE = (0.58, 0.70), (0.5, 0.7)
"""Shares of a line's places that lie on an edge. Up to the first of two the old line surely runs
within the lip, from the second on surely not: 0.03 to 0.56 on eleven lips that it cut by eye, 0.67
and more on others without a tongue, but for one of 0.45 that is moved by 0.1 mm. From the second on
the new line is believed wholly, up to the first not: 0.6 and more on the eleven, at most 0.56 where
it went astray."""
OWN, OWN_BESIDE = np.linspace(0.1, 0.5, 7), 12
"""Where the lip's own colour is read, as shares of the way down to its border, and over how many
places to both sides."""
RED_KEPT, LIGHT_KEPT, SOFT = 0.8, 0.6, 0.2
"""Shares of the lip's own redness and lightness that speak neither for nor against lip, and how
much more or less speaks with full voice."""
LEAST_RED, LEAST_LIGHT = 3.0, 25.0
"""Redness (20 ln R/G) and lightness of lips in which neither tells anything."""
LEAST_COLOUR = 1.0
"""Spread of redness about a mouth that lightness does not explain: 0 in black and white, 0.5 in a
toned photo, 1.7 and more in colour."""
BACK_PX, REACH_PX = 3.0, 18.0
"""How far down and up the end of the lip is looked for, crop px (a quarter of a millimetre)."""
OF_LIP, OF_EDGE, EDGE_FALLS, EDGE_SOFT = 0.5, 4.0, (0.9, 0.85), 0.4
"""Weight of a px of lip below the line, and of an edge at it; shares of redness and of lightness
kept across an edge from which one is seen, and by how much less it is full."""
STRAY_PX, DRIFT = 9.0, 0.35
FADE = 0.10
OUT_OF_REACH = -60.0


def lip_below(crop: MouthCrop, over: Points, under: Points, lower: Points) -> Points:
    """The lower lip's inner edge, crop px: `under`, or higher where that cuts the lip.

    Parameters
    ----------
    over, under, lower : (97, 2) both inner borders of an open mouth and the lower outer one
    """
    sure = 1.0 - _between(_on_edge(crop, over, under, closed=1.0), IN_LIP)
    if sure == 0.0 or not _is_coloured(crop):
        return under
    line = _followed(crop, over, under, lower)
    sure *= _between(_on_edge(crop, over, line, closed=0.0), ON_EDGE)
    return np.asarray(under + sure * (line - under))


def _on_edge(crop: MouthCrop, over: Points, line: Points, closed: float) -> float:
    """Share of a line's open places where lip ends within NEAR_PX; `closed` if there are none."""
    red, light = _kept(*_read(crop, line, -NEAR_PX, NEAR_PX))
    ends = np.asarray(((red < FALL) | (light < FALL)).any(axis=0))
    is_open = _gap(over, line) > LEAST_OPEN_PX
    places = ends[MIDDLE][is_open[MIDDLE]]
    return float(places.mean()) if len(places) >= LEAST_PLACES else closed


def _followed(crop: MouthCrop, over: Points, under: Points, lower: Points) -> Points:
    """The line raised to where the lip ends above it."""
    red, light = _read(crop, under, -BACK_PX, REACH_PX)
    own_red, own_light = _own(crop, under, lower)
    if np.median(own_red) < LEAST_RED or np.median(own_light) < LEAST_LIGHT:
        return under
    as_red = (red / np.maximum(own_red, LEAST_RED) - RED_KEPT) / SOFT
    as_light = (light / np.maximum(own_light, LEAST_LIGHT) - LIGHT_KEPT) / SOFT
    of_lip = np.cumsum(np.clip(np.minimum(as_red, as_light), -1.0, 1.0), axis=0) * STEP_PX
    falls = np.stack(_kept(red, light), axis=-1)
    edge = np.clip(((np.array(EDGE_FALLS) - falls) / EDGE_SOFT).max(axis=-1), 0.0, 1.0)
    offsets = _offsets(-BACK_PX, REACH_PX)
    count = len(under)
    end = np.linspace(0.0, 1.0, count)
    end = np.minimum(end, 1.0 - end)
    fade = np.clip(end / FADE, 0.05, 1.0)[:, None]
    seen = (OF_LIP * of_lip[STRIP - 1 : STRIP - 1 + len(offsets)] + OF_EDGE * edge).T
    potential = seen * fade - 0.5 * (offsets / (STRAY_PX * fade)) ** 2
    potential = np.where(offsets > _gap(over, under)[:, None] + 1.0, OUT_OF_REACH, potential)
    move, _ = mean_and_sd(marginals(potential, DRIFT / STEP_PX), offsets)
    # A gloss is as little red as teeth: it may hold the line where it is, not send it down.
    move = np.maximum(move, 0.0) * np.clip(end * count / 3, 0.0, 1.0)
    return settled(crop, np.column_stack([under[:, 0], under[:, 1] - move]), EDGE, up=True)


def _offsets(first_px: float, last_px: float) -> Grid:
    return np.arange(first_px, last_px + STEP_PX / 2, STEP_PX)


def _read(crop: MouthCrop, line: Points, first_px: float, last_px: float) -> tuple[Grid, Grid]:
    """Redness and lightness in rows that follow a line from below upward, (T + 2 STRIP - 1, 97).

    The line moved by offset i runs between the strips that begin at the rows i and i + STRIP.
    """
    count = len(_offsets(first_px, last_px)) + 2 * STRIP - 1
    rows = first_px + STEP_PX * (np.arange(count) - STRIP + 0.5)
    x, y = np.broadcast_arrays(line[:, 0], line[:, 1] - rows[:, None])
    seen = look_up(crop.fine, np.stack([x, y], axis=-1))
    return _median(seen[..., RED_RATIO], BESIDE), _median(seen[..., LIGHTNESS], BESIDE)


def _kept(red: Grid, light: Grid) -> tuple[Grid, Grid]:
    """(T, 97) what the strip above a line keeps of the redness and lightness of that below it."""
    below, above = (
        [_strips(values)[part] for values in (red, light)]
        for part in (slice(None, -STRIP), slice(STRIP, None))
    )
    return above[0] / np.maximum(below[0], LEAST_RED), above[1] / np.maximum(below[1], 1.0)


def _strips(values: Grid) -> Grid:
    """Means of STRIP rows, those that begin with each row."""
    windows = np.lib.stride_tricks.sliding_window_view(values, STRIP, axis=0)
    return np.asarray(windows.mean(axis=-1))


def _own(crop: MouthCrop, under: Points, lower: Points) -> tuple[Grid, Grid]:
    """(97,) redness and lightness of the lip itself."""
    border = np.interp(under[:, 0], lower[:, 0], lower[:, 1])
    x, y = np.broadcast_arrays(under[:, 0], under[:, 1] + OWN[:, None] * (border - under[:, 1]))
    lip = np.median(look_up(crop.fine, np.stack([x, y], axis=-1)), axis=0)
    red, light = (
        _median(lip[None, :, channel], OWN_BESIDE)[0] for channel in (RED_RATIO, LIGHTNESS)
    )
    return red, light


def _gap(over: Points, under: Points) -> Grid:
    return np.asarray(under[:, 1] - np.interp(under[:, 0], over[:, 0], over[:, 1]))


def _is_coloured(crop: MouthCrop) -> bool:
    """Whether redness is more than a matter of lightness."""
    seen = crop.coarse[::4, ::4].reshape(-1, crop.coarse.shape[-1]).astype(np.float64)
    light, red = seen[:, LIGHTNESS] / 100, seen[:, RED_RATIO]
    tone = np.column_stack([np.ones_like(light), light, light * light])
    left = red - tone @ np.linalg.lstsq(tone, red, rcond=None)[0]
    return float(left.std()) > LEAST_COLOUR


def _median(values: Grid, beside: int) -> Grid:
    """Each column of (n, 97) with those beside it."""
    padded = np.pad(values, ((0, 0), (beside, beside)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * beside + 1, axis=1)
    return np.asarray(np.median(windows, axis=-1))


def _between(value: float, limits: tuple[float, float]) -> float:
    """How far a value has come from the first limit (0) to the second (1)."""
    low, high = limits
    return float(np.clip((value - low) / (high - low), 0.0, 1.0))
