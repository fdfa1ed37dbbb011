"""A schedule as a calendar file (RFC 5545) that calendars of others read and update from.

Public: `write_calendar`, `calendar_file`, `uid_of`.

- The same element of the same plan has the same UID, whatever its day: a new export moves entries
  and never doubles them. DTSTAMP and SEQUENCE grow with the clock, so the newer export wins.
- What an earlier export of the same file held and the plan no longer has goes out as cancelled;
  what is past stays where calendars have it.
- A visit at a time of day stands in its time zone, whose rules travel along as VTIMEZONE; without a
  zone it floats (the same wall clock everywhere). All other entries are whole days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import icalendar

from vermilion.care.dates.items import Item
from vermilion.care.dates.schedule import Schedule
from vermilion.errors import OutputError, UsageError
from vermilion.report.timing import Timing
from vermilion.report.zone_rules import zone_rules

MAKER = "-//vermilion//schedule//EN"
FIRST_MINUTE = datetime(2026, 1, 1, tzinfo=UTC)
"""SEQUENCE counts minutes from here: a later export has a higher one, without any memory."""
SHORTEST_MINUTES = 15
DAY_BEFORE = timedelta(days=-1)
TWO_HOURS_BEFORE = timedelta(hours=-2)
WEEK_BEFORE = timedelta(days=-7)
MORNING = timedelta(hours=9)
MORNING_BEFORE = MORNING + DAY_BEFORE


def write_calendar(schedule: Schedule, timing: Timing, before: bytes | None = None) -> bytes:
    """The entries of a schedule as an .ics file.

    Parameters
    ----------
    before : what stands in the file now; its entries that are gone are cancelled

    Raises
    ------
    UsageError : the clocks skip the wished time on one of the days
    OutputError : the file holds something else than an earlier export
    """
    items = [item for item in schedule.items if item.kind != "booked"]
    entries = [_entry(item, start, timing) for item, start in _starts(items, timing)]
    kept = {uid_of(timing.plan, item.key) for item in items}
    gone = [_stamped(one, timing) for one in _gone(before, kept, schedule.wish.today)]
    return calendar_file(timing.plan, [*entries, *gone])


def calendar_file(title: str, entries: Iterable[icalendar.Event]) -> bytes:
    """Entries as a file, with the rules of all time zones that they name."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    for entry in entries:
        calendar.add_component(entry)
    # from the year before: a morning of 1 January lies in the old year where the day comes early
    years = [entry.start.year for entry in calendar.events]
    for key in sorted(_zones(calendar)):
        calendar.subcomponents.insert(0, zone_rules(ZoneInfo(key), min(years) - 1, max(years)))
    return bytes(calendar.to_ical())


def uid_of(plan: str, key: str) -> str:
    """The UID of an element of a plan."""
    return f"{sha256(f'{plan}/{key}'.encode()).hexdigest()[:32]}@vermilion"


def _starts(items: Iterable[Item], timing: Timing) -> Iterator[tuple[Item, date]]:
    """Every entry with its start; visits on one day follow each other."""
    busy: dict[date, datetime] = {}
    for item in items:
        if timing.at is None or not item.at_practice:
            yield item, item.day
            continue
        start = busy.get(item.day) or datetime.combine(item.day, timing.at)
        busy[item.day] = start + _length(item)
        yield item, _zoned(start, timing.zone)


def _zoned(moment: datetime, zone: ZoneInfo | None) -> datetime:
    if zone is None:
        return moment
    there = moment.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise UsageError(
            "the clocks skip {time} on {day} in {zone}",
            "a time that exists is needed",
            "choose another one",
            terminal="choose another one with --at",
            time=f"{moment:%H:%M}",
            day=moment.date(),
            zone=zone.key,
        )
    return there


def _entry(item: Item, start: date, timing: Timing) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", uid_of(timing.plan, item.key))
    entry.add("summary", item.title.plain)
    lines = [said.plain for said in item.why]
    lines += [f"- {said.plain}" for said in item.do]
    if lines:
        entry.add("description", "\n".join(lines))
    entry.add("dtstart", start)
    if isinstance(start, datetime):
        # the length counts in real time, also over a change of the clocks
        end = start.replace(tzinfo=None) + _length(item)
        entry.add("dtend", _zoned(end, timing.zone))
    else:
        entry.add("dtend", (item.last or item.day) + timedelta(days=1))
    entry.add("transp", "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT")
    for before in _reminders(item, isinstance(start, datetime)):
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", item.title.plain)
        alarm.add("trigger", before)
        entry.add_component(alarm)
    return _stamped(entry, timing)


def _stamped(entry: icalendar.Event, timing: Timing) -> icalendar.Event:
    for name, value in (("dtstamp", timing.stamp), ("sequence", _sequence(timing.stamp))):
        entry.pop(name, None)
        entry.add(name, value)
    return entry


def _reminders(item: Item, timed: bool) -> tuple[timedelta, ...]:
    if timed:
        near = (DAY_BEFORE, TWO_HOURS_BEFORE)
        return (WEEK_BEFORE, *near) if item.kind in ("treat", "upkeep") else near
    if item.at_practice:
        far = (WEEK_BEFORE + MORNING,) if item.kind in ("treat", "upkeep") else ()
        return (*far, MORNING_BEFORE)
    return (MORNING_BEFORE,) if item.kind == "event" else (MORNING,)


def _day(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start


def _length(item: Item) -> timedelta:
    return timedelta(minutes=max(item.minutes or 0, SHORTEST_MINUTES))


def _zones(calendar: icalendar.Calendar) -> set[str]:
    """The time zones that any entry names."""
    times = [entry.get(name) for entry in calendar.events for name in ("dtstart", "dtend")]
    return {one.params["TZID"] for one in times if one is not None and "TZID" in one.params}


def _sequence(stamp: datetime) -> int:
    return max(0, int((stamp - FIRST_MINUTE) / timedelta(minutes=1)))


def _gone(before: bytes | None, kept: set[str], today: date) -> Iterator[icalendar.Event]:
    """The entries to come of an earlier export that the plan no longer has, as cancelled."""
    if before is None:
        return
    try:
        calendar = icalendar.Calendar.from_ical(before)
    except ValueError:
        calendar = None
    if calendar is None or str(calendar.get("prodid", "")) != MAKER:
        raise OutputError(
            "the file there is not a schedule of this program",
            "an earlier export or no file is needed",
            "choose another name",
        )
    for entry in calendar.events:
        if str(entry["uid"]) not in kept and _day(entry.start) > today:
            entry.subcomponents.clear()
            entry["status"] = icalendar.vText("CANCELLED")
            yield entry
