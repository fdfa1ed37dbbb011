"""All treatments side by side, as a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from vermilion.care.options import FACTS, Comparison, EventFit, Met, Option
from vermilion.care.prices import Price, price_files
from vermilion.know.said import Said, given
from vermilion.know.voice import Voice
from vermilion.report.cost_chart import CostPanel, cost_chart
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph, Table

ABREAST = 4
"""Treatments beside each other in one table: more do not fit on paper."""
AT_A_GLANCE = 5
"""Wishes beside each other in the overview."""


def options_page(voice: Voice, found: Comparison) -> Page:
    """What each treatment does for the wishes, then all that is known of it, then the costs."""
    blocks: list[Block] = [
        Paragraph(
            voice.say(
                "The order is by name. No option is ranked: read what matters to you, and talk it "
                "over with a practitioner."
            )
        )
    ]
    blocks.append(Heading(voice.say("What meets your wishes")))
    blocks += _overview(voice, found)
    if found.event is not None:
        note = voice.say("A consultation comes before the first visit. The schedule has all dates.")
        blocks.append(Paragraph(note, "muted"))
    blocks.append(Heading(voice.say("Why")))
    for wish, label in found.labels.items():
        blocks.append(Heading(label, 3))
        blocks.append(Bullets(tuple(_why(voice, one, wish) for one in found.options)))
    blocks.append(Heading(voice.say("Side by side")))
    for start in range(0, len(found.options), ABREAST):
        blocks.append(_facts(voice, found.options[start : start + ABREAST]))
    blocks.append(Heading(voice.say("Risks")))
    for one in found.options:
        blocks += [Heading(one.name, 3), Bullets(one.risks)]
    blocks += _costs(voice, found)
    return Page(voice, voice.say("Your options"), tuple(blocks), _subtitle(voice, found))


def _subtitle(voice: Voice, found: Comparison) -> Said:
    day = voice.date(found.on)
    if found.event is None:
        return voice.say("{date}. Knowledge, not advice for one person.", date=day)
    return voice.say(
        "{date}. For an event on {event}. Knowledge, not advice for one person.",
        date=day,
        event=voice.date(found.event),
    )


def _overview(voice: Voice, found: Comparison) -> Iterator[Table]:
    columns: list[tuple[Said, Callable[[Option], Said]]] = [
        (label, lambda one, wish=wish: _meets(voice, _met(one, wish).meets))  # type: ignore[misc]
        for wish, label in found.labels.items()
    ]
    if found.budget is not None:
        amount = voice.money(found.budget)
        label = voice.say("first visit within {amount}", amount=amount)
        columns.append((label, lambda one: _meets(voice, one.within)))
    if found.event is not None:
        columns.append((voice.say("at its best for the event"), lambda one: _fit(voice, one.event)))
    for start in range(0, len(columns), AT_A_GLANCE):
        some = columns[start : start + AT_A_GLANCE]
        yield Table(
            (voice.say("Option"), *(label for label, _ in some)),
            tuple((one.name, *(cell(one) for _, cell in some)) for one in found.options),
        )


def _met(one: Option, wish: str) -> Met:
    return next(met for met in one.met if met.wish == wish)


def _meets(voice: Voice, meets: str) -> Said:
    words = {
        "yes": voice.say("yes"),
        "partly": voice.say("partly"),
        "no": voice.say("no"),
        "unknown": voice.say("not known"),
    }
    return words[meets]


def _fit(voice: Voice, fit: EventFit | None) -> Said:
    if fit is None or fit.level == "unknown":
        return voice.say("not known")
    if fit.level == "always":
        return voice.say("yes")
    if fit.level == "late" or fit.earliest is None or fit.latest is None:
        return voice.say("no: too late")
    days: dict[str, Any] = {
        "from": voice.date(fit.earliest, "medium"),
        "to": voice.date(fit.latest, "medium"),
    }
    if fit.level == "settled":
        return voice.say("partly: settled by then. First visit by {to}", **days)
    if fit.earliest == fit.latest:
        return voice.say("yes: first visit on {to}", **days)
    return voice.say("yes: first visit from {from} to {to}", **days)


def _why(voice: Voice, one: Option, wish: str) -> Said:
    met = _met(one, wish)
    word = _meets(voice, met.meets)
    if met.why is None:
        return voice.say("{option}: {meets}.", option=one.name, meets=word)
    return voice.say(
        "{option}: {meets}. {why}", option=one.name, meets=word, why=met.why, origin=met.why.origin
    )


def _facts(voice: Voice, options: tuple[Option, ...]) -> Table:
    labels = {
        "changes": voice.say("changes"),
        "never": voice.say("never changes"),
        "onset": voice.say("starts"),
        "peak": voice.say("at its best"),
        "length": voice.say("lasts"),
        "visits": voice.say("visits"),
        "minutes": voice.say("time in the chair"),
        "pain": voice.say("pain"),
        "downtime": voice.say("time off"),
        "undo": voice.say("can be undone"),
        "cost": voice.say("paid for"),
    }

    def cell(one: Option, key: str) -> Said:
        missing = given("–") if one.timeless else voice.say("not known")
        return one.facts.get(key, missing)

    return Table(
        (voice.say("What"), *(one.name for one in options)),
        tuple(
            (labels[key], *(cell(one, key) for one in options))
            for key in FACTS
            if any(key in one.facts for one in options)
        ),
    )


def _costs(voice: Voice, found: Comparison) -> Iterator[Block]:
    yield Heading(voice.say("Costs"))
    if any(one.outlay.first is not None and one.outlay.first.origin for one in found.options):
        for name in price_files(voice):
            if note := voice.shelf.topic(name).tables.get("row", {}).get("note"):
                yield Paragraph(voice.row(name, note), "warn")
    yield Paragraph(
        voice.say(
            "The lower amount: low prices, seldom repeated. The higher: high prices, often "
            "repeated. No currency is converted."
        )
    )
    years = sorted({1, found.years})
    yield Table(
        (
            voice.say("Option"),
            voice.say("first"),
            *(
                voice.say("one year") if year == 1 else voice.say("{years} years", years=str(year))
                for year in years
            ),
        ),
        tuple(
            (
                one.name,
                _price(voice, one.outlay.first),
                *(_price(voice, one.outlay.years[year - 1]) for year in years),
            )
            for one in found.options
        ),
    )
    yield from _charts(voice, found)


def _price(voice: Voice, price: Price | None) -> Said:
    return (
        voice.say("not known") if price is None else voice.say("{price}", price=price.said(voice))
    )


def _charts(voice: Voice, found: Comparison) -> Iterator[Chart]:
    known = {
        one.name.plain: spans
        for one in found.options
        if (spans := _spans(one)) and spans[-1].high > 0
    }
    axis = ("", *(str(year + 1) for year in range(found.years)))
    for currency in dict.fromkeys(spans[0].currency for spans in known.values()):
        panels = [
            CostPanel(
                name,
                tuple((span.low, span.high) for span in spans),
                (
                    voice.money(spans[-1].low, currency=currency).text,
                    voice.money(spans[-1].high, currency=currency).text,
                ),
            )
            for name, spans in known.items()
            if spans[0].currency == currency
        ]
        words = voice.say(
            "Cost of each option: at the left the first visit, then everything within so many "
            "years. Solid: the dearest way. Dashed: the cheapest. All on one scale ({currency}).",
            currency=currency,
        )
        yield Chart(cost_chart(panels, words.plain, axis), words)


def _spans(one: Option) -> tuple[Price, ...]:
    spans = (one.outlay.first, *one.outlay.years)
    return tuple(span for span in spans if span is not None) if None not in spans else ()
