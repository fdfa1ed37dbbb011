"""The calendar draws each visit at its time, two that overlap side by side, a gone one never."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from tests.studio.conftest import booked
from vermilion.know.practice import WHOLE_DAY
from vermilion.studio.models import Appointment, Client, Person
from vermilion.studio.pages.calendar_grid import MOST_LANES, grid_of
from vermilion.studio.record import appointments, booking, clients

DAY = date(2027, 3, 1)
SPANS = ((time(9), time(13)), (time(14), time(18)))


def visit(hour: int, minute: int, minutes: int) -> Appointment:
    at = timezone.make_aware(datetime.combine(DAY, time(hour, minute)))
    return Appointment(starts_at=at, minutes=minutes)


def test_rows_count_quarters_from_the_first_hour() -> None:
    one = visit(10, 20, 50)
    grid = grid_of([(DAY, None, SPANS, [(one, {})])], datetime(2027, 1, 1, tzinfo=UTC))
    (block,) = grid.columns[0].blocks
    assert (block.row, block.span, block.lane) == (6, 4, 1)
    assert grid.rows == 36
    assert grid.columns[0].shut == ((17, 4),), "the break"
    assert grid.columns[0].now == 0


def test_two_at_one_time_stand_side_by_side_and_a_later_one_takes_the_first_lane() -> None:
    rows = [(visit(9, 0, 60), {}), (visit(9, 30, 60), {}), (visit(10, 0, 30), {})]
    column = grid_of([(DAY, None, SPANS, rows)], datetime(2027, 1, 1, tzinfo=UTC)).columns[0]
    assert [(block.lane, block.reach) for block in column.blocks] == [(1, 1), (2, 1), (1, 1)]
    assert column.lanes == 2


def test_one_that_stands_alone_at_its_time_is_as_wide_as_the_day() -> None:
    rows = [(visit(9, 0, 60), {}), (visit(9, 30, 60), {}), (visit(15, 0, 30), {})]
    column = grid_of([(DAY, None, SPANS, rows)], datetime(2027, 1, 1, tzinfo=UTC)).columns[0]
    assert [(block.lane, block.reach) for block in column.blocks] == [(1, 1), (2, 1), (1, 2)]


def test_many_at_one_time_stay_inside_the_lanes_that_the_style_sheet_has() -> None:
    rows = [(visit(9, 0, 60), {}) for _ in range(MOST_LANES + 3)]
    column = grid_of([(DAY, None, SPANS, rows)], datetime(2027, 1, 1, tzinfo=UTC)).columns[0]
    assert max(block.lane for block in column.blocks) == column.lanes == MOST_LANES


def test_a_visit_outside_the_hours_widens_the_grid_and_midnight_ends_it() -> None:
    rows = [(visit(6, 30, 30), {}), (visit(23, 0, 120), {})]
    grid = grid_of([(DAY, None, WHOLE_DAY, rows)], datetime(2027, 1, 1, tzinfo=UTC))
    assert grid.hours[0] == (1, "06:00")
    assert grid.rows == 72
    last = grid.columns[0].blocks[-1]
    assert last.row + last.span == grid.rows + 1


def test_todays_line_stands_in_todays_column_alone() -> None:
    now = timezone.make_aware(datetime.combine(DAY, time(12, 5)))
    later = DAY + timedelta(days=1)
    grid = grid_of([(DAY, None, SPANS, []), (later, None, SPANS, [])], now)
    assert [one.now for one in grid.columns] == [13, 0]


@pytest.mark.django_db
def test_a_week_and_a_day_show_who_comes_and_neither_cancelled_nor_erased_ones(
    desk: Browser, ana: Client, beth: Client, owner: Person
) -> None:
    one = booked(ana, owner, days=2)
    at = booking.Place(one.starts_at + timedelta(hours=2), 30, owner)
    appointments.book(beth, at.starts_at, at.minutes, owner, {"purpose": "Look"})
    when = timezone.localtime(one.starts_at).date().isoformat()
    for where, name in ((reverse("week"), "from"), (reverse("day"), "on")):
        page = desk.get(where, {name: when}).content.decode()
        assert "Ana García" in page
        assert "Beth Johnson" in page
    appointments.set_state(one, "cancelled", 0, owner)
    clients.erase(beth, owner, "asked")
    for where, name in ((reverse("week"), "from"), (reverse("day"), "on")):
        page = desk.get(where, {name: when}).content.decode()
        assert "Ana García" not in page
        assert "Beth Johnson" not in page


@pytest.mark.django_db
def test_a_week_without_anybody_says_where_a_visit_is_booked(
    desk: Browser, ana: Client, owner: Person
) -> None:
    assert "Nothing is booked here" in desk.get("/calendar/").content.decode()
    at = booked(ana, owner).starts_at
    week = {"from": timezone.localtime(at).date().isoformat()}
    assert "Nothing is booked here" not in desk.get("/calendar/", week).content.decode()
