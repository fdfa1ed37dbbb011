"""What is said keeps its sources, in the language and forms of those who hear it."""

from __future__ import annotations

from datetime import date

import pytest

from vermilion.errors import DataError, UsageError
from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.said import Figure, Given, given
from vermilion.know.shelf import packaged
from vermilion.know.sourced import Origin
from vermilion.know.voice import Voice

WEAK = Origin(("flip:F14",), "recalled-low", "D")


def test_a_number_of_a_file_keeps_its_source() -> None:
    said = Voice().say("It rises {flip.midline_rise} mm")
    assert said.plain == "It rises 0.75 mm"
    figure = next(part for part in said.parts if isinstance(part, Figure))
    assert figure.origin.sources == ("flip:F14",)
    assert figure.key == "flip.midline_rise"


def test_a_range_is_written_as_one() -> None:
    assert Voice().say("{flip.midline_rise.range} mm").plain == "0–2 mm"


def test_spanish_writes_numbers_dates_and_amounts_its_own_way() -> None:
    voice = Voice(language="es", country_key="es")
    assert voice.say("{flip.midline_rise}").plain == "0,75"
    assert voice.date(date(2027, 3, 9)).text == "9 de marzo de 2027"
    assert voice.money(1250, 3000).text == "1.250\xa0€ – 3.000\xa0€"


@pytest.mark.parametrize(
    ("country", "language", "day"),
    [
        ("us", "en", "March 9, 2027"),
        ("gb-eng", "en", "9 March 2027"),
        ("us", "es", "9 de marzo de 2027"),
        ("gb-eng", "es", "9 de marzo de 2027"),
        ("es", "en", "9 March 2027"),
    ],
)
def test_a_date_is_written_for_language_and_country(country: str, language: str, day: str) -> None:
    assert Voice(language=language, country_key=country).date(date(2027, 3, 9)).text == day


@pytest.mark.parametrize(("country", "number"), [("us", "911"), ("gb-eng", "999"), ("es", "112")])
def test_the_emergency_number_is_the_countrys(country: str, number: str) -> None:
    said = Voice(country_key=country).say("Call {country.emergency}")
    assert said.plain == f"Call {number}"
    assert next(said.origins).sources


def test_values_of_the_caller_are_told_apart_from_figures() -> None:
    said = Voice().say("On {day} and {name}", day=Given("March 9"), name=given("Ana"))
    assert said.plain == "On March 9 and Ana"
    assert [type(part) for part in said.parts] == [str, Given, str, Given]


def test_a_number_given_by_the_caller_keeps_its_source() -> None:
    rise = packaged().topic("flip").number("midline_rise")
    assert Voice().say("{rise.range} mm", rise=rise).plain == "0–2 mm"


def test_what_was_recalled_without_confidence_never_reaches_a_client() -> None:
    with pytest.raises(DataError, match="client"):
        Voice().say("Hello", origin=WEAK)
    assert Voice(audience="practitioner").say("Hello", origin=WEAK).plain == "Hello"


def test_a_placeholder_that_nobody_fills_is_an_error() -> None:
    with pytest.raises(DataError, match="nothing fills 'name'"):
        Voice().say("Hello {name}")


def test_an_unknown_language_or_country_is_said_kindly() -> None:
    with pytest.raises(UsageError, match="one of en, es"):
        catalogue(packaged(), "fr")
    with pytest.raises(UsageError, match="one of es, gb-eng, us"):
        _ = Voice(country_key="mars").country


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_catalogue_entry_says_something(language: str) -> None:
    found = catalogue(packaged(), language)
    assert len(found) > 20
    assert all(text.strip() for text in found.values())
