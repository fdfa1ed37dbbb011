"""How many days lie between two things that are done to a face, or happen to it.

Public: `Wait`, `Thing`, `WaitBook`, `read_waits`, `why_wait`.

The rules are data: `waits.toml`, and whatever a treatment's own `steps/<id>.toml` adds. A rule
names two things, treatments or kinds ("toxin"); it counts for everything that is or lists them. A
practice may lengthen a wait freely and shorten it only with a reason, which `why_wait` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from typing import Any

from vermilion.errors import DataError, UsageError
from vermilion.know.practice import Override, Practice
from vermilion.know.said import Said
from vermilion.know.shelf import Shelf
from vermilion.know.sourced import Sourced, Topic, origin_of
from vermilion.know.voice import Voice

EVENT = "event"
"""The thing that waits name for the day to look well on."""
FIRST = "first"
"""`only` of a rule that counts for somebody's first treatment."""


@dataclass(frozen=True)
class Wait:
    """One rule: from the day of `after` to the day of `before` at least `days`.

    number : the days of the knowledge files with range and origin; days : those of this practice
    only : "" for always, "first", or the piece of work it counts for ("shape")
    home : the topic it stands in; override : what the practice has instead, or None
    """

    key: str
    after: str
    before: str
    days: int
    number: Sourced
    only: str
    home: str
    row: Mapping[str, Any]
    override: Override | None

    @property
    def milder(self) -> bool:
        return self.override is not None and self.days < self.number.value


@dataclass(frozen=True)
class Thing:
    """What a person can have had or can plan: a treatment, an illness, a day at the dentist.

    name, ask : texts: what it is called, which day counts; kinds : groups it belongs to
    treatment : whether there are steps by which it is scheduled
    """

    key: str
    name: str
    ask: str
    kinds: frozenset[str]
    treatment: bool


@dataclass(frozen=True)
class WaitBook:
    """All waiting rules of a shelf, as one practice has them."""

    waits: tuple[Wait, ...]
    things: Mapping[str, Thing]

    def thing(self, key: str) -> Thing:
        """
        Raises
        ------
        UsageError : nothing of that name is known
        """
        if key not in self.things:
            raise UsageError(
                "'{key}' is not known",
                "one of {allowed} is needed",
                key=key,
                allowed=", ".join(sorted(self.things)),
            )
        return self.things[key]

    def between(self, first: str, then: str) -> tuple[Wait, ...]:
        """The rules that count from one thing to another; either may be `EVENT`."""
        return tuple(
            wait
            for wait in self.waits
            if self._is(first, wait.after) and self._is(then, wait.before)
        )

    def _is(self, key: str, wanted: str) -> bool:
        return key == wanted or (key != EVENT and wanted in self.thing(key).kinds)


def read_waits(shelf: Shelf, practice: Practice | None = None) -> WaitBook:
    """The rules of `waits.toml` and of all treatments' steps.

    Raises
    ------
    DataError : a rule without its number or text, two of one name, or a practice's milder wait
        without a reason
    """
    book = _written(shelf)
    if practice is None or not practice.waits:
        return book
    waits = tuple(_as_kept(wait, practice) for wait in book.waits)
    unknown = set(practice.waits) - {wait.key for wait in waits}
    if unknown:
        place = practice.waits[min(unknown)].place
        raise DataError(
            f"{place}: there is no wait '{min(unknown)}'",
            f"the waits are {', '.join(sorted(wait.key for wait in waits))}",
            "mend the name",
        )
    return replace(book, waits=waits)


def why_wait(voice: Voice, wait: Wait) -> tuple[Said, ...]:
    """Why a wait is kept, and what the practice does its own way, each as a sentence or two."""
    figures: dict[str, Any] = {
        "days": voice.figure(wait.number),
        "range": voice.figure(wait.number, "range"),
        "range.low": voice.figure(wait.number, "low"),
        "range.high": voice.figure(wait.number, "high"),
    }
    why = voice.say(wait.row["why"], origin=origin_of(wait.home, wait.row), **figures)
    if wait.override is None:
        return (why,)
    if wait.milder:
        own = voice.say(
            "This practice waits only {days} days: {reason} ({by}).",
            days=wait.days,
            reason=wait.override.reason,
            by=wait.override.by,
        )
    else:
        own = voice.say("This practice waits {days} days.", days=wait.days)
    return (why, own)


@cache
def _written(shelf: Shelf) -> WaitBook:
    """The rules as the files have them, read once a process: every page asks for them."""
    homes = ("waits", *(f"steps/{name}" for name in shelf.names("steps")))
    waits: dict[str, Wait] = {}
    things: dict[str, Thing] = {}
    for home in homes:
        topic = shelf.topic(home)
        for wait in _waits(shelf, topic):
            if wait.key in waits:
                raise DataError(f"{home}.toml has a second wait '{wait.key}'", "rename one")
            waits[wait.key] = wait
        things |= _things(topic)
    return WaitBook(tuple(waits.values()), things)


def _as_kept(wait: Wait, practice: Practice) -> Wait:
    """A rule as this practice keeps it."""
    days, _ = practice.wait_days(wait.key, wait.number.value)
    return replace(wait, days=ceil(days), override=practice.waits.get(wait.key))


def _waits(shelf: Shelf, topic: Topic) -> Iterator[Wait]:
    for key, row in topic.tables.get("wait", {}).items():
        missing = {"after", "before", "why"} - set(row)
        if missing:
            raise DataError(f"{topic.name}.wait.{key} lacks {', '.join(sorted(missing))}")
        origin_of(f"{topic.name}.wait.{key}", row)
        number = _days(shelf, topic, row.get("days", key))
        yield Wait(
            key,
            row["after"],
            row["before"],
            ceil(number.value),
            number,
            row.get("only", ""),
            topic.name,
            row,
            None,
        )


def _days(shelf: Shelf, topic: Topic, path: str) -> Sourced:
    home, _, key = path.rpartition(".")
    number = (shelf.topic(home) if home else topic).number(key)
    if number.unit != "days":
        raise DataError(f"{number.key} is in {number.unit}", "a wait is in days")
    return number


def _things(topic: Topic) -> dict[str, Thing]:
    found = {
        key: Thing(key, row["name"], row["ask"], frozenset(row.get("kinds", ())), False)
        for key, row in topic.tables.get("thing", {}).items()
    }
    own = topic.tables.get("treatment")
    if own is not None:
        key = topic.name.rpartition("/")[2]
        found[key] = Thing(key, own["name"], own["ask"], frozenset(own.get("kinds", ())), True)
    return found
