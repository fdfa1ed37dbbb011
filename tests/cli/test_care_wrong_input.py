"""Wrong input to the care commands: one sentence, an exit code, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.cli.main import run

PRACTICE = "[wait.filler_before_blush]\ndays = 3\n"
OLD = 'edition = "2024-01"\n[answers]\nage = 30\n'
CONTRADICTION = 'edition = "2026-11"\n[answers]\ncold_sore_now = "yes"\ncold_sore_ever = "no"\n'
MEDICINE = 'edition = "2026-11"\n[answers]\nmedicines = ["warfarine"]\n'
FILES = {
    "practice.toml": PRACTICE,
    "broken.toml": "[wait.filler_before_blush\ndays = 3\n",
    "unknown.toml": "\n[waits.x]\ndays = 3\n",
    "old.toml": OLD,
    "contradiction.toml": CONTRADICTION,
    "medicine.toml": MEDICINE,
    "empty.toml": "",
}

CASES: tuple[tuple[tuple[str, ...], int, str], ...] = (
    (("guide", "tattoo"), 2, "one of blush, flip"),
    (("guide", "flip", "--lang", "fr"), 2, "one of en, es"),
    (("guide", "flip", "--country", "mars"), 2, "one of es, gb-eng, us"),
    (("guide", "flip", "-o", "out.docx"), 2, "one of .pdf, .html, .md, .txt"),
    (("guide", "flip", "-o", "nowhere/out.pdf"), 8, "there is no folder"),
    (("guide", "flip", "--knowledge", "nowhere"), 2, "not a folder"),
    (("guide", "flip", "--practice", "nowhere.toml"), 2, "cannot be read"),
    (("guide", "flip", "--practice", "broken.toml"), 9, "line 1"),
    (("guide", "flip", "--practice", "unknown.toml"), 9, "line 2"),
    (("screen", "blush", "--answers", "old.toml", "--practice", "practice.toml"), 9, "line 1"),
    (("screen", "flip", "--answers", "nowhere.toml"), 2, "cannot be read"),
    (("screen", "flip", "--answers", "old.toml"), 2, "edition '2024-01'"),
    (("screen", "flip", "--answers", "contradiction.toml"), 2, "exclude each other"),
    (("screen", "flip", "--answers", "medicine.toml"), 2, "did you mean warfarin"),
    (("screen", "tattoo", "--answers", "old.toml"), 2, "blush"),
    (("today", "flip", "--done", "2027-02-30"), 2, "a date that exists"),
    (("today", "flip", "--done", "soon"), 2, "a date that exists"),
    (("today", "flip", "--done", "1999-01-01"), 2, "check both dates"),
    (("today", "wax", "--done", "2027-01-01"), 2, "one of blush, flip"),
    (
        ("symptoms", "flip", "--done", "2027-02-01", "--on", "2027-01-01", "--answers", "old.toml"),
        2,
        "asked afterwards",
    ),
    (("symptoms", "flip", "--done", "2026-01-01", "--answers", "empty.toml"), 2, "[signs]"),
    (("schedule", "--event", "2020-01-01", "--treat", "flip"), 2, "2020-01-01"),
    (("schedule", "--event", "2027-13-01", "--treat", "flip"), 2, "2027-13-01"),
    (("schedule", "--event", "2027-06-01", "--treat", "wax"), 2, "wax"),
    (
        ("schedule", "--event", "2027-06-01", "--treat", "flip", "--had", "filler:2099-01-01"),
        2,
        "2099-01-01",
    ),
    (("options", "--wish", "wings"), 2, "one of fuller"),
    (("options", "--event", "2020-01-01"), 2, "still to come"),
    (("options", "--event", "2027-02-30"), 2, "a date that exists"),
    (("options", "--budget", "-5"), 2, "an amount of money"),
    (("options", "--years", "9"), 2, "1 to 5 years"),
    (("plan", "filler"), 2, "one of blush, flip"),
    (("plan", "flip", "--product", "ona"), 2, "give --at too"),
    (("plan", "flip", "--at", "midline=1"), 2, "give --product too"),
    (("plan", "flip", "--product", "ona", "--at", "midline"), 2, "SITE=UNITS"),
    (("plan", "flip", "--product", "ona", "--at", "chin=1"), 6, "sites are called"),
    (("plan", "flip", "--product", "ona", "--at", "midline=-1"), 6, "0 to 1000"),
    (("plan", "flip", "--product", "bota", "--at", "midline=1"), 6, "known are ona"),
    (("plan", "flip", "--vial", "100"), 2, "go together"),
    (("plan", "flip", "--vial", "0", "--diluent", "1"), 2, "more than 0"),
    (("plan", "flip", "--mouth-width", "4"), 2, "a width such as 50"),
    (("plan", "flip", "--shade", "coral"), 2, "another treatment"),
    (("plan", "flip", "--condition", "tired"), 2, "one of neuromuscular"),
    (("plan", "flip", "--had", "flip:2099-01-01"), 2, "in the past"),
    (("plan", "flip", "--had", "flip"), 2, "a date that exists"),
    (("plan", "blush", "--at", "midline=1"), 2, "another treatment"),
    (("plan", "blush", "--numbing", "0"), 2, "a strength such as 4"),
    (("plan", "blush", "--border", "-1"), 6, "0 or more"),
)


@pytest.mark.parametrize(
    ("arguments", "code", "words"), CASES, ids=[" ".join(case[0])[:60] for case in CASES]
)
def test_wrong_input_is_one_sentence_and_writes_nothing(
    arguments: tuple[str, ...],
    code: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    assert run(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err
    assert {path.name for path in tmp_path.iterdir()} == set(FILES)
