"""Pictures of a plan: one at full size, or a whole series at reading size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import LipColours
from vermilion.consult.frame import Framed
from vermilion.consult.lip_colour import bare_lips, looking_scale
from vermilion.consult.plan import Plan
from vermilion.consult.words import SIMULATED
from vermilion.errors import ScaleError
from vermilion.face.lips import Face, Scale
from vermilion.photo.photo import Photo
from vermilion.render.compose import paste, render
from vermilion.render.flip import check_rise
from vermilion.render.overlay import mark
from vermilion.render.scene import LipScene, analyse
from vermilion.treat.outcome import BlushOutcome, FlipOutcome

BANDS = ("low", "expected", "high")
JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Picture:
    """The lips' surroundings on one day: JPEG bytes; all of a consultation fit each other."""

    treatment: str
    band: str
    day: float
    jpeg: bytes


def preview(
    photo: Photo,
    face: Face,
    scale: Scale,
    plan: Plan,
    day: float | None = None,
    band: str = "expected",
) -> npt.NDArray[Any]:
    """The whole photo with the plan on it: same size and depth, unmarked.

    Parameters
    ----------
    day : days after the first visit; None shows each treatment on the day on which it is judged
    band : "low", "expected" or "high"

    Raises
    ------
    ScaleError : a flip is planned and nothing tells millimetres
    PhotoError : a blush is planned and the photo has no colour
    NotReachableError : the asked rise does not fit this lip
    """
    scene = analyse(photo, face, drawing_scale(face, scale, plan))
    bare = bare_lips(scene) if plan.blush else None
    flip_day = plan.judged_day("flip") if day is None else day
    blush_day = plan.judged_day("blush") if day is None else day
    flips, blushes = plan.flip_on(flip_day), plan.blush_on(blush_day, bare)
    flip = None if flips is None else flips.pick(band)
    if flip is not None and plan.rise_mm is not None:
        check_rise(scene.frame, flip)
    blush = None if blushes is None else blushes.pick(band)
    return paste(scene, render(scene, flip, blush))


def series(
    cut: Framed, plan: Plan, scene: LipScene, bare: LipColours | None
) -> tuple[Picture, ...]:
    """All days, bands and treatments of a plan, at reading size.

    Parameters
    ----------
    scene : of `cut`, at the plan's `drawing_scale`; bare : its lips, where a blush is planned

    Raises
    ------
    NotReachableError : as `preview`
    """
    if plan.rise_mm is not None:
        full = plan.flip_on(plan.judged_day("flip"))
        if full is not None:
            check_rise(scene.frame, full.expected)
    known: dict[tuple[FlipOutcome | None, BlushOutcome | None], bytes] = {}
    pictures = []
    for treatment, day, band, flip, blush in outcomes(plan, bare):
        if (flip, blush) not in known:
            drawn = paste(scene, render(scene, flip, blush))
            known[flip, blush] = encode_jpeg(cut.lips.of(drawn), SIMULATED)
        pictures.append(Picture(treatment, band, day, known[flip, blush]))
    return tuple(pictures)


def outcomes(
    plan: Plan, bare: LipColours | None
) -> Iterator[tuple[str, float, str, FlipOutcome | None, BlushOutcome | None]]:
    """(treatment, day, band, flip, blush) of every picture of a plan."""
    for treatment in plan.treatments:
        for day in plan.days(treatment):
            flips = plan.flip_on(day) if treatment != "blush" else None
            blushes = plan.blush_on(day, bare) if treatment != "flip" else None
            for band in BANDS:
                yield (
                    treatment,
                    day,
                    band,
                    None if flips is None else flips.pick(band),
                    None if blushes is None else blushes.pick(band),
                )


def drawing_scale(face: Face, scale: Scale, plan: Plan) -> float:
    """mm per px to draw with.

    A flip moves the border by millimetres and needs to know them. A blush needs them only for the
    size of flakes and soft edges: without a scale a mouth of the nominal width will do.
    """
    corrected = plan.blush is not None and plan.blush.border_mm > 0
    if scale.mm_per_px is None and (plan.has_flip or corrected):
        raise ScaleError(
            "nothing in this photo tells millimetres",
            "a flip and a border correction are drawn in millimetres",
            "take a photo that shows the eyes",
            terminal="show the eyes, or give --reference-mm MM X1 Y1 X2 Y2",
        )
    return looking_scale(face, scale)


def encode_jpeg(pixels: npt.NDArray[np.uint8], comment: str = "") -> bytes:
    """RGB pixels as JPEG bytes, with a comment inside; same input, same bytes."""
    swapped = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2BGR)
    settings = (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY)
    plain: bytes = cv2.imencode(".jpg", swapped, settings)[1].tobytes()
    words = comment.encode("utf-8")
    segment = b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words if words else b""
    return plain[:2] + segment + plain[2:]


def export_jpeg(picture: Picture, words: str = "simulation") -> bytes:
    """A picture as it may leave the report: with 'simulation' visibly on it, in any language."""
    pixels = cv2.imdecode(np.frombuffer(picture.jpeg, np.uint8), cv2.IMREAD_COLOR)
    return encode_jpeg(mark(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), words), SIMULATED)
