"""What hands do that no form tells: keys through lines and weeks, a drag, one tap for many noes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.studio.browser.conftest import log_in
from tests.studio.conftest import lot
from vermilion.know.own_product import OwnProduct
from vermilion.studio.models import Appointment, Person
from vermilion.studio.record import clients
from vermilion.studio.record.own_products import add_product

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visits(practitioner: Person) -> list[Appointment]:
    """Two visits of today, at nine and at eleven."""
    made = []
    for hour, name in ((9, "Ana Sample"), (11, "Beth Sample")):
        card = {"name": name, "born": "1990-02-03", "language": "en"}
        client = clients.new_client(card, practitioner)
        at = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
        content = {"purpose": "Talk"}
        made.append(
            Appointment.objects.create(
                client=client,
                starts_at=at,
                minutes=45,
                person=practitioner,
                sealed=client.sealed(content),
            )
        )
    return made


def test_keys_a_drag_and_one_tap(
    browser: Browser, live_server: object, visits: list[Appointment]
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    log_in(page, live_server)
    # through the lines of today
    page.keyboard.press("j")
    expect(page.locator("li.visit").nth(0).locator("a.main")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("li.visit").nth(1).locator("a.main")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("li.visit").nth(0).locator("a.main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j")
    expect(page.locator("#q")).to_have_value("j")
    # through the weeks
    page.goto(f"{live_server}{reverse('week')}")
    with page.expect_navigation():
        page.keyboard.press("]")
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    assert page.url.endswith(f"?from={monday + timedelta(days=7)}")
    with page.expect_navigation():
        page.keyboard.press("[")
    # a drag two hours down opens the page of the visit with that time in its form
    slot = page.locator("a.slot").first
    box, hours = slot.bounding_box(), page.locator(".column.today .hours").bounding_box()
    assert box is not None
    assert hours is not None
    quarter = page.locator(".column.today .hours").evaluate(
        "one => parseFloat(getComputedStyle(one).gridTemplateRows)"
    )
    with page.expect_navigation():
        page.drag_and_drop(
            "a.slot >> nth=0",
            ".column.today .hours",
            source_position={"x": 20, "y": 5},
            target_position={"x": 20, "y": box["y"] - hours["y"] + 5 + 8 * quarter},
        )
    assert page.locator("#id_clock").input_value().startswith("11:00")
    assert Appointment.objects.get(pk=visits[0].pk).edition == 0, "nothing moved yet"
    # one tap denies all that is open in a group, each by itself
    page.goto(f"{live_server}{reverse('screening_ask', args=[visits[0].client_id, 'flip'])}")
    page.check("input[name=pregnant][value=yes]")
    page.locator(".part").nth(0).locator("[data-all-no]").click()
    expect(page.locator("input[name=breastfeeding][value=no]")).to_be_checked()
    expect(page.locator("input[name=pregnant][value=yes]")).to_be_checked()
    expect(page.locator("input[name=allergy_toxin]:checked")).to_have_count(0)
    expect(page.locator("aside")).to_contain_text("Not now", timeout=20_000)
    context.close()


def test_a_form_shows_what_its_kind_needs_and_a_lot_fills_in_how_it_is_mixed(
    browser: Browser, live_server: object, visits: list[Appointment], practitioner: Person
) -> None:
    made = OwnProduct("Botox", "toxin", 100.0, "U", "ona", diluent_ml=2.5)
    add_product(settings.DATA, made, practitioner)
    chosen = lot(practitioner)
    page = browser.new_page(viewport={"width": 390, "height": 844})
    log_in(page, live_server)
    for where in ("products", "lot_new"):
        page.goto(f"{live_server}{reverse(where)}")
        expect(page.locator("#id_toxin")).to_be_visible()
        page.locator("#id_kind").focus()
        page.keyboard.type("Needles")
        expect(page.locator("#id_toxin")).to_be_hidden()
        expect(page.locator("#id_unit")).to_have_value("pcs")
        page.select_option("#id_unit", "mL")
        page.select_option("#id_kind", "toxin")
        expect(page.locator("#id_unit")).to_have_value("mL")
    for where in ("visit_new", "plan_new"):
        page.goto(f"{live_server}{reverse(where, args=[visits[0].client_id, 'flip'])}")
        page.select_option("#lot", str(chosen.pk))
        expect(page.locator("#vial")).to_have_value("100")
        expect(page.locator("#diluent")).to_have_value("2.5")
        page.select_option("#lot", "")
        expect(page.locator("#diluent")).to_have_value("")
        page.fill("#diluent", "4")
        page.select_option("#lot", str(chosen.pk))
        expect(page.locator("#diluent")).to_have_value("4")
    page.close()


def test_a_screening_on_a_phone_opens_part_by_part_and_loses_nothing(
    browser: Browser, live_server: object, visits: list[Appointment]
) -> None:
    where = f"{live_server}{reverse('screening_ask', args=[visits[0].client_id, 'both'])}"
    page = browser.new_page(viewport={"width": 390, "height": 844})
    log_in(page, live_server)
    page.goto(where)
    opened = page.locator(".part[open]")
    expect(opened).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollHeight") < 3 * 844
    page.check("input[name=pregnant][value=no]")
    expect(opened.locator("[data-far]")).to_have_text(re.compile(r"^1 of [34] answered$"))
    page.locator("[data-all-no]:visible").click()
    opened.locator("[data-next]").focus()
    page.keyboard.press("Enter")
    expect(opened).to_have_count(1)
    expect(opened.locator("h2")).to_have_text("Allergies")
    expect(opened.locator("> summary")).to_be_focused()
    page.check("input[name=allergy_nickel][value=yes]")
    page.reload()  # what was typed is back, and the part that is not through stands open
    expect(page.locator("input[name=allergy_nickel][value=yes]")).to_be_checked()
    expect(opened.locator("h2")).to_have_text("Allergies")
    gate = page.locator("#g-treated")
    gate.locator("summary").first.click()
    expect(gate.locator(".behind")).to_be_hidden()
    page.check("input[name='gate.treated'][value=yes]")
    expect(gate.locator(".behind")).to_be_visible()
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(where)
    expect(plain.locator(".part[open] h2")).to_have_text("About you")
    plain.locator("#g-5_lips > summary").click()
    plain.check("input[name=cold_sore_now][value=yes]")
    with plain.expect_navigation():
        plain.get_by_role("button", name="What does it say?").click()
    expect(plain.locator("main")).to_contain_text("cold sore")
    context.close()
