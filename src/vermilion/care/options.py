"""What there is for somebody's wishes: all treatments side by side, none of them ranked.

Public: `FACTS`, `Met`, `EventFit`, `Option`, `Comparison`, `wishes_known`, `compare`.

Which wishes a treatment meets is written in its own file, with the reason; a wish that the file
does not name is "unknown", never "no". Costs and event dates are worked out from its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from vermilion.care.dates.waits import read_waits
from vermilion.care.prices import Outlay, Price, outlay
from vermilion.care.treatments import Treatment, treatments
from vermilion.errors import UsageError
from vermilion.know.said import Said
from vermilion.know.voice import Voice

FACTS = (
    *("changes", "never", "onset", "peak", "length", "visits", "minutes", "pain"),
    *("downtime", "undo", "cost"),
)
"""What is said of each treatment, in this order; any may be missing."""
MOST_YEARS = 5
ALWAYS = "always"
FITS = ("best", "settled", "late", ALWAYS, "unknown")


@dataclass(frozen=True, slots=True)
class Met:
    """wish : its id; meets : "yes", "partly", "no" or "unknown"; why : None where unknown"""

    wish: str
    meets: str
    why: Said | None


@dataclass(frozen=True, slots=True)
class EventFit:
    """Whether a treatment is at its best by a day.

    level : "best"; "settled" (shown, but not at its best); "late"; "always"; "unknown"
    earliest, latest : the days between which the first visit has to lie, where there are any
    """

    level: str
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One treatment.

    timeless : nothing is done, so that facts it has not do not apply
    within : how its first cost lies to the budget, "" where none was given
    """

    id: str
    kind: str
    name: Said
    short: Said
    timeless: bool
    facts: Mapping[str, Said]
    risks: tuple[Said, ...]
    met: tuple[Met, ...]
    outlay: Outlay
    within: str
    event: EventFit | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All options; labels : the wishes' names by id, in the order in which they were made."""

    options: tuple[Option, ...]
    labels: Mapping[str, Said]
    years: int
    on: date
    event: date | None
    budget: float | None

    def to_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "event": None if self.event is None else self.event.isoformat(),
            "budget": self.budget,
            "wishes": {key: said.plain for key, said in self.labels.items()},
            "options": [_json(one) for one in self.options],
        }


def wishes_known(voice: Voice) -> dict[str, Said]:
    """The names of all wishes by id, in the file's order."""
    table = voice.shelf.topic("wishes").tables["wish"]
    return {key: voice.say(row["label"]) for key, row in table.items()}


def compare(
    voice: Voice,
    wishes: tuple[str, ...],
    *,
    on: date,
    event: date | None = None,
    budget: float | None = None,
    years: int = MOST_YEARS,
) -> Comparison:
    """All treatments against somebody's wishes.

    Parameters
    ----------
    wishes : ids of `wishes.toml`; none: all of them
    event : a day to look well on; budget : for the first treatment, in the country's currency
    years : over how many years costs are added up, 1 to 5

    Raises
    ------
    UsageError : an unknown wish, an event in the past, a budget or years that make no sense
    """
    known = wishes_known(voice)
    for wish in wishes:
        if wish not in known:
            raise UsageError(
                "the wish is '{wish}'",
                "one of {allowed} is needed",
                wish=wish,
                allowed=", ".join(known),
            )
    if event is not None and event < on:
        raise UsageError(
            "the event is on {event}, and today is {on}",
            "an event that is still to come is needed",
            event=event,
            on=on,
        )
    if budget is not None and not 0 <= budget < 10**7:
        raise UsageError("the budget is {budget}", "an amount of money is needed", budget=budget)
    if not 1 <= years <= MOST_YEARS:
        raise UsageError(
            "years = {years}", "1 to {most} years are needed", years=years, most=MOST_YEARS
        )
    labels = {key: known[key] for key in (dict.fromkeys(wishes) or known)}
    options = (
        _option(voice, one, tuple(labels), years, budget, on, event) for one in treatments(voice)
    )
    return Comparison(tuple(options), labels, years, on, event, budget)


def _option(
    voice: Voice,
    one: Treatment,
    wishes: tuple[str, ...],
    years: int,
    budget: float | None,
    on: date,
    event: date | None,
) -> Option:
    home = one.topic.name
    facts, risks = one.table("fact"), one.table("risk")
    costs = outlay(voice, one, years)
    return Option(
        one.key,
        one.kind,
        one.name(voice),
        one.short(voice),
        one.row.get("event") == ALWAYS,
        {
            key: voice.row(home, facts[key])
            for key in FACTS
            if key in facts and voice.may_hear(facts[key])
        },
        tuple(voice.row(home, row) for row in risks.values() if voice.may_hear(row)),
        tuple(_met(voice, one, wish) for wish in wishes),
        costs,
        "" if budget is None else _within(costs.first, budget, voice.country.currency),
        None if event is None else _event(voice, one, on, event),
    )


def _met(voice: Voice, one: Treatment, wish: str) -> Met:
    row = one.table("wish").get(wish)
    if row is None:
        return Met(wish, "unknown", None)
    return Met(wish, row["meets"], voice.row(one.topic.name, row, "why"))


def _within(first: Price | None, budget: float, currency: str) -> str:
    if first is None or (first.currency != currency and first.high > 0):
        return "unknown"
    if first.high <= budget:
        return "yes"
    return "partly" if first.low <= budget else "no"


def _event(voice: Voice, one: Treatment, on: date, event: date) -> EventFit:
    if one.row.get("event") == ALWAYS:
        return EventFit(ALWAYS)
    row = one.table("event")
    if not row:
        return EventFit("unknown")
    left = (event - on).days
    settled, best = (_days(voice, one, row[key]) for key in ("settled", "best_from"))
    if left >= best:
        earliest = on
        if "best_until" in row:
            earliest = max(on, event - timedelta(_days(voice, one, row["best_until"])))
        return EventFit("best", earliest, event - timedelta(best))
    if left >= settled:
        return EventFit("settled", on, event - timedelta(settled))
    return EventFit("late")


def _days(voice: Voice, one: Treatment, paths: str | list[str]) -> int:
    """Days that follow on each other, added up; a wait as this practice has it."""
    waits = {wait.key: wait.days for wait in read_waits(voice.shelf, voice.practice).waits}
    total = 0
    for path in [paths] if isinstance(paths, str) else paths:
        home, _, key = path.rpartition(".")
        if home == "waits" and key in waits:
            total += waits[key]
        else:
            total += ceil(one.number(voice.shelf, path).value)
    return total


def _json(one: Option) -> dict[str, Any]:
    fit = one.event
    return {
        "id": one.id,
        "kind": one.kind,
        "name": one.name.plain,
        "short": one.short.plain,
        "facts": {key: _sourced(said) for key, said in one.facts.items()},
        "risks": [_sourced(said) for said in one.risks],
        "wishes": {
            met.wish: {"meets": met.meets, "why": "" if met.why is None else met.why.plain}
            for met in one.met
        },
        "within_budget": one.within,
        "first_cost": None if one.outlay.first is None else one.outlay.first.to_json(),
        "costs_by_year": [None if cost is None else cost.to_json() for cost in one.outlay.years],
        "event": None
        if fit is None
        else {
            "level": fit.level,
            "earliest": None if fit.earliest is None else fit.earliest.isoformat(),
            "latest": None if fit.latest is None else fit.latest.isoformat(),
        },
    }


def _sourced(said: Said) -> dict[str, Any]:
    return {
        "text": said.plain,
        "sources": list(dict.fromkeys(key for origin in said.origins for key in origin.sources)),
    }
