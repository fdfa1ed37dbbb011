"""Appointments laid out as a calendar draws them: columns, quarters of an hour, lanes side by side.

Public: `Column`, `Block`, `Grid`, `grid_of`.

Rows count quarters of an hour from the grid's first hour, beginning with 1; the style sheet has a
class for each, as no page may carry styles of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from vermilion.know.practice import WHOLE_DAY, Spans
from vermilion.studio.models import Appointment, Person

ROW_MINUTES = 15
ROWS_AN_HOUR = 60 // ROW_MINUTES
USUAL_HOURS = (9, 18)
"""What is drawn at least where the practice says no hours."""
MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class Block:
    """row, span : in quarters of an hour; lane, reach : its first lane and how many it takes, up to
    the next one beside it; shown : the page's own data"""

    row: int
    span: int
    lane: int
    reach: int
    at: Appointment
    shown: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One day, or one person on a day.

    shut : (row, span) of what lies outside of the hours; now : the row of this moment, 0 elsewhere
    """

    day: date
    person: Person | None
    blocks: tuple[Block, ...]
    lanes: int
    shut: tuple[tuple[int, int], ...]
    now: int
    free: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """hours : (row, "09:00") of each hour that is drawn; rows : how many quarters in all"""

    hours: tuple[tuple[int, str], ...]
    rows: int
    columns: tuple[Column, ...]


Wanted = tuple[date, Person | None, Spans, Sequence[tuple[Appointment, dict[str, Any]]]]
"""What a column shows: its day, its person, when there is somebody, and the appointments."""


def grid_of(wanted: Sequence[Wanted], now: datetime) -> Grid:
    """The columns over the hours that any of them needs."""
    first, last = _hours(wanted)
    rows = (last - first) * ROWS_AN_HOUR
    columns = tuple(_column(one, first, rows, now) for one in wanted)
    hours = tuple(
        ((hour - first) * ROWS_AN_HOUR + 1, f"{hour:02d}:00") for hour in range(first, last)
    )
    return Grid(hours, rows, columns)


def _hours(wanted: Sequence[Wanted]) -> tuple[int, int]:
    first, last = USUAL_HOURS
    for _, _, spans, rows in wanted:
        for begin, end in spans if spans != WHOLE_DAY else ():
            first, last = min(first, begin.hour), max(last, _up(end))
        for at, _ in rows:
            start = timezone.localtime(at.starts_at)
            stop = timezone.localtime(at.starts_at + timedelta(minutes=at.minutes))
            first = min(first, start.hour)
            last = max(last, 24 if stop.date() > start.date() else _up(stop.time()))
    return first, last


def _up(moment: time) -> int:
    return min(24, moment.hour + (moment.minute > 0))


def _column(wanted: Wanted, first: int, rows: int, now: datetime) -> Column:
    day, person, spans, appointments = wanted
    placed: list[tuple[int, int, int, Appointment, dict[str, Any]]] = []
    ends: list[int] = []
    for at, shown in sorted(appointments, key=lambda one: one[0].starts_at):
        begin = timezone.localtime(at.starts_at)
        row = _row(begin.time(), first)
        span = max(1, min(-(-at.minutes // ROW_MINUTES), rows + 1 - row))
        free = [n for n, end in enumerate(ends) if end <= row]
        lane = free[0] if free else len(ends)
        ends[lane : lane + 1] = [row + span]
        placed.append((row, span, min(lane + 1, MOST_LANES), at, shown))
    lanes = max(1, min(len(ends), MOST_LANES))
    blocks = [
        Block(row, span, lane, _free_until(placed, row, row + span, lane, lanes) - lane, at, shown)
        for row, span, lane, at, shown in placed
    ]
    here = timezone.localtime(now)
    row_now = _row(here.time(), first) if here.date() == day else 0
    return Column(
        day,
        person,
        tuple(blocks),
        lanes,
        tuple(_shut(spans, first, rows)) if spans != WHOLE_DAY else (),
        row_now if 0 < row_now <= rows else 0,
        not blocks and bool(spans),
    )


def _free_until(
    placed: Iterable[tuple[Any, ...]], row: int, end: int, lane: int, lanes: int
) -> int:
    """The first lane to the right in which something else stands at the same time."""
    beside = [one[2] for one in placed if one[2] > lane and one[0] < end and one[0] + one[1] > row]
    return min(beside, default=lanes + 1)


def _shut(spans: Spans, first: int, rows: int) -> Iterable[tuple[int, int]]:
    at = 1
    for begin, end in spans:
        row = _row(begin, first)
        if row > at:
            yield at, row - at
        at = _row(end, first)
    if at <= rows:
        yield at, rows + 1 - at


def _row(moment: time, first: int) -> int:
    return (moment.hour - first) * ROWS_AN_HOUR + moment.minute // ROW_MINUTES + 1
