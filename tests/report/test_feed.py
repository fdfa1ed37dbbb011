"""Calendars to subscribe to, read back by another library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from vermilion.report.feed import FeedVisit, write_feed

ZONES = ("Europe/Madrid", "America/New_York", "Australia/Sydney", "UTC")
CHANGED = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def visits(zone: ZoneInfo, minutes: int = 45) -> list[FeedVisit]:
    """Every third day at ten for a year: over all changes of the clocks."""
    first = datetime(2027, 1, 1, 10)
    days = [(first + timedelta(days=n)).replace(tzinfo=zone) for n in range(0, 365, 3)]
    return [
        FeedVisit(str(n), at.astimezone(UTC), minutes, "Appointment", n, CHANGED)
        for n, at in enumerate(days)
    ]


def read(content: bytes) -> Iterator[vobject.base.Component]:
    yield from vobject.readOne(content.decode()).vevent_list


@pytest.mark.parametrize("name", ZONES)
def test_another_library_reads_the_same_instants_all_year(name: str) -> None:
    zone = ZoneInfo(name)
    told = visits(zone)
    entries = list(read(write_feed("Appointments", told, zone)))
    assert len(entries) == len(told)
    for one, entry in zip(told, entries, strict=True):
        start, end = entry.dtstart.value, entry.dtend.value
        assert start.astimezone(UTC) == one.starts_at
        assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=one.minutes)
        assert (start.hour, start.minute) == (10, 0)
        assert entry.summary.value == "Appointment"
        assert int(entry.sequence.value) == one.edition


def test_a_visit_over_the_change_of_the_clocks_keeps_its_length() -> None:
    zone = ZoneInfo("Europe/Madrid")
    start = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    one = FeedVisit("1", start, 90, "Appointment", 0, CHANGED)
    (entry,) = read(write_feed("x", [one], zone))
    assert entry.dtend.value.astimezone(UTC) - start == timedelta(minutes=90)


def test_the_same_appointments_are_the_same_bytes_and_a_moved_one_keeps_its_name() -> None:
    zone = ZoneInfo("Europe/Madrid")
    told = visits(zone)
    first = write_feed("x", told, zone)
    assert write_feed("x", visits(zone), zone) == first
    later = FeedVisit("0", told[0].starts_at + timedelta(days=1), 45, "Appointment", 9, CHANGED)
    moved = next(read(write_feed("x", [later, *told[1:]], zone)))
    assert moved.uid.value == next(read(first)).uid.value
    assert moved.dtstart.value != next(read(first)).dtstart.value


def test_an_empty_calendar_is_one_too() -> None:
    content = write_feed("x", [], ZoneInfo("Europe/Madrid"))
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert b"VEVENT" not in content
