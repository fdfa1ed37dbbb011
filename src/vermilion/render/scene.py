"""One mouth in one photo, made ready for any treatment, day and amount.

The analysis is done once; every picture after it is a few passes over the lip's own region. What
is smooth is kept on a coarse grid of about a quarter of a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import srgb_to_linear
from vermilion.errors import FaceError
from vermilion.face.contrast import is_colourless
from vermilion.face.lips import Face
from vermilion.photo.photo import Photo
from vermilion.render.bare_lip import BareLip, Place
from vermilion.render.frame import Field, Heights, LipFrame, lip_frame
from vermilion.render.matte import depths

if TYPE_CHECKING:
    from vermilion.render.blush import PreparedLip
    from vermilion.render.tint import Dose

SIDE_MM = 8.0
"""Room beside the corners: swelling and redness end within it."""
BELOW_MM = 8.0
COARSE_MM = 0.25


@dataclass(frozen=True, slots=True)
class RegionBox:
    """Whole pixels of the photo: left, top (inclusive), right, bottom (exclusive)."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.y1 - self.y0, self.x1 - self.x0


@dataclass(frozen=True, slots=True, eq=False)
class Coarse:
    """The frame on a grid `step` times coarser than the region's pixels, all (h, w)."""

    step: int
    x_mm: Field
    y_mm: Field
    s: Field
    heights: Heights


@dataclass(frozen=True, slots=True)
class Known:
    """What one live frame tells about the next; no pixel of it.

    grey : as of `LipScene`; dose : the pigment's amount that was found
    """

    grey: bool
    dose: Dose | None


class LipScene:
    """The analysed region of one photo. Build it with `analyse`."""

    def __init__(
        self,
        photo: Photo,
        face: Face,
        frame: LipFrame,
        box: RegionBox,
        step: int,
        before: Known | None = None,
    ):
        self.photo, self.face, self.frame, self.box = photo, face, frame, box
        self._step, self._before = step, before

    @property
    def known(self) -> Known:
        """For the scene of the next frame of the same face."""
        painted = "lip" in self.__dict__
        return Known(self.grey, self.lip.dose if painted else None)

    @property
    def encoded(self) -> npt.NDArray[Any]:
        """(H, W, 3) the region as it is in the photo (a view)."""
        b = self.box
        return self.photo.pixels[b.y0 : b.y1, b.x0 : b.x1]

    @cached_property
    def linear(self) -> npt.NDArray[np.float32]:
        """(H, W, 3) float32 linear sRGB"""
        return np.asarray(srgb_to_linear(np.ascontiguousarray(self.encoded)), np.float32)

    @cached_property
    def grey(self) -> bool:
        """The photo has no colour of its own, and none may come into it."""
        if self._before is not None:
            return self._before.grey
        return is_colourless(self.photo, self.face.curves)

    @cached_property
    def place_mm(self) -> tuple[Field, Field]:
        """x_mm and y_mm of each pixel."""
        return self._grid(1)

    @cached_property
    def heights(self) -> Heights:
        return self.frame.heights_at(self.place_mm[0])

    @cached_property
    def coarse(self) -> Coarse:
        x_mm, y_mm = self._grid(self._step)
        return Coarse(self._step, x_mm, y_mm, self.frame.s_of(x_mm), self.frame.heights_at(x_mm))

    @cached_property
    def still(self) -> npt.NDArray[np.bool_]:
        """(H, W) nose, and skin under the lower lip: no flip changes a bit of them.

        A flip is drawn on the coarse grid, which knows a border to a quarter of a millimetre only.
        """
        y_mm = self.place_mm[1]
        return np.asarray((y_mm < self.frame.ceiling_mm) | (y_mm > self.heights.lower_outer))

    @cached_property
    def lip(self) -> PreparedLip:
        """The lip prepared for pigment; costs an analysis the first time."""
        # what only measures a lip needs no painter
        from vermilion.render.blush import PreparedLip

        return PreparedLip(self.bare_lip, None if self._before is None else self._before.dose)

    @cached_property
    def bare_lip(self) -> BareLip:
        """The lip as it is; the most of the analysis."""
        x_mm, y_mm = self.place_mm
        h = self.heights
        upper = (y_mm - h.upper_outer) / np.maximum(h.upper_inner - h.upper_outer, 0.2)
        lower = (h.lower_outer - y_mm) / np.maximum(h.lower_outer - h.lower_inner, 0.2)
        on_upper = y_mm < (h.upper_inner + h.lower_inner) / 2
        across = np.where(on_upper, upper, lower).astype(np.float32)
        px_per_mm = 1 / self.frame.mm_per_px
        left, right = self.frame.corners_mm
        beside = np.maximum(left - x_mm, x_mm - right)
        borders = h.upper_outer, h.upper_inner, h.lower_inner, h.lower_outer
        deep = depths(y_mm, *borders, px_per_mm, beside)
        place = Place(x_mm, y_mm, self.frame.s_of(x_mm), across, deep, px_per_mm)
        return BareLip(self.linear, place, self.vermilion)

    @cached_property
    def vermilion(self) -> npt.NDArray[np.bool_]:
        """(H, W) the pixels whose mean is called the lip's colour: a little inside the borders."""
        from vermilion.face.tone import vermilion_mask

        b = self.box
        window = slice(b.y0, b.y1), slice(b.x0, b.x1)
        return np.asarray(vermilion_mask(self.face.curves, window) > 0)

    def _grid(self, step: int) -> tuple[Field, Field]:
        height, width = self.box.shape
        centre = (step - 1) / 2
        x = np.arange(width // step, dtype=np.float32) * step + np.float32(centre + self.box.x0)
        y = np.arange(height // step, dtype=np.float32) * step + np.float32(centre + self.box.y0)
        return self.frame.to_mm(x[None, :], y[:, None])


def analyse(photo: Photo, face: Face, mm_per_px: float, before: Known | None = None) -> LipScene:
    """Lay the lip's frame and cut its region out of the photo.

    Parameters
    ----------
    before : what the frame before told, where live frames follow each other

    Raises
    ------
    FaceError : the lips lie at the photo's edge
    """
    frame = lip_frame(face.curves, face.points, mm_per_px)
    step = max(1, round(COARSE_MM / mm_per_px))
    top = min(frame.ceiling_mm, float(frame.heights.upper_outer.min()) - 4.0) - 1.0
    bottom = float(frame.heights.lower_outer.max()) + BELOW_MM
    left, right = frame.corners_mm[0] - SIDE_MM, frame.corners_mm[1] + SIDE_MM
    edges = np.array([frame.to_px(x, y) for x in (left, right) for y in (top, bottom)])
    x0, y0 = (max(0, int(v)) for v in np.floor(edges.min(axis=0)))
    x1, y1 = np.ceil(edges.max(axis=0)).astype(int)
    x1, y1 = min(int(x1), photo.width), min(int(y1), photo.height)
    # Whole coarse cells, so that coarse fields grow back onto the pixels exactly.
    x1, y1 = x1 - (x1 - x0) % step, y1 - (y1 - y0) % step
    lips = np.concatenate([face.curves.upper_outer, face.curves.lower_outer])
    inside = (lips >= (x0, y0)).all() and (lips <= (x1 - 1, y1 - 1)).all()
    if not inside or min(x1 - x0, y1 - y0) < 4 * step:
        raise FaceError(
            "the lips touch the edge of the photo",
            "the whole mouth with some skin around it is needed",
            "take the photo again from a little further away",
        )
    return LipScene(photo, face, frame, RegionBox(x0, y0, x1, y1), step, before)
