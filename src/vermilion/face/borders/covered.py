"""How much of the mouth lies under something of the skin's colour, such as a finger.

Landmarks run on across a finger as steadily as over bare lips, and borders are found at its edges.
What gives it away is a stretch of the mouth where neither lip differs from the skin beyond it. A
pale border, a gloss, a moustache or a shadow takes the difference from one lip, or here and there;
what lies over the mouth takes it from both lips in the same place.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.crop import BLUE_YELLOW, GREEN_RED, LIGHTNESS, MouthCrop, look_up
from vermilion.face.borders.cues import normals
from vermilion.face.lips import Points
from vermilion.face.stretches import stretches

Grid = npt.NDArray[np.float64]

LAB = [LIGHTNESS, GREEN_RED, BLUE_YELLOW]
WEIGHT = np.array([0.5, 1.0, 1.0])
"""Lightness counts half: light falls unevenly on lips and skin alike."""
INSIDE = np.linspace(0.15, 0.8, 8)
"""Where a lip's colour is read: shares of the way from its outer border to its inner one."""
BEYOND_PX = np.linspace(6.0, 18.0, 8)
"""Where the skin is read, outside of the border, crop px (a quarter of a millimetre)."""
BESIDE = 3
"""Places to both sides whose median a place takes: 2 mm together."""
MIDDLE = slice(8, 89)
"""Places of 97 that are asked; at the corners every lip fades into skin."""
TELLING = 0.5
"""Share of the places, those with the greatest difference, that say how lip and skin differ."""
LIKE_SKIN = 0.2
"""Share of that difference under which a place has the skin's colour."""


def covered_share(
    crop: MouthCrop, upper: Points, over: Points, under: Points, lower: Points
) -> float:
    """The longest stretch in which neither lip differs from skin, as a share of the mouth's places.

    Parameters
    ----------
    upper, over, under, lower : (97, 2) the four borders as they were found, crop px
    """

    def differs(border: Points, inner: Points, up: bool) -> Grid:
        share = INSIDE[:, None, None]
        lip = look_up(crop.fine, border[None] * (1 - share) + inner[None] * share)
        away = border[None] + normals(border, up)[None] * BEYOND_PX[:, None, None]
        return _shares(_calm(lip[..., LAB]) - _calm(look_up(crop.fine, away)[..., LAB]))

    most = np.maximum(differs(upper, over, up=True), differs(lower, under, up=False))
    hidden = stretches(most[MIDDLE] < LIKE_SKIN)
    return max((end - start for start, end in hidden), default=0) / len(most)


def _calm(colours: Grid) -> Grid:
    """(97, 3) medians of (n, 97, 3) across a strip, then with the places beside each."""
    strip = np.median(colours, axis=0)
    padded = np.pad(strip, ((BESIDE, BESIDE), (0, 0)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * BESIDE + 1, axis=0)
    return np.asarray(np.median(windows, axis=-1))


def _shares(difference: Grid) -> Grid:
    """(97,) of (97, 3): how much of this mouth's own difference each place shows."""
    weighed = difference * WEIGHT
    asked = weighed[MIDDLE]
    order = np.argsort(np.hypot.reduce(asked, axis=1))
    own = asked[order[-round(TELLING * len(asked)) :]].mean(axis=0)
    return np.asarray(weighed @ own / max(float(own @ own), 1e-9))
