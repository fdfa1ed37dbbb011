"""Time zones as calendars read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical

from vermilion.report.zone_rules import zone_rules

ZONES = (
    "Europe/Madrid",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Tokyo",
    "UTC",
)


@pytest.mark.parametrize("key", ZONES)
def test_every_six_hours_of_three_years_another_library_reads_the_same_offset(key: str) -> None:
    zone = ZoneInfo(key)
    calendar = icalendar.Calendar()
    calendar.add_component(zone_rules(zone, 2026, 2028))
    read = tzical(StringIO(calendar.to_ical().decode())).get(key)
    moment = datetime(2026, 1, 1, 1, tzinfo=UTC)
    while moment.year < 2029:
        local = moment.astimezone(zone)
        clock = local.replace(tzinfo=None, fold=0)
        if local.fold == 0 and clock.replace(tzinfo=zone).astimezone(UTC) == moment:
            assert clock.replace(tzinfo=read).utcoffset() == local.utcoffset(), local
        moment += timedelta(hours=6)


def test_summer_time_begins_by_the_clocks_of_winter() -> None:
    text = zone_rules(ZoneInfo("America/New_York"), 2028, 2028).to_ical().decode()
    assert "DTSTART:20280312T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400" in text.replace(
        "TZNAME:EDT\r\n", ""
    )
