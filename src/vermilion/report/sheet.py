"""Everything a report prints, as frozen values.

Pictures are encoded files (JPEG bytes). All frames of a sheet cover the same patch of the face
picture, so that the page lays them over it and stores only the lips' surroundings for each day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vermilion.consult.words import Sentence
from vermilion.know.voice import Voice

BANDS = ("low", "expected", "high")

NINE_IN_TEN = 1.645
"""Standard deviations to each side that hold nine of ten values."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One simulated patch: which treatment ("flip", "blush", "both"), band and day it shows."""

    treatment: str
    band: str
    day: float
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Patch:
    """Where the frames lie on the face picture, as shares 0..1 of its width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TimeCourse:
    """A quantity over days with its band, for the chart and the table behind it."""

    treatment: str
    title: str
    unit: str
    days: tuple[float, ...]
    low: tuple[float, ...]
    expected: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """A published distribution beside a measure: never a target, always with group and n."""

    group: str
    n: int | None
    mean: float
    sd: float
    source: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with its standard deviation and the distributions known for it.

    name : the key; label : the same for people
    meaning : what is to be known to read it, may be empty; signed : whether it can lie below zero
    """

    name: str
    label: str
    value: float
    sd: float
    unit: str
    norms: tuple[Norm, ...] = ()
    meaning: str = ""
    signed: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true value lies nine times in ten."""
        low, high = self.value - NINE_IN_TEN * self.sd, self.value + NINE_IN_TEN * self.sd
        return (low if self.signed else max(low, 0.0)), high


@dataclass(frozen=True, slots=True)
class Sheet:
    """One consultation, ready to print in the language of its voice.

    plan : what is planned, in one line; made_on : when, in words, may be empty
    in_mm : whether anything in the photo told millimetres
    facts : (name, value) pairs, shown as a small table
    """

    voice: Voice
    title: str
    plan: str
    photo_name: str
    face_jpeg: bytes
    face_size: tuple[int, int]
    patch: Patch
    before_jpeg: bytes
    patch_size: tuple[int, int]
    frames: tuple[Frame, ...]
    courses: tuple[TimeCourse, ...]
    measures: tuple[MeasureRow, ...]
    statements: tuple[Sentence, ...]
    facts: tuple[tuple[str, str], ...]
    sources: Mapping[str, str]
    version: str
    in_mm: bool = True
    made_on: str = ""
    judged_days: Mapping[str, float] = field(default_factory=dict)

    @property
    def treatments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(frame.treatment for frame in self.frames))

    def of(self, treatment: str, band: str) -> tuple[Frame, ...]:
        """The frames of one treatment and band, by day."""
        chosen = [f for f in self.frames if (f.treatment, f.band) == (treatment, band)]
        return tuple(sorted(chosen, key=lambda f: f.day))

    def strongest(self, treatment: str) -> float:
        """The day on which this treatment is judged: full effect of a flip, healed blush.

        `judged_days` tells it where one treatment waits for the other.
        """
        usual = {"flip": 14.0, "blush": 42.0, "both": 42.0}
        return self.judged_days.get(treatment, usual[treatment])

    def judged(self, treatment: str) -> tuple[Frame, ...]:
        """The frames of that day, from weak to strong response."""
        day = self.strongest(treatment)
        return tuple(
            min(self.of(treatment, band), key=lambda frame: abs(frame.day - day)) for band in BANDS
        )

    def highest(self, unit: str) -> float:
        """The largest value of all courses in a unit: side by side they have one scale."""
        return max(max(course.high) for course in self.courses if course.unit == unit)

    def said(self, *kinds: str) -> tuple[Sentence, ...]:
        return tuple(s for s in self.statements if s.kind in kinds)

    def say(self, words: str, **values: Any) -> str:
        """A text of the program in the reader's language."""
        return self.voice.say(words, **values).plain
