"""The form of a screening: its questions in groups, what was given, and what is wrong with it.

Public: `Field`, `Group`, `groups_for`, `raw_answers`, `faults_of`, `in_words`, `known_reasons`,
`all_denied`, `PARTS`, `GATES`.

The questions are care's. An answer that was not given counts as not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vermilion.care.answers import EDITION, NO, UNKNOWN, YES
from vermilion.care.questions import (
    Checker,
    Question,
    answers_checker,
    gates,
    questions,
    rows_of,
    treatments_known,
)
from vermilion.care.screen import screen
from vermilion.care.verdict import Reason
from vermilion.errors import UsageError
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.studio.models import Client
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.clients import age_on

PARTS = {
    "1_about_you": "About you",
    "2_allergies": "Allergies",
    "3_health": "Illnesses",
    "4_medicines": "Medicines",
    "5_lips": "The lips",
    "6_life": "Work and habits",
    "7_wishes": "What is hoped for",
    "8_feelings": "How it feels",
}
"""By file of questions: what stands over them."""
GATES = {"treated": "What was done before", "lately": "Of late"}
"""By gate: what stands over it and all behind it."""
QUESTIONS_IN = ("key", "first", "second")
"""Where a refusal of care's names a question."""
ANSWERS = {YES: "Yes", NO: "No", UNKNOWN: "Not sure"}
BEFORE, MORE = "Before now", "More questions"
"""Over what else was had before, and over files that have no title here."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the form. name : in the form; given : what stands there; when : for things
    that were had, the question for the day; none : whether "none" is ticked beside a day
    fault : what is wrong with what stands there"""

    name: str
    kind: str
    ask: Said
    why: Said
    given: str
    when: Said | None = None
    day: str = ""
    none: str = ""
    fault: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.given or self.day or self.none)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields behind one gate (asked first), or plain questions that belong together (gate None).

    key : of the group, in addresses of the page; title : a text"""

    gate: Field | None
    fields: tuple[Field, ...]
    key: str
    title: str

    @property
    def asked(self) -> tuple[Field, ...]:
        """What is to be answered as things stand: behind a gate, only once that is a yes."""
        if self.gate is None:
            return self.fields
        return (self.gate, *(self.fields if self.gate.given == YES else ()))

    @property
    def done(self) -> int:
        """How many of these are answered."""
        return sum(one.answered for one in self.asked)

    @property
    def faulty(self) -> bool:
        return any(one.fault for one in self.fields)

    @property
    def open(self) -> int:
        """How many plain yes or no questions nobody has answered."""
        asked = self.fields if self.gate is None else (self.gate,)
        return sum(one.kind == "yesno" and not one.given for one in asked)


def groups_for(
    voice: Voice,
    treatments: tuple[str, ...],
    given: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
) -> tuple[Group, ...]:
    """The whole form with what was given so far.

    Parameters
    ----------
    faults : by the name of a field, as `faults_of` finds them

    Raises
    ------
    UsageError : a treatment that is not known
    """
    asked = questions(voice, treatments)
    before = gates(voice, treatments)
    behind = {key for gate in before for key in gate.covers}
    homes = {
        key: home.partition("/")[2] for home, key, _ in rows_of(voice, "questions", "question")
    }
    fields = {one.id: _field(one, given, faults or {}) for one in asked}
    plain: dict[str, list[Field]] = {}
    for key, field in fields.items():
        if key not in behind:
            plain.setdefault(homes.get(key, ""), []).append(field)
    found = [
        Group(None, tuple(rows), home or "had", PARTS.get(home, MORE) if home else BEFORE)
        for home, rows in plain.items()
    ]
    for gate in before:
        name = f"gate.{gate.id}"
        head = Field(name, "yesno", gate.ask, gate.why, given.get(name, ""))
        rows = [fields[key] for key in gate.covers if key in fields]
        found.append(Group(head, tuple(rows), gate.id, GATES.get(gate.id, BEFORE)))
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
        for field in group.fields:
            table, key, value = _told(field, group, age)
            if value is not None:
                raw[table][key] = value
    return raw


def faults_of(
    voice: Voice, treatments: tuple[str, ...], client: Client, given: Mapping[str, str], on: date
) -> dict[str, str]:
    """What is wrong, by the name of its field; each answer is looked at by itself."""
    found: dict[str, str] = {}
    age, checked = age_on(card_of(client), on), answers_checker(voice)
    for group in groups_for(voice, treatments, given):
        for field in group.fields:
            try:
                _alone(checked, field, group, age, on)
            except UsageError as fault:
                found[field.name] = voice.refusal(in_words(voice, fault))
    return found


def in_words(voice: Voice, fault: UsageError) -> UsageError:
    """What care refuses, with questions and answers as the form shows them, not by their keys."""
    asks = {one.id: one.ask.plain for one in questions(voice, treatments_known(voice))}

    def told(name: str, value: object) -> object:
        if name in QUESTIONS_IN:
            return asks.get(str(value)) or asks.get(f"had.{value}") or value
        if isinstance(value, date):
            return voice.date(value).text
        words = ANSWERS.get(value) if isinstance(value, str) else None
        return value if words is None else voice.say(words).plain

    return UsageError(
        *fault.parts, **{key: told(key, value) for key, value in fault.values.items()}
    )


def known_reasons(
    voice: Voice, treatments: tuple[str, ...], client: Client, given: Mapping[str, str], on: date
) -> tuple[Reason, ...]:
    """What the answers so far say, without what is not answered or cannot be read yet."""
    raw: dict[str, Any] = {"edition": EDITION, "answers": {}, "had": {}}
    age, checked = age_on(card_of(client), on), answers_checker(voice)
    for group in groups_for(voice, treatments, given):
        for field in group.fields:
            try:
                table, key, value = _alone(checked, field, group, age, on)
            except UsageError:
                continue
            if value is not None:
                raw[table][key] = value
    try:
        answers = checked(raw, on)
    except UsageError:
        return ()  # two answers that exclude each other are told when the form is sent
    found = screen(voice, treatments, answers, on).reasons
    return tuple(one for one in found if not one.unknown and one.level != "talk")


def all_denied(groups: tuple[Group, ...], key: str) -> dict[str, str]:
    """A no to each yes or no question of a group that is still open; no answer is changed."""
    return {
        field.name: NO
        for group in groups
        if group.key == key
        for field in ((group.gate,) if group.gate is not None else group.fields)
        if field.kind == "yesno" and not field.given
    }


def _told(field: Field, group: Group, age: int | None) -> tuple[str, str, Any]:
    """(table, key, value) of one answer; the value is None where there is none.

    Raises
    ------
    UsageError : two answers to one question
    """
    table, _, key = field.name.rpartition(".")
    if table == "had":
        return table, key, _had(field, None if group.gate is None else group.gate.given)
    if key == "age" and age is not None:
        return "answers", key, age
    if field.given and field.none:
        raise UsageError(
            "'{question}' has a day and a no", "one of them is needed", question=field.ask.plain
        )
    if field.given or field.none:
        return "answers", key, _value(field) if field.given else NO
    return "answers", key, None


def _alone(
    checked: Checker, field: Field, group: Group, age: int | None, on: date
) -> tuple[str, str, Any]:
    """One answer, read as if it were the only one.

    Raises
    ------
    UsageError : it cannot be read
    """
    table, key, value = _told(field, group, age)
    if value is not None:
        checked({"edition": EDITION, table: {key: value}}, on)
    return table, key, value


def _field(one: Question, given: Mapping[str, str], faults: Mapping[str, str]) -> Field:
    day = given.get(f"{one.id}.day", "")
    none = given.get(f"{one.id}.none", "")
    ask, why, said = one.ask, one.why, given.get(one.id, "")
    fault = faults.get(one.id, "")
    return Field(one.id, one.kind, ask, why, said, one.follow_up, day, none, fault)


def _had(field: Field, gate: str | None) -> str | None:
    """A day, or yes, no, unknown; only a gate's own "no" answers for what stands behind it.

    Raises
    ------
    UsageError : a day, and beside it that it was never had
    """
    if field.day and field.given == NO:
        raise UsageError(
            "'{question}' has a day and a no",
            "one of them",
            "take one away",
            question=field.ask.plain,
        )
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
