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
from vermilion.face.track import Track, follow, follow_lips, moved, needed
from vermilion.photo.open import photo_from_pixels
from vermilion.render.compose import render
from vermilion.render.scene import Known, RegionBox, analyse
from vermilion.treat.outcome import BlushOutcome
from vermilion.units import Band

AFRESH = 40
"""Frames between two readings of what hardly changes and takes long: scale, and whether there is
colour at all."""
SETTLE = 0.15
"""How much a new colour of the lip counts, so that light does not flicker through the pigment."""
SAME = 0.3
"""CIELAB; a lip whose colour wandered less is painted for the colour from before."""
MOST_PX = 960


@dataclass(frozen=True, slots=True)
class Reflection:
    """The lips' region, as JPEG with 'simulation' in it.

    place : its left, top, width and height as shares of the picture that came
    face : left, top, width and height in px of the frame: what the next one needs to show
    """

    jpeg: bytes
    place: tuple[float, float, float, float]
    face: tuple[float, float, float, float]


class Mirror:
    """Follows one face. Frames come one after the other, in order."""

    def __init__(self) -> None:
        self.track: Track | None = None
        self._scale: Scale | None = None
        self._bare: Lab | None = None
        self._planned: _Planned | None = None
        self._known: Known | None = None
        self._frames = 0

    def reflect(
        self,
        content: bytes,
        plan: Plan,
        day: float,
        at_s: float,
        corner_px: tuple[int, int] = (0, 0),
    ) -> Reflection | None:
        """
        Parameters
        ----------
        content : a JPEG frame, or the part of it that begins at `corner_px`
        at_s : when it was taken; day : the plan's day that is shown

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
        x_px, y_px = corner_px
        before = None if self.track is None else moved(self.track, -x_px, -y_px)
        track = follow(photo.pixels, before, at_s)
        if track is None:
            self.track, self._scale, self._frames = None, None, 0
            return None
        self.track = moved(track, x_px, y_px)
        face = follow_lips(track)
        if self._scale is None or self._frames % AFRESH == 0:
            self._scale, self._known = scale_of(photo, face), None
        self._frames += 1
        scene = analyse(photo, face, drawing_scale(face, self._scale, plan), self._known)
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
        self._known = scene.known
        box: RegionBox = scene.box
        wide, tall = photo.width, photo.height
        place = (box.x0 / wide, box.y0 / tall, (box.x1 - box.x0) / wide, (box.y1 - box.y0) / tall)
        return Reflection(encode_jpeg(drawn, SIMULATED), place, needed(self.track))

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
