"""Appointments as a calendar to subscribe to (RFC 5545): the same appointments, the same bytes.

Public: `FeedVisit`, `write_feed`.

What changed last stands in the entry itself, not the moment of asking, so that a reader that asks
every quarter of an hour is told truly that nothing is new. One that is cancelled is left out:
readers of a subscription drop what is no longer in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from vermilion.report.calendar import calendar_file, uid_of

FEED = "appointments"


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """key : stays the same when it is moved; starts_at, changed_at : with their zone
    edition : grows with each change; summary : all that is said of it"""

    key: str
    starts_at: datetime
    minutes: int
    summary: str
    edition: int
    changed_at: datetime


def write_feed(title: str, visits: Iterable[FeedVisit], zone: ZoneInfo) -> bytes:
    """The visits at the wall clock of a zone, whose rules travel along."""
    return calendar_file(title, [_entry(one, zone) for one in visits])


def _entry(visit: FeedVisit, zone: ZoneInfo) -> icalendar.Event:
    entry = icalendar.Event()
    start = visit.starts_at.astimezone(zone)
    entry.add("uid", uid_of(FEED, visit.key))
    entry.add("summary", visit.summary)
    entry.add("dtstart", start)
    # the length counts in real time, also over a change of the clocks
    end = visit.starts_at + timedelta(minutes=visit.minutes)
    entry.add("dtend", end.astimezone(zone))
    entry.add("dtstamp", visit.changed_at)
    entry.add("sequence", visit.edition)
    entry.add("class", "PRIVATE")
    return entry
