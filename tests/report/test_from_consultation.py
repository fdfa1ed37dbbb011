"""The report in every language: all of it translated, each figure sourced, nothing promised."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.rendered import rendered
from vermilion.consult.consultation import Consultation, consultation
from vermilion.consult.plan import make_plan
from vermilion.know import catalogue, voice
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.practice import Practice
from vermilion.know.said import Figure
from vermilion.know.shelf import Shelf
from vermilion.know.voice import Voice
from vermilion.know.wording import FORBIDDEN, faults_of_text
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo
from vermilion.report import pdf
from vermilion.report.from_consultation import sheet_of
from vermilion.report.html import write_html

AUDIENCES = ("client", "practitioner")
ENGLISH = re.compile(r"\b(the|and|of|your|with|lips?|before|response|week|day|year)\b", re.I)
NAMES = re.compile(r"lip flip", re.I)
"""What Spanish calls so too."""


@pytest.fixture(scope="module")
def made() -> Consultation:
    """Both treatments, strong enough to be warned of, with a smile."""
    rest, smile = (
        Photo(rendered(SCENES[name].sized(600, 800)).pixels) for name in ("full", "smile")
    )
    plan = make_plan(flip=True, units=2, shade="cherry", saturation=1, passes=3, wait_days=20)
    return consultation(rest, plan, smile=smile)


def in_spain(language: str, audience: str = "client") -> Voice:
    return Voice(language=language, audience=audience, country_key="es")


def words_of(page: str) -> str:
    """What a reader sees or hears of a page; the bibliography left out, which stays as it is."""
    body = page.partition("<body>")[2].partition("<script")[0].partition("<footer")[0]
    heard = " ".join(re.findall(r"(?:alt|aria-label)='([^']*)'", body))
    return unescape(re.sub(r"<p class='muted'>[^<]*\w+:\w+[^<]*</p>|<[^>]+>", " ", body) + heard)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_of_page_and_print_is_translated_and_keeps_the_rules(
    made: Consultation, language: str, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()

    def strict(shelf: Shelf, wanted: str, text: str) -> str:
        other = catalogue.catalogue(shelf, wanted).get(text, text)
        if re.search(r"[a-zA-Z]{2}", voice.PLACEHOLDER.sub("", text)):
            assert text in catalogue.catalogue(shelf, wanted), text
            assert list(faults_of_text(text, "en")) == [], text
            assert list(faults_of_text(other, wanted)) == [], other
        seen.add(text)
        return other

    monkeypatch.setattr(voice, "translated", strict)
    sheet = sheet_of(made, in_spain(language, audience), date(2026, 11, 25))
    assert f"<html lang='{language}'>" in write_html(sheet)
    told = pdf._data(sheet, {})
    assert told["language"] == language
    assert len(seen) > 120


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_is_left_on_the_page(made: Consultation, language: str) -> None:
    page = write_html(sheet_of(made, in_spain(language)))
    words = NAMES.sub("", words_of(page))
    assert len(words) > 3000
    assert ENGLISH.findall(words) == []
    spoken = json.loads(page.partition("id='frames'>")[2].partition("</script>")[0])
    labels = [frame["label"] for frame in spoken["both"]["expected"]]
    assert ENGLISH.findall(" ".join([*labels, *spoken["words"].values()])) == []


@pytest.mark.parametrize(("language", "point"), [("en", "."), ("es", ",")])
def test_numbers_are_written_as_in_the_readers_country(
    made: Consultation, language: str, point: str
) -> None:
    country = "es" if language == "es" else "us"
    page = words_of(write_html(sheet_of(made, Voice(language=language, country_key=country))))
    decimals = re.findall(r"\d([.,])\d+ (?:mm|dE|%)", page)
    assert len(decimals) > 30
    assert set(decimals) == {point}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_in_a_sentence_stands_without_its_source(
    made: Consultation, language: str, audience: str
) -> None:
    figures = 0
    for one in made.said(in_spain(language, audience)):
        for part in one.said.parts:
            if isinstance(part, Figure):
                figures += 1
                assert part.origin.sources or part.origin.mark == "assumption"
                assert part.origin.for_clients or audience == "practitioner"
            elif isinstance(part, str):
                assert not re.search(r"\d", part), one.said.plain
    assert figures > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_promises_nothing(made: Consultation, language: str) -> None:
    words = words_of(write_html(sheet_of(made, in_spain(language, "practitioner"))))
    for pattern in FORBIDDEN[language]:
        assert not re.search(pattern, words, re.IGNORECASE), pattern


def test_each_claim_and_warning_has_a_grade_and_photo_advice_has_none(made: Consultation) -> None:
    for one in made.said(Voice()):
        assert (one.said.grade == "") == (one.kind == "quality"), one.said.plain
        assert one.said.plain[0] == one.said.plain[0].upper()
        assert one.said.plain[-1] in ".)"


def test_only_practitioners_are_told_of_units(made: Consultation) -> None:
    def texts(audience: str) -> set[str]:
        return {one.said.plain for one in made.said(Voice(audience=audience))}

    assert texts("client") < texts("practitioner")
    assert any("not interchangeable" in text for text in texts("practitioner") - texts("client"))


def test_the_record_names_its_language_and_says_all_in_it(made: Consultation) -> None:
    record: dict[str, Any] = made.to_json(in_spain("es"))
    assert (record["language"], record["country"], record["audience"]) == ("es", "es", "client")
    told = [one["text"] for one in record["said"]]
    told += [one["text"] for one in record["reading"]["quality"]]
    told += [course["title"] for course in record["courses"]]
    assert ENGLISH.findall(NAMES.sub("", " ".join(told))) == []
    assert made.to_json()["language"] == "en"


@pytest.mark.parametrize(("language", "words"), [("en", "Whom to call"), ("es", "A quién llamar")])
def test_a_clients_report_says_whom_to_call_where_the_practice_has_a_telephone(
    made: Consultation, language: str, words: str
) -> None:
    here = Practice(name="Lip Room", telephone="+1 555 0100", address="1 Main Street")
    line = f"{words}: Lip Room · +1\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0100 · 1 Main Street"
    for audience, own, told in (
        ("client", here, [line]),
        ("client", Practice(name="Lip Room"), []),
        ("practitioner", here, []),
    ):
        sheet = sheet_of(made, Voice(language=language, audience=audience, practice=own))
        assert pdf._data(sheet, {})["whom_to_call"] == told
        assert (words in write_html(sheet)) == bool(told)
        assert (line in words_of(write_html(sheet))) == bool(told)


def test_a_report_may_say_when_it_was_made(made: Consultation) -> None:
    sheet = sheet_of(made, in_spain("es"), date(2026, 11, 25))
    assert "25 de noviembre de 2026" in words_of(write_html(sheet))
    assert sheet_of(made).made_on == ""
