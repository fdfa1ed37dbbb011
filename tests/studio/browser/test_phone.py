"""How long pages are on a phone, and that nothing urgent is folded away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from vermilion.care.symptoms import signs
from vermilion.studio.models import Person
from vermilion.studio.record import clients, entries, links
from vermilion.studio.voices import voice_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = 4
"""That a symptom check may fill on a phone of this size."""


@pytest.mark.parametrize("scripts", [True, False])
def test_every_sign_that_cannot_wait_is_in_view_and_the_page_stays_short(
    scripts: bool, browser: Browser, live_server: object, practitioner: Person
) -> None:
    card = {"name": "Ana Sample", "born": "1990-02-03", "language": "en"}
    ana = clients.new_client(card, practitioner)
    day = timezone.localdate() - timedelta(days=4)
    content = {"treatment": "flip", "day": day.isoformat(), "product": "Botox", "units": 4}
    entries.add(ana, "visit", content, by=practitioner)
    _, secret = links.make_link(ana, practitioner)
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, java_script_enabled=scripts)  # type: ignore[arg-type]
    phone = context.new_page()
    phone.goto(f"{live_server}/my/{secret}/")
    phone.fill("#born", "1990-02-03")
    with phone.expect_navigation():
        phone.press("#born", "Enter")
    phone.goto(f"{live_server}/my/signs/flip/")
    tall = phone.locator("html").bounding_box()
    assert tall is not None
    assert tall["height"] < SCREENS * size["height"]
    for one in signs(voice_of("client"), "flip", 4):
        seen = phone.locator(f"#s-{one.id}").is_visible()
        assert seen == (one.usual in ("emergency", "same_day")), one.id
    phone.locator("[name=all_no][value=emergency]").click()
    phone.locator("#others > summary").wait_for()
    if phone.locator("#s-swollen").is_hidden():
        phone.locator("#others > summary").click()
    assert phone.locator("#s-swollen").is_visible()
    assert phone.locator("[name=droop][value=no]").is_checked()
    context.close()
