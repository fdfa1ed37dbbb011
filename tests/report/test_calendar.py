"""Calendar files, read back by another library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import vobject

from vermilion.care.dates.schedule import Schedule, make_schedule
from vermilion.care.dates.wish import Dated, Wish
from vermilion.errors import OutputError, UsageError
from vermilion.know.practice import Practice
from vermilion.know.voice import Voice
from vermilion.report.calendar import uid_of, write_calendar
from vermilion.report.timing import Timing

TODAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
VOICE = Voice(practice=Practice(open_weekdays=frozenset(range(5))))
ZONES = ("Europe/Madrid", "America/New_York", "Australia/Sydney")


def schedule(event: date = date(2027, 6, 19), until: date | None = None) -> Schedule:
    wish = Wish(("flip", "blush"), TODAY, TODAY + timedelta(days=1), event, until)
    return make_schedule(VOICE, wish)


def timing(zone: str | None = None, at: time | None = time(10), **rest: object) -> Timing:
    place = None if zone is None else ZoneInfo(zone)
    return Timing("Ana", rest.get("stamp", STAMP), at, place)  # type: ignore[arg-type]


def entries(content: bytes) -> Iterator[vobject.base.Component]:
    yield from vobject.readOne(content.decode()).vevent_list


@pytest.mark.parametrize("zone", ZONES)
def test_another_library_reads_the_same_instants_over_the_changes_of_the_clocks(zone: str) -> None:
    plan = schedule(until=date(2028, 11, 1))
    content = write_calendar(plan, timing(zone))
    read = {one.uid.value: one for one in entries(content)}
    offsets = set()
    for item in plan.items:
        entry = read[uid_of("Ana", item.key)]
        if not item.at_practice:
            assert entry.dtstart.value == item.day
            assert entry.dtend.value == (item.last or item.day) + timedelta(days=1)
            continue
        assert entry.dtstart.value.tzinfo is not None
        start = datetime.combine(item.day, time(10), ZoneInfo(zone))
        offsets.add(start.utcoffset())
        later = entry.dtstart.value.astimezone(UTC) - start.astimezone(UTC)
        assert timedelta() <= later < timedelta(hours=2), "visits of one day follow each other"
        first = min(one.key for one in plan.items if one.day == item.day and one.at_practice)
        if item.key == first:
            assert entry.dtstart.value.astimezone(UTC) == start.astimezone(UTC)
        length = entry.dtend.value.astimezone(UTC) - entry.dtstart.value.astimezone(UTC)
        assert length == timedelta(minutes=item.minutes or 0)
    assert len(offsets) == 2, "the visits lie on both sides of a change"
    assert b"BEGIN:VTIMEZONE" in content


def test_visits_on_one_day_follow_each_other() -> None:
    content = write_calendar(schedule(), timing("Europe/Madrid"))
    spans = sorted(
        (one.dtstart.value, one.dtend.value)
        for one in entries(content)
        if isinstance(one.dtstart.value, datetime)
    )
    assert len({start.date() for start, _ in spans}) < len(spans)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start


def test_without_a_zone_the_clock_floats_and_without_a_time_days_are_whole() -> None:
    floating = write_calendar(schedule(), timing())
    assert re.search(rb"DTSTART:2027\d{4}T100000\r\n", floating)
    assert b"VTIMEZONE" not in floating
    whole = write_calendar(schedule(), timing(at=None))
    assert not re.search(rb"DTSTART[^\r]*T\d{6}", whole)


def test_every_entry_has_a_reminder_and_visits_have_instructions() -> None:
    plan = schedule()
    read = {one.uid.value: one for one in entries(write_calendar(plan, timing()))}
    for item in plan.items:
        entry = read[uid_of("Ana", item.key)]
        alarms = list(entry.valarm_list)
        assert alarms
        assert all(alarm.action.value == "DISPLAY" for alarm in alarms)
        for said in (*item.why, *item.do):
            assert said.plain in entry.description.value


def test_a_new_export_moves_the_same_entries_and_doubles_none() -> None:
    first = write_calendar(schedule(), timing())
    later = timing(stamp=STAMP + timedelta(days=3))
    second = write_calendar(schedule(date(2027, 7, 10)), later, first)
    old = {one.uid.value: one for one in entries(first)}
    new = {one.uid.value: one for one in entries(second)}
    assert old.keys() == new.keys()
    assert len(list(entries(second))) == len(new)
    moved = [uid for uid in new if new[uid].dtstart.value != old[uid].dtstart.value]
    assert moved
    for uid, entry in new.items():
        assert int(entry.sequence.value) > int(old[uid].sequence.value)
        assert entry.dtstamp.value > old[uid].dtstamp.value


def test_what_the_plan_no_longer_has_goes_out_as_cancelled_and_stays_so() -> None:
    first = write_calendar(schedule(until=date(2028, 11, 1)), timing())
    later = timing(stamp=STAMP + timedelta(days=3))
    second = write_calendar(schedule(), later, first)
    third = write_calendar(schedule(), later, second)
    for content in (second, third):
        read = {one.uid.value: one for one in entries(content)}
        gone = read[uid_of("Ana", "flip.next.4")]
        assert gone.status.value == "CANCELLED"
        assert gone.dtstamp.value == later.stamp
        assert "status" not in read[uid_of("Ana", "flip.visit")].contents


def test_what_is_past_is_not_cancelled() -> None:
    first = write_calendar(schedule(), timing())
    wish = Wish(
        ("flip", "blush"),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 19),
        had=(
            Dated("blush.visit", date(2027, 3, 12)),
            Dated("blush.perfecting", date(2027, 4, 23)),
            Dated("consultation", date(2027, 3, 5)),
        ),
    )
    second = write_calendar(make_schedule(VOICE, wish), timing(), first)
    read = {one.uid.value for one in entries(second)}
    assert uid_of("Ana", "flip.visit") in read
    assert uid_of("Ana", "blush.visit") not in read
    assert b"CANCELLED" not in second


def test_the_same_plan_at_the_same_moment_is_the_same_file() -> None:
    assert write_calendar(schedule(), timing()) == write_calendar(schedule(), timing())


def test_two_people_have_their_own_entries() -> None:
    assert uid_of("Ana", "flip.visit") != uid_of("Eva", "flip.visit")


@pytest.mark.parametrize(
    "before", [b"", b"a picture \xff", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"]
)
def test_a_file_of_somebody_else_is_not_written_over(before: bytes) -> None:
    with pytest.raises(OutputError, match="not a schedule of this program"):
        write_calendar(schedule(), timing(), before)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    wish = Wish(("flip",), TODAY, date(2027, 3, 28), had=(Dated("consultation", TODAY),))
    voice = Voice()
    plan = make_schedule(voice, wish)
    assert plan.items[-1].day > date(2027, 3, 28)
    with pytest.raises(UsageError, match="skip 02:30 on 2027-03-28 in Europe/Madrid"):
        write_calendar(plan, timing("Europe/Madrid", time(2, 30)))


def test_lines_are_folded_as_the_standard_asks() -> None:
    content = write_calendar(schedule(), timing("Europe/Madrid"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
