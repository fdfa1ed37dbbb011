"""The live mirror: a frame in, the lips with the chosen treatment out. Nothing of it is kept.

Public: `Mirror`, `Reflection`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from vermilion.consult.draw import bare_lab, drawing_scale, encode_jpeg, painted_lab
from vermilion.consult.plan import Lab, Plan
from vermilion.consult.words import SIMULATED
from vermilion.errors import PhotoError
from vermilion.face.lips import Scale
from vermilion.face.scale import scale_of
from vermilion.face.track import Track, follow, follow_lips
from vermilion.photo.open import photo_from_pixels
from vermilion.render.compose import paste, render
from vermilion.render.scene import RegionBox, analyse
from vermilion.treat.outcome import BlushOutcome
from vermilion.units import Band

SCALE_EVERY = 20
"""Frames between two readings of the scale: an iris does not change, and reading it takes time."""
SETTLE = 0.15
"""How much a new colour of the lip counts, so that light does not flicker through the pigment."""
SAME = 0.3
"""CIELAB; a lip whose colour wandered less is painted for the colour from before."""
MOST_PX = 960


@dataclass(frozen=True, slots=True)
class Reflection:
    """The lips' region, as JPEG with 'simulation' in it; place : its left, top, width and height
    as shares of the frame"""

    jpeg: bytes
    place: tuple[float, float, float, float]


class Mirror:
    """Follows one face. Frames come one after the other, in order."""

    def __init__(self) -> None:
        self.track: Track | None = None
        self._scale: Scale | None = None
        self._bare: Lab | None = None
        self._planned: _Planned | None = None
        self._frames = 0

    def reflect(self, content: bytes, plan: Plan, day: float, at_s: float) -> Reflection | None:
        """
        Parameters
        ----------
        content : a JPEG frame; at_s : when it was taken
        day : the plan's day that is shown

        Returns
        -------
        None where no face is seen

        Raises
        ------
        PhotoError : no JPEG, or one that is too large for a frame; a blush without colours
        FaceError, ScaleError : lips at the edge; millimetres asked for and none known
        """
        raw = np.frombuffer(content, np.uint8)
        decoded = cv2.imdecode(raw, cv2.IMREAD_COLOR) if content else None
        if decoded is None or max(decoded.shape[:2]) > MOST_PX:
            raise PhotoError(
                "this is no live frame", "a JPEG of at most {most} pixels is needed", most=MOST_PX
            )
        photo = photo_from_pixels(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB))
        self.track = follow(photo.pixels, self.track, at_s)
        if self.track is None:
            self._scale, self._frames = None, 0
            return None
        face = follow_lips(self.track)
        if self._scale is None or self._frames % SCALE_EVERY == 0:
            self._scale = scale_of(photo, face)
        self._frames += 1
        scene = analyse(photo, face, drawing_scale(face, self._scale, plan))
        flips = plan.flip_on(day)
        blushes = None
        if plan.blush is not None:
            seen = bare_lab(scene) if self._bare is None else painted_lab(scene)
            self._bare = _settled(self._bare, seen)
            blushes = self._blush(plan, day, self._bare)
        drawn = render(
            scene,
            None if flips is None else flips.expected,
            None if blushes is None else blushes.expected,
            quick=True,
        )
        box: RegionBox = scene.box
        region = paste(scene, drawn)[box.y0 : box.y1, box.x0 : box.x1]
        wide, tall = photo.width, photo.height
        place = (box.x0 / wide, box.y0 / tall, (box.x1 - box.x0) / wide, (box.y1 - box.y0) / tall)
        return Reflection(encode_jpeg(region, SIMULATED), place)

    def _blush(self, plan: Plan, day: float, bare: Lab) -> Band[BlushOutcome] | None:
        if self._planned is None or not self._planned.holds_for(plan, day, bare):
            self._planned = _Planned(plan, day, bare, plan.blush_on(day, bare))
        return self._planned.blushes


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a blush heals to on a lip of one colour."""

    plan: Plan
    day: float
    bare: Lab
    blushes: Band[BlushOutcome] | None

    def holds_for(self, plan: Plan, day: float, bare: Lab) -> bool:
        near = all(abs(old - new) < SAME for old, new in zip(self.bare, bare, strict=True))
        return near and (self.plan, self.day) == (plan, day)


def _settled(before: Lab | None, now: Lab) -> Lab:
    if before is None:
        return now
    lightness, a, b = (old + SETTLE * (new - old) for old, new in zip(before, now, strict=True))
    return lightness, a, b
