"""A practice may be stricter freely, and milder only with a name and a reason."""

from __future__ import annotations

from datetime import date, time

import pytest

from vermilion.errors import DataError
from vermilion.know.practice import Practice, read_practice

GOOD = """
name = "Lip Room"
country = "es"
open = ["mon", "tue"]
closed = [2027-01-05]
[wait.filler_to_blush]
days = 42
[wait.toxin_to_toxin]
days = 80
reason = "own audit"
by = "Dr Vega"
[age.flip]
years = 21
[price.flip]
low = 200
high = 250
[hours]
mon = ["09:00-13:00", "14:00-18:30"]
[minutes]
"blush.visit" = 150
"""


def test_a_good_file_is_read_whole() -> None:
    practice = read_practice(GOOD, "practice.toml")
    assert (practice.name, practice.country) == ("Lip Room", "es")
    assert practice.prices["flip"] == (200.0, 250.0)
    assert practice.age_years("flip", 18) == (21, None)
    assert practice.age_years("blush", 18) == (18, None)


def test_opening_days_and_closed_dates_are_kept() -> None:
    practice = read_practice(GOOD, "practice.toml")
    assert practice.is_open(date(2027, 1, 4))
    assert not practice.is_open(date(2027, 1, 5))
    assert not practice.is_open(date(2027, 1, 6))
    assert Practice().is_open(date(2027, 1, 6))


def test_an_open_day_has_its_hours_and_is_open_all_day_where_none_are_said() -> None:
    practice = read_practice(GOOD, "practice.toml")
    assert practice.spans_on(date(2027, 1, 4)) == (
        (time(9), time(13)),
        (time(14), time(18, 30)),
    )
    assert practice.spans_on(date(2027, 1, 12)) == ((time.min, time.max),), "a Tuesday"
    assert practice.spans_on(date(2027, 1, 5)) == (), "closed"
    assert practice.spans_on(date(2027, 1, 6)) == (), "a Wednesday"
    assert practice.minutes == {"blush.visit": 150}


def test_a_stricter_wait_counts_freely() -> None:
    assert read_practice(GOOD, "p").wait_days("filler_to_blush", 28) == (42, None)


def test_a_milder_wait_carries_its_reason_and_name() -> None:
    days, milder = read_practice(GOOD, "p").wait_days("toxin_to_toxin", 90)
    assert days == 80
    assert milder is not None
    assert (milder.reason, milder.by) == ("own audit", "Dr Vega")


def test_a_milder_wait_without_them_is_refused_with_its_line() -> None:
    practice = read_practice(GOOD, "practice.toml")
    with pytest.raises(DataError, match=r"practice\.toml, line 6: 42 is milder.*reason"):
        practice.wait_days("filler_to_blush", 60)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('name = "Lip Room"', "name = Lip Room", "line 2"),
        ("days = 42", 'days = "many"', r"line 6: \[wait\.filler_to_blush\] has no usable days"),
        ("days = 42", "days = -1", "line 6"),
        ('["mon", "tue"]', '["mon", "someday"]', "line 4: open is"),
        ("[2027-01-05]", '["soon"]', "line 5: closed is"),
        ("[age.flip]", "[ages.flip]", "'ages' is not known"),
        ("high = 250", "high = 100", r"line 14: \[price\.flip\]"),
        ('"14:00-18:30"', '"12:00-18:30"', r"\[hours\] mon is"),
        ('"14:00-18:30"', '"18:30-14:00"', r"\[hours\] mon is"),
        ('"14:00-18:30"', '"afternoon"', r"\[hours\] mon is"),
        ("mon = ", "monday = ", r"\[hours\] monday is"),
        ("= 150", "= 0", r"\[minutes\] blush.visit is 0"),
        ("= 150", '= "long"', r"\[minutes\] blush.visit is long"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old: str, new: str, word: str) -> None:
    assert old in GOOD
    with pytest.raises(DataError, match=word):
        read_practice(GOOD.replace(old, new), "practice.toml")
