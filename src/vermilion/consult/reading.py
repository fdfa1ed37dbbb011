"""What a photo tells of a mouth, in one frozen value.

    photo -> face -> quality -> scale -> measures, tone; and the same of a smile

All that later layers ask of a photo is in the `Reading`; none of them measures again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vermilion import __version__
from vermilion.colour.lips import LipColours
from vermilion.consult.lip_colour import read_lips
from vermilion.consult.photo_words import advice
from vermilion.errors import UsageError, VermilionError
from vermilion.face.find import find_face
from vermilion.face.finding import Finding, require_usable
from vermilion.face.lips import Face, Points, Scale
from vermilion.face.measure import measure
from vermilion.face.printed_scale import check_card, find_card, scale_of_card
from vermilion.face.quality import GREY, check_quality
from vermilion.face.scale import Reference, beside_iris, scale_of, scale_of_reference
from vermilion.face.smile import smile_change, teeth_at_rest
from vermilion.face.tone import SkinTone, skin_tone
from vermilion.face.white_roll import white_roll
from vermilion.know.said import Phrase, phrase
from vermilion.know.voice import Voice
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
    card : millimetres from the printed scale card in the photo
    """

    face: int | None = None
    reference: tuple[float, float, float, float, float] | None = None
    iris_mm: float | None = None
    card: bool = False

    def __post_init__(self) -> None:
        if self.card and self.reference is not None:
            raise UsageError(
                "a scale card and a reference of two points were both given",
                "one of them tells the scale",
                "leave one of them out",
            )

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Options:
        """
        Raises
        ------
        ValueError, TypeError : values that are no options
        """
        face, reference, iris_mm = (values.get(name) for name in ("face", "reference", "iris_mm"))
        if reference is not None:
            mm, x1, y1, x2, y2 = map(float, reference)
            reference = mm, x1, y1, x2, y2
        return Options(
            None if face is None else int(face),
            reference,
            None if iris_mm is None else float(iris_mm),
            bool(values.get("card", False)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Smile:
    """What a second, smiling photo adds; gum_class is None where nothing tells millimetres."""

    face: Face
    scale: Scale
    quality: tuple[Finding, ...]
    measures: Mapping[str, Measured]
    gum_class: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Everything measured on a photo; values without a scale are shares of the mouth's width."""

    photo: Photo
    face: Face
    scale: Scale
    measures: Mapping[str, Measured]
    lips: LipColours
    skin: SkinTone
    white_roll: Points | None = None
    quality: tuple[Finding, ...] = ()
    smile: Smile | None = None

    @property
    def advice(self) -> tuple[Phrase, ...]:
        """What to know about the photo and what would mend it, in sentences."""
        return tuple(advice(self.quality, self.smile.quality if self.smile else ()))

    @property
    def colourless(self) -> bool:
        """Whether the photo is black and white or toned: no blush can be shown on it."""
        return any(one.code == GREY for one in self.quality)

    def to_json(self, voice: Voice | None = None) -> dict[str, Any]:
        """The stable contract of `vermilion measure --json`; its sentences as the voice says them,
        in English without one."""
        voice = voice or Voice()
        face, scale = self.face, self.scale
        box = face.box
        told: dict[str, Any] = {
            "version": __version__,
            "photo": {"width": self.photo.width, "height": self.photo.height},
            "face": {
                "box": [round(v, PX_DIGITS) for v in (box.x0, box.y0, box.x1, box.y1)],
                "score": round(box.score, 4),
                "index": face.index,
                "count": face.count,
            },
            "pose": {name: round(value, 2) for name, value in asdict(face.pose).items()},
            "quality": [one.to_json(voice) for one in self.quality],
            "scale": {"mm_per_px": scale.mm_per_px, "sd": scale.sd, "source": scale.source},
            "curves": {name: _listed(getattr(face.curves, name)) for name in CURVES},
            "white_roll": None if self.white_roll is None else _listed(self.white_roll),
            "curves_sd_px": round(face.curves_sd_px, 3),
            "refined": face.refined,
            "points": {
                name: [round(float(v), PX_DIGITS) for v in xy] for name, xy in face.points.items()
            },
            "measures": {name: asdict(value) for name, value in self.measures.items()},
            "tone": {"lips": _listed_lips(self.lips), "skin": asdict(self.skin)},
        }
        if self.smile is not None:
            told["smile"] = {
                "quality": [one.to_json(voice) for one in self.smile.quality],
                "scale": asdict(self.smile.scale),
                "measures": {name: asdict(m) for name, m in self.smile.measures.items()},
                "gum_class": self.smile.gum_class,
            }
        return told


def read_photo(photo: Photo, options: Options | None = None, smile: Photo | None = None) -> Reading:
    """Find the face and measure its lips.

    Parameters
    ----------
    smile : a second photo of the client, smiling; adds what the smile does to the lips

    Raises
    ------
    FaceError : no face, several and none picked, one that cannot be measured, lips at the edge
    UsageError : a reference or an iris of an impossible size
    ScaleError : a scale card was promised and is not seen, too small or turned away
    """
    options = options or Options()
    face, scale, quality = read_face(photo, options)
    measures = measure(face, scale) | {"teeth_show": teeth_at_rest(photo, face, scale)}
    return Reading(
        photo=photo,
        face=face,
        scale=scale,
        measures=measures,
        lips=read_lips(photo, face, scale),
        skin=skin_tone(photo, face),
        white_roll=white_roll(photo, face),
        quality=quality,
        smile=None if smile is None else _read_smile(measures, smile, options),
    )


def read_face(
    photo: Photo, options: Options | None = None
) -> tuple[Face, Scale, tuple[Finding, ...]]:
    """Only what drawing needs: the face, its scale and what to know about the photo.

    Raises
    ------
    FaceError, UsageError, ScaleError : as `read_photo`
    """
    options = options or Options()
    face = find_face(photo, options.face)
    scale, of_scale = _scale(photo, face, options)
    quality = check_quality(photo, face, scale) + of_scale
    require_usable(quality)
    return face, scale, quality


def _scale(photo: Photo, face: Face, options: Options) -> tuple[Scale, tuple[Finding, ...]]:
    """By a card or a reference, held beside what the iris says; else by the iris."""
    by_iris = scale_of(photo, face, iris_mm=options.iris_mm)
    if options.card:
        card = find_card(photo)
        scale = scale_of_card(card)
        return scale, tuple(check_card(card, scale, by_iris))
    reference = _reference(options)
    if reference is None:
        return by_iris, ()
    scale = scale_of_reference(photo, face, reference)
    return scale, tuple(beside_iris("reference", scale, by_iris))


def _read_smile(rest: Mapping[str, Measured], photo: Photo, options: Options) -> Smile:
    """A smile has its own scale: a reference in the first photo says nothing about the second,
    and a card is to be held in both."""
    try:
        face, scale, found_quality = read_face(
            photo, Options(iris_mm=options.iris_mm, card=options.card)
        )
    except VermilionError as error:
        raise _in_smile(error) from None
    return _smile(rest, photo, face, scale, found_quality)


def _in_smile(error: VermilionError) -> VermilionError:
    """The same refusal, saying of which of the two photos it speaks; --face picks in the other."""
    values = tuple(error.values.items())
    came, *rest = (
        part if isinstance(part, Phrase) else Phrase(str(part), values) for part in error.parts
    )
    return type(error)(phrase("in the smile photo, {came}", came=came), *rest)


def smile_of(rest: Reading, smiling: Reading) -> Smile:
    """What a smile does, of two photos that were read before."""
    return _smile(rest.measures, smiling.photo, smiling.face, smiling.scale, smiling.quality)


def _smile(
    rest: Mapping[str, Measured],
    photo: Photo,
    face: Face,
    scale: Scale,
    found_quality: tuple[Finding, ...],
) -> Smile:
    """It may be open: the advice to close the lips is for the photo at rest."""
    quality = tuple(finding for finding in found_quality if finding.code != "open_mouth")
    found = smile_change(rest, photo, face, scale)
    measures = {name: value for name, value in found.items() if isinstance(value, Measured)}
    gum = found.get("gum_class")
    return Smile(face, scale, quality, measures, gum if isinstance(gum, str) else None)


def _reference(options: Options) -> Reference | None:
    if options.reference is None:
        return None
    mm, x1, y1, x2, y2 = options.reference
    return (x1, y1), (x2, y2), mm


def _listed_lips(lips: LipColours) -> dict[str, Any]:
    return {
        "lab": lips.mean,
        "upper_lab": lips.upper,
        "lower_lab": lips.lower,
        "upper_share": lips.upper_share,
    }


def _listed(curve: Points) -> list[list[float]]:
    return [[round(float(x), PX_DIGITS), round(float(y), PX_DIGITS)] for x, y in curve]
