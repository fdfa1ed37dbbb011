"""Points on glass: tapped, dragged, stepped and taken away; with the studio's checks at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.studio.browser.conftest import log_in
from vermilion.studio.models import Entry
from vermilion.studio.record import clients, photos

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from vermilion.studio.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
TAP_PX = 44


def at(page: Page, x_mm: float, y_mm: float) -> tuple[float, float]:
    """Where a place on the lips' axes lies on the screen."""
    place = page.evaluate(
        "([x, y]) => { const m = document.querySelector('.chart svg').getScreenCTM();"
        " const p = new DOMPoint(x * 10, y * 10).matrixTransform(m); return [p.x, p.y]; }",
        [x_mm, y_mm],
    )
    return place[0], place[1]


def value(page: Page, name: str) -> str:
    return page.locator(f"[data-rows] input[name='{name}']").input_value()


def test_five_points_and_their_units_are_six_taps_on_a_tablet(
    browser: Browser, practitioner: Person, phantom_jpeg: Path, live_server: object
) -> None:
    card = {"name": "Ana Sample", "born": "1990-02-03", "language": "en"}
    ana = clients.new_client(card, practitioner)
    photos.add_photo(ana, phantom_jpeg.read_bytes(), "rest", timezone.now(), by=practitioner)
    context = browser.new_context(
        viewport={"width": 820, "height": 1180}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server}{reverse('plan_new', args=[ana.pk, 'flip'])}")
    checks = page.locator("[data-checks]")
    # what a gloved hand meets is large enough
    page.select_option("#product", "ona")
    page.locator(".taps label", has_text="1 U").first.tap()
    places = [(-16.0, -5.0), (-7.0, -8.0), (7.0, -8.0), (16.0, -5.0), (12.0, -6.5)]
    for place in places:
        page.touchscreen.tap(*at(page, *place))
    expect(page.locator(".pins .pin")).to_have_count(5)
    expect(checks).to_contain_text("5 U")
    expect(page.locator("[data-picked]")).to_be_visible()
    for button in page.locator(
        ".picked button, .stepper button, .taps label, .point > .button"
    ).all():
        box = button.bounding_box()
        if box is not None:
            assert min(box["width"], box["height"]) >= TAP_PX
    assert float(value(page, "x.0")) == pytest.approx(-16.0, abs=0.15)
    assert float(value(page, "y.1")) == pytest.approx(-8.0, abs=0.15)
    assert [value(page, f"u.{k}") for k in range(5)] == ["1"] * 5
    # the last one is dragged into the keep-out: blocked at once, and the plan cannot be kept
    page.mouse.move(*at(page, 12.0, -6.5))
    page.mouse.down()
    page.mouse.move(*at(page, 6.0, -6.5), steps=4)
    page.mouse.move(*at(page, 0.0, -6.5), steps=4)
    page.mouse.up()
    assert float(value(page, "x.4")) == pytest.approx(0.0, abs=0.15)
    expect(checks).to_contain_text("Blocked, unless you write a reason")
    expect(page.locator("button[name=keep]")).to_be_disabled()
    expect(page.locator("#reason")).to_be_visible()
    # by keyboard: away from it again, a half unit more, and one taken away
    pin = page.locator(".pins .pin").nth(4)
    pin.focus()
    for _ in range(24):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    assert value(page, "x.4") == "12"
    assert value(page, "u.4") == "1.5"
    expect(checks).to_contain_text("5.5 U")
    page.keyboard.press("Delete")
    expect(page.locator(".pins .pin")).to_have_count(4)
    expect(checks).not_to_contain_text("Blocked")
    # a step on the glass, beside the drawing
    page.touchscreen.tap(*at(page, -16.0, -5.0))
    expect(page.locator(".pins .pin")).to_have_count(4)
    page.locator("[data-picked] [data-step='0.5']").tap()
    assert value(page, "u.0") == "1.5"
    page.locator("#vial").fill("100")
    page.locator("#diluent").fill("2.5")
    expect(checks).to_contain_text("0.1125 mL")
    with page.expect_navigation():
        page.locator("button[name=keep]").tap()
    kept = Entry.objects.get(kind="plan").content
    assert [one["units"] for one in kept["points"]] == [1.5, 1, 1, 1]
    assert kept["outline"]["own"]
    context.close()
