"""Sentences rest on data, and what may not reach a client does not."""

from __future__ import annotations

import re

import pytest

from vermilion.errors import DataError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.claims import KINDS, claim, claims, notice_text, parse_claims
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice

ROW = {
    "treatment": "flip",
    "kind": "limit",
    "audience": "client",
    "text": "It adds no volume.",
    "source": ["flip:F2"],
    "mark": "page",
    "grade": "C",
}


@pytest.mark.parametrize("treatment", ["flip", "blush"])
def test_each_treatment_says_what_is_usual_and_what_it_will_not_do(treatment: str) -> None:
    kinds = {one.kind for one in claims(treatment) if one.treatment == treatment}
    assert {"usual", "limit"} <= kinds <= set(KINDS)


def test_a_flip_says_what_the_mouth_may_lose_with_its_likelihood() -> None:
    words = " ".join(str(one.words) for one in claims("flip", "function"))
    assert "3 of 3" in words
    assert "29 to 100 %" in words
    for word in ("straw", "P, B and M", "whistling", "pucker", "unknown"):
        assert word in words


def test_every_picture_is_called_a_simulation() -> None:
    for treatment in ("flip", "blush", "both"):
        (one,) = claims(treatment, "simulation")
        assert "simulation" in str(one.words)
        assert "not a prediction" in str(one.words)


def test_the_numbers_in_a_sentence_are_those_of_the_model() -> None:
    too_much = topic("flip").number("too_much").value
    assert f"{too_much:g} mm" in str(claim("flip_too_much").words)
    assert all("{" not in str(one.words) for one in claims(audience="practitioner"))


def test_nothing_for_practitioners_alone_reaches_a_client() -> None:
    client = {one.key for one in claims()}
    everything = {one.key for one in claims(audience="practitioner")}
    assert client < everything
    assert "flip_equivalence" in everything - client
    assert all(one.origin.for_clients for one in claims())


def test_a_model_of_the_program_is_labelled_as_one() -> None:
    for one in claims():
        own = one.origin.mark == "assumption"
        assert ("illustration, not prediction" in str(one.label)) == own
        assert str(one.labelled).startswith(str(one.words))
        assert (str(one.labelled) != str(one.words)) == own


def test_no_sentence_promises_safety_or_beauty() -> None:
    for one in claims(audience="practitioner"):
        words = str(one.words).lower()
        assert not any(word in words for word in ("safe", "harmless", "ideal", "beautiful"))


@pytest.mark.parametrize("mark", ["recalled-medium", "recalled-low"])
def test_a_client_sentence_that_was_only_recalled_is_refused(mark: str) -> None:
    with pytest.raises(DataError, match="recalled"):
        parse_claims({"x": {**ROW, "mark": mark}})
    assert parse_claims({"x": {**ROW, "mark": mark, "audience": "practitioner"}})


def test_a_sentence_with_the_programs_own_number_must_be_labelled() -> None:
    row = {**ROW, "text": "About {flip.midline_rise} mm."}
    with pytest.raises(DataError, match="program's own"):
        parse_claims({"x": row})
    (one,) = parse_claims({"x": {**row, "mark": "assumption", "grade": "D"}})
    assert str(one.words) == f"About {topic('flip').number('midline_rise').value:g} mm."


def test_a_sentence_is_graded_by_the_weakest_that_it_rests_on() -> None:
    row = {**ROW, "mark": "assumption", "text": "About {flip.midline_rise} mm."}
    with pytest.raises(DataError, match="weakest"):
        parse_claims({"x": row})
    assert parse_claims({"x": {**row, "grade": "D"}})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_in_every_language_with_the_numbers_of_the_files(
    language: str,
) -> None:
    voice = Voice(language=language, audience="practitioner", country_key="es")
    for one in claims(audience="practitioner"):
        said = voice.tell(one.labelled)
        assert said.origin == one.origin
        assert said.grade == one.origin.grade, one.key
        assert not any(isinstance(part, str) and re.search(r"\d", part) for part in said.parts)
    assert (
        "0,9 mm" in Voice(language="es", country_key="es").tell(claim("flip_too_much").words).plain
    )


@pytest.mark.parametrize(
    "change", [{"kind": "praise"}, {"audience": "press"}, {"source": []}, {"grade": ""}]
)
def test_a_sentence_that_lacks_something_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DataError):
        parse_claims({"x": {**ROW, **change}})


def test_each_notice_has_words_and_an_origin() -> None:
    for key in topic("notices").tables["notice"]:
        words = notice_text(key)
        assert words.text
        assert words.origin.for_clients
        assert words.lifted_by_reason <= (words.severity == "block")
    with pytest.raises(DataError, match="praise"):
        notice_text("praise")
