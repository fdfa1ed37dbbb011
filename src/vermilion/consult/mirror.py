"""The live mirror: a frame in, the lips with the chosen treatment out. Nothing of it is kept.

Each frame's own landmarks say where its lips are, and all pixels that are shown are its own. What
the treatment does to these lips is worked out anew some times a second; the frames between carry
it along with the lips.

Public: `Mirror`, `Reflection`, `Part`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vermilion.colour.lips import Lab, LipColours
from vermilion.consult.draw import drawing_scale
from vermilion.consult.lip_colour import bare_lips
from vermilion.consult.plan import Plan
from vermilion.face.curves import mesh_rings
from vermilion.face.lips import Scale
from vermilion.face.scale import scale_of
from vermilion.face.track import Track, follow, follow_lips, moved, needed, with_eyes
from vermilion.photo.open import photo_from_pixels
from vermilion.photo.photo import Pixels
from vermilion.render.carry import Effect, carried, effect_of
from vermilion.render.compose import render
from vermilion.render.scene import Known, RegionBox, analyse
from vermilion.treat.outcome import BlushOutcome
from vermilion.units import Band

AFRESH_S = 2.0
"""Between two readings of what hardly changes and takes long: scale, and whether there is colour
at all."""
CARRIED_S = 0.25
"""So long a treatment's effect is carried along: light and glints change little meanwhile."""
SETTLE_S = 0.35
"""Time over which a new colour of the lip counts, so that light does not flicker through the
pigment."""
SAME = 0.3
"""CIELAB; a lip whose colour wandered less is painted for the colour from before."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where a picture lies in its frame: left and top in px of the frame.

    zoom : px of the picture for each of the frame
    """

    left_px: float = 0.0
    top_px: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Reflection:
    """The lips' region, RGB, a simulation.

    place : its left and top in px of the picture that came
    face : left, top, width and height in px of the frame: what the next one needs to show
    """

    pixels: Pixels
    place: tuple[int, int]
    face: tuple[float, float, float, float]


class Mirror:
    """Follows one face. Frames come one after the other, in order."""

    def __init__(self) -> None:
        self.track: Track | None = None
        self._measured: _Measured | None = None
        self._bare: LipColours | None = None
        self._planned: _Planned | None = None
        self._known: Known | None = None
        self._drawn: _Drawn | None = None

    def reflect(
        self, pixels: Pixels, plan: Plan, day: float, at_s: float, part: Part = Part()
    ) -> Reflection | None:
        """
        Parameters
        ----------
        pixels : (H, W, 3) RGB, a frame or `part` of it
        at_s : when it was taken; day : the plan's day that is shown

        Returns
        -------
        None where no face is seen

        Raises
        ------
        PhotoError : a blush without colours
        FaceError, ScaleError : lips at the edge; millimetres asked for and none known
        """
        x, y, zoom = part.left_px * part.zoom, part.top_px * part.zoom, part.zoom
        before = None if self.track is None else moved(self.track, -x, -y, zoom)
        track = follow(pixels, before, at_s)
        if track is None:
            self.track, self._measured, self._drawn = None, None, None
            return None
        self.track = moved(track, x / zoom, y / zoom, 1 / zoom)
        shown = None
        if self._drawn is not None and self._drawn.holds_for(plan, day, part, at_s):
            shown = carried(self._drawn.effect, pixels, mesh_rings(track.mesh_px))
        if shown is None:
            shown = self._draw(pixels, track, plan, day, part)
        region, box = shown
        return Reflection(region, (box.x0, box.y0), needed(self.track))

    def _draw(
        self, pixels: Pixels, track: Track, plan: Plan, day: float, part: Part
    ) -> tuple[Pixels, RegionBox]:
        """The lips looked at and painted; what that did to them is remembered."""
        photo, face = photo_from_pixels(pixels), follow_lips(track)
        passed_s = 0.0 if self._drawn is None else track.at_s - self._drawn.at_s
        if self._measured is None or not self._measured.holds_for(part.zoom, track.at_s):
            whole = follow_lips(with_eyes(pixels, track))
            self._measured = _Measured(scale_of(photo, whole), part.zoom, track.at_s)
            self._known = None
        scale = drawing_scale(face, self._measured.scale, plan)
        scene = analyse(photo, face, scale, self._known)
        flips = plan.flip_on(day)
        flip = None if flips is None else flips.expected
        blushes = None
        if plan.blush is not None:
            seen = bare_lips(scene) if self._bare is None else scene.bare_lip.colours
            self._bare = _settled(self._bare, seen, passed_s)
            blushes = self._blush(plan, day, self._bare)
        blush = None if blushes is None else blushes.expected
        drawn = render(scene, flip, blush, quick=True)
        self._known = scene.known
        self._drawn = _Drawn(effect_of(scene, drawn, flip), plan, day, part, track.at_s)
        return drawn, scene.box

    def _blush(self, plan: Plan, day: float, bare: LipColours) -> Band[BlushOutcome] | None:
        if self._planned is None or not self._planned.holds_for(plan, day, bare):
            self._planned = _Planned(plan, day, bare, plan.blush_on(day, bare))
        return self._planned.blushes


@dataclass(frozen=True, slots=True)
class _Measured:
    """How large this face is in pictures of one zoom."""

    scale: Scale
    zoom: float
    at_s: float

    def holds_for(self, zoom: float, at_s: float) -> bool:
        return zoom == self.zoom and 0 <= at_s - self.at_s <= AFRESH_S


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """What was drawn last."""

    effect: Effect
    plan: Plan
    day: float
    part: Part
    at_s: float

    def holds_for(self, plan: Plan, day: float, part: Part, at_s: float) -> bool:
        same = (self.plan, self.day, self.part) == (plan, day, part)
        return same and 0 <= at_s - self.at_s <= CARRIED_S


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a blush heals to on a lip of one colour."""

    plan: Plan
    day: float
    bare: LipColours
    blushes: Band[BlushOutcome] | None

    def holds_for(self, plan: Plan, day: float, bare: LipColours) -> bool:
        near = all(
            abs(one - other) < SAME
            for old, new in zip(self.bare.both, bare.both, strict=True)
            for one, other in zip(old, new, strict=True)
        )
        return near and (self.plan, self.day) == (plan, day)


def _settled(before: LipColours | None, now: LipColours, passed_s: float) -> LipColours:
    if before is None:
        return now
    share = 1 - math.exp(-passed_s / SETTLE_S)

    def between(old: Lab, new: Lab) -> Lab:
        lightness, a, b = (x + share * (y - x) for x, y in zip(old, new, strict=True))
        return lightness, a, b

    return LipColours(
        between(before.upper, now.upper), between(before.lower, now.lower), now.upper_share
    )
