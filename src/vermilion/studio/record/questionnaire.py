"""A screening answered at home, one question at a time, kept until it is sent.

Public: `Asked`, `TREATMENTS`, `ask_ahead`, `open_one`, `answers_of`, `questions_of`, `parts_of`,
`answer`, `send`, `alarm`, `urgent_reasons`, `confirm`, `confirmed_by`, `UnknownMedicineError`.

The questions, what they mean and what comes out are care's; the fields are those of `screening`.
What needs help within minutes is asked first, and told the practice at once. What a client sends
counts for a treatment once somebody has looked at it together with the client.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.db import transaction
from django.utils import timezone

from vermilion.care.answers import EDITION, NO, OTHER, UNKNOWN, YES, medicine_classes
from vermilion.care.questions import checked_answers, rows_of
from vermilion.care.screen import screen
from vermilion.care.verdict import Reason, Verdict
from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Person, Questionnaire, Task
from vermilion.studio.record import entries, screening, tasks
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.clients import EditedMeanwhileError, age_on
from vermilion.studio.record.reports import responsible
from vermilion.studio.record.screening_form import Field, groups_for, raw_answers

TREATMENTS = {"flip": ("flip",), "blush": ("blush",), "both": ("flip", "blush")}
FIRST = "What cannot wait"
"""The part of what needs help within minutes."""
TYPED = "medicines.typed"
"""Where the words of a medicine stay that no list has."""
MOST_LETTERS = 1000
NEAR = 3


class UnknownMedicineError(UsageError):
    """A medicine that no list has. name : as it was typed; near : what may be meant"""

    def __init__(self, name: str, near: tuple[str, ...]) -> None:
        super().__init__("the medicine '{name}' is not known here", name=name)
        self.name, self.near = name, near


@dataclass(frozen=True, slots=True)
class Asked:
    """One screen. part : a text, what it belongs to; gate : it stands before others, so that the
    number of screens may grow"""

    number: int
    field: Field
    part: str
    gate: bool
    urgent: bool

    @property
    def answered(self) -> bool:
        return self.field.answered


def ask_ahead(client: Client, which: str, by: Person) -> Questionnaire:
    """Ask a client to answer at home; what was asked before and not sent gives way to it.

    Raises
    ------
    UsageError : no such screening
    """
    if which not in TREATMENTS:
        raise UsageError(
            "there is no screening '{which}'",
            "one of {allowed} is needed",
            which=which,
            allowed=", ".join(TREATMENTS),
        )
    content = {"treatments": list(TREATMENTS[which]), "given": {}}
    with transaction.atomic():
        client.questionnaires.filter(entry=None).delete()
        return Questionnaire.objects.create(client=client, by=by, sealed=client.sealed(content))


def open_one(client: Client) -> Questionnaire | None:
    """The one that waits to be answered."""
    return client.questionnaires.filter(entry=None).order_by("-made_at").first()


def answers_of(one: Questionnaire) -> tuple[tuple[str, ...], dict[str, str]]:
    """The treatments it is about, and what was answered so far."""
    content = one.client.opened(one.sealed)
    return tuple(content["treatments"]), dict(content["given"])


def questions_of(voice: Voice, one: Questionnaire) -> tuple[Asked, ...]:
    """All screens in their order, as far as the gates that were answered open them."""
    treatments, given = answers_of(one)
    age = age_on(card_of(one.client), timezone.localdate())
    urgent = frozenset(_urgent(voice))
    found = [
        (field, FIRST if field.name in urgent else group.title, field is group.gate)
        for group in groups_for(voice, treatments, given)
        for field in group.asked
        if field.name != "age" or age is None
    ]
    found.sort(key=lambda row: row[1] != FIRST)
    return tuple(
        Asked(n, field, part, gate, part == FIRST) for n, (field, part, gate) in enumerate(found, 1)
    )


def parts_of(asked: tuple[Asked, ...]) -> dict[str, list[Asked]]:
    """The screens by their parts, in their order."""
    found: dict[str, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.part, []).append(one)
    return found


def answer(
    voice: Voice, one: Questionnaire, asked: Asked, posted: Mapping[str, str], edition: int
) -> Questionnaire:
    """Keep the answer to one question; another answer takes the place of the first.

    Raises
    ------
    UsageError : an answer that cannot be read
    UnknownMedicineError : a medicine of no list; with "as_written" among the posted it is kept
    EditedMeanwhileError : it was answered in another window meanwhile
    """
    name = asked.field.name
    treatments, given = answers_of(one)
    for key in (name, f"{name}.day", f"{name}.none", *((TYPED,) if name == "medicines" else ())):
        given.pop(key, None)
    given |= _read(voice, asked.field, posted)
    with transaction.atomic():
        fresh = Questionnaire.objects.select_for_update().get(pk=one.pk)
        if fresh.edition != edition or fresh.entry_id is not None:
            raise EditedMeanwhileError(
                "this was answered in another window meanwhile", "", "go on from here"
            )
        content = {"treatments": list(treatments), "given": given}
        fresh.sealed = one.client.sealed(content)
        fresh.edition += 1
        fresh.save(update_fields=["sealed", "edition"])
    return fresh


def send(voice: Voice, one: Questionnaire) -> tuple[Entry, Verdict]:
    """Put the answers into the record; what speaks against the treatment is somebody's task.

    Raises
    ------
    UsageError : answers that exclude each other; nothing is kept then
    """
    treatments, given = answers_of(one)
    client, today = one.client, timezone.localdate()
    raw = raw_answers(voice, treatments, client, given, today)
    with transaction.atomic():
        fresh = Questionnaire.objects.select_for_update().get(pk=one.pk)
        if fresh.entry_id is not None:
            raise UsageError("these answers were sent before", "once is enough")
        told = {"typed": given[TYPED]} if given.get(TYPED) else {}
        entry, verdict = screening.save(client, voice, treatments, raw, today, None, told)
        fresh.entry, fresh.sealed = entry, b""
        fresh.save(update_fields=["entry", "sealed"])
        if verdict.level != "go" and not any(reason.urgent for reason in verdict.reasons):
            _task(one, entry, "call")
    return entry, verdict


def alarm(one: Questionnaire, asked: Asked) -> None:
    """A yes to what needs help within minutes is on somebody's list at once, sent or not."""
    known = one.client.tasks.filter(kind="screening", urgency="emergency", closed_at=None)
    if known.exists():
        return
    named = [{"ask": asked.field.ask.plain, "unsure": False}]
    with transaction.atomic():
        entry = entries.add(one.client, "report", {"named": named})
        _task(one, entry, "emergency")


def urgent_reasons(voice: Voice, one: Questionnaire, asked: Asked) -> tuple[Reason, ...]:
    """What care says to this one answer."""
    treatments, given = answers_of(one)
    raw = {"edition": EDITION, "answers": {asked.field.name: given.get(asked.field.name, NO)}}
    on = timezone.localdate()
    found = screen(voice, treatments, checked_answers(voice, raw, on), on)
    return tuple(reason for reason in found.reasons if reason.urgent)


def confirm(entry: Entry, words: str, by: Person) -> Entry:
    """Somebody went through a client's answers together with the client.

    Raises
    ------
    UsageError : it was confirmed before, or the client did not send it
    """
    if entry.by_id is not None:
        raise UsageError("this screening was asked at the desk", "there is nothing to confirm")
    if confirmed_by(entry) is not None:
        raise UsageError("this screening was confirmed before")
    done = words.strip()[:MOST_LETTERS]
    with transaction.atomic():
        made = entries.add(entry.client, "screening_confirmed", {"words": done}, by=by, about=entry)
        for task in entry.client.tasks.filter(entry=entry, closed_at=None):
            tasks.close(task, done or "Gone through at the desk.", by)
    return made


def confirmed_by(entry: Entry) -> Entry | None:
    """The confirmation of a screening that a client sent."""
    return Entry.objects.filter(about=entry, kind="screening_confirmed").first()


def _read(voice: Voice, field: Field, posted: Mapping[str, str]) -> dict[str, str]:
    """
    Raises
    ------
    UsageError : no answer, or none that fits the question
    """
    said, day = posted.get("answer", ""), posted.get("day", "")
    name = field.name
    if field.kind == "medicines" and said not in (NO, UNKNOWN):
        return _medicines(voice, posted)
    if field.kind == "date" and said == NO:
        return {f"{name}.none": NO}
    if field.kind == "date" and said != UNKNOWN:
        return {name: _checked(voice, name, day)}
    if field.kind == "age":
        _checked(voice, name, int(said) if said.isdigit() else said)
        return {name: said}
    if said not in (YES, NO, UNKNOWN):
        raise UsageError("no answer came", "yes, no or not sure is needed", "choose one")
    if field.kind == "had" and said == YES and day:
        return {name: said, f"{name}.day": _checked(voice, name, day)}
    return {name: said}


def _checked(voice: Voice, name: str, value: Any) -> Any:
    table, _, key = name.rpartition(".")
    raw = {"edition": EDITION, table or "answers": {key: value}}
    checked_answers(voice, raw, timezone.localdate())
    return value


def _medicines(voice: Voice, posted: Mapping[str, str]) -> dict[str, str]:
    typed = " ".join(posted.get("medicines", "").split())[:MOST_LETTERS]
    names = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    if not names:
        raise UsageError("no medicine stands there", "write their names, or choose none")
    strange = [name for name in names if not _known(voice, name)]
    if strange and "as_written" not in posted:
        near = dict.fromkeys(one for name in strange for one in _near(voice, name))
        raise UnknownMedicineError(", ".join(strange), tuple(near))
    listed = dict.fromkeys(OTHER if name in strange else name for name in names)
    return {"medicines": ", ".join(listed)} | ({TYPED: typed} if strange else {})


def _known(voice: Voice, name: str) -> bool:
    try:
        return bool(medicine_classes(voice.shelf, [name]))
    except UsageError:
        return False


def _near(voice: Voice, name: str) -> list[str]:
    table = voice.shelf.topic("medicines").tables["class"].values()
    return get_close_matches(name.casefold(), [one for row in table for one in row["names"]], NEAR)


def _urgent(voice: Voice) -> Iterator[str]:
    for _, _, row in rows_of(voice, "rules", "rule"):
        if row.get("urgent"):
            yield row["question"]


def _task(one: Questionnaire, entry: Entry, urgency: str) -> Task:
    return Task.objects.create(
        client=one.client,
        entry=entry,
        kind="screening",
        urgency=urgency,
        due_on=timezone.localdate(),
        person=_person(one),
    )


def _person(one: Questionnaire) -> Person:
    """With whom the next visit is; else who asked, else the owner."""
    coming = one.client.appointments.filter(state="planned", starts_at__gte=timezone.now())
    visit = coming.select_related("person").order_by("starts_at").first()
    return responsible(one.client, one.by if visit is None else visit.person)
