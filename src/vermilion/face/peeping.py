"""Teeth that show between lips that the landmarks call closed.

A sliver of teeth under the upper lip is too small for the network, and the line between the lips
then runs along the teeth's lower edge: the teeth would be measured, stretched and coloured as lip.
Teeth are paler than the lip above them and have hardly any of its red; a run of such pixels that
begins at the line, side by side over some width, is teeth, and the upper lip ends above it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vermilion.face.crop import LIGHTNESS, RED_RATIO, MouthCrop, look_up
from vermilion.face.lips import Points

REACH_PX = 14
"""How far above the line teeth are looked for, crop px (7 % of the mouth's width)."""
BELOW_PX = 3
"""The line may lie a little inside the teeth or in the gap under them."""
LIP = np.linspace(0.45, 0.8, 6)
"""Where upper lip surely is: shares of the way from the line to the border."""
RED_LEFT = 0.6
"""Teeth keep less than this share of the lip's red (20 ln R/G)."""
PALER = 6.0
"""... and are lighter than the lip above them by so many L*: a dark gap is not red either."""
HIGHEST_PX, LEAST_PX = 12, 3
"""Heights of a run that can be teeth: a higher one is gloss or another lip, a lower one noise."""
LEAST_COLUMNS = 8
"""Fewer places side by side (of 97) are a glint."""
SMOOTH = 5


def lip_above_teeth(crop: MouthCrop, line: Points, border: Points) -> Points:
    """The upper lip's inner edge, crop px: `line` where no teeth show, above them where they do.

    Parameters
    ----------
    line : (97, 2) the line between the lips; border : (97, 2) the upper vermilion border
    """
    top = np.interp(line[:, 0], border[:, 0], border[:, 1])
    share = LIP[:, None]
    lip = look_up(crop.fine, _places(line[:, 0], line[:, 1] * (1 - share) + top * share))
    red = np.median(lip[..., RED_RATIO], axis=0)
    light = np.median(lip[..., LIGHTNESS], axis=0)
    rows = np.arange(BELOW_PX, -REACH_PX - 1, -1.0)[:, None]
    seen = look_up(crop.fine, _places(line[:, 0], line[:, 1] + rows))
    tooth = (seen[..., RED_RATIO] < RED_LEFT * red) & (seen[..., LIGHTNESS] > light + PALER)
    heights = np.array([_run(column) for column in tooth.T])
    heights = np.where(_wide(heights > 0), heights, 0.0)
    if not heights.any():
        return line
    kernel = np.ones(SMOOTH) / SMOOTH
    raised = np.convolve(heights, kernel, mode="same")
    return np.column_stack([line[:, 0], np.maximum(line[:, 1] - raised, top)])


def _places(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Points:
    return np.stack([np.broadcast_to(x, y.shape), y], axis=-1)


def _run(tooth: npt.NDArray[np.bool_]) -> float:
    """How far (px) a run of teeth that begins at the line goes up; 0 where there is none."""
    start = tooth[: 2 * BELOW_PX]
    if not start.any():
        return 0.0
    first = int(np.argmax(start))
    after = tooth[first:]
    length = len(after) if after.all() else int(np.argmin(after))
    height = float(first + length - 1 - BELOW_PX)
    return height if LEAST_PX <= height <= HIGHEST_PX else 0.0


def _wide(seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Only stretches of at least LEAST_COLUMNS places side by side."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(int)))
    kept = np.zeros_like(seen)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        kept[start:end] = end - start >= LEAST_COLUMNS
    return kept
