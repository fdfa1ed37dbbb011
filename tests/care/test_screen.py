"""The verdict is what the evidence says, for every case; a risk never makes it milder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.care.screening_cases import CASES, ON
from vermilion.care.answers import EDITION, Answers, medicine_classes, read_answers
from vermilion.care.questions import Question, questions
from vermilion.care.screen import screen
from vermilion.care.verdict import VERDICTS, Verdict
from vermilion.errors import DataError, UsageError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.practice import read_practice
from vermilion.know.voice import Voice

BOTH = ("flip", "blush")
VOICE = Voice()
ASKED = questions(VOICE, BOTH)
RISKS = ("yes", "unknown")
WARFARIN_CLASSES = ("warfarin", "gentamicin", "isotretinoin", "methotrexate", "ibuprofen", "other")


def healthy() -> Answers:
    values: dict[str, Any] = {one.id: "no" for one in ASKED if one.kind != "had"}
    values |= {"age": 30, "medicines": ()}
    return Answers(values, {one.id[4:]: "no" for one in ASKED if one.kind == "had"})


def changed(changes: Mapping[str, Any]) -> Answers:
    base = healthy()
    had = {key[4:]: value for key, value in changes.items() if key.startswith("had.")}
    rest = {key: value for key, value in changes.items() if not key.startswith("had.")}
    return Answers({**base.values, **rest}, {**base.had, **had})


def verdict(treatment: str, answers: Answers, voice: Voice = VOICE, on: date = ON) -> Verdict:
    return screen(voice, BOTH if treatment == "both" else (treatment,), answers, on)


def test_there_are_at_least_a_hundred_and_twenty_cases_over_all_rules() -> None:
    assert len(CASES) >= 120
    rules = {
        key
        for name in VOICE.shelf.names("rules")
        for key in VOICE.shelf.topic(f"rules/{name}").tables["rule"]
    }
    assert rules - {case[3] for case in CASES} == set()


@pytest.mark.parametrize(
    ("treatment", "changes", "expected", "rule", "place"),
    CASES,
    ids=[f"{case[0]}-{case[3]}-{'-'.join(map(str, case[1]))}-{k}" for k, case in enumerate(CASES)],
)
def test_the_verdict_agrees_with_the_evidence(
    treatment: str, changes: dict[str, Any], expected: str, rule: str | None, place: str
) -> None:
    found = verdict(treatment, changed(changes))
    assert found.level == expected, place
    rules = {one.rule for one in found.reasons}
    assert rules == set() if rule is None else rule in rules
    for reason in found.reasons:
        assert reason.origin is not None


@settings(max_examples=200)
@given(data=st.data())
def test_adding_a_risk_never_makes_a_verdict_milder(data: st.DataObject) -> None:
    treatment = data.draw(st.sampled_from(["flip", "blush", "both"]))
    country = data.draw(st.sampled_from(["us", "gb-eng", "es"]))
    voice = Voice(country_key=country)
    answers = changed(
        {
            one.id: data.draw(risk(one))
            for one in data.draw(st.lists(st.sampled_from(ASKED), max_size=4))
        }
    )
    before = verdict(treatment, answers, voice)
    one = data.draw(st.sampled_from(ASKED))
    after = verdict(treatment, worse(answers, one, data.draw(risk(one))), voice)
    assert VERDICTS.index(after.level) >= VERDICTS.index(before.level)
    for one, (level, _until) in before.each.items():
        assert VERDICTS.index(after.each[one][0]) >= VERDICTS.index(level)
    if before.level == after.level == "wait" and before.until and after.until:
        assert after.until >= before.until


def risk(one: Question) -> st.SearchStrategy[Any]:
    if one.kind == "age":
        return st.sampled_from([12, 17, "unknown"])
    if one.kind == "medicines":
        return st.one_of(
            st.just("unknown"),
            st.lists(st.sampled_from(WARFARIN_CLASSES), min_size=1, max_size=3).map(tuple),
        )
    if one.kind == "date":
        return st.one_of(st.just("unknown"), st.integers(0, 80).map(lambda d: ON + timedelta(d)))
    if one.kind == "had":
        return st.one_of(
            st.sampled_from(RISKS), st.integers(0, 400).map(lambda d: ON - timedelta(d))
        )
    return st.sampled_from(RISKS)


def worse(answers: Answers, one: Question, value: Any) -> Answers:
    """The answers with one risk more; a risk that is there already is not taken away."""
    if one.kind == "had":
        key = one.id[4:]
        before = answers.had[key]
        if key == "flip" and answers.values["event"] != "no":
            return answers  # only a first flip keeps away from an event: having had one is no risk
        if before != "no":
            value = (
                max(before, value)
                if isinstance(before, date) and isinstance(value, date)
                else before
            )
        return replace(answers, had={**answers.had, key: value})
    before = answers.values[one.id]
    if one.kind == "medicines" and isinstance(before, tuple):
        value = (
            "unknown"
            if value == "unknown" and not before
            else (*before, *(value if isinstance(value, tuple) else ()))
        )
    elif before not in ("no", 30):
        value = before
    return replace(answers, values={**answers.values, one.id: value})


@pytest.mark.parametrize("treatment", ["flip", "blush", "both"])
def test_who_knows_nothing_is_never_told_to_go(treatment: str) -> None:
    assert verdict(treatment, Answers()).level != "go"


@pytest.mark.parametrize("one", ASKED, ids=[one.id for one in ASKED])
def test_not_knowing_never_counts_as_no(one: Question) -> None:
    before = verdict("both", healthy())
    after = verdict("both", changed({one.id: "unknown"}))
    assert {reason.rule for reason in before.reasons} == {"not_same_day"}
    assert len(after.reasons) > 1
    assert any(reason.unknown for reason in after.reasons)


@pytest.mark.parametrize("treatment", ["flip", "blush", "both"])
@pytest.mark.parametrize("one", ASKED, ids=[one.id for one in ASKED])
def test_not_knowing_is_never_go_where_a_yes_is_not(one: Question, treatment: str) -> None:
    if one.kind not in ("yesno", "had"):
        return
    if verdict(treatment, changed({one.id: "yes"})).level != "go":
        assert verdict(treatment, changed({one.id: "unknown"})).level != "go"


def test_every_question_has_a_rule_and_every_rule_a_question() -> None:
    rules = [
        row
        for name in VOICE.shelf.names("rules")
        for row in VOICE.shelf.topic(f"rules/{name}").tables["rule"].values()
        if row.get("when") != "together"
    ]
    asked = {one.id: one for one in ASKED if one.kind != "had"}
    assert {row["question"] for row in rules} == set(asked)
    classes = set(VOICE.shelf.topic("medicines").tables["class"]) | {"other"}
    assert {row["class"] for row in rules if "class" in row} == classes - {"no_rule"}


@pytest.mark.parametrize("country", ["us", "gb-eng", "es"])
def test_each_country_has_its_age_limit(country: str) -> None:
    voice = Voice(country_key=country)
    for treatment in ("flip", "blush"):
        limit = int(voice.country.age(treatment).value)
        assert verdict(treatment, changed({"age": limit}), voice).level == "go"
        assert verdict(treatment, changed({"age": limit - 1}), voice).level == "not_now"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_says_why_it_is_asked(language: str) -> None:
    for one in questions(Voice(language=language), BOTH):
        assert one.ask.plain.strip().endswith("?")
        assert one.why.plain.strip()


def test_a_wait_names_the_first_possible_day() -> None:
    found = verdict("blush", changed({"had.filler": ON - timedelta(days=10)}))
    assert found.until == ON + timedelta(days=18)


def test_a_sudden_droop_comes_before_everything_else() -> None:
    found = verdict("both", changed({"pregnant": "yes", "palsy": "yes", "sudden_droop": "yes"}))
    assert found.reasons[0].rule == "sudden_droop"
    assert "911" in found.reasons[0].do[0].plain


def test_distress_is_met_with_a_person_to_talk_to() -> None:
    found = verdict("flip", changed({"worry_hides": "yes"}), Voice(country_key="gb-eng"))
    assert "116123" in found.reasons[0].do[0].plain


def test_no_answer_ever_says_to_leave_a_medicine_out() -> None:
    found = verdict("both", changed({"medicines": ("warfarin", "gentamicin", "isotretinoin")}))
    words = " ".join(said.plain for one in found.reasons for said in (one.text, *one.do)).lower()
    assert "stop" not in words
    assert "keep taking it" in words


def test_a_practice_may_be_stricter_freely_and_milder_with_a_name() -> None:
    stricter = read_practice("[verdict.smoking]\nverdict = 'doctor'\n[age.blush]\nyears = 21", "p")
    voice = Voice(practice=stricter)
    assert verdict("blush", changed({"smoking": "yes"}), voice).level == "doctor"
    assert verdict("blush", changed({"age": 20}), voice).level == "not_now"
    bare = read_practice("[verdict.wind]\nverdict = 'talk'", "p.toml")
    with pytest.raises(DataError, match=r"p\.toml, line 1.*reason"):
        verdict("flip", changed({"wind": "yes"}), Voice(practice=bare))
    named = read_practice(
        "[verdict.wind]\nverdict = 'talk'\nreason = 'plays for fun'\nby = 'Dr Vega'", "p.toml"
    )
    found = verdict("flip", changed({"wind": "yes"}), Voice(practice=named))
    assert found.level == "go"
    assert found.reasons[0].softened is not None
    assert found.reasons[0].softened.by == "Dr Vega"


def read(raw: dict[str, Any]) -> Answers:
    kinds = {one.id: one.kind for one in ASKED if one.kind != "had"}
    things = [one.id[4:] for one in ASKED if one.kind == "had"]
    return read_answers({"edition": EDITION, **raw}, kinds, things, VOICE.shelf, ON)


def test_saved_answers_are_read_back_the_same() -> None:
    answers = changed({"had.filler": date(2026, 10, 1), "medicines": ("warfarin",)})
    assert read(answers.to_json()) == answers


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"edition": "2025-01"}, "edition '2025-01'"),
        ({"answers": {"pregnnat": "no"}}, "did you mean pregnant"),
        ({"answers": {"pregnant": "perhaps"}}, "yes, no or unknown"),
        ({"answers": {"age": "old"}}, "whole years"),
        ({"answers": {"age": -3}}, "whole years"),
        ({"answers": {"medicines": ["warfarine"]}}, "did you mean warfarin"),
        ({"answers": {"medicines": ["qqqq"]}}, "'other'"),
        ({"answers": {"event": "2026-02-30"}}, "a date that exists"),
        ({"answers": {"event": "2026-01-01"}}, "past"),
        ({"had": {"filler": "2027-01-01"}}, "past is needed"),
        ({"had": {"moon": "no"}}, "no thing 'moon'"),
        ({"answers": {"cold_sore_now": "yes", "cold_sore_ever": "no"}}, "exclude each other"),
        (
            {"answers": {"cold_sore_ever": "no"}, "had": {"cold_sore": "2026-10-01"}},
            "exclude each other",
        ),
        (
            {"answers": {"lip_tattoo": "no"}, "had": {"blush": "2026-01-01"}},
            "a lip blush is a tattoo",
        ),
        ({"answers": {"pregnant": "no"}, "hat": {}}, "did you mean had"),
        ({"had": [1]}, "a table"),
        (
            {"answers": {"medicines": ["accutane"]}, "had": {"isotretinoin": "no"}},
            "exclude each other",
        ),
    ],
)
def test_answers_that_make_no_sense_are_refused_in_a_sentence(
    raw: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        read(raw)


def test_no_medicine_stands_in_two_classes() -> None:
    names = [
        name
        for row in VOICE.shelf.topic("medicines").tables["class"].values()
        for name in row["names"]
    ]
    assert len(names) == len(set(names))
    assert medicine_classes(VOICE.shelf, ["Roacután 20 mg", "vitamin d 1000 IU"]) == {
        "isotretinoin",
        "no_rule",
    }


def test_true_and_false_are_yes_and_no() -> None:
    assert read({"answers": {"pregnant": True, "diabetes": False}}).values == {
        "pregnant": "yes",
        "diabetes": "no",
    }


STEPS = """edition = "x"
[treatment]
name = "lip hydration facial"
kinds = ["facial_tool"]
ask = "the day"
source = []
mark = "assumption"
grade = "D"
[step.visit]
kind = "treat"
title = "lip hydration facial"
why = "It is the visit."
source = []
mark = "assumption"
grade = "D"
[wait.filler_before_hydration]
after = "filler"
before = "hydration"
days = "rest"
title = "After filler"
why = "After filler the lip rests for {days} days."
source = []
mark = "assumption"
grade = "D"
[number.rest]
value = 14
range = [7, 21]
unit = "days"
source = []
mark = "assumption"
grade = "D"
"""
ROW = 'source = []\nmark = "assumption"\ngrade = "D"\napplies = ["hydration"]\n'
QUESTION = f"""edition = "x"
[question.allergy_honey]
kind = "yesno"
ask = "Are you allergic to honey?"
why = "The mask holds honey."
{ROW}"""
RULE = f"""edition = "x"
[rule.honey]
question = "allergy_honey"
level = "not_now"
text = "The mask holds honey."
do = "Look at the other options with us."
{ROW}"""


def test_a_treatment_of_others_is_screened_from_its_files_alone(tmp_path: Path) -> None:
    for folder, text in (("steps", STEPS), ("questions", QUESTION), ("rules", RULE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "hydration.toml").write_text(text, "utf-8")
    voice = Voice(shelf=VOICE.shelf.with_folder(tmp_path))
    asked = {one.id for one in questions(voice, ("hydration",))}
    assert {"allergy_honey", "pregnant", "had.filler"} <= asked
    assert "neuromuscular" not in asked

    def level(changes: Mapping[str, Any]) -> str:
        return verdict("hydration", changed({"allergy_honey": "no", **changes}), voice).level

    assert level({}) == "go"
    assert level({"allergy_honey": "yes"}) == "not_now"
    assert level({"allergy_honey": "unknown"}) == "doctor"
    assert level({"had.filler": ON - timedelta(days=3)}) == "wait"
    assert level({"age": 12}) == "not_now"


def test_an_unknown_treatment_is_said_with_those_known() -> None:
    with pytest.raises(UsageError, match="blush"):
        questions(VOICE, ("tattoo",))
