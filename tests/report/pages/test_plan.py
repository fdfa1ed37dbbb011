"""The practitioner's pages, in both languages: drawing, words, no dose of the program's own."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from vermilion.care.blush_sheet import blush_sheet
from vermilion.care.toxin_sheet import Dilution, toxin_sheet
from vermilion.know.catalogue import catalogue
from vermilion.know.said import Figure, Given
from vermilion.know.shelf import packaged
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice
from vermilion.report.lip_outline import template
from vermilion.report.page import Chart, Page
from vermilion.report.page_html import write_html
from vermilion.report.page_pdf import write_pdf
from vermilion.report.page_text import write_text
from vermilion.report.pages.plan import blush_page, toxin_page
from vermilion.treat.plan import FlipPlan, InjectionPoint, sites

ON = date(2026, 11, 23)
PLAN = FlipPlan("ona", (InjectionPoint("paramedian_left", 1.5), InjectionPoint("corner_right", 1)))


def pages(language: str, plan: FlipPlan | None = PLAN) -> tuple[Page, Page]:
    voice = Voice(language=language, audience="practitioner")
    toxin = toxin_sheet(voice, "flip", plan, on=ON, dilution=Dilution(100, 2.5))
    return (
        toxin_page(voice, toxin),
        blush_page(voice, blush_sheet(voice, "blush", {"passes": 2}, on=ON, numbing_percents=[5])),
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_number_stands_on_the_pages_without_a_source(language: str) -> None:
    for page in (*pages(language), *pages(language, None)):
        for said in page.said():
            for part in said.parts:
                if isinstance(part, Figure):
                    assert part.origin.sources or part.origin.mark == "assumption"
                elif not isinstance(part, Given):
                    assert not re.search(r"\d", part), part


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_page_has_a_drawing_told_in_words(language: str) -> None:
    for page in pages(language):
        (chart,) = (one for one in page.blocks if isinstance(one, Chart))
        root = ElementTree.fromstring(chart.svg)
        assert root.get("aria-label") == chart.alt.plain
        assert "url(#keep)" in chart.svg


def test_the_drawing_names_what_was_entered_and_nothing_where_nothing_was() -> None:
    entered, _ = pages("en")
    blank, _ = pages("en", None)
    drawn = [next(b for b in page.blocks if isinstance(b, Chart)).svg for page in (entered, blank)]
    assert ">1.5 U<" in drawn[0]
    assert drawn[1].count("____ U") == 4
    assert not re.search(r">\s*[\d.]+ U<", drawn[1])


def test_the_upper_border_dips_in_the_middle_peaks_at_the_bow_and_ends_at_the_corners() -> None:
    drawn = template()
    middle, peak, corner = (-drawn.border_mm(x) for x in (0, 6, 25))
    assert corner == pytest.approx(0)
    assert corner < middle < peak
    for x in range(26):
        assert drawn.border_mm(x) == pytest.approx(drawn.border_mm(-x), abs=0.011)
        assert -drawn.border_mm(x) <= peak + 0.05


def test_the_clinic_s_middle_and_corners_stand_with_their_caution() -> None:
    text = " ".join(write_text(pages("en")[0]).split())
    assert "names the Cupid's bow and the corners. That is in conflict" in text
    assert "some clinics name the corners, but" in text
    assert "Off-label" in text


def test_a_block_stands_on_top_as_an_alert() -> None:
    html = write_html(pages("es")[0])
    assert html.index("role='alert'") < html.index("<figure")
    assert "Bloqueado" in html


def test_the_pages_can_be_printed() -> None:
    for page in pages("es"):
        assert write_pdf(page)[:5] == b"%PDF-"


def test_every_notice_and_site_is_translated_with_its_values() -> None:
    spanish = catalogue(packaged(), "es")
    for key, row in topic("notices").tables["notice"].items():
        other = spanish.get(row["text"])
        assert other, key
        assert sorted(re.findall(r"\{[^{}]*\}", other)) == sorted(
            re.findall(r"\{[^{}]*\}", row["text"])
        ), key
    for site in sites().values():
        assert site.words in spanish
        assert site.near in spanish
    for table, name in (("shade", "shades"), ("technique", "blush")):
        for row in topic(name).tables[table].values():
            assert row["words"] in spanish
