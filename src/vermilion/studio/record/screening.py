"""A screening in the record: the form's fields, what was answered, the verdict that came of it.

Public: `Field`, `Group`, `groups_for`, `raw_answers`, `save`, `chip`, `FLAGS`.

The questions, rules and verdicts are care's. An answer that was not given counts as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.answers import EDITION, NO, UNKNOWN, Answers
from vermilion.care.questions import Question, checked_answers, gates, questions, rows_of
from vermilion.care.screen import screen
from vermilion.care.verdict import Verdict
from vermilion.errors import UsageError
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import entries
from vermilion.studio.record.clients import age_on
from vermilion.studio.record.search import card_of

FLAGS = {
    "2_allergies": "Allergy",
    "3_health": "Health",
    "4_medicines": "Medicine",
    "5_lips": "Lips",
    "8_feelings": "Well-being",
}
"""By file of rules: what the banner says where one of them weighs."""
VERDICT_WORDS = {
    "go": ("Screening: go", "fine"),
    "doctor": ("Screening: ask a doctor first", "care"),
    "wait": ("Screening: wait", "care"),
    "not_now": ("Screening: not now", "stop"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form. name : in the form; given : what stands there; when : for things
    that were had, the question for the day; none : whether "none" is ticked beside a day"""

    name: str
    kind: str
    ask: Said
    why: Said
    given: str
    when: Said | None = None
    day: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields behind one gate (asked first), or the plain questions (gate None)."""

    gate: Field | None
    fields: tuple[Field, ...]


def groups_for(
    voice: Voice, treatments: tuple[str, ...], given: Mapping[str, str]
) -> tuple[Group, ...]:
    """The whole form with what was given so far.

    Raises
    ------
    UsageError : a treatment that is not known
    """
    asked = questions(voice, treatments)
    by_id = {one.id: one for one in asked}
    before = gates(voice, treatments)
    behind = {key for gate in before for key in gate.covers}
    plain = tuple(_field(one, given) for one in asked if one.id not in behind)
    found = [Group(None, plain)]
    for gate in before:
        name = f"gate.{gate.id}"
        head = Field(name, "yesno", gate.ask, gate.why, given.get(name, ""))
        rows = tuple(_field(by_id[key], given) for key in gate.covers if key in by_id)
        found.append(Group(head, rows))
    return tuple(found)


def raw_answers(
    voice: Voice, treatments: tuple[str, ...], client: Client, given: Mapping[str, str], on: date
) -> dict[str, Any]:
    """What the form holds, as `care.answers` reads it. The age comes from the card.

    Raises
    ------
    UsageError : two answers to one question
    """
    raw: dict[str, Any] = {"edition": EDITION, "answers": {}, "had": {}}
    age = age_on(card_of(client), on)
    for group in groups_for(voice, treatments, given):
        gate = "" if group.gate is None else group.gate.given
        for field in group.fields:
            table, _, key = field.name.rpartition(".")
            if table == "had":
                value = _had(field, gate if group.gate is not None else None)
                if value is not None:
                    raw["had"][key] = value
            elif key == "age" and age is not None:
                raw["answers"][key] = age
            elif field.given and given.get(f"{key}.none"):
                raise UsageError(f"'{field.ask.plain}' has a day and a no", "one of them is needed")
            elif field.given or given.get(f"{key}.none"):
                raw["answers"][key] = _value(field) if field.given else NO
    return raw


def save(
    client: Client,
    voice: Voice,
    treatments: tuple[str, ...],
    raw: Mapping[str, Any],
    on: date,
    by: Person | None,
) -> tuple[Entry, Verdict]:
    """Check the answers, screen, and keep both.

    Raises
    ------
    UsageError : answers that cannot be read or contradict each other; nothing is kept
    """
    answers: Answers = checked_answers(voice, raw, on)
    verdict = screen(voice, treatments, answers, on)
    content = {
        "treatments": list(treatments),
        "answers": answers.to_json(),
        "on": on.isoformat(),
        "level": verdict.level,
        "until": verdict.until.isoformat() if verdict.until else "",
        "each": {one: level for one, (level, _) in verdict.each.items()},
        "flags": _flags(voice, verdict),
    }
    return entries.add(client, "screening", content, by=by), verdict


def chip(content: Mapping[str, Any]) -> tuple[str, str]:
    """A verdict as words and a tone, for the banner."""
    return VERDICT_WORDS.get(content.get("level", ""), ("", ""))


def _field(one: Question, given: Mapping[str, str]) -> Field:
    day = given.get(f"{one.id}.day", "")
    none = given.get(f"{one.id}.none", "")
    ask, why, said = one.ask, one.why, given.get(one.id, "")
    return Field(one.id, one.kind, ask, why, said, one.follow_up, day, none)


def _had(field: Field, gate: str | None) -> str | None:
    """A day, or yes, no, unknown; only a gate's own "no" answers for what stands behind it.

    Raises
    ------
    UsageError : a day, and beside it that it was never had
    """
    if field.day and field.given == NO:
        raise UsageError(f"'{field.ask.plain}' has a day and a no", "one of them", "take one away")
    if field.day:
        return field.day
    if field.given:
        return field.given
    return NO if gate == NO else None


def _value(field: Field) -> Any:
    if field.kind == "age" and field.given.isdigit():
        return int(field.given)
    if field.kind == "medicines" and field.given not in (NO, UNKNOWN):
        return [part.strip() for part in field.given.split(",") if part.strip()]
    return field.given


def _flags(voice: Voice, verdict: Verdict) -> list[str]:
    homes = {key: home.partition("/")[2] for home, key, _ in rows_of(voice, "rules", "rule")}
    weighty = {
        homes.get(one.rule, "")
        for one in verdict.reasons
        if one.level != "talk" and not one.unknown
    }
    return [home for home in FLAGS if home in weighty]
