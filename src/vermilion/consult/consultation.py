"""The straight line: photo + plan -> Consultation.

    open_photo -> read_photo -> notices -> framed -> series, courses, sentences -> Consultation

A consultation is frozen and can be made again: its record holds the plan, the options, the photo's
fingerprint, the editions of the knowledge and the version. Same input and version, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from vermilion import __version__
from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import Lab, LipColours
from vermilion.consult.draw import BANDS, Picture, drawing_scale, outcomes, series
from vermilion.consult.frame import Framed, framed
from vermilion.consult.lip_colour import bare_lips
from vermilion.consult.plan import Plan
from vermilion.consult.reading import Options, Reading, read_photo
from vermilion.consult.words import Sentence, editions, named_sources, notices_of, sentences
from vermilion.errors import PlanError
from vermilion.know.said import Phrase, phrase
from vermilion.know.voice import Voice
from vermilion.photo.photo import Photo
from vermilion.render.scene import analyse
from vermilion.treat.blush import lips_apart
from vermilion.treat.check import Notice
from vermilion.treat.outcome import BlushOutcome
from vermilion.units import Band

RISE = phrase("Rise of the upper border under the Cupid's bow")
STEP = phrase("Colour against the bare lip")
UPPER_STEP = phrase("Colour of the upper lip against the bare one")
LOWER_STEP = phrase("Colour of the lower lip against the bare one")


@dataclass(frozen=True, slots=True)
class Course:
    """A quantity over the days of the plan, weak to strong response."""

    treatment: str
    title: Phrase
    unit: str
    days: tuple[float, ...]
    low: tuple[float, ...]
    expected: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Consultation:
    """Everything that a report prints and a later visit needs, in no language yet.

    pictures : by treatment, day and band, all covering `cut.lips` of `cut.photo`
    photo_sha256 : of the decoded pixels, so that a re-run can tell whether it has the same photo
    """

    version: str
    plan: Plan
    options: Options
    reading: Reading
    cut: Framed
    pictures: tuple[Picture, ...]
    courses: tuple[Course, ...]
    notices: tuple[Notice, ...]
    editions: Mapping[str, str]
    photo_sha256: str
    smile_sha256: str | None

    def said(self, voice: Voice) -> tuple[Sentence, ...]:
        """Everything that a report says to the voice's audience, in its order."""
        return sentences(self.plan, self.notices, self.reading.advice, voice)

    def to_json(self, voice: Voice | None = None) -> dict[str, Any]:
        """Plain values without the pictures; `pictures` tells how their files are called. What is
        said stands there as the voice says it, in English without one."""
        voice = voice or Voice()
        photo, said = self.reading.photo, self.said(voice)
        return {
            "version": self.version,
            "language": voice.language,
            "country": voice.country_key,
            "audience": voice.audience,
            "editions": dict(self.editions),
            "simulation": True,
            "photo": {
                "name": photo.name,
                "width": photo.width,
                "height": photo.height,
                "colour": photo.colour,
                "sha256": self.photo_sha256,
                "smile_sha256": self.smile_sha256,
            },
            "plan": self.plan.to_json(),
            "options": asdict(self.options),
            "reading": self.reading.to_json(voice),
            "pictures": [
                {"treatment": p.treatment, "band": p.band, "day": p.day, "file": file_name(p)}
                for p in self.pictures
            ],
            "courses": [
                {**asdict(course), "title": voice.tell(course.title).plain}
                for course in self.courses
            ],
            "said": [sentence.to_json() for sentence in said],
            "sources": dict(named_sources(said)),
        }


def consultation(
    photo: Photo, plan: Plan, options: Options | None = None, smile: Photo | None = None
) -> Consultation:
    """Photo and plan to the whole consultation.

    Raises
    ------
    FaceError : no usable face
    PhotoError : a blush is planned and the photo has no colour
    ScaleError : a flip is planned and nothing tells millimetres
    PlanError : the evidence blocks the plan
    NotReachableError : the asked rise does not fit this lip
    """
    options = options or Options()
    notices_of(plan)  # a blocked plan ends before the work
    reading = read_photo(photo, options, smile)
    cut = framed(photo, reading.face, reading.scale)
    scene = analyse(cut.photo, cut.face, drawing_scale(cut.face, cut.scale, plan))
    # What is stated of the colour is told of the very lips that are drawn.
    bare = bare_lips(scene) if plan.blush else None
    return Consultation(
        version=__version__,
        plan=plan,
        options=options,
        reading=reading,
        cut=cut,
        pictures=series(cut, plan, scene, bare),
        courses=courses(plan, bare),
        notices=notices_of(plan, bare),
        editions=editions(),
        photo_sha256=fingerprint(photo),
        smile_sha256=None if smile is None else fingerprint(smile),
    )


def rerun(record: Mapping[str, Any], photo: Photo, smile: Photo | None = None) -> Consultation:
    """Make a consultation again from its record (`Consultation.to_json`) and the same photo.

    Raises
    ------
    PlanError : another photo than the record speaks of, or no record of a consultation
    """
    try:
        told = record["photo"]
        hashes = told["sha256"], told["smile_sha256"]
        plan, options = Plan.from_json(record["plan"]), Options.from_json(record["options"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise PlanError(
            "the record is damaged", "a consultation.json as it was written is needed"
        ) from None
    for given, wanted in zip((photo, smile), hashes, strict=True):
        if (None if given is None else fingerprint(given)) != wanted:
            raise PlanError(
                f"{given.name if given else 'no smile photo'} came",
                "the photo that the record was made of is needed",
                "give the original file",
            )
    return consultation(photo, plan, options, smile)


def courses(plan: Plan, bare: LipColours | None) -> tuple[Course, ...]:
    """The rise of the border and the step of the colour over the days of the plan; of each lip
    where the lips' own colours differ visibly."""
    rows: dict[tuple[str, Phrase, str], dict[tuple[float, str], float]] = {}

    def put(day: float, band: str, treatment: str, title: Phrase, unit: str, value: float) -> None:
        rows.setdefault((treatment, title, unit), {})[day, band] = value

    for treatment, day, band, flip, blush in outcomes(plan, bare):
        if treatment == "flip" and flip is not None:
            put(day, band, "flip", RISE, "mm", flip.rise_mm)
        if treatment == "blush" and blush is not None and bare is not None:
            for title, before, after in _steps(bare, blush):
                put(day, band, "blush", title, "dE2000", float(delta_e_2000(before, after)))
    made = []
    for (treatment, title, unit), values in rows.items():
        days = tuple(sorted({day for day, _ in values}))
        bands = Band(*(tuple(values[day, band] for day in days) for band in BANDS))
        made.append(Course(treatment, title, unit, days, bands.low, bands.expected, bands.high))
    return tuple(made)


def _steps(bare: LipColours, blush: BlushOutcome) -> tuple[tuple[Phrase, Lab, Lab], ...]:
    """(what, bare, then) of both lips' mean, or of each where they are spoken of one by one."""
    if not lips_apart(bare):
        return ((STEP, bare.mean, blush.mean_lab),)
    return (
        (UPPER_STEP, bare.upper, blush.colours.upper),
        (LOWER_STEP, bare.lower, blush.colours.lower),
    )


def file_name(picture: Picture) -> str:
    """pictures/blush-expected-day-42.jpg"""
    return f"pictures/{picture.treatment}-{picture.band}-day-{round(picture.day)}.jpg"


def fingerprint(photo: Photo) -> str:
    """SHA-256 of a photo's size, depth and pixels."""
    digest = hashlib.sha256(f"{photo.pixels.shape} {photo.pixels.dtype}".encode())
    digest.update(memoryview(photo.pixels))  # type: ignore[arg-type]
    return digest.hexdigest()
