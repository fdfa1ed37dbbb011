"""What a photo tells of a mouth, in one frozen value.

    photo -> face -> quality -> scale -> measures, tone; and the same of a smile

All that later layers ask of a photo is in the `Reading`; none of them measures again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vermilion import __version__
from vermilion.face.find import find_face
from vermilion.face.lips import Face, Points, Scale
from vermilion.face.measure import measure
from vermilion.face.scale import Reference, scale_of
from vermilion.face.tone import Lab, LipTone, SkinTone, lip_tone, skin_tone
from vermilion.photo.photo import Photo
from vermilion.units import Measured

CURVES = ("upper_outer", "upper_inner", "lower_inner", "lower_outer")
PX_DIGITS = 2
"""Digits of pixel positions in JSON: a hundredth of a pixel is far below what can be found."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a photo is to be read.

    face : which one of several, 1 the largest
    reference : (mm, x1, y1, x2, y2): a known distance between two points of the photo
    iris_mm : this client's own iris diameter
    """

    face: int | None = None
    reference: tuple[float, float, float, float, float] | None = None
    iris_mm: float | None = None

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Options:
        reference = values.get("reference")
        return Options(
            values.get("face"), tuple(reference) if reference else None, values.get("iris_mm")
        )


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Everything measured on a photo; values without a scale are shares of the mouth's width."""

    photo: Photo
    face: Face
    scale: Scale
    measures: Mapping[str, Measured]
    lips: LipTone
    skin: SkinTone

    @property
    def lip_lab(self) -> Lab:
        """Mean colour of this vermilion, CIELAB (D65)."""
        return self.lips.lab

    def to_json(self) -> dict[str, Any]:
        """The stable contract of `vermilion measure --json`."""
        face, scale = self.face, self.scale
        box = face.box
        return {
            "version": __version__,
            "photo": {"width": self.photo.width, "height": self.photo.height},
            "face": {
                "box": [round(v, PX_DIGITS) for v in (box.x0, box.y0, box.x1, box.y1)],
                "score": round(box.score, 4),
                "index": face.index,
                "count": face.count,
            },
            "pose": {name: round(value, 2) for name, value in asdict(face.pose).items()},
            "scale": {"mm_per_px": scale.mm_per_px, "sd": scale.sd, "source": scale.source},
            "curves": {name: _listed(getattr(face.curves, name)) for name in CURVES},
            "curves_sd_px": round(face.curves_sd_px, 3),
            "refined": face.refined,
            "points": {
                name: [round(float(v), PX_DIGITS) for v in xy] for name, xy in face.points.items()
            },
            "measures": {name: asdict(value) for name, value in self.measures.items()},
            "tone": {"lips": asdict(self.lips), "skin": asdict(self.skin)},
        }


def read_photo(photo: Photo, options: Options | None = None, smile: Photo | None = None) -> Reading:
    """Find the face and measure its lips.

    Parameters
    ----------
    smile : a second photo of the client, smiling; adds what the smile does to the lips

    Raises
    ------
    FaceError : no face, several and none picked, or one that cannot be measured
    UsageError : a reference or an iris of an impossible size
    """
    face, scale = read_face(photo, options)
    return Reading(
        photo=photo,
        face=face,
        scale=scale,
        measures=measure(face, scale),
        lips=lip_tone(photo, face),
        skin=skin_tone(photo, face),
    )


def read_face(photo: Photo, options: Options | None = None) -> tuple[Face, Scale]:
    """Only what drawing needs: the face and its scale. Raises as `read_photo`."""
    options = options or Options()
    face = find_face(photo, options.face)
    scale = scale_of(photo, face, reference=_reference(options), iris_mm=options.iris_mm)
    return face, scale


def _reference(options: Options) -> Reference | None:
    if options.reference is None:
        return None
    mm, x1, y1, x2, y2 = options.reference
    return (x1, y1), (x2, y2), mm


def _listed(curve: Points) -> list[list[float]]:
    return [[round(float(x), PX_DIGITS), round(float(y), PX_DIGITS)] for x, y in curve]
