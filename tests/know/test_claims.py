"""Sentences rest on data, and what may not reach a client does not."""

from __future__ import annotations

import pytest

from vermilion.errors import DataError
from vermilion.know.claims import KINDS, claim, claims, notice_text, parse_claims
from vermilion.know.sourced import topic

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
    words = " ".join(one.text for one in claims("flip", "function"))
    assert "3 of 3" in words
    assert "29 to 100 %" in words
    for word in ("straw", "P, B and M", "whistling", "pucker", "unknown"):
        assert word in words


def test_every_picture_is_called_a_simulation() -> None:
    for treatment in ("flip", "blush", "both"):
        (one,) = claims(treatment, "simulation")
        assert "simulation" in one.text
        assert "not a prediction" in one.text


def test_the_numbers_in_a_sentence_are_those_of_the_model() -> None:
    too_much = topic("flip").number("too_much").value
    assert f"{too_much:g} mm" in claim("flip_too_much").text
    assert all("{" not in one.text for one in claims(audience="practitioner"))


def test_nothing_for_practitioners_alone_reaches_a_client() -> None:
    client = {one.key for one in claims()}
    everything = {one.key for one in claims(audience="practitioner")}
    assert client < everything
    assert "flip_equivalence" in everything - client
    assert all(one.origin.for_clients for one in claims())


def test_a_model_of_the_program_is_labelled_as_one() -> None:
    for one in claims():
        assert ("illustration, not prediction" in one.label) == (one.origin.mark == "assumption")
        assert one.labelled.startswith(one.text)
        assert one.label in one.labelled


def test_no_sentence_promises_safety_or_beauty() -> None:
    for one in claims(audience="practitioner"):
        words = one.text.lower()
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
    (one,) = parse_claims({"x": {**row, "mark": "assumption"}})
    assert one.text == f"About {topic('flip').number('midline_rise').value:g} mm."


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
