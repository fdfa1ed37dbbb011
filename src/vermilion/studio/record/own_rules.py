"""The practice's own waits and least ages: longer than care's, never shorter from a browser.

Public: `Rule`, `Group`, `groups`, `save_rules`.

They stand in the practice's own file, where care reads them for screening, dates and plans. A
milder one needs a reason and a name and is written into that file by hand: it is shown here and
left alone, until a stricter number takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vermilion.care.dates.waits import EVENT, FIRST, Wait, WaitBook, read_waits, why_wait
from vermilion.errors import UsageError
from vermilion.know.practice import FIELDS, Override
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Person
from vermilion.studio.record.practice import read_file, write_file

MOST = {"wait": 1825, "age": 99}
"""Five years is how far care counts days; nobody is expected to be a hundred."""
ONLY = {FIRST: "the first time", "shape": "where the border is drawn"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of care's, and what the practice has instead.

    kind, key : "wait" or "age", and its name in care; usual : days or years of care
    own : the practice's; None: as usual; milder : where the file shortens it, with its reason
    """

    kind: str
    key: str
    title: str
    why: str
    usual: int
    own: int | None
    milder: Override | None = None

    @property
    def field(self) -> str:
        return f"{self.kind}.{self.key}"


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that are read together. unit : "days" or "years\""""

    title: str
    unit: str
    rules: tuple[Rule, ...]


def groups(voice: Voice) -> tuple[Group, ...]:
    """All rules that a practice may make stricter: ages, then waits by the treatment they hold."""
    book = read_waits(voice.shelf, voice.practice)
    treatments = [key for key, one in book.things.items() if one.treatment]
    left, found = list(book.waits), [_ages(voice, book, treatments)]
    for words, side in (("Before: {thing}", "before"), ("After: {thing}", "after")):
        for treatment in treatments:
            thing = book.thing(treatment)
            its = {treatment, *thing.kinds}
            here = [wait for wait in left if getattr(wait, side) in its]
            left = [wait for wait in left if wait not in here]
            title = voice.say(words, thing=voice.say(thing.name)).plain
            rules = tuple(_rule(voice, book, wait, side) for wait in here)
            found += [Group(title, "days", rules)] if rules else []
    return tuple(found)


def save_rules(
    data: Path, voice: Voice, wanted: Mapping[tuple[str, str], int | None], by: Person
) -> None:
    """
    Parameters
    ----------
    wanted : days or years by kind and key; None: as care has it

    Raises
    ------
    UsageError : a number that is milder than care's, or beyond all bounds; the old ones stay
    """
    raw = read_file(data)
    tables: dict[str, dict[str, Any]] = {kind: dict(raw.get(kind, {})) for kind in MOST}
    for rule in (one for group in groups(voice) for one in group.rules):
        number = wanted.get((rule.kind, rule.key))
        if number is not None and not rule.usual <= number <= MOST[rule.kind]:
            raise UsageError(
                "{title}: {number} came",
                "from {least} to {most}: here a rule is only made stricter",
                title=rule.title,
                number=number,
                least=rule.usual,
                most=MOST[rule.kind],
            )
        if number is not None and number > rule.usual:
            tables[rule.kind][rule.key] = {FIELDS[rule.kind]: number}
        elif rule.milder is None:
            tables[rule.kind].pop(rule.key, None)
    write_file(data, tables)
    audit.record(by.username, "change rules", "practice")


def _ages(voice: Voice, book: WaitBook, treatments: list[str]) -> Group:
    rules = []
    for treatment in treatments:
        usual = voice.country.age(treatment).value
        years, milder = voice.practice.age_years(treatment, usual)
        title = voice.say(book.thing(treatment).name).capital.plain
        own = round(years) if years > usual else None
        rules.append(Rule("age", treatment, title, "", round(usual), own, milder))
    return Group(voice.say("Least age").plain, "years", tuple(rules))


def _rule(voice: Voice, book: WaitBook, wait: Wait, side: str) -> Rule:
    """side : which end of it the heading names already"""
    other = wait.after if side == "before" else wait.before
    title = "; ".join(voice.say(name).plain for name in _names(book, other))
    if wait.only:
        title = f"{title} ({voice.say(ONLY[wait.only]).plain})"
    usual = round(wait.number.value)
    own = wait.days if wait.override is not None and wait.days > usual else None
    milder = wait.override if wait.milder else None
    why = why_wait(voice, wait)[0].plain
    return Rule("wait", wait.key, title[:1].upper() + title[1:], why, usual, own, milder)


def _names(book: WaitBook, key: str) -> Iterator[str]:
    """What a rule's end is called: all things that are it or of its kind."""
    if key == EVENT:
        yield "the day to look well on"
    yield from (one.name for one in book.things.values() if key == one.key or key in one.kinds)
