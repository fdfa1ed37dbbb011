"""What is asked before a treatment: the questions of the knowledge files, in their order.

Public: `Question`, `Gate`, `Checker`, `questions`, `gates`, `treatments_known`, `groups_of`,
`rows_of`, `applies`, `had_before`, `checked_answers`, `answers_checker`.

Each question says why it is asked. What somebody may have had before is asked thing by thing; a
gate stands before several of them, so that one plain "no" answers all and the days are asked only
where there is something to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.answers import Answers, read_answers
from vermilion.care.dates.waits import Wait, WaitBook, read_waits, why_wait
from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said, given
from vermilion.know.sourced import Sourced
from vermilion.know.voice import Voice

KINDS = ("yesno", "age", "date", "medicines", "had")
Checker = Callable[[Mapping[str, Any], date], Answers]
"""Takes answers as they were given, and the day; as `checked_answers`."""


@dataclass(frozen=True, slots=True)
class Question:
    """One plain question. id : "pregnant", or "had.filler"; kind : one of KINDS

    follow_up : what is asked after a yes (the day it was), for the kind "had"
    """

    id: str
    kind: str
    ask: Said
    why: Said
    follow_up: Said | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """One question for several things: a "no" is a no to each of them.

    covers : the ids of the questions behind it ("had.filler", ...)
    """

    id: str
    ask: Said
    why: Said
    covers: tuple[str, ...]


def treatments_known(voice: Voice) -> tuple[str, ...]:
    """The treatments that can be screened: those with steps."""
    return voice.shelf.names("steps")


def questions(voice: Voice, treatments: tuple[str, ...]) -> tuple[Question, ...]:
    """What is asked before these treatments, in order.

    Raises
    ------
    UsageError : a treatment that is not known
    """
    book = read_waits(voice.shelf, voice.practice)
    found = []
    for home, key, row in _asked(voice, book, treatments):
        ask, why = voice.row(home, row, "ask"), voice.row(home, row, "why")
        found.append(Question(key, row["kind"], ask, why))
    for thing, waits in had_before(book, treatments).items():
        name = voice.say(book.things[thing].name)
        ask = voice.say("Have you had this: {thing}? If so, when?", thing=name)
        when = voice.say("When was it? What counts: {day}.", day=voice.say(book.things[thing].ask))
        found.append(Question(f"had.{thing}", "had", ask, why_wait(voice, waits[0])[0], when))
    return tuple(found)


def gates(voice: Voice, treatments: tuple[str, ...]) -> tuple[Gate, ...]:
    """The questions that stand before those of the kind "had", with the longest wait behind each.

    Raises
    ------
    UsageError : a treatment that is not known
    """
    book = read_waits(voice.shelf, voice.practice)
    groups_of(voice, book, treatments)
    waits = had_before(book, treatments)
    found = []
    for home, key, row in rows_of(voice, "questions", "gate"):
        things = [thing for thing in row["things"] if thing in waits]
        if len(things) < 2:
            continue
        names = ", ".join(voice.say(book.things[thing].name).plain for thing in things)
        days = max((w for thing in things for w in waits[thing]), key=lambda one: one.days)
        values = {"things": given(names), "days": days_of(days)}
        ask = voice.row(home, row, "ask", **values)
        why = voice.row(home, row, "why", **values)
        found.append(Gate(key, ask, why, tuple(f"had.{thing}" for thing in things)))
    return tuple(found)


def checked_answers(voice: Voice, raw: Mapping[str, Any], day: date) -> Answers:
    """Answers checked against all questions there are, whatever the treatment.

    Raises
    ------
    UsageError : as `answers.read_answers`
    """
    return answers_checker(voice)(raw, day)


def answers_checker(voice: Voice) -> Checker:
    """What `checked_answers` does, for many answers one by one: which questions there are is looked
    up once, and none is put into words."""
    book, every = read_waits(voice.shelf, voice.practice), treatments_known(voice)
    kinds = {key: row["kind"] for _, key, row in _asked(voice, book, every)}
    things = tuple(had_before(book, every))

    def checked(raw: Mapping[str, Any], day: date) -> Answers:
        return read_answers(raw, kinds, things, voice.shelf, day)

    return checked


def days_of(wait: Wait) -> Sourced | str:
    """The days of a wait with their source; those of a practice are its own."""
    return wait.number if wait.days == wait.number.value else str(wait.days)


def groups_of(
    voice: Voice, book: WaitBook, treatments: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    known = treatments_known(voice)
    for treatment in treatments:
        if treatment not in known:
            raise UsageError(
                "'{treatment}' cannot be screened",
                "one of {allowed} is needed",
                treatment=treatment,
                allowed=", ".join((*known, "both")),
            )
    return {one: book.thing(one).kinds | {one, "all"} for one in treatments}


def rows_of(voice: Voice, kind: str, table: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for name in voice.shelf.names(kind):
        topic = voice.shelf.topic(f"{kind}/{name}")
        for key, row in topic.tables.get(table, {}).items():
            yield f"{kind}/{name}", key, row


def _asked(
    voice: Voice, book: WaitBook, treatments: tuple[str, ...]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The rows of the questions that are asked before these treatments."""
    groups = groups_of(voice, book, treatments)
    for home, key, row in rows_of(voice, "questions", "question"):
        if any(applies(row, kinds) for kinds in groups.values()) and voice.may_hear(row):
            if row.get("kind") not in KINDS:
                raise DataError(
                    f"{home}.{key} is of the kind '{row.get('kind')}'", ", ".join(KINDS)
                )
            yield home, key, row


def applies(row: Mapping[str, Any], kinds: frozenset[str]) -> bool:
    return bool(kinds & set(row["applies"]))


def had_before(book: WaitBook, treatments: tuple[str, ...]) -> dict[str, tuple[Wait, ...]]:
    """The things that a wait stands behind, with those waits; rules for one kind of work only
    ("shape") are the schedule's."""
    found: dict[str, tuple[Wait, ...]] = {}
    for thing in book.things:
        waits = tuple(
            wait for one in treatments for wait in book.between(thing, one) if not wait.only
        )
        if waits:
            found[thing] = waits
    return found
