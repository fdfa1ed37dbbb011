"""What a client takes home names the practice and its telephone, in every form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from vermilion.care.dates.schedule import make_schedule
from vermilion.care.dates.wish import Wish
from vermilion.care.guide import guide
from vermilion.care.symptoms import check
from vermilion.care.today import today
from vermilion.know.practice import Practice
from vermilion.know.voice import Voice
from vermilion.report.page import Page
from vermilion.report.page_html import write_html
from vermilion.report.page_pdf import write_pdf
from vermilion.report.page_text import write_markdown, write_text
from vermilion.report.pages.guide import guide_page
from vermilion.report.pages.schedule import schedule_page
from vermilion.report.pages.symptoms import Record, symptoms_page
from vermilion.report.pages.today import today_page

DONE = date(2026, 11, 20)
HERE = Practice(name="Lip Room", telephone="+1 555 0100", address="1 Main Street")


def day_page(voice: Voice) -> Page:
    return today_page(voice, today(voice, "blush", DONE, DONE), voice.say("lip blush"))


def dates_page(voice: Voice) -> Page:
    wish = Wish(("flip",), DONE, DONE + timedelta(days=1), None)
    return schedule_page(voice, make_schedule(voice, wish))


def signs_page(voice: Voice) -> Page:
    found = check(voice, "flip", DONE, DONE + timedelta(days=3), {"droop": "yes"})
    return symptoms_page(voice, found, voice.say("lip flip"), Record())


PAGES: tuple[Callable[[Voice], Page], ...] = (
    day_page,
    dates_page,
    signs_page,
    lambda voice: guide_page(voice, guide(voice, "flip")),
)


@pytest.mark.parametrize("make", PAGES)
@pytest.mark.parametrize(("language", "words"), [("en", "Whom to call"), ("es", "A quién llamar")])
def test_every_form_says_whom_to_call(
    make: Callable[[Voice], Page], language: str, words: str
) -> None:
    page = make(Voice(language=language, practice=HERE))
    line = f"{words}: Lip Room · +1\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0100 · 1 Main Street"
    for written in (write_html(page), write_text(page), write_markdown(page)):
        assert line in written
    assert write_pdf(page) != write_pdf(make(Voice(language=language)))


def test_a_practice_without_a_telephone_says_nothing_and_neither_does_a_practitioners_page() -> (
    None
):
    for voice in (
        Voice(practice=Practice(name="Lip Room")),
        Voice(audience="practitioner", practice=HERE),
    ):
        assert "Whom to call" not in write_text(day_page(voice))
