"""Only a law counts by itself; a practice may keep longer, never shorter."""

from __future__ import annotations

from datetime import date

import pytest

from vermilion.errors import DataError
from vermilion.know.practice import Practice, read_practice
from vermilion.know.retention import period_of
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

COUNTRIES = packaged().names("countries")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("audience", ["client", "practitioner"])
def test_each_country_says_what_is_asked_with_its_source(country: str, audience: str) -> None:
    said = period_of(Voice(audience=audience, country_key=country)).said
    assert said.plain
    assert said.origin is not None
    assert said.origin.sources


def test_a_law_counts_by_itself() -> None:
    period = period_of(Voice(country_key="es"))
    assert (period.years, period.least_years, period.own) == (5, 5, False)
    assert period.until(date(2026, 11, 25)) == date(2031, 11, 25)


@pytest.mark.parametrize("country", ["us", "gb-eng"])
def test_without_a_law_nobody_knows_until_the_practice_says_so(country: str) -> None:
    period = period_of(Voice(country_key=country))
    assert (period.years, period.least_years) == (None, None)
    assert period.until(date(2026, 11, 25)) is None
    own = period_of(Voice(country_key=country, practice=Practice(keep_years=7)))
    assert (own.years, own.own) == (7, True)


def test_guidance_is_proposed_and_does_not_count() -> None:
    period = period_of(Voice(country_key="gb-eng"))
    assert period.hint_years == 8
    assert period.years is None


def test_a_practice_may_keep_longer_than_the_law_and_not_shorter() -> None:
    assert period_of(Voice(country_key="es", practice=Practice(keep_years=15))).years == 15
    with pytest.raises(DataError, match="at least 5"):
        period_of(Voice(country_key="es", practice=Practice(keep_years=4)))


def test_a_leap_day_is_kept_a_day_longer() -> None:
    period = period_of(Voice(country_key="es"))
    assert period.until(date(2028, 2, 29)) == date(2033, 3, 1)


@pytest.mark.parametrize("wrong", ["0", "-3", "1.5", "101", '"ten"', "true"])
def test_years_that_cannot_be_are_refused_with_their_line(wrong: str) -> None:
    with pytest.raises(DataError, match="line 1"):
        read_practice(f"[keep]\nyears = {wrong}\n", "practice.toml")
