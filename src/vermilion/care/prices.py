"""What a treatment costs at first, and to keep it up for some years.

Public: `Price`, `Outlay`, `price_of`, `price_files`, `outlay`.

A practice's own prices come first, then those of the country's file, then `prices/default.toml`.
An amount keeps its currency: nothing is converted, and amounts of two currencies are never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from vermilion.care.treatments import Treatment, treatment
from vermilion.know.said import Figure, Given
from vermilion.know.sourced import Origin
from vermilion.know.voice import Voice

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Price:
    """A span in one currency (a code); origin : None where the practice named it."""

    low: float
    high: float
    currency: str
    origin: Origin | None

    def said(self, voice: Voice) -> Figure | Given:
        """The span as this voice writes it."""
        amount = voice.money(self.low, self.high, self.currency)
        if self.origin is None:
            return amount
        return Figure(amount.text, self.origin, "price")

    def to_json(self) -> dict[str, Any]:
        return {
            "low": self.low,
            "high": self.high,
            "currency": self.currency,
            "sources": [] if self.origin is None else list(self.origin.sources),
            "own": self.origin is None,
        }


@dataclass(frozen=True, slots=True)
class Outlay:
    """first : the first treatment; years : all that is spent within 1, 2, ... years.
    None where a price is not known."""

    first: Price | None
    years: tuple[Price | None, ...]


def price_of(voice: Voice, key: str) -> Price | None:
    """The price of the row `key`: the practice's, the country's, or the default."""
    own = voice.practice.prices.get(key)
    if own is not None:
        return Price(*own, voice.country.currency, None)
    for name in price_files(voice):
        topic = voice.shelf.topic(name)
        if key in topic.numbers:
            found = topic.number(key)
            return Price(found.low, found.high, found.unit, found.origin)
    return None


def price_files(voice: Voice) -> tuple[str, ...]:
    """The topics that prices come from, the country's own first."""
    names = (f"prices/{voice.country_key}", "prices/default")
    return tuple(name for name in names if voice.shelf.has(name))


def outlay(voice: Voice, one: Treatment, years: int) -> Outlay:
    """The costs of a treatment within each of the first `years` years."""
    if one.parts:
        parts = [outlay(voice, treatment(voice.shelf, key), years) for key in one.parts]
        return Outlay(
            _sum([part.first for part in parts]),
            tuple(_sum([part.years[k] for part in parts]) for k in range(years)),
        )
    cost = one.table("cost")
    if cost.get("free"):
        nothing = Price(0, 0, voice.country.currency, None)
        return Outlay(nothing, (nothing,) * years)
    first = price_of(voice, cost["price"]) if "price" in cost else None
    if "again" not in cost:
        return Outlay(first, (first,) * years)
    again = price_of(voice, cost.get("again_price", cost["price"]))
    every = one.number(voice.shelf, cost["again"])
    return Outlay(
        first,
        tuple(_kept_up(first, again, every.low, every.high, year + 1) for year in range(years)),
    )


def _kept_up(
    first: Price | None, again: Price | None, often_months: float, seldom_months: float, years: int
) -> Price | None:
    """The cheapest and the dearest way: seldom at the low price, often at the high one."""
    if first is None:
        return None
    seldom, often = (_repeats(months, years) for months in (seldom_months, often_months))
    if often == 0:
        return first
    if again is None or again.currency != first.currency:
        return None
    return Price(
        first.low + seldom * again.low,
        first.high + often * again.high,
        first.currency,
        _joined([first, again]),
    )


def _repeats(every_months: float, years: int) -> int:
    """How often a treatment is repeated within so many years: not on their last day."""
    return ceil(years * MONTHS_A_YEAR / every_months) - 1


def _sum(parts: list[Price | None]) -> Price | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len({part.currency for part in known}) != 1:
        return None
    return Price(
        sum(part.low for part in known),
        sum(part.high for part in known),
        known[0].currency,
        _joined(known),
    )


def _joined(parts: list[Price]) -> Origin | None:
    """What a sum rests on: None where all of it is the practice's own."""
    origins = [part.origin for part in parts if part.origin is not None]
    if not origins:
        return None
    keys = dict.fromkeys(key for origin in origins for key in origin.sources)
    return Origin(tuple(keys), "derived", max(origin.grade for origin in origins))
