"""The whole treatment in words, from the first question to the last follow-up.

Public: `Line`, `Section`, `Drawing`, `Guide`, `guide`, `drawing_of`.

Everything is data: sections in the file's order, the course over time from the model's own curve,
other treatments by name, the clinic's statements with what is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from vermilion.care.statements import Statement, statements
from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said
from vermilion.know.sourced import Curve, Sourced
from vermilion.know.voice import Voice

KINDS = ("text", "point", "step", "warn")
YEARS_DAYS = (91, 182, 274, 365, 548, 730, 1095, 1461, 1826)
ALTERNATIVES, RESULTS, COST, SAYS = "alternatives", "results", "cost", "says"
"""Sections that are filled from other files too: treatments, curve, prices, statements."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a section. kind : one of KINDS; label : how long a step takes, or None"""

    kind: str
    text: Said
    label: Said | None = None


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: Said
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The course over time: the model's curve with its band."""

    title: Said
    curve: Curve


@dataclass(frozen=True, slots=True)
class Guide:
    treatment: str
    name: Said
    sections: tuple[Section, ...]
    drawing: Drawing | None
    statements: tuple[Statement, ...]
    price: tuple[float, float] | None
    edition: str

    def to_json(self) -> dict[str, Any]:
        return {
            "edition": self.edition,
            "treatment": self.treatment,
            "name": self.name.plain,
            "sections": [
                {
                    "id": section.id,
                    "title": section.title.plain,
                    "lines": [
                        {
                            "kind": line.kind,
                            "text": line.text.plain,
                            "label": "" if line.label is None else line.label.plain,
                            "sources": sorted(
                                {key for origin in line.text.origins for key in origin.sources}
                            ),
                        }
                        for line in section.lines
                    ],
                }
                for section in self.sections
            ],
            "statements": [one.to_json() for one in self.statements],
        }


def guide(voice: Voice, treatment: str) -> Guide:
    """
    Raises
    ------
    UsageError : there is no guide to this treatment
    DataError : a sentence of an unknown kind or section
    """
    known = voice.shelf.names("guide")
    if treatment not in known:
        raise UsageError(
            "there is no guide to '{treatment}'",
            "one of {allowed} is needed",
            treatment=treatment,
            allowed=", ".join(known),
        )
    name = f"guide/{treatment}"
    topic = voice.shelf.topic(name)
    titles = topic.tables.get("section", {})
    lines: dict[str, list[Line]] = {key: [] for key in titles}
    for key, row in topic.tables.get("say", {}).items():
        if row.get("kind") not in KINDS or row.get("section") not in titles:
            raise DataError(
                f"{name}.{key} is a '{row.get('kind')}' of '{row.get('section')}'",
                f"kinds are {', '.join(KINDS)}; sections {', '.join(titles)}",
            )
        if voice.may_hear(row):
            label = voice.say(row["label"], home=name) if "label" in row else None
            lines[row["section"]].append(Line(row["kind"], voice.row(name, row), label))
    if ALTERNATIVES in lines:
        lines[ALTERNATIVES] += _alternatives(voice, treatment)
    own = voice.shelf.topic(f"steps/{treatment}").tables["treatment"]["name"]
    said = statements(voice, treatment)
    return Guide(
        treatment,
        voice.say(own),
        tuple(
            Section(key, voice.say(title["title"]), tuple(lines[key]))
            for key, title in titles.items()
            if lines[key] or (key == SAYS and said)
        ),
        drawing_of(voice, treatment),
        said,
        voice.practice.prices.get(treatment),
        topic.edition,
    )


def drawing_of(voice: Voice, treatment: str) -> Drawing | None:
    """A treatment's course in time; None where its guide has none."""
    name = f"guide/{treatment}"
    row = voice.shelf.topic(name).tables.get("drawing")
    if row is None:
        return None
    topic_drawn = voice.shelf.topic(row["topic"])
    curve = topic_drawn.curve(row["key"])
    if "half_life" in row:
        curve = _fading(curve, topic_drawn.number(row["half_life"]))
    return Drawing(voice.row(name, row, "title"), curve)


def _fading(curve: Curve, half_life: Sourced) -> Curve:
    """The curve and, after its end, what halves in the half-life's years; each edge of the band
    with the half-life of its side."""
    last = curve.days[-1]
    days = tuple(day for day in YEARS_DAYS if day > last)

    def on(start: float, years: float) -> tuple[float, ...]:
        return tuple(start * 2 ** (-(day - last) / (365.25 * years)) for day in days)

    return replace(
        curve,
        days=(*curve.days, *days),
        low=(*curve.low, *on(curve.low[-1], half_life.low)),
        expected=(*curve.expected, *on(curve.expected[-1], half_life.value)),
        high=(*curve.high, *on(curve.high[-1], half_life.high)),
    )


def _alternatives(voice: Voice, treatment: str) -> list[Line]:
    """The other treatments, each in a sentence."""
    found = []
    for other in voice.shelf.names("treatments"):
        home = f"treatments/{other}"
        row = voice.shelf.topic(home).tables["treatment"]
        if other != treatment and voice.may_hear(row):
            short = voice.row(home, row, "short")
            name = voice.say(row["name"]).capital
            text = voice.say("{name}. {short}", origin=short.origin, name=name, short=short)
            found.append(Line("point", text))
    return found
