"""The page of options, in both languages and all countries."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from vermilion.care.options import compare
from vermilion.know.practice import Practice
from vermilion.know.said import Figure, Given
from vermilion.know.voice import Voice
from vermilion.report.page import Chart, Page
from vermilion.report.page_html import write_html
from vermilion.report.page_pdf import write_pdf
from vermilion.report.page_text import write_markdown, write_text
from vermilion.report.pages.options import options_page

ON = date(2026, 11, 23)


def page(voice: Voice, *wishes: str, event: date | None = date(2027, 6, 19)) -> Page:
    return options_page(voice, compare(voice, wishes, on=ON, event=event, budget=600))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("country", ["us", "gb-eng", "es"])
@pytest.mark.parametrize("prices", [{}, {"flip": (120.0, 150.0)}])
def test_no_number_stands_on_the_page_without_a_source(
    language: str, country: str, prices: dict[str, tuple[float, float]]
) -> None:
    voice = Voice(language=language, country_key=country, practice=Practice(prices=prices))
    for said in page(voice).said():
        for part in said.parts:
            if isinstance(part, Figure):
                assert part.origin.sources or part.origin.mark == "assumption"
            elif not isinstance(part, Given):
                assert not re.search(r"\d", part), part


def test_each_currency_has_a_drawing_of_its_own_and_is_well_formed() -> None:
    charts = [one for one in page(Voice(country_key="gb-eng")).blocks if isinstance(one, Chart)]
    assert len(charts) == 2
    for chart in charts:
        root = ElementTree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alt.plain


def test_every_option_s_reason_stands_below_its_wish() -> None:
    text = write_text(page(Voice(), "less-gum"), sources=False)
    assert "- gummy-smile injection: yes." in text
    assert "No option is ranked" in text


def test_all_forms_can_be_written() -> None:
    made = page(Voice(language="es", country_key="es"), "fuller", event=None)
    assert "<h1>Tus opciones</h1>" in write_html(made)
    assert write_markdown(made).startswith("# Tus opciones")
    assert write_pdf(made)[:5] == b"%PDF-"
