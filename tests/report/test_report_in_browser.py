"""The page in a real browser: it answers to the keyboard, fetches nothing and passes axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.report.test_report import sheet as sheet
from vermilion.report.html import write_html
from vermilion.report.sheet import Sheet


@pytest.fixture
def page(browser: Browser, sheet: Sheet, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "report.html"
    file.write_text(write_html(sheet), "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        spoken: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: spoken.append(message.text))
        page.on("pageerror", lambda error: spoken.append(str(error)))
        page.goto(file.as_uri())
        yield page
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert spoken == []


def test_the_day_slider_answers_to_arrow_keys_and_changes_the_picture(page: Page) -> None:
    shown = page.locator("#close img.after")
    before = shown.get_attribute("src")
    day = page.locator("#day")
    assert page.locator("#day-words").inner_text() == "week 2"
    page.locator("input[name=band][value=high]").check(force=True)
    assert shown.get_attribute("src") != before
    day.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#day-words").inner_text() == "week 6"
    assert day.get_attribute("aria-valuetext") == "week 6"


def test_choosing_the_blush_starts_on_its_healed_day(page: Page) -> None:
    page.locator("input[name=treatment][value=blush]").focus()
    page.keyboard.press("Space")
    assert page.locator("#day-words").inner_text() == "week 6"


def test_the_before_after_handle_moves_with_the_keyboard(page: Page) -> None:
    page.locator("#cut").focus()
    page.keyboard.press("End")
    assert page.locator("#cut-words").inner_text() == "before only"


def test_axe_finds_nothing_wrong(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_runs_off_the_side(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


def test_without_scripts_all_days_are_there(browser: Browser, sheet: Sheet, tmp_path: Path) -> None:
    file = tmp_path / "plain.html"
    file.write_text(write_html(sheet), "utf-8")
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(file.as_uri())
        strip = plain.locator("section.plain figure img")
        assert strip.count() == 2 * (1 + 5)
        assert strip.first.is_visible()
        assert not plain.locator("#day").is_visible()
