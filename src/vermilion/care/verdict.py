"""A verdict on a treatment, and the reasons that it rests on.

Public: `LEVELS`, `VERDICTS`, `Reason`, `Verdict`, `strictest`, `merged`.

The strictest reason decides, and all of them are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.answers import EDITION
from vermilion.know.practice import Override
from vermilion.know.said import Said
from vermilion.know.sourced import Origin

LEVELS = ("talk", "doctor", "wait", "not_now")
"""How much a reason weighs; "talk" leaves the verdict at "go"."""
VERDICTS = ("go", "doctor", "wait", "not_now")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is not simply "go".

    rule : its id in the knowledge files; level : one of LEVELS; until : the first day on which it
    no longer holds, where it has one; unknown : it rests on something that was not known
    treatments : those it concerns; softened : the practice's milder override, or None
    urgent : it comes before everything else, as help is needed within minutes
    """

    rule: str
    level: str
    text: Said
    do: tuple[Said, ...]
    treatments: tuple[str, ...]
    until: date | None = None
    unknown: bool = False
    softened: Override | None = None
    urgent: bool = False

    @property
    def origin(self) -> Origin | None:
        return self.text.origin


@dataclass(frozen=True, slots=True)
class Verdict:
    """level : one of VERDICTS; until : the day from which "wait" is over, where it is known
    each : the same two for each treatment by itself
    reasons : all of them, the weightiest first; asked : how many questions there were"""

    treatments: tuple[str, ...]
    level: str
    until: date | None
    each: Mapping[str, tuple[str, date | None]]
    reasons: tuple[Reason, ...]
    asked: int
    on: date

    def to_json(self) -> dict[str, Any]:
        return {
            "edition": EDITION,
            "on": self.on.isoformat(),
            "treatments": list(self.treatments),
            "verdict": self.level,
            "until": None if self.until is None else self.until.isoformat(),
            "each": {
                one: {"verdict": level, "until": None if until is None else until.isoformat()}
                for one, (level, until) in self.each.items()
            },
            "asked": self.asked,
            "reasons": [
                {
                    "rule": one.rule,
                    "level": one.level,
                    "treatments": list(one.treatments),
                    "text": one.text.plain,
                    "do": [said.plain for said in one.do],
                    "until": None if one.until is None else one.until.isoformat(),
                    "not_known": one.unknown,
                    "urgent": one.urgent,
                    "sources": [] if one.origin is None else list(one.origin.sources),
                    "grade": "" if one.origin is None else one.origin.grade,
                    "milder_by": "" if one.softened is None else one.softened.by,
                }
                for one in self.reasons
            ],
        }


def strictest(reasons: Sequence[Reason]) -> tuple[str, date | None]:
    """The verdict of some reasons, and the day from which a wait is over if all of them say one."""
    level = max((one.level for one in reasons), key=LEVELS.index, default="talk")
    waits = [one for one in reasons if one.level == "wait"]
    dated = [one.until for one in waits if one.until is not None]
    until = max(dated) if level == "wait" and len(dated) == len(waits) else None
    return "go" if level == "talk" else level, until


def merged(reasons: list[Reason]) -> tuple[Reason, ...]:
    """The same reason for two treatments said once; the weightiest first."""
    found: dict[tuple[Any, ...], Reason] = {}
    for one in reasons:
        key = (one.rule, one.level, one.text.plain, one.until, tuple(d.plain for d in one.do))
        before = found.get(key)
        together = one.treatments if before is None else before.treatments + one.treatments
        found[key] = Reason(
            one.rule,
            one.level,
            one.text,
            one.do,
            tuple(dict.fromkeys(together)),
            one.until,
            one.unknown,
            one.softened,
            one.urgent,
        )
    return tuple(sorted(found.values(), key=_weight))


def _weight(one: Reason) -> tuple[bool, int, bool]:
    """What comes first: help needed within minutes, the strictest, what is known."""
    return not one.urgent, -LEVELS.index(one.level), one.unknown
