"""`vermilion screen` as people use it: a file of answers, or one question at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vermilion.care.questions import gates, questions
from vermilion.cli.main import run
from vermilion.cli.screen import command
from vermilion.know.voice import Voice

ON = ["--on", "2026-11-23"]
ANSWERS = """edition = "2026-11"
[answers]
age = 34
medicines = ["warfarin"]
[had]
filler = 2026-11-10
"""


def typed(treatment: str, given: Mapping[str, str], *options: str) -> Result:
    """The command at a screen, where everything not given is answered with no."""
    answers = list(lines(treatment, given))
    return CliRunner().invoke(command, [treatment, *ON, *options], input="\n".join(answers) + "\n")


def lines(treatment: str, given: Mapping[str, str]) -> Iterator[str]:
    voice, treatments = Voice(), (treatment,)
    covered = {key: gate for gate in gates(voice, treatments) for key in gate.covers}
    seen: dict[str, str] = {}
    for one in questions(voice, treatments):
        gate = covered.get(one.id)
        if gate is not None and gate.id not in seen:
            seen[gate.id] = given.get(gate.id, "no")
            yield seen[gate.id]
        if gate is not None and seen[gate.id] == "no":
            continue
        yield given.get(one.id, "30" if one.kind == "age" else "no")


def saved(folder: Path, text: str, name: str = "answers.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_healthy_person_hears_go_and_is_asked_no_days() -> None:
    found = typed("blush", {})
    assert found.exit_code == 0, found.output
    assert "Go: nothing in your answers speaks against it." in found.output
    assert "When was it?" not in found.output
    assert "Why we ask:" in found.output


def test_a_day_is_asked_only_after_a_yes() -> None:
    found = typed("blush", {"treated": "yes", "had.filler": "yes\n2026-11-13"})
    assert found.output.count("When was it?") == 1
    assert "Wait until December 11, 2026." in found.output


def test_a_day_nobody_remembers_counts_from_today() -> None:
    found = typed("blush", {"treated": "yes", "had.filler": "yes\n?"})
    assert "Wait until December 21, 2026." in found.output


def test_a_question_can_be_answered_again() -> None:
    found = typed("flip", {"pregnant": "yes", "breastfeeding": "<\nno\nno"})
    assert "Go: nothing in your answers" in found.output


def test_going_back_over_a_gate_opens_it_again() -> None:
    found = typed("blush", {"treated": "yes\n<\nno"})
    assert "Go: nothing in your answers" in found.output, found.output


def test_what_is_typed_wrongly_is_asked_again_kindly() -> None:
    found = typed("flip", {"age": "old\n34", "pregnant": "perhaps\nno", "event": "2026-01-01\nno"})
    assert "Please give your age in whole years." in found.output
    assert "Please answer yes or no, or ?." in found.output
    assert "Please give a day to come" in found.output
    assert "Go: nothing" in found.output


def test_answers_that_exclude_each_other_are_said_at_once() -> None:
    found = typed("flip", {"cold_sore_ever": "no", "cold_sore_now": "yes\nno"})
    assert "exclude each other" in found.output
    assert "Go: nothing" in found.output


def test_a_sudden_droop_is_answered_before_the_next_question() -> None:
    found = typed("flip", {"sudden_droop": "yes", "palsy": "yes"}, "--country", "gb-eng")
    assert found.output.index("999") < found.output.index("2/")


def test_it_asks_in_spanish_and_understands_it() -> None:
    found = typed("flip", {"pregnant": "sí", "age": "x\n30"}, "--lang", "es", "--country", "es")
    assert "¿Estás embarazada o podrías estarlo?" in found.output
    assert "Escribe tu edad en años enteros." in found.output
    assert "Ahora no es para ti." in found.output


def test_saved_answers_give_the_same_verdict_again(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    first = typed("blush", {"diabetes": "yes"}, "--save-answers", str(path), "--json")
    again = CliRunner().invoke(command, ["blush", *ON, "--answers", str(path), "--json"])
    told = json.loads(again.output)
    assert told == json.loads(first.output[first.output.index('{"edition"') :])
    assert told["verdict"] == "doctor"


def test_json_has_each_reason_with_rule_source_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, ANSWERS)
    assert run(["screen", "both", *ON, "--answers", str(path), "--json", "--lang", "es"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "not_now"
    for reason in told["reasons"]:
        assert reason["rule"]
        assert reason["text"]
        assert reason["do"]
        assert reason["grade"]
    filler = next(one for one in told["reasons"] if one["rule"] == "filler_before_blush")
    assert filler["until"] == "2026-12-08"
    assert "blush:L10" in filler["sources"]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (ANSWERS.replace("2026-11", "2025-03", 1), "a.toml", "edition '2025-03'"),
        (ANSWERS.replace("warfarin", "warfarine"), "a.toml", "did you mean warfarin"),
        (ANSWERS.replace("age", "agee"), "a.toml", "did you mean age"),
        (ANSWERS.replace("2026-11-10", "2027-11-10"), "a.toml", "past"),
        ("[answers", "a.toml", "not readable"),
        ("[1, 2]", "a.json", "holds no answers"),
        ("answers = 3\nedition = '2026-11'", "a.toml", "table"),
    ],
)
def test_wrong_answers_are_one_sentence_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, name: str, words: str
) -> None:
    path, kept = saved(tmp_path, text, name), tmp_path / "kept.json"
    page = tmp_path / "page.html"
    arguments = ["--answers", str(path), "--save-answers", str(kept), "-o", str(page)]
    assert run(["screen", "both", *ON, *arguments]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert told.out == ""
    assert not kept.exists()
    assert not page.exists()


def test_an_unknown_treatment_is_refused_with_those_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["screen", "flop"]) == 2
    assert "blush, flip" in capsys.readouterr().err


def test_the_page_can_be_printed(tmp_path: Path) -> None:
    path, page = saved(tmp_path, ANSWERS), tmp_path / "page.pdf"
    assert run(["screen", "blush", *ON, "--answers", str(path), "-o", str(page)]) == 0
    assert page.read_bytes().startswith(b"%PDF")
