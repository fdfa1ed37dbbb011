"""Whether what was found as the lower lip is bare skin, because a tongue lies over the lip itself.

Landmarks know no tongue. Where one is put out they may take the lip's outer border for its inner
one, and all below it that is measured and coloured as lip is chin. Three things together tell it.
The mouth is open. Right above the found lip something is as red as lips are, tongue or the lip's
true edge, and so is the upper lip. And the found lip is over all of its height no redder than this
face's own skin below it, where the palest true one is redder somewhere. Redness is the ratio of red
to green, which shading does not change; of a photo without colour nothing can be said.

How high the lip is can't be read under a tongue, so no border is looked for. Closed lips are not
asked: above a beard or with lips rolled in, the lower one may be no redder than skin either.
"""

from __future__ import annotations

import numpy as np

from vermilion.face.borders.crop import MOUTH_PX, RED_RATIO, MouthCrop, look_up
from vermilion.face.borders.cues import UPPER_CORE, Grid, facing, normals
from vermilion.face.lips import Points
from vermilion.know.sourced import topic

MIDDLE = slice(20, 77)
"""Of a border's 97 places those that are looked at; a tongue lies here."""
FOUND = np.linspace(0.4, 0.8, 9)
"""Strips of the found lip, as shares of its height: the line above may lie a little within the lip,
that below a little within the skin."""
ABOVE_PX, BELOW_PX = np.linspace(2.0, 8.0, 7), np.linspace(5.0, 17.0, 9)
"""What lies above the found lip, and the skin below it, crop px (a quarter of a millimetre)."""


def lower_lip_is_skin(
    crop: MouthCrop, upper: Points, over: Points, under: Points, lower: Points
) -> bool:
    """Whether lips part widely, are red, and only skin was found for the lower one.

    Parameters
    ----------
    upper, over, under, lower : (97, 2) the four borders as they were found, crop px
    """
    limit = topic("quality").number
    parted = under[MIDDLE, 1] - np.interp(under[MIDDLE, 0], over[:, 0], over[:, 1])
    if parted.mean() < limit("tongue_open").value * MOUTH_PX:
        return False
    above = facing(lower, under)[None] - np.array([0.0, 1.0]) * ABOVE_PX[:, None, None]
    below = lower[None] + normals(lower, up=False)[None] * BELOW_PX[:, None, None]
    found = _redness(crop, _between(under, lower, FOUND)).max()
    skin = np.median(_redness(crop, below))
    lips = min(np.median(_redness(crop, at)) for at in (_between(over, upper, UPPER_CORE), above))
    redder = lips - skin
    if redder < limit("tongue_redder").value:
        return False
    return bool(lips - found > limit("tongue_skin").value * redder)


def _redness(crop: MouthCrop, at: Points) -> Grid:
    """(n,) 20 ln(R/G) along each of (n, 97, 2) lines."""
    return np.asarray(np.median(look_up(crop.fine, at)[:, MIDDLE, RED_RATIO], axis=1))


def _between(inner: Points, outer: Points, shares: Grid) -> Points:
    """(n, 97, 2) places on the way from an inner border to the outer one of the same lip."""
    start = facing(outer, inner)
    return np.asarray(start[None] + (outer - start)[None] * shares[:, None, None])
