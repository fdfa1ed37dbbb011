"""The treatments that can be compared, as their files have them.

Public: `Treatment`, `treatment`, `treatments`.

A treatment is whatever has a file `treatments/<id>.toml`; nothing here knows any of them by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said
from vermilion.know.shelf import Shelf
from vermilion.know.sourced import Sourced, Topic
from vermilion.know.voice import Voice

KINDS = ("full", "compared")
MEETS = ("yes", "partly", "no", "unknown")


@dataclass(frozen=True)
class Treatment:
    """One file.

    key : "flip"; kind : "full" where the program guides through it, "compared" where it only
    stands beside others; parts : the treatments it is made of, for one that is made of several
    """

    key: str
    kind: str
    parts: tuple[str, ...]
    topic: Topic

    @property
    def row(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.topic.tables["treatment"]
        return found

    def table(self, name: str) -> Mapping[str, Any]:
        """A table of the file, empty where it has none."""
        found: Mapping[str, Any] = self.topic.tables.get(name, {})
        return found

    def name(self, voice: Voice) -> Said:
        return voice.say(self.row["name"])

    def short(self, voice: Voice) -> Said:
        return voice.row(self.topic.name, self.row, "short")

    def number(self, shelf: Shelf, path: str) -> Sourced:
        """A number by its path: "peak" in this file, "waits.filler_before_blush" in another."""
        home, _, key = path.rpartition(".")
        return (shelf.topic(home) if home else self.topic).number(key)


def treatment(shelf: Shelf, key: str) -> Treatment:
    """
    Raises
    ------
    UsageError : no such treatment is known
    DataError : its file lacks something
    """
    known = shelf.names("treatments")
    if key not in known:
        raise UsageError(
            "the treatment is '{key}'",
            "one of {allowed} is needed",
            key=key,
            allowed=", ".join(known),
        )
    topic = shelf.topic(f"treatments/{key}")
    row = topic.tables.get("treatment", {})
    missing = {"kind", "name", "short"} - set(row)
    if missing or row["kind"] not in KINDS:
        raise DataError(
            f"treatments/{key}.toml lacks {', '.join(sorted(missing)) or 'a known kind'}",
            f"name, short and kind ({' or '.join(KINDS)}) are needed",
        )
    for wish, met in topic.tables.get("wish", {}).items():
        if met.get("meets") not in MEETS:
            raise DataError(
                f"treatments/{key}.toml meets the wish {wish} with '{met.get('meets', '')}'",
                f"one of {', '.join(MEETS)} is needed",
            )
    return Treatment(key, row["kind"], tuple(row.get("parts", ())), topic)


def treatments(voice: Voice) -> tuple[Treatment, ...]:
    """All of them by their names in this language: the order says nothing else."""
    found = [treatment(voice.shelf, key) for key in voice.shelf.names("treatments")]
    return tuple(sorted(found, key=lambda one: one.name(voice).plain.casefold()))
