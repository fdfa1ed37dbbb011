"""Sentences that go out, built from data: what a treatment does, does not do, may take away.

Public: `Claim`, `claims`, `claim`, `NoticeText`, `notice_text`.

A sentence names its numbers by placeholders; they are read from the knowledge files, so that a
sentence can never say another number than the model uses. What was recalled with less than high
confidence never reaches a client, and a model of the program is always labelled as one: the loader
refuses sentences that break either rule. A `Voice` says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from vermilion.errors import DataError
from vermilion.know.said import Phrase
from vermilion.know.sourced import Origin, Sourced, origin_of, topic
from vermilion.know.voice import PLACEHOLDER

KINDS = ("simulation", "usual", "limit", "function", "claim")
AUDIENCES = ("client", "practitioner")
SEVERITIES = ("warn", "block")
FORM = re.compile(r"\.(range|low|high)$")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with what it rests on.

    treatment : "flip", "blush", "both", or empty for all
    kind : one of KINDS; audience : one of AUDIENCES
    """

    key: str
    treatment: str
    kind: str
    audience: str
    words: Phrase
    origin: Origin

    @property
    def label(self) -> Phrase | None:
        """What must stand beside the sentence; None where nothing must."""
        if self.origin.mark != "assumption":
            return None
        return Phrase(topic("claims").tables["label"]["assumption"]["label"])

    @property
    def labelled(self) -> Phrase:
        """The sentence with its label."""
        if self.label is None:
            return self.words
        parts = (("text", self.words), ("label", self.label))
        return Phrase("{text} ({label})", parts, self.origin)


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Words of a warning or block, to be filled with what was planned.

    lifted_by_reason : a block that the practitioner's written reason turns into a warning
    """

    severity: str
    text: str
    origin: Origin
    lifted_by_reason: bool


def claims(treatment: str = "", kind: str = "", audience: str = "client") -> tuple[Claim, ...]:
    """All sentences for an audience, in the file's order.

    Parameters
    ----------
    treatment : "flip", "blush" or "both": its sentences and those that hold for all; empty: all
    kind : one of KINDS; empty: all
    audience : "client", or "practitioner" who gets everything
    """
    return tuple(
        one
        for one in _all()
        if (not treatment or one.treatment in ("", treatment))
        and (not kind or one.kind == kind)
        and (audience == "practitioner" or one.audience == "client")
    )


def claim(key: str) -> Claim:
    """One claim by its key.

    Raises
    ------
    DataError : there is none of that key
    """
    found = next((one for one in _all() if one.key == key), None)
    if found is None:
        raise DataError(f"claims.toml has no '{key}'", "the program asks for it by that name")
    return found


@cache
def notice_text(key: str) -> NoticeText:
    """The words of the notice `key`."""
    table = topic("notices").tables["notice"]
    if key not in table:
        raise DataError(f"notices.toml has no '{key}'", "the program asks for it by that name")
    row = table[key]
    if row.get("severity") not in SEVERITIES:
        raise DataError(f"notices.{key} has no severity", f"one of {', '.join(SEVERITIES)}")
    origin = origin_of(f"notices.{key}", row)
    return NoticeText(row["severity"], row["text"], origin, row.get("lifted_by_reason", False))


@cache
def _all() -> tuple[Claim, ...]:
    return parse_claims(topic("claims").tables["claim"])


def parse_claims(table: Mapping[str, Any]) -> tuple[Claim, ...]:
    """
    Raises
    ------
    DataError : a sentence without source, or one that may not reach its audience
    """
    return tuple(_claim(key, row) for key, row in table.items())


def _claim(key: str, row: Mapping[str, Any]) -> Claim:
    name = f"claims.{key}"
    kind, audience = row.get("kind", ""), row.get("audience", "")
    if kind not in KINDS or audience not in AUDIENCES:
        raise DataError(
            f"{name} is of kind '{kind}' for '{audience}'",
            f"kinds are {', '.join(KINDS)}; audiences {', '.join(AUDIENCES)}",
        )
    origin = origin_of(name, row)
    origins = [origin, *(number.origin for number in _numbers(row["text"]))]
    if audience == "client" and not all(one.for_clients for one in origins):
        raise DataError(
            f"{name} rests on what was recalled without high confidence",
            "such numbers never reach a client",
            "make the audience 'practitioner' or find a source",
        )
    if origin.mark != "assumption" and any(one.mark == "assumption" for one in origins):
        raise DataError(
            f"{name} says a number that is the program's own",
            "the sentence itself must then be marked 'assumption', so that it is labelled",
        )
    if origin.grade < (weakest := max(one.grade for one in origins)):
        raise DataError(
            f"{name} has the grade {origin.grade} and a number of the grade {weakest}",
            "a sentence is graded by the weakest that it rests on",
        )
    words = Phrase(row["text"], origin=origin, home="claims")
    return Claim(key, row.get("treatment", ""), kind, audience, words, origin)


def _numbers(text: str) -> Iterator[Sourced]:
    """The sourced numbers that a sentence says."""
    for found in PLACEHOLDER.findall(text):
        file, _, number = FORM.sub("", found).rpartition(".")
        yield topic(file or "claims").number(number)
