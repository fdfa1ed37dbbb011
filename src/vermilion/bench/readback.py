"""Reading a change back from two pictures, by means that the renderer does not use.

The detector is a poor judge of half a millimetre: its own noise is as large. So a rise is read
from the pixels twice: by one-dimensional correlation of colour profiles across the border, and by
dense optical flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[Any]
Field = npt.NDArray[np.float32]

FINE_MM = 0.02
"""Spacing of the profiles."""
SEARCH_MM = 3.0
PATCH_MM = 1.4
"""Half length of the correlated piece of profile."""
COLUMNS_MM = (-0.6, -0.3, 0.0, 0.3, 0.6)
FLOW_PX_PER_MM = 12.0
"""Flow is computed on a copy of at most this grain: finer is slower and no surer."""


def profile(
    image: Pixels, start_px: npt.NDArray[np.float64], step_px: npt.NDArray[np.float64], count: int
) -> Field:
    """(count, 3) colours along a line, float32."""
    at = start_px + np.arange(count)[:, None] * step_px
    x, y = at[:, 0].astype(np.float32)[None], at[:, 1].astype(np.float32)[None]
    source = image.astype(np.float32)
    line = cv2.remap(source, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(line[0], np.float32)


def shift_by_correlation(
    before: Pixels,
    after: Pixels,
    at_px: npt.NDArray[np.float64],
    down: npt.NDArray[np.float64],
    mm_per_px: float,
) -> float:
    """How many mm the pattern at `at_px`, (2,) or (N, 2), moved along `down` (negative: up).

    Normalised cross-correlation of colour-gradient profiles, best of a search of +-3 mm, with a
    parabola through the three best places. Neighbouring columns are scored together, and so are
    several places that are asked to move alike: one alone may take a hair, a shadow or the lip's
    other edge for the border.
    """
    right = np.array([down[1], -down[0]])
    half, reach = round(PATCH_MM / FINE_MM), round(SEARCH_MM / FINE_MM)
    scores = []
    for place, aside in product(np.atleast_2d(at_px), COLUMNS_MM):
        middle = place + right * aside / mm_per_px
        step = down * FINE_MM / mm_per_px
        first = _gradient(profile(before, middle - step * half, step, 2 * half + 1), mm_per_px)
        wide = profile(after, middle - step * (half + reach), step, 2 * (half + reach) + 1)
        second = _gradient(wide, mm_per_px)
        scores.append(cv2.matchTemplate(second[None], first[None], cv2.TM_CCOEFF_NORMED)[0])
    score = np.mean(scores, axis=0)
    best = int(np.argmax(score))
    return (best + _parabola(score, best) - reach) * FINE_MM


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Dense inverse-search flow of one pair of pictures; computed once, read at many points.

    field : (h, w, 2) px, on a copy `grow` times the pictures' size
    """

    field: Field
    grow: float
    mm_per_px: float

    def shift(self, at_px: npt.NDArray[np.float64], down: npt.NDArray[np.float64]) -> float:
        """How many mm things moved along `down`: the median over 1.2 mm around the point."""
        x, y = (at_px + 0.5) * self.grow - 0.5
        reach = max(1, round(0.6 / self.mm_per_px * self.grow))
        part = self.field[
            max(0, int(y) - reach // 2) : int(y) + reach // 2 + 1,
            max(0, int(x) - reach) : int(x) + reach + 1,
        ]
        along = part @ down.astype(np.float32)
        return float(np.median(along)) / self.grow * self.mm_per_px


def flow_between(before: Pixels, after: Pixels, mm_per_px: float) -> Flow:
    """The flow of a whole pair; pictures of one size."""
    grow = min(FLOW_PX_PER_MM * mm_per_px, 6.0)
    size = max(8, round(before.shape[1] * grow)), max(8, round(before.shape[0] * grow))
    pair = [
        cv2.cvtColor(cv2.resize(_uint8(p), size, interpolation=cv2.INTER_CUBIC), cv2.COLOR_RGB2GRAY)
        for p in (before, after)
    ]
    engine = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    engine.setFinestScale(0)
    field = np.asarray(engine.calc(pair[0], pair[1], None), np.float32)
    return Flow(field, grow, mm_per_px)


def _gradient(colours: Field, mm_per_px: float) -> Field:
    sigma = max(0.6 * mm_per_px, 0.08) / FINE_MM
    smooth = cv2.GaussianBlur(colours, (1, 0), sigmaX=0.01, sigmaY=sigma)
    return np.asarray(np.gradient(smooth, axis=0), np.float32)


def _parabola(score: Field, best: int) -> float:
    if not 0 < best < len(score) - 1:
        return 0.0
    a, b, c = (float(score[best + k]) for k in (-1, 0, 1))
    bend = a - 2 * b + c
    return 0.0 if bend == 0 else float(np.clip(0.5 * (a - c) / bend, -0.5, 0.5))


def _uint8(image: Pixels) -> npt.NDArray[np.uint8]:
    return image if image.dtype == np.uint8 else (image >> 8).astype(np.uint8)
