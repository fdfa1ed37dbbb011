"""Every warning sign in every phrasing leads to help; nothing is ever explained away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.care.symptoms import LEVELS, Check, check, signs
from vermilion.errors import UsageError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.voice import Voice
from vermilion.report.pages.symptoms import Record, symptoms_page

DONE = date(2027, 3, 1)
TREATMENTS = ("flip", "blush")
VOICE = Voice()
WARNINGS = [
    (treatment, one.id, phrasing)
    for treatment in TREATMENTS
    for one in signs(VOICE, treatment, 5)
    if one.usual == "emergency"
    for phrasing in range(1, len(one.ask) + 1)
]


def denied(treatment: str) -> dict[str, str]:
    return {one.id: "no" for one in signs(VOICE, treatment, 5)}


def found(treatment: str, answers: dict[str, str], day: int = 5, voice: Voice = VOICE) -> Check:
    return check(voice, treatment, DONE, DONE + timedelta(days=day), answers)


@pytest.mark.parametrize("answer", ["yes", "unknown"])
@pytest.mark.parametrize(("treatment", "sign", "phrasing"), WARNINGS)
def test_every_warning_sign_in_every_phrasing_is_an_emergency(
    treatment: str, sign: str, phrasing: int, answer: str
) -> None:
    for day in (0, 5, 40, 400):
        answers = {**denied(treatment), f"{sign}.{phrasing}": answer}
        assert found(treatment, answers, day).level == "emergency"
        assert found(treatment, {f"{sign}.{phrasing}": answer}, day).level == "emergency"


def test_there_are_warning_signs_of_stroke_spread_allergy_and_filler() -> None:
    ids = {sign for _, sign, _ in WARNINGS}
    assert {"droop", "arm", "words", "balance", "sight"} <= ids  # BE-FAST
    assert {"swallow", "breathe", "voice", "eyes", "weak", "bladder"} <= ids  # boxed warning
    assert {"allergy", "faint", "heart", "fit", "blue"} <= ids
    assert {"blanch", "filler_pain", "sore_eye"} <= ids


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_a_droop_is_asked_before_anything_else(treatment: str) -> None:
    asked = signs(VOICE, treatment, 5)
    assert asked[0].id == "droop"
    levels = [LEVELS.index(one.usual) for one in asked]
    assert levels == sorted(levels, reverse=True)


@pytest.mark.parametrize(("country", "number"), [("us", "911"), ("gb-eng", "999"), ("es", "112")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_emergency_begins_with_the_number_to_call(
    country: str, number: str, language: str
) -> None:
    voice = Voice(language=language, country_key=country)
    page = symptoms_page(
        voice, found("flip", {"droop": "yes"}, voice=voice), voice.say("x"), Record()
    )
    assert number in [said.plain for said in page.said()][2]


@settings(max_examples=100)
@given(data=st.data())
def test_one_more_sign_never_lowers_the_answer(data: st.DataObject) -> None:
    treatment = data.draw(st.sampled_from(TREATMENTS))
    day = data.draw(st.integers(0, 1000))
    answers = denied(treatment)
    for key in data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=3)):
        answers[key] = data.draw(st.sampled_from(["yes", "unknown"]))
    more = {
        **answers,
        data.draw(st.sampled_from(sorted(answers))): data.draw(st.sampled_from(["yes", "unknown"])),
    }
    before, after = found(treatment, answers, day).level, found(treatment, more, day).level
    assert (LEVELS.index(after) if after else -1) >= (LEVELS.index(before) if before else -1)


def test_expected_is_only_said_on_the_days_that_bring_it() -> None:
    answers = {**denied("blush"), "flakes": "yes"}
    assert found("blush", answers, 4).level == "expected"
    assert found("blush", answers, 40).level == "call"


def test_expected_is_never_said_before_the_warning_signs_are_answered() -> None:
    with pytest.raises(UsageError, match=r"droop.*call 911"):
        found("blush", {"flakes": "yes"})


def test_no_sign_at_all_still_names_a_way_to_call() -> None:
    done = found("flip", denied("flip"))
    assert done.level == ""
    page = symptoms_page(VOICE, done, VOICE.say("x"), Record())
    assert any("call the practice" in said.plain for said in page.said())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_explained_away(language: str) -> None:
    voice = Voice(language=language)
    for treatment in TREATMENTS:
        for one in signs(voice, treatment, 5):
            words = " ".join(said.plain for said in (*one.ask, one.do)).lower()
            for never in ("just the botox", "solo el b", "harmless", "inofensiv", "don't worry"):
                assert never not in words


def test_the_doctor_gets_product_lot_date_course_and_what_was_denied() -> None:
    done = found("flip", {**denied("flip"), "leaks": "yes"}, 12)
    page = symptoms_page(VOICE, done, VOICE.say("lip flip"), Record("ona", "L123", "4"))
    words = [said.plain for said in page.said()]
    for part in ("ona", "L123", "4", "12", "March 1, 2027"):
        assert part in words
    assert any("Dysphagia" in word for word in words)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"drop": "yes"}, "did you mean droop"),
        ({"droop": "perhaps"}, "yes, no, unknown"),
        ({"droop.9": "yes"}, "phrasings"),
    ],
)
def test_answers_that_make_no_sense_are_refused(answers: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        found("flip", answers)


def test_a_treatment_in_the_future_is_refused() -> None:
    with pytest.raises(UsageError, match="asked afterwards"):
        check(VOICE, "flip", DONE, DONE - timedelta(days=1), {})
