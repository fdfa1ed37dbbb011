"""What a person answered before a treatment, checked against the questions that were asked.

Public: `EDITION`, `YES`, `NO`, `UNKNOWN`, `Answers`, `read_answers`, `medicine_classes`.

    edition = "2026-11"
    [answers]
    age = 34
    pregnant = "no"
    medicines = ["warfarin"]      # or "no", or "unknown"
    event = 2027-05-01
    [had]
    filler = 2026-10-01           # or "no", "unknown", or "yes" where the day is not known
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from vermilion.errors import UsageError
from vermilion.know.catalogue import LANGUAGES, translated
from vermilion.know.said import Phrase
from vermilion.know.shelf import Shelf

EDITION = "2026-11"
YES, NO, UNKNOWN = "yes", "no", "unknown"
OLDEST_YEARS = 120
NEAR = 3
NO_PART = "there is no part '{key}'"
NO_QUESTION = "there is no question '{key}'"
NO_THING = "there is no thing '{key}'"
DOSE = re.compile(r"\s+\d[\d.,]*\s*(?:mg|g|ug|mcg|ml|ie|iu|ui|units)?(?:/.*)?$")
OTHER = "other"
"""The class of a medicine that the lists do not have; also what to answer for one, in English."""


@dataclass(frozen=True)
class Answers:
    """values : by question; had : by thing, a date or YES, NO, UNKNOWN. What is missing was not
    answered, and counts as not known."""

    values: Mapping[str, Any] = field(default_factory=dict)
    had: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As `read_answers` takes it back."""
        return {"edition": EDITION, "answers": _plain(self.values), "had": _plain(self.had)}


def read_answers(
    raw: Mapping[str, Any],
    kinds: Mapping[str, str],
    things: Iterable[str],
    shelf: Shelf,
    on: date,
) -> Answers:
    """Answers out of a parsed file.

    Parameters
    ----------
    kinds : the questions that exist, with their kinds; things : what one can have had
    on : the day of asking; nothing that was had can lie after it

    Raises
    ------
    UsageError : another edition, an unknown question, thing or medicine, an answer of the wrong
        kind, answers that contradict each other
    """
    edition = raw.get("edition")
    if edition != EDITION:
        raise UsageError(
            "these answers are of the edition '{edition}'",
            "the questions are those of {now}, and some ask for something else now",
            "answer them again",
            edition=edition,
            now=EDITION,
        )
    for key in raw:
        _known(key, ("edition", "answers", "had"), NO_PART)
    values = {
        _known(key, kinds, NO_QUESTION): _value(key, value, kinds[key], shelf, on)
        for key, value in _table(raw, "answers").items()
        if _known(key, kinds, NO_QUESTION)
    }
    names = tuple(things)
    had = {
        _known(key, names, NO_THING): _had(key, value, on)
        for key, value in _table(raw, "had").items()
        if _known(key, names, NO_THING)
    }
    answers = Answers(values, had)
    _refuse_contradictions(answers, shelf)
    return answers


def medicine_classes(shelf: Shelf, names: Iterable[str]) -> frozenset[str]:
    """The classes of medicines by name.

    Raises
    ------
    UsageError : a name that is in no list, with the nearest that are
    """
    known = _listed(shelf)
    others = {translated(shelf, language, OTHER) for language in LANGUAGES}
    found = set()
    for name in names:
        bare = _bare(str(name))
        if bare in others:
            found.add(OTHER)
        elif bare in known:
            found.add(known[bare])
        else:
            near = get_close_matches(bare, known, NEAR)
            hint = "did you mean {near}" if near else "look at its leaflet"
            raise UsageError(
                "the medicine '{name}' is not known here",
                hint,
                "if it is none of them: '{other}'",
                name=name,
                near=", ".join(near),
                other=Phrase(OTHER),
            )
    return frozenset(found)


@cache
def _listed(shelf: Shelf) -> Mapping[str, str]:
    """The classes by bare name of all medicines that are known, made bare once a process: every
    rule on a medicine looks into it."""
    return {
        _bare(name): key
        for key, row in shelf.topic("medicines").tables["class"].items()
        for name in row["names"]
    }


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name, {})
    if not isinstance(found, Mapping):
        raise UsageError(
            "'{name}' is '{found}'", "a table [{name}] is needed", name=name, found=found
        )
    words = {True: YES, False: NO}
    return {key: words[value] if isinstance(value, bool) else value for key, value in found.items()}


def _value(key: str, value: Any, kind: str, shelf: Shelf, on: date) -> Any:
    if value == UNKNOWN:
        return UNKNOWN
    if kind == "age":
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < OLDEST_YEARS:
            return value
        raise UsageError("the age is '{value}'", "whole years are needed", value=value)
    if kind == "medicines":
        if value == NO:
            return ()
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list | tuple):
            raise UsageError(
                "'{key}' is '{value}'", "a list of names is needed", key=key, value=value
            )
        medicine_classes(shelf, listed)
        return tuple(str(name) for name in listed)
    if kind == "date":
        if value == NO:
            return NO
        day = _date(value, key)
        if day < on:
            raise UsageError(
                "'{key}' is {day}, which is past", "a day to come is needed", key=key, day=day
            )
        return day
    if value in (YES, NO):
        return value
    raise UsageError(
        "'{key}' is '{value}'",
        "{yes}, {no} or {unknown} is needed",
        key=key,
        value=value,
        yes=YES,
        no=NO,
        unknown=UNKNOWN,
    )


def _had(key: str, value: Any, on: date) -> Any:
    if value in (YES, NO, UNKNOWN):
        return value
    day = _date(value, key)
    if day > on:
        raise UsageError(
            "'{key}' is said to have been on {day}",
            "a day that is past is needed",
            key=key,
            day=day,
        )
    return day


def _date(value: Any, key: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise UsageError(
            "'{key}' is '{value}'",
            "a date that exists is needed, such as {example}",
            key=key,
            value=value,
            example="2027-03-09",
        ) from None


def _known(key: str, known: Iterable[str], missing: str) -> str:
    names = tuple(known)
    if key not in names:
        near = get_close_matches(key, names, NEAR)
        hint = "did you mean {near}" if near else ""
        raise UsageError(
            missing, hint, terminal="" if near else "see --questions", key=key, near=", ".join(near)
        )
    return key


def _refuse_contradictions(answers: Answers, shelf: Shelf) -> None:
    """Pairs that cannot both hold, from the question files."""
    said = {**answers.values, **{f"had.{key}": value for key, value in answers.had.items()}}
    for name in shelf.names("questions"):
        for row in shelf.topic(f"questions/{name}").tables.get("contradiction", {}).values():
            if said.get(row["no"]) == NO and _affirmed(said.get(row["yes"]), row, shelf):
                raise UsageError(
                    "the answers to '{first}' and '{second}' exclude each other",
                    row["note"],
                    "look at both again",
                    first=row["yes"],
                    second=row["no"],
                )


def _affirmed(value: Any, row: Mapping[str, Any], shelf: Shelf) -> bool:
    if "class" in row:
        listed = value if isinstance(value, tuple) else ()
        return row["class"] in medicine_classes(shelf, listed)
    return value == YES or isinstance(value, date)


def _bare(name: str) -> str:
    """A medicine's name without capitals, accents and the dose behind it ("100 mg")."""
    plain = unicodedata.normalize("NFKD", name.strip().casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return DOSE.sub("", bare)


def _plain(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for key, value in table.items()
    }
