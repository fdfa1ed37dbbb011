"""Every statement of the clinic's page is carried, with a verdict and what is shown instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from vermilion.care.statements import VERDICTS, statements
from vermilion.errors import DataError
from vermilion.know.catalogue import LANGUAGES, catalogue
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice

IDS = {
    "flip": [f"F{number:02d}" for number in range(1, 32)],
    "blush": [f"B{number:02d}" for number in range(1, 44)],
}
NEVER_AS_WRITTEN = ("F02", "F12", "F15", "F24", "F28", "B15", "B33")
"""Statements that could harm who follows them; their verdict must never soften."""
NEVER_TOO_MUCH = ("F24", "B08", "B21", "B26", "B32", "B39", "B41")
"""Statements that say too little of a risk or a date: "overstated" would turn them round."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("treatment", IDS)
def test_all_seventy_four_are_carried_in_order(treatment: str, language: str) -> None:
    found = statements(Voice(language=language), treatment)
    assert [one.id for one in found] == IDS[treatment]
    for one in found:
        assert one.verdict in VERDICTS
        assert all(said.plain.strip() for said in (one.text, one.why, one.wording))
        assert f"clinic:{one.id}" in one.to_json()["sources"]


def test_the_ids_are_those_of_the_page() -> None:
    known = {key.removeprefix("clinic:") for key in packaged().sources() if key[:7] == "clinic:"}
    assert known == {*IDS["flip"], *IDS["blush"]}
    assert len(known) == 74


def test_what_says_too_little_is_not_called_overstated() -> None:
    found = {one.id: one for key in IDS for one in statements(Voice(), key)}
    assert "overstated" not in {found[key].verdict for key in NEVER_TOO_MUCH}


def test_what_could_harm_is_called_so() -> None:
    found = {one.id: one for key in IDS for one in statements(Voice(), key)}
    assert {found[key].verdict for key in NEVER_AS_WRITTEN} == {"unsafe as written"}
    assert found["F22"].verdict == "wrong"


def test_verdicts_are_translated() -> None:
    for language in LANGUAGES[1:]:
        assert set(VERDICTS) <= set(catalogue(packaged(), language))


def test_a_treatment_the_page_does_not_know_has_none() -> None:
    assert statements(Voice(), "filler") == ()


def test_a_statement_without_a_verdict_is_refused(tmp_path: Path) -> None:
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "flip.toml").write_text(
        'edition = "1"\n[statement.F01]\ntext = "a"\nwhy = "b"\nwording = "c"\n'
        'source = ["clinic:F01"]\nmark = "page"\ngrade = "D"\n'
    )
    with pytest.raises(DataError, match="F01 has the verdict ''"):
        statements(Voice(packaged().with_folder(tmp_path)), "flip")
