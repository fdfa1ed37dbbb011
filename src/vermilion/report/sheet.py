"""Everything a report prints, as frozen values.

Pictures are encoded files (JPEG bytes). All frames of a sheet cover the same patch of the face
picture, so that the page lays them over it and stores only the lips' surroundings for each day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BANDS = ("low", "expected", "high")


@dataclass(frozen=True, slots=True)
class Frame:
    """One simulated patch: which treatment ("flip", "blush", "both"), band and day it shows."""

    treatment: str
    band: str
    day: float
    label: str
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
    note: str = ""


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
    """One measure in words, with its standard deviation and the distributions known for it."""

    label: str
    value: float
    sd: float
    unit: str
    norms: tuple[Norm, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with what it rests on.

    kind : "usual", "limit", "function", "warning", "quality", "claim"
    treatment : the treatment it belongs to, empty for all
    """

    kind: str
    text: str
    grade: str = ""
    sources: tuple[str, ...] = ()
    treatment: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One consultation, ready to print. `facts` are (name, value) pairs shown as a small table."""

    title: str
    photo_name: str
    face_jpeg: bytes
    face_size: tuple[int, int]
    patch: Patch
    before_jpeg: bytes
    patch_size: tuple[int, int]
    frames: tuple[Frame, ...]
    courses: tuple[TimeCourse, ...]
    measures: tuple[MeasureRow, ...]
    statements: tuple[Statement, ...]
    facts: tuple[tuple[str, str], ...]
    sources: Mapping[str, str]
    version: str
    language: str = "en"
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

    def said(self, *kinds: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.kind in kinds)
