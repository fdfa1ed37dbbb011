"""Costs: the practice's own first, no currency converted, repeats counted as the months say."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.care.prices import Price, outlay, price_of
from vermilion.care.treatments import treatment
from vermilion.know.practice import Practice
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

SHELF = packaged()


def costs(key: str, voice: Voice | None = None, years: int = 5) -> list[tuple[float, float] | None]:
    found = outlay(voice or Voice(), treatment(SHELF, key), years)
    return [None if one is None else (one.low, one.high) for one in (found.first, *found.years)]


def test_a_flip_kept_up_for_a_year_is_three_to_four_flips() -> None:
    first, year, *_, five = costs("flip")
    assert first == (100, 500)
    assert year == (3 * 100, 4 * 500)
    assert five == (15 * 100, 20 * 500)


def test_a_blush_needs_no_refresh_in_its_first_year() -> None:
    first, year, *_, five = costs("blush")
    assert first == year == (495, 1500)
    assert five == (495 + 2 * 150, 1500 + 4 * 200)


def test_what_is_done_once_costs_the_same_in_every_year() -> None:
    assert len(set(costs("lift"))) == 1


def test_both_cost_the_sum_of_the_two() -> None:
    for both, flip, blush in zip(costs("both"), costs("flip"), costs("blush"), strict=True):
        assert flip
        assert blush
        assert both == (flip[0] + blush[0], flip[1] + blush[1])


def test_costs_never_fall_with_the_years() -> None:
    for key in SHELF.names("treatments"):
        known = [one for one in costs(key) if one is not None]
        assert known == sorted(known)
        assert all(low <= high for low, high in known)


def test_a_price_that_nobody_names_stays_unknown() -> None:
    assert set(costs("gummy")) == {None}


def test_the_practice_s_own_prices_come_first_and_bear_no_source() -> None:
    voice = Voice(practice=Practice(prices={"flip": (250.0, 250.0)}))
    assert price_of(voice, "flip") == Price(250, 250, "USD", None)
    assert costs("flip", voice)[1] == (750, 1000)


def test_england_has_pounds_where_known_and_dollars_elsewhere_never_added() -> None:
    voice = Voice(country_key="gb-eng")
    flip, blush = price_of(voice, "flip"), price_of(voice, "blush")
    assert flip is not None
    assert flip.currency == "GBP"
    assert blush is not None
    assert blush.currency == "USD"
    assert set(costs("both", voice)) == {None}


def test_a_refresh_in_another_currency_leaves_the_years_unknown() -> None:
    voice = Voice(country_key="es", practice=Practice(prices={"blush": (400.0, 500.0)}))
    first, year, *_, five = costs("blush", voice)
    assert first == year == (400, 500)
    assert five is None


def test_a_sum_names_all_its_sources(tmp_path: Path) -> None:
    found = outlay(Voice(), treatment(SHELF, "both"), 1).first
    assert found is not None
    assert found.origin is not None
    assert {"flip:F14", "blush:L30"} <= set(found.origin.sources)
    assert found.origin.mark == "derived"


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
def test_there_is_one_span_a_year(years: int) -> None:
    assert len(costs("filler", years=years)) == years + 1
