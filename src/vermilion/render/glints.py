"""The glints of a lip after it was drawn out: as much brighter than the lip as they were.

Evening out the texture lifts glints along with creases, and where parts fade into each other they
grow dull. So the gloss is taken off the lip as it was and as it is, and what is there now is
brought to the height it had.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_srgb, srgb_to_linear
from vermilion.render.frame import Field
from vermilion.render.layers import split

BRIGHTEST = 99.0
"""Per cent of a lip's pixels that are darker than its glints."""
MOST_CHANGE = 1.8
"""Gloss is raised or lowered by this factor at the most."""
FEWEST = 60
"""Pixels of lip below which nothing is read."""
UNSEEN = 0.01
"""Gloss of less than this share of the lip's own light is not told from none."""
FINE_PX_PER_MM = 6.0
"""Glints are read on a copy of at most this grain: finer costs time and tells no more."""


def as_bright_as_before(
    before: npt.NDArray[np.float32],
    after: npt.NDArray[np.float32],
    clear_before: Field,
    clear_after: Field,
    px_per_mm: float,
    white: float,
) -> npt.NDArray[np.float32]:
    """`after` (H, W, 3) with glints as high as those of `before`; sRGB values up to `white`.

    clear_before, clear_after : (h, w) on a grid of H / h px, 1 where the lip, as it was and as it
        is, is clear of its edges
    """
    if not (clear_before.any() and clear_after.any()):
        return after
    step = after.shape[0] // clear_after.shape[0]
    rows, columns = (
        _span((clear_before + clear_after).max(axis=axis) > 0, step) for axis in (1, 0)
    )
    here = (
        slice(rows.start // step, rows.stop // step),
        slice(columns.start // step, columns.stop // step),
    )
    had = _gloss(before[rows, columns], clear_before[here], px_per_mm, white)
    has = _gloss(after[rows, columns], clear_after[here], px_per_mm, white)
    if had is None or has is None:
        return after
    (_, _, was_high), (linear, gloss, is_high) = had, has
    change = float(np.clip(was_high / is_high, 1 / MOST_CHANGE, MOST_CHANGE))
    more = np.zeros_like(linear)
    shines = gloss > 0
    old = linear[shines]
    new = np.clip(old + (change - 1) * gloss[shines][:, None], 0, 1)
    more[shines] = linear_to_srgb(new) - linear_to_srgb(old)
    part = after[rows, columns]
    size = part.shape[1], part.shape[0]
    out = after.copy()
    out[rows, columns] += cv2.resize(more * np.float32(white), size, interpolation=cv2.INTER_LINEAR)
    return out


def _gloss(
    picture: npt.NDArray[np.float32], lip: Field, px_per_mm: float, white: float
) -> tuple[npt.NDArray[np.float32], Field, float] | None:
    """Linear light (h, w, 3), the gloss in it (h, w), and how high that stands above the lip."""
    shrink = min(1.0, FINE_PX_PER_MM / px_per_mm)
    size = max(1, round(picture.shape[1] * shrink)), max(1, round(picture.shape[0] * shrink))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    coded = cv2.convertScaleAbs(small) if white == 255 else (small / white)
    linear = np.asarray(srgb_to_linear(np.asarray(coded)), np.float32)
    mask = np.asarray(cv2.resize(lip, size, interpolation=cv2.INTER_LINEAR), np.float32)
    inside = mask > 0.5
    if np.count_nonzero(inside) < FEWEST:
        return None
    gloss = split(linear, mask, px_per_mm * shrink).gloss
    level = max(float(linear[inside].mean()), 1e-4)
    return linear, gloss, float(np.percentile(gloss[inside], BRIGHTEST)) / level + UNSEEN


def _span(used: npt.NDArray[np.bool_], step: int) -> slice:
    """The pixels of the used coarse cells, one cell wider."""
    at = np.flatnonzero(used)
    return slice(max(0, int(at[0]) - 1) * step, min(used.size, int(at[-1]) + 2) * step)
