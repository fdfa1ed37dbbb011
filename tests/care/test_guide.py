"""A guide tells the whole treatment, serves every statement of the page, and draws the course."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from vermilion.care.guide import guide
from vermilion.errors import DataError, UsageError
from vermilion.know.catalogue import LANGUAGES
from vermilion.know.practice import read_practice
from vermilion.know.shelf import packaged
from vermilion.know.voice import Voice
from vermilion.report.page import Chart, Table
from vermilion.report.page_text import write_text
from vermilion.report.pages.guide import guide_page

NEEDED = (
    *("what", "suits", "not_for", "alternatives", "photos", "before", "chair", "after"),
    *("results", "risks", "cost", "choose", "says"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("treatment", ["flip", "blush"])
def test_it_goes_from_the_first_question_to_the_last_follow_up(
    treatment: str, language: str
) -> None:
    found = guide(Voice(language=language), treatment)
    ids = [section.id for section in found.sections]
    assert [one for one in ids if one in NEEDED] == list(NEEDED)
    for section in found.sections:
        assert section.lines or section.id == "says"


@pytest.mark.parametrize(("treatment", "count"), [("flip", 31), ("blush", 43)])
def test_every_statement_of_the_page_is_served_with_its_verdict(treatment: str, count: int) -> None:
    voice = Voice()
    found = guide(voice, treatment)
    table = [block for block in guide_page(voice, found).blocks if isinstance(block, Table)][-1]
    assert len(table.rows) == count
    for one, row in zip(found.statements, table.rows, strict=True):
        assert row[0].plain.startswith(one.id)
        assert row[1].plain == one.verdict
        assert one.wording.plain in row[2].plain


@pytest.mark.parametrize("treatment", ["flip", "blush"])
def test_the_course_is_drawn_with_its_band_from_the_models_own_curve(treatment: str) -> None:
    voice = Voice()
    found = guide(voice, treatment)
    assert found.drawing is not None
    model = {"flip": ("flip", "effect"), "blush": ("blush", "intensity")}[treatment]
    own = packaged().topic(model[0]).curve(model[1])
    assert found.drawing.curve.expected[: len(own.days)] == own.expected
    chart = next(b for b in guide_page(voice, found).blocks if isinstance(b, Chart))
    assert chart.svg.count("<path") == 2
    assert "not a measurement" in chart.alt.plain


def test_the_blush_is_drawn_over_years_halving_as_its_model_does() -> None:
    drawing = guide(Voice(), "blush").drawing
    assert drawing is not None
    curve = drawing.curve
    blush = packaged().topic("blush")
    years = blush.number("half_life").value
    healed, later = curve.days.index(42), curve.days.index(730)
    assert curve.days[-1] == 1826
    half_lives = math.log2(curve.expected[healed] / curve.expected[later])
    assert half_lives * years * 365.25 == pytest.approx(730 - 42)
    assert all(
        low <= e <= high for low, e, high in zip(curve.low, curve.expected, curve.high, strict=True)
    )


def test_the_flip_is_drawn_to_its_own_end() -> None:
    drawing = guide(Voice(), "flip").drawing
    assert drawing is not None
    assert drawing.curve.days[-1] < 365


def test_practitioners_read_doses_and_clients_do_not() -> None:
    client = write_text(guide_page(Voice(), guide(Voice(), "flip")))
    own = Voice(audience="practitioner")
    practitioner = write_text(guide_page(own, guide(own, "flip")))
    assert "onabotulinumtoxinA in all" in practitioner
    assert "onabotulinumtoxinA in all" not in client


def test_the_practices_own_price_stands_in_the_cost() -> None:
    voice = Voice(practice=read_practice("[price.flip]\nlow = 250\nhigh = 300\n", "p"))
    assert "$250 – $300" in write_text(guide_page(voice, guide(voice, "flip")))


def test_an_unknown_treatment_is_said_with_those_known() -> None:
    with pytest.raises(UsageError, match="blush, flip"):
        guide(Voice(), "tattoo")


def test_a_sentence_of_an_unknown_section_is_refused(tmp_path: Path) -> None:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "flip.toml").write_text(
        'edition = "1"\n[section.a]\ntitle = "A"\n[say.x]\nsection = "b"\nkind = "text"\n'
    )
    with pytest.raises(DataError, match=r"guide/flip\.x is a 'text' of 'b'"):
        guide(Voice(packaged().with_folder(tmp_path)), "flip")
