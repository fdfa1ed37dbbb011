"""Something is wrong: structured questions, warning signs first, four answers.

Public: `LEVELS`, `Sign`, `Check`, `signs`, `check`.

    emergency   call now
    same_day    a doctor today
    call        call the practice
    expected    what this day usually brings

A sign that is not sure counts as there. "Expected" is only said of signs whose days these are, and
only when every warning sign was asked and denied. Nothing is ever explained away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from vermilion.care.answers import NO, UNKNOWN, YES
from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said
from vermilion.know.voice import Voice

LEVELS = ("expected", "call", "same_day", "emergency")
ANSWERS = (YES, NO, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign in several phrasings; yes to any of them is yes.

    level : one of LEVELS on this day; usual : what the file calls it, whatever the day
    """

    id: str
    level: str
    usual: str
    ask: tuple[Said, ...]
    do: Said


@dataclass(frozen=True, slots=True)
class Check:
    """The answer. named : signs that are there or not sure, the weightiest first

    denied : signs that were asked and are not there; level : "" where nothing was named
    """

    treatment: str
    done: date
    on: date
    level: str
    named: tuple[Sign, ...]
    unsure: tuple[Sign, ...]
    denied: tuple[Sign, ...]

    @property
    def day(self) -> int:
        return (self.on - self.done).days

    def to_json(self) -> dict[str, Any]:
        return {
            "treatment": self.treatment,
            "done": self.done.isoformat(),
            "on": self.on.isoformat(),
            "day": self.day,
            "level": self.level,
            "named": [
                {
                    "sign": one.id,
                    "level": one.level,
                    "ask": one.ask[0].plain,
                    "do": one.do.plain,
                    "unsure": one in self.unsure,
                    "sources": [] if one.do.origin is None else list(one.do.origin.sources),
                }
                for one in self.named
            ],
            "denied": [one.id for one in self.denied],
        }


def signs(voice: Voice, treatment: str, day: int) -> tuple[Sign, ...]:
    """What is asked after a treatment, warning signs first.

    Raises
    ------
    UsageError : a treatment that is not known
    """
    known = voice.shelf.names("steps")
    if treatment not in known:
        raise UsageError(
            "'{key}' is not known",
            "one of {allowed} is needed",
            key=treatment,
            allowed=", ".join(known),
        )
    own = voice.shelf.topic(f"steps/{treatment}").tables.get("treatment", {})
    kinds = {"all", treatment, *own.get("kinds", ())}
    found = []
    for name in voice.shelf.names("symptoms"):
        home = f"symptoms/{name}"
        for key, row in voice.shelf.topic(home).tables.get("sign", {}).items():
            if kinds & set(row["applies"]) and voice.may_hear(row):
                found.append(_sign(voice, home, key, row, day))
    return tuple(sorted(found, key=lambda one: -LEVELS.index(one.usual)))


def check(voice: Voice, treatment: str, done: date, on: date, answers: Mapping[str, str]) -> Check:
    """The answer to what was said.

    Parameters
    ----------
    answers : by sign ("droop"), or by sign and phrasing ("droop.2"): "yes", "no" or "unknown"

    Raises
    ------
    UsageError : the treatment lies ahead; an unknown sign or answer; warning signs not answered
    """
    if done > on:
        raise UsageError(
            "the treatment of {done} lies after {on}",
            "signs are asked afterwards",
            "check both",
            done=done,
            on=on,
        )
    asked = signs(voice, treatment, (on - done).days)
    known = {one.id: one for one in asked}
    said: dict[str, list[str]] = {key: [] for key in known}
    for key, value in answers.items():
        sign = _sign_of(key, known)
        if value not in ANSWERS:
            raise UsageError(
                "'{key}' is '{value}'",
                "one of {allowed} is needed",
                key=key,
                value=value,
                allowed=", ".join(ANSWERS),
            )
        said[sign.id].append(value)
    named = tuple(
        one
        for one in sorted(asked, key=lambda one: -LEVELS.index(one.level))
        if YES in said[one.id] or UNKNOWN in said[one.id]
    )
    level = named[0].level if named else ""
    open_signs = [one.id for one in asked if one.usual == "emergency" and not said[one.id]]
    if open_signs and level != "emergency":
        raise UsageError(
            "these warning signs were not answered: {signs}",
            "they come first",
            "answer them; if one of them is there, call {number}",
            signs=", ".join(open_signs),
            number=voice.say("{country.emergency}"),
        )
    return Check(
        treatment,
        done,
        on,
        level,
        named,
        tuple(one for one in named if YES not in said[one.id]),
        tuple(one for one in asked if said[one.id] and one not in named),
    )


def _sign(voice: Voice, home: str, key: str, row: Mapping[str, Any], day: int) -> Sign:
    usual = row.get("level", "")
    if usual not in LEVELS or not row.get("ask"):
        raise DataError(f"{home}.{key} has no usable level or ask", f"levels: {', '.join(LEVELS)}")
    level = usual
    if usual == "expected" and not row["from_day"] <= day <= row["to_day"]:
        level = row["outside"]
    return Sign(key, level, usual, voice.rows(home, row, "ask"), voice.row(home, row, "do"))


def _sign_of(key: str, known: Mapping[str, Sign]) -> Sign:
    name, _, phrasing = key.partition(".")
    sign = known.get(name)
    if sign is None:
        near = get_close_matches(name, known, 3)
        hint = "did you mean {near}" if near else "one of {allowed} is needed"
        raise UsageError(
            "there is no sign '{key}' after this treatment",
            hint,
            key=key,
            near=", ".join(near),
            allowed=", ".join(known),
        )
    if phrasing and not (phrasing.isdigit() and 1 <= int(phrasing) <= len(sign.ask)):
        raise UsageError(
            "'{key}': there are {count} phrasings of '{name}'",
            key=key,
            count=len(sign.ask),
            name=name,
        )
    return sign
