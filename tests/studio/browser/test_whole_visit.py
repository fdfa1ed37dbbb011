"""A whole visit in a real browser, by keyboard alone: from a new client to the follow-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.studio.browser.conftest import log_in
from vermilion.know.voice import Voice
from vermilion.studio.models import Client, Entry, Task
from vermilion.studio.record import stock

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from vermilion.studio.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


class Reader:
    """Somebody who reads one language and works without a mouse."""

    def __init__(self, language: str) -> None:
        self.language = language

    def t(self, words: str, **values: Any) -> str:
        """A text of the program as this reader sees it."""
        return Voice(language=self.language).say(words, **values).plain

    def go(self, page: Page, words: str) -> None:
        """Open a link or press a button by its name, with the keyboard."""
        go(page, self.t(words))


def go(page: Page, words: str) -> None:
    """Open a link or press a button by the name it shows."""
    target = page.get_by_role("link", name=words, exact=True).or_(
        page.get_by_role("button", name=words, exact=True)
    )
    target.first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def check(page: Page, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Space")


def denied(page: Page) -> None:
    """Every question is answered with no, every gate too; parts that wait are opened first."""
    waiting = page.locator(".part:not([open]) > summary")
    while waiting.count():
        waiting.first.focus()
        page.keyboard.press("Enter")
    fields = "[...document.querySelectorAll('input[type=radio][value=no]')].map(one => one.name)"
    for name in dict.fromkeys(page.evaluate(fields)):
        if page.locator(f"input[name='{name}'][value=no]").is_visible():
            check(page, f"input[name='{name}'][value=no]")
    for name in ("medicines",):
        page.locator(f"input[name={name}]").focus()
        page.keyboard.type("no")
    check(page, "input[name='event.none']")


@pytest.mark.parametrize(
    ("language", "width"), [("en", 1280), ("es", 390)], ids=["English, desk", "Spanish, phone"]
)
def test_a_whole_visit(
    browser: Browser,
    practitioner: Person,
    phantom_jpeg: Path,
    language: str,
    width: int,
    live_server: object,
) -> None:
    from datetime import timedelta
    from decimal import Decimal

    from django.utils import timezone

    expires = timezone.localdate() + timedelta(days=200)
    stock.add_lot("toxin", "Botox", "C1234", expires, Decimal(100), "U", practitioner, toxin="ona")
    reader = Reader(language)
    t, context = (
        reader.t,
        browser.new_context(
            viewport={"width": width, "height": 860}, locale=language, reduced_motion="reduce"
        ),
    )
    page = context.new_page()
    log_in(page, live_server)
    # a new client
    reader.go(page, "New client")
    page.locator("#id_name").focus()
    page.keyboard.type("Cleo Sample")
    page.locator("#id_born").fill("1990-05-06")
    page.locator("#id_language").select_option(language)
    reader.go(page, "Save")
    record = page.url
    # screening
    reader.go(page, "Screening")
    denied(page)
    reader.go(page, "What does it say?")
    assert t("Screening: go") in page.inner_text("main")
    # a photo
    page.goto(record)
    reader.go(page, "Add a photo")
    page.set_input_files("#photo", phantom_jpeg)
    reader.go(page, "Add to the record")
    # the consultation
    page.locator(".strip a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reader.go(page, "Consultation")
    page.wait_for_selector("img.patch:visible")
    before = page.locator("img.patch").get_attribute("src")
    page.locator("#at").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("img.patch")).not_to_have_attribute("src", before or "")
    page.locator(".stage").focus()
    page.keyboard.down("Space")
    assert "before" in (page.locator(".stage").get_attribute("class") or "").split()
    page.keyboard.up("Space")
    reader.go(page, "Keep this consultation")
    assert "onabotulinumtoxinA" in page.inner_text("main")
    # its choices become the plan, on this client's own lips
    reader.go(page, "Plan this flip")
    pin = page.locator(".pins .pin").first
    before = pin.get_attribute("transform")
    pin.focus()
    page.keyboard.press("ArrowUp")
    assert pin.get_attribute("transform") != before
    page.keyboard.press("+")
    page.keyboard.press("-")
    for name, words in (("vial", "100"), ("diluent", "2.5")):
        page.locator(f"#{name}").focus()
        page.keyboard.type(words)
    page.locator("#lot").focus()
    page.keyboard.type("Botox")
    expect(page.locator("[data-checks]")).to_contain_text(t("at {count} points", count=4))
    reader.go(page, "Keep this plan")
    assert t("Off-label") in page.inner_text("main")
    # the prescriber's order, the consent
    page.goto(record)
    go(page, f"{reader.t('Before the treatment')}: {reader.t('lip flip').capitalize()}")
    reader.go(page, "Exam and order")
    page.locator("#id_prescriber").focus()
    page.keyboard.type("Dr Sample, 12345")
    page.locator("#id_valid_until").fill(expires.isoformat())
    reader.go(page, "Add to the record")
    reader.go(page, "New consent")
    assert t("Point {k}: {where}; units: {units}.", k=1, where="", units=1)[:8] in page.inner_text(
        "main"
    )
    page.locator("#signer").focus()
    page.keyboard.type("Cleo Sample")
    reader.go(page, "I agree and sign")
    assert t("Signed by {name}.", name="Cleo Sample") in page.inner_text("main")
    reader.go(page, "Back")
    assert t("Nothing is missing.") in page.inner_text("main")
    # the treatment
    reader.go(page, "Begin the treatment")
    given = [field.input_value() for field in page.locator("input[name^='at.']").all()]
    assert given == ["1"] * 4, "the plan stands in the fields"
    assert page.locator("#used").input_value() == "4"
    page.locator("#wasted").focus()
    page.keyboard.type("0")
    reader.go(page, "Write it into the record")
    assert "C1234" in page.inner_text("main"), page.inner_text("main")
    assert t("Planned and given") in page.inner_text("main")
    with page.expect_download() as handout:
        page.get_by_role("link", name=t("Hand-out as PDF")).press("Enter")
    assert Path(handout.value.path()).read_bytes().startswith(b"%PDF")
    # the client's own page
    page.goto(record)
    reader.go(page, "The client's page")
    reader.go(page, "Make a link")
    address = page.inner_text("code.secret")
    phone = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(address)
    phone.fill("#born", "1990-05-06")
    phone.press("#born", "Enter")
    phone.wait_for_url("**/my/")
    assert t("Day {day}", day=0) in phone.inner_text("main")
    reader.go(phone, "Something is wrong")
    phone.locator("fieldset.sign input[value=yes]").first.press("Space")
    reader.go(phone, "One of these is there: what to do")
    assert "911" in phone.inner_text("main")
    phone.context.close()
    # it lands on the practitioner's list, and is closed with words
    page.goto(f"{live_server}/")
    assert t("Emergency sign") in page.inner_text("main")
    page.locator("main ul.list a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "C1234" in page.inner_text("main")
    page.locator("#words").focus()
    page.keyboard.type("Called back; the ambulance was there.")
    reader.go(page, "Close")
    assert Task.objects.filter(closed_at=None, kind="signs").count() == 0
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {
        "screening",
        "consultation",
        "plan",
        "order",
        "consent",
        "visit",
        "report",
        "closing",
    } <= kinds
    assert Client.objects.count() == 1
    context.close()
