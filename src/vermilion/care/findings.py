"""What speaks against a practitioner's plan, in the reader's language.

Public: `Finding`, `found`, `wait_findings`, `sign_findings`.

The words and the severity are those of `notices.toml`, told by `treat.check`; waits are those of
`waits.toml`, as the practice has them. A block that may be lifted is lifted by a written reason or
a signature only, and both are printed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.dates.waits import read_waits, why_wait
from vermilion.errors import UsageError
from vermilion.know.said import Phrase, Said
from vermilion.know.sourced import origin_of
from vermilion.know.voice import Voice
from vermilion.treat.check import Notice, notice

LABEL_GRADE = "A"
"""A wait of this grade stands on a label or regulation: to break it takes a reason."""


@dataclass(frozen=True, slots=True)
class Finding:
    """key : of the notice; severity : "block" or "warn"; why : more about it, may be empty
    liftable : a block that the practitioner's written reason would lift"""

    key: str
    severity: str
    said: Said
    why: tuple[Said, ...] = ()
    liftable: bool = False

    def to_json(self) -> dict[str, Any]:
        origin = self.said.origin
        return {
            "key": self.key,
            "severity": self.severity,
            "text": self.said.plain,
            "why": [said.plain for said in self.why],
            "sources": [] if origin is None else list(origin.sources),
            "grade": "" if origin is None else origin.grade,
        }


def found(voice: Voice, one: Notice, why: tuple[Said, ...] = ()) -> Finding:
    """A notice in this voice's language."""
    return Finding(one.key, one.severity, voice.tell(one.words).capital, why, one.lifted_by_reason)


def wait_findings(
    voice: Voice,
    treatment: str,
    had: Iterable[tuple[str, date]],
    on: date,
    reason: str,
    work: Container[str] = (),
) -> tuple[Finding, ...]:
    """The waits that a plan for the day `on` does not keep.

    Parameters
    ----------
    had : things of `waits.toml` or treatments, each with its day
    work : what is planned besides, for waits that count only then ("shape")

    Raises
    ------
    UsageError : an unknown thing, or one that lies in the future
    """
    book = read_waits(voice.shelf, voice.practice)
    broken = []
    for key, day in had:
        thing = book.thing(key)
        if day > on:
            raise UsageError(
                "{thing} is said to have been on {day}, after {on}",
                "what was had lies in the past",
                thing=Phrase(thing.name),
                day=day,
                on=on,
            )
        days = (on - day).days
        for wait in book.between(key, treatment):
            if days < wait.days and (not wait.only or wait.only in work):
                graded = wait.number.origin.grade == LABEL_GRADE
                one = notice(
                    "wait_label" if graded else "wait_custom",
                    reason,
                    days=days,
                    thing=Phrase(thing.name),
                    limit=wait.days,
                )
                broken.append(found(voice, one, why_wait(voice, wait)))
    return tuple(broken)


def sign_findings(
    voice: Voice, home: str, conditions: Iterable[str], signed: str
) -> tuple[Finding, ...]:
    """Conditions that are there and that a practitioner has to sign for.

    Raises
    ------
    UsageError : a condition that the plan's file does not know
    """
    table = voice.shelf.topic(home).tables.get("sign", {})
    asked = []
    for key in dict.fromkeys(conditions):
        if key not in table:
            raise UsageError(
                "the condition is '{key}'",
                "one of {allowed} is needed",
                key=key,
                allowed=", ".join(table),
            )
        row = table[key]
        one = notice("sign_off", signed, condition=row["text"].rstrip("."))
        text = voice.row(home, row)
        asked.append(
            Finding(one.key, one.severity, _signed(voice, text, signed, origin_of(home, row)))
        )
    return tuple(asked)


def _signed(voice: Voice, text: Said, signed: str, origin: Any) -> Said:
    if signed.strip():
        return voice.say(
            "Signed by {name}: {condition}", name=signed.strip(), condition=text, origin=origin
        )
    return voice.say("A practitioner has to sign: {condition}", condition=text, origin=origin)
