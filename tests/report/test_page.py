"""One page in four forms: the same words, and behind each figure its source."""

from __future__ import annotations

import pytest

from vermilion.know.said import given
from vermilion.know.sourced import Origin
from vermilion.know.voice import Voice
from vermilion.report.page import Bullets, Chart, Heading, Notes, Page, Paragraph, Table
from vermilion.report.page_html import write_html
from vermilion.report.page_pdf import write_pdf
from vermilion.report.page_text import write_markdown, write_text

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path d='M0 0L10 10'/></svg>"


def page(language: str = "en") -> Page:
    voice = Voice(language=language)
    rise = voice.say("{flip.midline_rise.range} mm")
    return Page(
        voice,
        given("A <title> & more"),
        (
            Heading(given("Part")),
            Paragraph(voice.say("Call {country.emergency} now"), "stop"),
            Bullets((rise, given("a | b"))),
            Table((given("what"), given("how much")), ((given("rise"), rise),), given("Table")),
            Chart(SVG, given("a rising line")),
        ),
        given("small print"),
    )


def test_text_has_every_word_and_a_note_behind_each_figure() -> None:
    text = write_text(page())
    for words in ("A <TITLE> & MORE", "Call 911 [1] now", "0–2 [2] mm", "a rising line", "SOURCES"):
        assert words in text
    assert "flip:F14  emacolorado.com/lipflips" in text
    assert "[2]" not in write_text(page(), sources=False).partition("SOURCES")[2]


def test_no_line_of_text_is_wider_than_a_terminal() -> None:
    assert max(map(len, write_text(page()).splitlines())) <= 100


def test_markdown_keeps_cells_whole() -> None:
    text = write_markdown(page())
    assert "| rise | 0–2 [2] mm |" in text
    assert "## Sources" in text


def test_html_escapes_what_was_given_and_links_figures_to_sources() -> None:
    html = write_html(page())
    assert "<title>A &lt;title&gt; &amp; more</title>" in html
    assert "href='#n2'" in html
    assert "id='n2'" in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")


def test_html_says_its_language() -> None:
    assert "<html lang='es'>" in write_html(page("es"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_pdf_is_made_the_same_each_time(language: str) -> None:
    first, second = write_pdf(page(language)), write_pdf(page(language))
    assert first.startswith(b"%PDF")
    assert first == second


def test_one_source_has_one_number() -> None:
    voice = Voice()
    notes = Notes(voice)
    rise = voice.say("{flip.midline_rise} or {flip.midline_rise_low}")
    numbers = [number for _, found in notes.pieces(rise) for number in found]
    assert numbers == [1]
    assert [number for number, _, _ in notes.lines()] == [1]
    assert [keys for keys, _ in notes.sources()] == [("flip:F14",)]


def test_sources_that_are_one_page_stand_in_one_line() -> None:
    voice = Voice()
    notes = Notes(voice)
    for key in ("clinic:F05", "clinic:F12"):
        notes.of(Origin((key,), "page", "D"))
    assert [keys for keys, _ in notes.sources()] == [("clinic:F05", "clinic:F12")]
