"""Whether the upper border was lost in the lip: a second look at what lies just outside of it.

An upper lip lit from above has a strong edge inside, where its lit part meets its own shade, and a
border drawn to that edge cuts the lip in half, over all of its length or a part of it. What tells
it: a strip outside is as red as the lip and not as the skin of the philtrum. It need not be the
nearest one, because a white gloss may lie between. That is asked twice: over a wide window, which
hairs and lip lines do not move, and over a narrow one for short stretches. Then the border is
looked for again further out there, where redness has gone, and the new one is taken only if the
strip outside it is skin beyond doubt. Where that doubt remains nothing changes: a beard begins
above a rim of bare skin that is redder than it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.crop import GREEN_RED, LIGHTNESS, MouthCrop, look_up
from vermilion.face.borders.cues import REACH_PX, normals
from vermilion.face.lips import Points
from vermilion.face.stretches import stretches

Places = npt.NDArray[np.bool_]
Grid = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Look:
    """How a border is looked at again.

    side : places of a border (of 97) to either side that are looked at together with one
    lost, gone, found, unsure : redness of a strip, 0 skin to 1 lip, from which a border counts as
        lost; at which it is looked for again; under which the new one is believed; under which one
        more compression could make it believed
    fewest : fewer lost places side by side are a spot
    rest : redness that nearly all other places stay below, or nothing is believed
    """

    side: int
    lost: float
    gone: float
    found: float
    unsure: float
    fewest: int
    rest: float


WIDE = Look(12, 0.5, 0.35, 0.2, 0.31, 8, np.inf)
"""On rendered heads 98 of 100 places read less than 0.22 where the border is right, and 91 of 96
more than 0.4 where it was lost. Of 12 copies of one face the new border reads 0.15 to 0.20 in ten,
0.21 and 0.30 in two; of 174 photos none reads 0.2 to 0.31 and is lighter by UNSURE_LIGHTER outside.
"""
NARROW = Look(4, 0.4, 0.3, 0.2, 0.2, 4, 0.2)
"""For short stretches beside a peak, which a median over 25 places does not see. On 540 rendered
heads 98 of 100 places read less than 0.21 and 999 of 1000 less than 0.4 where the border is right;
of eleven stretches of 5 to 26 lost places nine read more than 0.42 in their middle. Under a
moustache hairs and bare skin take turns, so there the rest reads more than 0.2 too."""
BESIDE = np.ones(7)
"""Places beside a stretch that are neither lost nor the rest."""
MIDDLE = slice(14, 83)
"""Where a border can be lost: nearer to the corners the lip is too thin to tell."""
WITHIN = np.linspace(0.35, 0.8, 6)
"""Where lip surely is, also under a border that lies too low: shares of the way up to it."""
STRIP_PX = np.linspace(1.5, 5.0, 5)
"""The strip that is asked, crop px (half a per cent of the mouth's width) outside of the border."""
SKIN_PX = np.linspace(15.0, 24.0, 7)
"""Where skin surely is, outside of the landmarks' border: the philtrum, below the nose."""
APART = 1.0
"""Lip and skin must differ by so many of their own sd for redness to tell them, in the median of
the places, and in three of four lips must be the redder ones at all: aged brown skin may be redder
than the lip over one half of a mouth."""
LEAST_REDDER = 25
"""Percentile of the places for it: lost borders read 3 sd and more there."""
RED_WITHIN = 0.67
"""Redness of the strip just inside of a new border at least; the rim of skin below a moustache
reads 0.6, lips 0.73 and more."""
LIGHTER, UNSURE_LIGHTER = 1.0, 8.0
"""How much lighter (L) skin is than the lip's border at least: noise must not decide. By the second
in a border that is not believed and could be."""
GLOSS_PX, FARTHEST_PX = 8, 18
"""How far out the first red strip may lie, and how far redness is followed."""
BLEND = np.hanning(15) / np.hanning(15).sum()
TAPER = 0.25
"""Share of the length at either end over which a moved start fades out to the commissure."""


def redness(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points, look: Look
) -> tuple[Grid, Grid]:
    """Redness (a*) of the strips that begin 0, 1 ... FARTHEST_PX outside an upper border, (n, 97),
    0 skin to 1 lip; and (97,) how many sd lip and skin are apart. All lines are (97, 2) crop px."""
    below = np.column_stack([border[:, 0], np.interp(border[:, 0], inner[:, 0], inner[:, 1])])
    share = WITHIN[:, None, None]
    inside = look_up(crop.fine, border[None] * share + below[None] * (1 - share))
    lip = _beside(inside, look.side)
    skin = _beside(look_up(crop.fine, _outside(landmarks, SKIN_PX)), look.side)
    step = np.median(lip, axis=1) - np.median(skin, axis=1)
    noise = np.hypot(lip.std(axis=1), skin.std(axis=1)) / np.sqrt(2)
    reach = np.arange(FARTHEST_PX + 1)
    seen = look_up(crop.fine, _outside(border, (STRIP_PX[None] + reach[:, None]).ravel()))
    strips = np.stack(
        [np.median(_beside(strip, look.side), axis=1) for strip in np.split(seen, len(reach))]
    )
    # In hard light lip and skin may look alike at one place; the others say what redness is.
    red = (strips - np.median(skin, axis=1)) / np.maximum(step, max(np.median(step), 1e-6) / 2)
    return np.asarray(red), np.asarray(step / (noise + 0.5))


def lost_places(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points, look: Look
) -> Places:
    """(97,) where an upper border was lost."""
    red, apart = redness(crop, border, inner, landmarks, look)
    most = red[: GLOSS_PX + 1].max(axis=0)
    if np.median(apart[MIDDLE]) < APART or np.percentile(apart[MIDDLE], LEAST_REDDER) < 0:
        return np.zeros(len(most), dtype=np.bool_)
    # What is half as red beside a lost place belongs to it.
    wide, sure = _stretches(most > look.gone, look.fewest), most > look.lost
    belongs = (wide & sure)[:, MIDDLE].any(axis=1)
    return np.asarray(wide[belongs].any(axis=0))


def rest_is_skin(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points, places: Places, look: Look
) -> bool:
    """Whether outside of a border's other places there is skin, in 95 of 100 of them."""
    if look.rest == np.inf:
        return True
    most = redness(crop, border, inner, landmarks, look)[0][: GLOSS_PX + 1].max(axis=0)
    rest = most[MIDDLE][np.convolve(places, BESIDE, mode="same")[MIDDLE] == 0]
    return len(rest) > 0 and float(np.percentile(rest, 95)) < look.rest


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a new border is believed, and whether it could be, if it is not."""

    found: bool
    possible: bool


def judged(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points, places: Places, look: Look
) -> Judged:
    """Lip inside of these places and skin outside, neither red nor darker than what lies inside:
    that would be a beard's edge."""
    outside, inside = (
        float(np.median(look_up(crop.fine, _outside(border, by_px))[:, places, LIGHTNESS]))
        for by_px in (STRIP_PX, -STRIP_PX)
    )
    red = float(np.median(redness(crop, border, inner, landmarks, look)[0][0][places]))
    within = border - normals(border, up=True) * (STRIP_PX[0] + STRIP_PX[-1])
    lip = redness(crop, within, inner, landmarks, look)[0][0]
    if np.median(lip[places]) < RED_WITHIN:
        return Judged(False, False)
    found = red < look.found and outside > inside + LIGHTER
    return Judged(found, not found and red < look.unsure and outside > inside + UNSURE_LIGHTER)


def further_out(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points, places: Places, look: Look
) -> tuple[Points, Grid] | None:
    """A border moved outward at these places to where redness has gone, and (97,) how far back from
    there the search may not go; None where redness goes on."""
    red, _ = redness(crop, border, inner, landmarks, look)
    order = np.arange(len(red))[:, None]
    begun = np.maximum.accumulate(red > look.lost, axis=0)
    gone = begun & (red < look.gone)
    ends = gone.any(axis=0) & places
    if ends.sum() < look.fewest:
        return None
    shift = np.where(gone, order, FARTHEST_PX).min(axis=0).astype(np.float64)
    x = np.arange(len(border))
    shift = np.where(places, np.interp(x, x[ends], shift[ends]), 0.0)
    end = np.linspace(0.0, 1.0, len(border))
    taper = np.clip(np.minimum(end, 1 - end) / TAPER, 0.0, 1.0)
    shift = np.convolve(shift, BLEND, mode="same") * taper
    floor = np.where(shift > 1.0, -np.maximum(1.0, shift / 2), -REACH_PX)
    return border + normals(border, up=True) * shift[:, None], floor


def _stretches(places: Places, fewest: int) -> Places:
    """(n, 97) each stretch of `fewest` places or more by itself, after one of none at all."""
    x = np.arange(len(places))
    runs = [
        (x >= start) & (x < stop) for start, stop in stretches(places) if stop - start >= fewest
    ]
    return np.array([np.zeros(len(places), dtype=np.bool_), *runs])


def _outside(line: Points, by_px: Grid) -> Grid:
    """(n, N, 2) places outside an upper border."""
    return np.asarray(line[None] + normals(line, up=True)[None] * by_px[:, None, None])


def _beside(seen: Grid, side: int) -> Grid:
    """(N, n * (2 side + 1)) redness of (n, N, K) at each of N places and those beside it."""
    wide = np.pad(seen[..., GREEN_RED], ((0, 0), (side, side)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, 2 * side + 1, axis=1)
    return np.asarray(windows.transpose(1, 0, 2).reshape(seen.shape[1], -1))
