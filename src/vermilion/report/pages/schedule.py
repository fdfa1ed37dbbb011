"""The dates of a schedule as a page: the overview, then each date with its reason and what to do.

Public: `schedule_page`.
"""

from __future__ import annotations

from collections.abc import Iterator

from vermilion.care.dates.items import Item
from vermilion.care.dates.schedule import Schedule
from vermilion.know.said import Said
from vermilion.know.voice import Voice
from vermilion.report.date_strip import date_strip
from vermilion.report.page import Block, Bullets, Chart, Heading, Page, Paragraph, Table
from vermilion.report.pages.whom_to_call import whom_to_call

EVERY_DAY = frozenset(range(7))
OVERVIEW = ("talk", "treat", "look", "upkeep", "best", "event", "booked")
"""Kinds of entries that the overview lists; days to prepare and phases follow below."""


def schedule_page(voice: Voice, schedule: Schedule) -> Page:
    """The answer to a wish in words."""
    blocks = _dates(voice, schedule) if schedule.possible else _impossible(voice, schedule)
    return Page(voice, voice.say("Your dates"), (*whom_to_call(voice), *blocks))


def _dates(voice: Voice, schedule: Schedule) -> Iterator[Block]:
    if schedule.items:
        yield _strip(voice, schedule)
    yield _overview(voice, schedule)
    yield Paragraph(schedule.how, "muted")
    if voice.practice.open_weekdays == EVERY_DAY:
        said = voice.say("No opening days were given, so any day of the week may be named.")
        yield Paragraph(said, "muted")
    yield from _own_rules(voice, schedule)
    yield Heading(voice.say("Each date, and why"))
    for item in schedule.items:
        if item.why or item.do:
            yield from _item(voice, item)


def _impossible(voice: Voice, schedule: Schedule) -> Iterator[Block]:
    wish = schedule.wish
    start = voice.date(wish.start)
    if wish.event is None:
        said = voice.say("From {start} on, no dates keep all the rules.", start=start)
    else:
        said = voice.say(
            "Between {start} and your event on {event}, no dates keep all the rules.",
            start=start,
            event=voice.date(wish.event),
        )
    yield Paragraph(said, "stop")
    if schedule.conflict:
        yield Heading(voice.say("What stands in the way"))
        yield Paragraph(voice.say("These rules cannot all hold. Without any one of them it works:"))
        yield Bullets(tuple(one.said for one in schedule.conflict))
    yield from _own_rules(voice, schedule)
    if schedule.later is not None and schedule.later.wish.event is not None:
        event = voice.date(schedule.later.wish.event)
        yield Heading(voice.say("The nearest later event: {event}", event=event))
        yield _overview(voice, schedule.later)
    if schedule.part is not None and wish.event is not None:
        event = voice.date(wish.event)
        yield Heading(voice.say("What fits before {event}", event=event))
        yield _overview(voice, schedule.part)
        yield Paragraph(schedule.part.how, "muted")


def _strip(voice: Voice, schedule: Schedule) -> Chart:
    alt = voice.say(
        "A drawing of these dates: dots are visits, filled ones treat; bars are the best days."
    )
    return Chart(date_strip(voice, schedule, voice.say("Your dates").plain), alt)


def _overview(voice: Voice, schedule: Schedule) -> Table:
    rows = tuple(
        (_when(voice, item), item.title) for item in schedule.items if item.kind in OVERVIEW
    )
    return Table((voice.say("When"), voice.say("What")), rows)


def _when(voice: Voice, item: Item) -> Said:
    if item.last is None:
        return Said((voice.date(item.day, "full"),))
    return voice.say("{first} to {last}", first=voice.date(item.day), last=voice.date(item.last))


def _own_rules(voice: Voice, schedule: Schedule) -> Iterator[Block]:
    if schedule.own_rules:
        yield Heading(voice.say("Milder in this practice"), 3)
        yield Bullets(schedule.own_rules)


def _item(voice: Voice, item: Item) -> Iterator[Block]:
    yield Heading(voice.say("{when}: {title}", when=_when(voice, item), title=item.title), 3)
    for said in item.why:
        yield Paragraph(said)
    if item.could_begin is not None:
        room = voice.say(
            "It could be as early as {day}; other visits may have to move with it.",
            day=voice.date(item.could_begin),
        )
        yield Paragraph(room, "muted")
    if item.do:
        yield Bullets(item.do)
