"""What a plan's file says to the practitioner: rows by table, fields to fill in, minutes.

Public: `PLAN_KINDS`, `plan_kind`, `plan_title`, `said_rows`, `field_rows`, `minute_rows`.
"""

from __future__ import annotations

from vermilion.errors import DataError, UsageError
from vermilion.know.said import Said
from vermilion.know.sourced import Sourced, Topic
from vermilion.know.voice import Voice

PLAN_KINDS = ("points", "colour")


def plan_kind(voice: Voice, treatment: str) -> str:
    """Whether a treatment is planned by points or by colour.

    Raises
    ------
    UsageError : there is no plan for such a treatment
    DataError : its file has no known kind
    """
    known = voice.shelf.names("plans")
    if treatment not in known:
        raise UsageError(
            "there is no plan for '{treatment}'",
            "one of {allowed} is needed",
            treatment=treatment,
            allowed=", ".join(known),
        )
    kind: str = _topic(voice, treatment).tables.get("plan", {}).get("kind", "")
    if kind not in PLAN_KINDS:
        raise DataError(
            f"plans/{treatment}.toml has the kind '{kind}'",
            f"one of {', '.join(PLAN_KINDS)} is needed",
        )
    return kind


def plan_title(voice: Voice, treatment: str) -> Said:
    return voice.say(_topic(voice, treatment).tables["plan"]["title"])


def said_rows(voice: Voice, treatment: str, table: str) -> dict[str, Said]:
    """All texts of a table of the plan's file, by key."""
    topic = _topic(voice, treatment)
    return {
        key: voice.row(topic.name, row)
        for key, row in topic.tables.get(table, {}).items()
        if voice.may_hear(row)
    }


def field_rows(voice: Voice, treatment: str) -> dict[str, Said]:
    """What is written down at the visit, by key."""
    table = _topic(voice, treatment).tables.get("record", {})
    return {key: voice.say(row["label"]) for key, row in table.items()}


def minute_rows(voice: Voice, treatment: str) -> tuple[tuple[Said, Sourced], ...]:
    """The parts of a visit with their minutes."""
    topic = _topic(voice, treatment)
    found = []
    for row in topic.tables.get("minute", {}).values():
        home, _, key = row["minutes"].rpartition(".")
        number = (voice.shelf.topic(home) if home else topic).number(key)
        found.append((voice.say(row["label"]), number))
    return tuple(found)


def _topic(voice: Voice, treatment: str) -> Topic:
    return voice.shelf.topic(f"plans/{treatment}")
