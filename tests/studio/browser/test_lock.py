"""The covered screen: nothing of the page is left in it, and nothing that was typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.hashers import make_password

from tests.studio.browser.conftest import log_in
from vermilion.studio.models import Client, Person
from vermilion.studio.record import clients

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "tender at the left corner"


@pytest.fixture
def ana(practitioner: Person) -> Client:
    practitioner.pin = make_password("2580")
    practitioner.save()
    return clients.new_client({"name": "Ana Sample", "born": "1990-02-03"}, practitioner)


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    return browser.new_context()


def typing(context: BrowserContext, live_server: object, ana: Client) -> Page:
    """A note half written."""
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server}/clients/{ana.pk}/note/")
    page.fill("#words", WORDS)
    return page


def unlock(page: Page, words: str) -> None:
    page.fill("#curtain-words", words)
    page.press("#curtain-words", "Enter")


def test_a_key_covers_and_the_pin_brings_all_back(
    context: BrowserContext, live_server: object, ana: Client
) -> None:
    page = typing(context, live_server, ana)
    page.keyboard.press("Alt+Shift+KeyL")
    page.wait_for_selector("[data-curtain]")
    assert "Ana Sample" not in page.content()
    assert page.locator("textarea").count() == 0
    assert "Ana" not in page.title()
    unlock(page, "0000")
    page.wait_for_selector("[data-wrong]:not([hidden])")
    unlock(page, "2580")
    page.wait_for_selector("#words")
    assert page.input_value("#words") == WORDS
    assert page.evaluate("document.activeElement.id") == "words"
    page.click("form[data-keep] button.button")
    page.wait_for_url(f"{live_server}/clients/{ana.pk}/")
    assert ana.entries.get().content["words"] == WORDS


def test_a_reload_does_not_lift_the_curtain(
    context: BrowserContext, live_server: object, ana: Client
) -> None:
    page = typing(context, live_server, ana)
    with page.expect_response("**/lock/"):
        page.click("[data-lock-now]")
    page.reload()
    assert "/lock/?next=" in page.url
    assert "Ana Sample" not in page.content()
    page.fill("#words", "2580")
    page.press("#words", "Enter")
    page.wait_for_selector("textarea#words")
    assert page.input_value("#words") == WORDS, "kept in this tab"


def test_silence_covers_every_tab(
    context: BrowserContext, live_server: object, ana: Client
) -> None:
    first = typing(context, live_server, ana)
    second = context.new_page()
    second.clock.install()
    second.goto(f"{live_server}/clients/{ana.pk}/")
    second.clock.fast_forward(11 * 60_000)
    second.wait_for_selector("[data-curtain]")
    first.wait_for_selector("[data-curtain]")
    assert "Ana Sample" not in first.content()
    unlock(first, "2580")
    first.wait_for_selector("textarea#words")
    second.wait_for_selector("[data-curtain]", state="detached")
    assert first.input_value("#words") == WORDS
