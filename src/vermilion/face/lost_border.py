"""Whether the upper border was lost in the lip: a second look at what lies just outside of it.

An upper lip lit from above has a strong edge inside, where its lit part meets its own shade, and a
border drawn to that edge cuts the lip in half. What tells it: the strip just outside is as red as
the lip and not as the skin of the philtrum. Then the border is looked for again further out, where
redness has gone, and the new one is taken only if the strip outside it is skin beyond doubt. Where
that doubt remains nothing changes: a beard begins above a rim of bare skin that is redder than it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.face.crop import GREEN_RED, LIGHTNESS, MouthCrop, look_up
from vermilion.face.cues import normals
from vermilion.face.lips import Points

MIDDLE = slice(24, 73)
"""The middle half of a border's 97 points: both peaks and the valley."""
WITHIN = np.linspace(0.35, 0.8, 6)
"""Where lip surely is, also under a border that lies too low: shares of the way up to it."""
STRIP_PX = np.linspace(1.5, 5.0, 5)
"""The strip that is asked, crop px (half a per cent of the mouth's width) outside of the border."""
SKIN_PX = np.linspace(15.0, 24.0, 7)
"""Where skin surely is, outside of the landmarks' border: the philtrum, below the nose."""
LOST, GONE, FOUND = 0.5, 0.35, 0.2
"""Redness of the strip, 0 skin to 1 lip, from which a border counts as lost; at which it is looked
for again; under which the new one is believed. Rendered heads read up to 0.17 where the border is
right and 0.52 or more where it was lost."""
APART = 2.0
"""Lip and skin must differ by so many of their own sd for redness to tell them."""
LIGHTER = 1.0
"""How much lighter (L) skin is than the lip's border at least: noise must not decide."""
FARTHEST_PX = 18
TAPER = 0.25
"""Share of the length at either end over which a moved start fades out to the commissure."""


def redness(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points
) -> tuple[float, float]:
    """Redness (a*) of the strip just outside an upper border, 0 skin to 1 lip, and how many sd lip
    and skin are apart. All lines are (97, 2) crop px."""
    below = np.column_stack([border[:, 0], np.interp(border[:, 0], inner[:, 0], inner[:, 1])])
    share = WITHIN[:, None, None]
    lip, strip, skin = (
        look_up(crop.fine, places[:, MIDDLE])[..., GREEN_RED]
        for places in (
            border[None] * share + below[None] * (1 - share),
            _outside(border, STRIP_PX),
            _outside(landmarks, SKIN_PX),
        )
    )
    step = float(np.median(lip) - np.median(skin))
    noise = float(np.hypot(lip.std(), skin.std())) / np.sqrt(2)
    apart = step / (noise + 0.5)
    return (float(np.median(strip) - np.median(skin)) / step if apart > 0 else 0.0), apart


def is_lost(crop: MouthCrop, border: Points, inner: Points, landmarks: Points) -> bool:
    red, apart = redness(crop, border, inner, landmarks)
    return red > LOST and apart > APART


def is_found(crop: MouthCrop, border: Points, inner: Points, landmarks: Points) -> bool:
    """Skin outside, neither red nor darker than what lies inside: that would be a beard's edge."""
    outside, inside = (
        float(np.median(look_up(crop.fine, _outside(border, by_px)[:, MIDDLE])[..., LIGHTNESS]))
        for by_px in (STRIP_PX, -STRIP_PX)
    )
    return redness(crop, border, inner, landmarks)[0] < FOUND and outside > inside + LIGHTER


def further_out(
    crop: MouthCrop, border: Points, inner: Points, landmarks: Points
) -> tuple[Points, npt.NDArray[np.float64]] | None:
    """A border moved outward to where redness has gone, and (97,) how far back from there the
    search may not go; None where redness goes on."""
    end = np.linspace(0.0, 1.0, len(border))
    taper = np.clip(np.minimum(end, 1 - end) / TAPER, 0.0, 1.0)
    outward = normals(border, up=True) * taper[:, None]
    for shift in range(2, FARTHEST_PX + 1):
        moved = border + outward * shift
        if redness(crop, moved, inner, landmarks)[0] < GONE:
            return moved, -max(1.0, shift / 2) * taper
    return None


def _outside(line: Points, by_px: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(n, N, 2) places outside an upper border."""
    return np.asarray(line[None] + normals(line, up=True)[None] * by_px[:, None, None])
