"""When to come: all dates of a wish with their reasons, or why it cannot be and what can.

Public: `Schedule`, `Conflict`, `make_schedule`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vermilion.care.dates.find_days import (
    Found,
    Knowledge,
    find_conflict,
    find_days,
    find_later,
    find_part,
)
from vermilion.care.dates.items import Item, items_of
from vermilion.care.dates.reasons import own_rules, rule_words
from vermilion.care.dates.wish import Wish
from vermilion.know.said import Said
from vermilion.know.voice import Voice


@dataclass(frozen=True)
class Conflict:
    """One of the fewest rules that cannot all hold: its name and what it says."""

    rule: str
    said: Said


@dataclass(frozen=True)
class Schedule:
    """The answer to a wish.

    names : of each treatment, by its id; items : every entry of the calendar; empty when the wish
        cannot be met
    how : what was sought among all days that keep the rules
    own_rules : what this practice keeps milder, with its reason
    conflict : when it cannot be met, the smallest set of rules in each other's way
    later, part : then the nearest later event, and the most that fits before the wished one
    """

    wish: Wish
    possible: bool
    edition: str
    names: tuple[tuple[str, Said], ...]
    items: tuple[Item, ...]
    how: Said
    own_rules: tuple[Said, ...]
    conflict: tuple[Conflict, ...] = ()
    later: Schedule | None = None
    part: Schedule | None = None

    def to_json(self) -> dict[str, Any]:
        """Everything as plain strings and dates."""
        wish = self.wish
        return {
            "possible": self.possible,
            "treatments": list(wish.treatments),
            "start": wish.start.isoformat(),
            "event": None if wish.event is None else wish.event.isoformat(),
            "until": None if wish.until is None else wish.until.isoformat(),
            "items": [item.to_json() for item in self.items],
            "how": self.how.plain,
            "own_rules": [said.plain for said in self.own_rules],
            "conflict": [{"rule": one.rule, "said": one.said.plain} for one in self.conflict],
            "later": None if self.later is None else self.later.to_json(),
            "part": None if self.part is None else self.part.to_json(),
            "edition": self.edition,
        }


def make_schedule(voice: Voice, wish: Wish) -> Schedule:
    """All dates of a wish.

    Raises
    ------
    UsageError : a treatment that cannot be scheduled, a wish that makes no sense
    """
    knowledge = Knowledge.of(voice.shelf, voice.practice, wish.treatments)
    found = find_days(wish, knowledge)
    if found is not None:
        return _schedule(voice, knowledge, found)
    layout, rules = find_conflict(wish, knowledge)
    words = tuple(
        Conflict(rule, rule_words(voice, knowledge, wish, layout, rule)) for rule in rules
    )
    later = part = None
    if wish.event is not None:
        later, part = find_later(wish, knowledge), find_part(wish, knowledge)
    return Schedule(
        wish,
        False,
        _edition(voice),
        _names(voice, knowledge),
        (),
        _how(voice, wish),
        own_rules(voice, knowledge, layout),
        words,
        None if later is None else _schedule(voice, knowledge, later),
        None if part is None else _schedule(voice, knowledge, part),
    )


def _schedule(voice: Voice, knowledge: Knowledge, found: Found) -> Schedule:
    return Schedule(
        found.wish,
        True,
        _edition(voice),
        _names(voice, knowledge),
        items_of(voice, knowledge, found),
        _how(voice, found.wish),
        own_rules(voice, knowledge, found.layout),
    )


def _names(voice: Voice, knowledge: Knowledge) -> tuple[tuple[str, Said], ...]:
    return tuple((course.treatment, voice.say(course.name)) for course in knowledge.courses)


def _how(voice: Voice, wish: Wish) -> Said:
    start = voice.date(wish.start)
    kept = voice.say("All rules are kept, on open days from {start} on.", start=start)
    if wish.event is None:
        return voice.say(
            "{kept} The visits come as early as the rules allow: in no other plan do the days from "
            "the start to each visit add up to fewer.",
            kept=kept,
        )
    return voice.say(
        "{kept} Your event lies in the best days. The visits before it come as late as the rules "
        "allow: in no other plan do the days from each visit to the event add up to fewer. Visits "
        "after it come as early as they may.",
        kept=kept,
    )


def _edition(voice: Voice) -> str:
    return voice.shelf.topic("waits").edition
