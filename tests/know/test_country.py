"""Every country says what a person there needs."""

from __future__ import annotations

import pytest

from vermilion.know.catalogue import LANGUAGES
from vermilion.know.country import read_country
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

COUNTRIES = packaged().names("countries")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_its_emergency_number_reporting_and_a_person_to_talk_to(
    country: str, language: str
) -> None:
    voice = Voice(language=language, country_key=country)
    assert voice.country.number("emergency").value > 100
    for key in ("reporting", "distress", "doctor_now"):
        said = voice.row(f"countries/{country}", voice.country.texts[key])
        assert said.plain.strip()
        assert "{" not in said.plain


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_country_treats_children(country: str) -> None:
    found = read_country(packaged(), country)
    assert found.age("flip").value >= 18
    assert found.age("blush").value >= 18


def test_filler_in_the_united_states_is_for_adults_over_twenty_one() -> None:
    assert read_country(packaged(), "us").age("filler").value == 22
