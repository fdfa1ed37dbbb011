"""The part of a photo that a report shows, at the size in which it shows it.

A consultation holds a hundred pictures of the same mouth. They are drawn on a copy of the photo
cut to the face and brought to reading size: a photo of 48 megapixels then costs as little as one
of two, and all pictures of a report fit each other to the pixel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.lips import Box, Face, LipCurves, Scale
from vermilion.photo.photo import Photo

FACE_MARGIN = 0.45
"""How much of the face box's height is added above and below it, so that hair and chin show."""
FACE_HEIGHT_PX = 1600
"""Height of the report's face picture at most."""
MOUTH_MARGIN = (0.32, 0.48)
"""Room beside and above/below the lips in the frames, as shares of the mouth's width."""


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of whole pixels: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int

    def of(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        return pixels[self.top : self.top + self.height, self.left : self.left + self.width]


@dataclass(frozen=True, slots=True, eq=False)
class Framed:
    """A photo cut to the face, its face and scale in the new pixels, and where the lips lie in it.

    px_per_px : how many of its pixels stand for one of the original
    """

    photo: Photo
    face: Face
    scale: Scale
    lips: Window
    px_per_px: float


def framed(photo: Photo, face: Face, scale: Scale) -> Framed:
    """Cut to the face and shrink to reading size; never enlarged."""
    return _shown(photo, face, scale, _face_window(photo, face.box))


def framed_mouth(photo: Photo, face: Face, scale: Scale) -> Framed:
    """The same of the mouth and its surroundings, where nothing else is looked at."""
    return _shown(photo, face, scale, _lip_window(face, photo))


def _shown(photo: Photo, face: Face, scale: Scale, window: Window) -> Framed:
    cut = window.of(photo.pixels)
    factor = min(1.0, FACE_HEIGHT_PX / _face_window(photo, face.box).height)
    size = (max(1, round(window.width * factor)), max(1, round(window.height * factor)))
    small = cut if factor == 1.0 else cv2.resize(cut, size, interpolation=cv2.INTER_AREA)
    if small.dtype == np.uint16:
        small = np.asarray(np.rint(small / 257.0), np.uint8)
    small = np.ascontiguousarray(small)
    small.setflags(write=False)
    factor = size[0] / window.width
    moved = moved_face(face, (window.left, window.top), factor)
    shown = replace(photo, pixels=small)
    mm = None if scale.mm_per_px is None else scale.mm_per_px / factor
    sd = None if scale.sd is None else scale.sd / factor
    new_scale = replace(scale, mm_per_px=mm, sd=sd)
    return Framed(shown, moved, new_scale, _lip_window(moved, shown), factor)


def moved_face(face: Face, origin: tuple[float, float], factor: float) -> Face:
    """The face in the pixels of a photo cut at `origin` and scaled; centres at whole numbers."""

    def at(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        out = np.array(points, np.float64)
        out[..., :2] = (out[..., :2] - origin + 0.5) * factor - 0.5
        if out.shape[-1] == 3:
            out[..., 2] *= factor
        return out

    (x0, y0), (x1, y1) = at(np.array([[face.box.x0, face.box.y0], [face.box.x1, face.box.y1]]))
    points: Mapping[str, tuple[float, float]] = {
        name: (float(new[0]), float(new[1]))
        for name, new in ((key, at(np.array(xy))) for key, xy in face.points.items())
    }
    curves = face.curves
    return replace(
        face,
        box=Box(float(x0), float(y0), float(x1), float(y1), face.box.score),
        mesh_px=at(face.mesh_px),
        passes_px=at(face.passes_px),
        curves=LipCurves(
            *(at(c) for c in (curves.upper_outer, curves.upper_inner)),
            *(at(c) for c in (curves.lower_inner, curves.lower_outer)),
        ),
        curves_sd_px=face.curves_sd_px * factor,
        points=points,
        lower_other_px=face.lower_other_px * factor,
    )


def _face_window(photo: Photo, box: Box) -> Window:
    tall = (box.y1 - box.y0) * (1 + 2 * FACE_MARGIN)
    wide = (box.x1 - box.x0) * (1 + FACE_MARGIN)
    middle_x, middle_y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return _within(photo, middle_x - wide / 2, middle_y - tall / 2, wide, tall)


def _lip_window(face: Face, photo: Photo) -> Window:
    lips = np.vstack([face.curves.upper_outer, face.curves.lower_outer])
    low, high = lips.min(axis=0), lips.max(axis=0)
    room = (high[0] - low[0]) * np.array(MOUTH_MARGIN)
    low, high = low - room, high + room
    return _within(photo, low[0], low[1], high[0] - low[0], high[1] - low[1])


def _within(photo: Photo, left: float, top: float, width: float, height: float) -> Window:
    x0, y0 = max(0, round(left)), max(0, round(top))
    x1, y1 = min(photo.width, round(left + width)), min(photo.height, round(top + height))
    return Window(x0, y0, max(1, x1 - x0), max(1, y1 - y0))
