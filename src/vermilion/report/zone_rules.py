"""The rules of a time zone as VTIMEZONE, for the years that a calendar covers.

Public: `zone_rules`.

Every change of the clocks is written out as an observance of its own, with its local time before
the change, as RFC 5545 section 3.6.5 asks: all readers understand single dates, and a zone that
drops or moves its summer time needs no rule. (The zones that the calendar library writes itself
begin summer time an hour late.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

STEP = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def zone_rules(zone: ZoneInfo, first_year: int, last_year: int) -> icalendar.Timezone:
    """The zone from the start of one year to the end of another."""
    component = icalendar.Timezone()
    component.add("tzid", zone.key)
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    component.add_component(_observance(zone, start - MINUTE, start - MINUTE))
    for before, after in _changes(zone, start, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        component.add_component(_observance(zone, before, after))
    return component


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The minute before and the minute of each change, in UTC."""
    at = start
    while at < end:
        if _state(zone, at) != _state(zone, at + STEP):
            low, high = at, at + STEP
            while high - low > MINUTE:
                middle = low + (high - low) // (2 * MINUTE) * MINUTE
                if _state(zone, middle) == _state(zone, low):
                    low = middle
                else:
                    high = middle
            yield low, high
        at += STEP


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _observance(
    zone: ZoneInfo, before: datetime, after: datetime
) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """The clocks from `after` on, dated by the clocks of `before`."""
    old = before.astimezone(zone).utcoffset() or timedelta()
    new = after.astimezone(zone)
    rule = icalendar.TimezoneDaylight() if new.dst() else icalendar.TimezoneStandard()
    rule.add("dtstart", (after + old).replace(tzinfo=None))
    rule.add("tzoffsetfrom", old)
    rule.add("tzoffsetto", new.utcoffset() or timedelta())
    rule.add("tzname", new.tzname() or zone.key)
    return rule
