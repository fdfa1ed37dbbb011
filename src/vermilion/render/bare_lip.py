"""A lip before anything is done to it: where it lies in the photo, what of it is bare, its colours.

Public: `BareLip`, `Place`, `Index`, `colours_of`.

A lip's colour is the plain mean over its vermilion a little inside the borders, without what lies
on it or beside it: hair, teeth, skin. It is the very mean that a simulated blush is made to hit.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import Lab, LipColours
from vermilion.colour.spaces import linear_to_lab
from vermilion.errors import FaceError
from vermilion.render.layers import Field, Linear
from vermilion.render.matte import Depths, Matte, matte

BORDER_SOFT_MM = 0.5
"""The border's softness where no technique is meant."""
AROUND_MM = 2.5
"""Skin around the lip that is kept in its window: room for blurs and for a corrected border."""
SEEN = 0.5
"""A pixel that is less lip than this does not tell the lip's colour."""

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where each pixel of a lip window lies: all (H, W) but the last."""

    x_mm: Field
    y_mm: Field
    along: Field
    across: Field
    depths: Depths
    px_per_mm: float


class BareLip:
    """Both lips in a window of the region.

    linear : (H, W, 3) the window's light; place, matte : of its pixels
    cover : (H, W) 0..1, how much of a pixel is bare lip
    tone : (N,) flat numbers of the window's pixels whose means are the lips' colours
    of_upper : (N,) which of them are the upper lip's
    """

    def __init__(self, linear: Linear, place: Place, vermilion: npt.NDArray[np.bool_]) -> None:
        """
        Parameters
        ----------
        linear : (H, W, 3) a region; vermilion : (H, W), what lies inside the lips' borders

        Raises
        ------
        FaceError : lips too small to have a pixel inside their borders
        """
        window = _window(place.depths.outer_mm, place.px_per_mm)
        self._corner = window[0].start, window[1].start, linear.shape[1]
        self.linear: Linear = np.ascontiguousarray(linear[window])
        self.place = _cut(place, window)
        self.matte: Matte = matte(self.linear, self.place.depths, place.px_per_mm)
        self.cover = self.matte.cover(BORDER_SOFT_MM)
        # Under a moustache hair is not the lip's colour.
        seen = vermilion[window] & (self.cover > SEEN)
        self.tone: Index = np.flatnonzero(seen if seen.any() else vermilion[window])
        if not self.tone.size:
            raise FaceError(
                "the lips are too small or outside the photo",
                "a larger mouth is needed",
                "take the photo from nearer or at a higher resolution",
            )
        self.of_upper = self.place.depths.upper.ravel()[self.tone] > 0
        self.colours = colours_of(self.linear.reshape(-1, 3)[self.tone], self.of_upper)

    def of_region(self, index: Index) -> Index:
        """Flat numbers in the window -> in the region."""
        top, left, width = self._corner
        rows, columns = np.divmod(index, self.linear.shape[1])
        return np.asarray((rows + top) * width + columns + left)

    def inside_border(self, shape: tuple[int, ...]) -> Field:
        """(H, W) of the region, 0..1: how far each pixel lies inside the border of pigment."""
        whole = np.zeros(shape[:2], np.float32)
        inside = self.matte.inside(BORDER_SOFT_MM)
        top, left, _ = self._corner
        whole[top : top + inside.shape[0], left : left + inside.shape[1]] = inside
        return whole


def colours_of(linear: Linear, of_upper: npt.NDArray[np.bool_]) -> LipColours:
    """Mean colours of lip pixels (N, 3); where all are one lip's, the other is taken as that."""

    def mean(side: npt.NDArray[np.bool_]) -> Lab:
        lab = linear_to_lab(linear[side if side.any() else ~side])
        lightness, a, b = (float(value) for value in lab.mean(axis=0))
        return lightness, a, b

    return LipColours(mean(of_upper), mean(~of_upper), float(of_upper.mean()))


def _window(outer_mm: Field, px_per_mm: float) -> tuple[slice, slice]:
    """Rows and columns that hold the lip with some skin around it."""
    x, y, width, height = cv2.boundingRect((outer_mm > 0).astype(np.uint8))
    around = round(AROUND_MM * px_per_mm) + 1
    rows = slice(max(0, y - around), y + height + around)
    return rows, slice(max(0, x - around), x + width + around)


def _cut(place: Place, window: tuple[slice, slice]) -> Place:
    at, deep = place, place.depths
    x_mm, y_mm, along, across, outer, inner, line, height, room, upper = (
        np.ascontiguousarray(part[window])
        for part in (
            *(at.x_mm, at.y_mm, at.along, at.across, deep.outer_mm, deep.inner_mm),
            *(deep.line_mm, deep.height_mm, deep.room, deep.upper),
        )
    )
    depths = Depths(outer, inner, line, height, room, upper)
    return Place(x_mm, y_mm, along, across, depths, at.px_per_mm)
