"""Photos found and analysed once, kept in memory while somebody looks at them.

Public: `Look`, `look_at`, `kept_picture`, `forget`.

Nothing of it touches the disk. The least recently used goes first; two people who open the same
photo at once wait for one analysis.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from vermilion.colour.lips import LipColours
from vermilion.consult.draw import drawing_scale, encode_jpeg
from vermilion.consult.frame import framed
from vermilion.consult.lip_colour import bare_lips
from vermilion.consult.plan import Plan
from vermilion.consult.reading import Reading, read_photo
from vermilion.consult.words import SIMULATED
from vermilion.errors import PhotoError, PlanError
from vermilion.photo.open import open_photo
from vermilion.render.compose import paste, render
from vermilion.render.flip import check_rise
from vermilion.render.frame import lip_frame
from vermilion.render.overlay import mark
from vermilion.render.scene import LipScene, analyse
from vermilion.report.lip_outline import LipOutline, outline_of
from vermilion.studio.models import Photo
from vermilion.studio.record.kept_photos import photo_bytes
from vermilion.studio.voices import text
from vermilion.treat.mouth import nominal

KEPT = 8
"""Analysed photos in memory; at reading size each takes 20 to 40 MB."""
BANDS = ("low", "expected", "high")


class Look:
    """A photo as a consultation shows it: cut to the face, at reading size, analysed once."""

    def __init__(self, content: bytes) -> None:
        opened = open_photo(content)
        self.reading: Reading = read_photo(opened)
        self.cut = framed(opened, self.reading.face, self.reading.scale)
        self.face_jpeg = encode_jpeg(self.cut.photo.pixels)
        self._scenes: dict[float, LipScene] = {}
        self._lock = threading.Lock()

    @property
    def place(self) -> tuple[float, float, float, float]:
        """The patch's left, top, width and height as shares of the face picture."""
        lips, photo = self.cut.lips, self.cut.photo
        wide, tall = photo.width, photo.height
        return lips.left / wide, lips.top / tall, lips.width / wide, lips.height / tall

    @cached_property
    def outline(self) -> LipOutline:
        """The lips' borders in their own millimetres; without a scale at the nominal width."""
        face, mm = self.cut.face, self.cut.scale.mm_per_px
        right, left = (face.points[f"commissure_{side}"] for side in ("right", "left"))
        nominal_mm = nominal().width_mm / math.dist(right, left)
        frame = lip_frame(face.curves, face.points, mm or nominal_mm)
        return outline_of(frame, mm is not None)

    def patch(self, plan: Plan, day: float, band: str, word: str = "") -> bytes:
        """The lips' surroundings on one day, as JPEG with 'simulation' inside the file.

        Parameters
        ----------
        word : drawn into the picture, where it goes out of the consultation's own page

        Raises
        ------
        ScaleError : the plan needs millimetres and nothing tells them
        NotReachableError : the asked rise does not fit this lip
        """
        if band not in BANDS:
            raise PlanError(
                "the band '{band}' came",
                "one of {allowed} is needed",
                band=band,
                allowed=", ".join(BANDS),
            )
        scene = self._scene(drawing_scale(self.cut.face, self.cut.scale, plan))
        flips = plan.flip_on(day)
        blushes = plan.blush_on(day, bare_lips(scene)) if plan.blush is not None else None
        flip = None if flips is None else flips.pick(band)
        if flip is not None and plan.rise_mm is not None:
            check_rise(scene.frame, flip)
        blush = None if blushes is None else blushes.pick(band)
        drawn = paste(scene, render(scene, flip, blush, quick=True))
        part = self.cut.lips.of(drawn)
        return encode_jpeg(mark(part, word) if word else part, SIMULATED)

    def bare_lips(self, plan: Plan) -> LipColours | None:
        """The lips that a blush is drawn on; None where none can be, or none is planned.

        Raises
        ------
        ScaleError : as `patch`
        """
        if plan.blush is None or self.reading.colourless:
            return None
        return bare_lips(self._scene(drawing_scale(self.cut.face, self.cut.scale, plan)))

    def bare(self) -> bytes:
        """The lips' surroundings as they are."""
        return encode_jpeg(self.cut.lips.of(self.cut.photo.pixels))

    def _scene(self, mm_per_px: float) -> LipScene:
        with self._lock:
            if mm_per_px not in self._scenes:
                self._scenes[mm_per_px] = analyse(self.cut.photo, self.cut.face, mm_per_px)
            return self._scenes[mm_per_px]


_looks: OrderedDict[UUID, Look] = OrderedDict()
_locks: dict[UUID, threading.Lock] = {}
_guard = threading.Lock()


def look_at(photo: Photo) -> Look:
    """The photo, found and analysed.

    Raises
    ------
    PhotoError, FaceError : no face in it that can be measured
    """
    with _guard:
        lock = _locks.setdefault(photo.pk, threading.Lock())
    with lock:
        with _guard:
            if photo.pk in _looks:
                _looks.move_to_end(photo.pk)
                return _looks[photo.pk]
        if not photo.wrapped_key:
            raise PhotoError("this photo was erased")
        look = Look(photo_bytes(photo))
        with _guard:
            if not Photo.objects.filter(pk=photo.pk, client__erased_at=None).exists():
                raise PhotoError("this photo was erased")  # while it was being looked at
            _looks[photo.pk] = look
            while len(_looks) > KEPT:
                gone, _ = _looks.popitem(last=False)
                _locks.pop(gone, None)
        return look


def kept_picture(look: Look, content: Mapping[str, Any], day: float) -> bytes:
    """A kept consultation's lips on a day of its plan, in the band that was looked at."""
    plan = Plan.from_json(content["plan"])
    return look.patch(plan, day, content.get("band", "expected"), text("simulation"))


def forget(photo_id: UUID) -> None:
    """Drop what is in memory of a photo."""
    with _guard:
        _looks.pop(photo_id, None)
        _locks.pop(photo_id, None)
