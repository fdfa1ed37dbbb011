"""The consultation's close look: the lips stand in the middle of it on every screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.studio.browser.conftest import log_in
from vermilion.studio.models import Person
from vermilion.studio.record import clients, photos

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = {
    "phone": (390, 844),
    "tablet upright": (820, 1000),
    "tablet on its side": (1180, 820),
    "desk": (1280, 900),
    "large": (2560, 1440),
}
OFF = 0.03
"""Of the stage's own size: a border of a pixel and rounding."""


def test_the_lips_lie_in_the_middle_of_the_stage_on_every_screen(
    browser: Browser, live_server: object, practitioner: Person, phantom_jpeg: Path
) -> None:
    ana = clients.new_client({"name": "Ana Sample", "born": "1990-02-03"}, practitioner)
    content, now = phantom_jpeg.read_bytes(), timezone.now()
    photo = photos.add_photo(ana, content, "rest", now, by=practitioner)
    page = browser.new_page(reduced_motion="reduce")
    log_in(page, live_server)
    page.goto(f"{live_server}{reverse('consult', args=[photo.pk])}")
    page.wait_for_selector("img.patch:visible")
    found = []
    for name, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)  # the stage is looked at again once it has its new size
        stage = page.locator(".stage").bounding_box()
        patch = page.locator("img.patch").bounding_box()
        assert stage is not None
        assert patch is not None
        across = patch["x"] + patch["width"] / 2 - stage["x"] - stage["width"] / 2
        down = patch["y"] + patch["height"] / 2 - stage["y"] - stage["height"] / 2
        if abs(across) > OFF * stage["width"] or abs(down) > OFF * stage["height"]:
            found.append(f"{name}: {across:.0f} px across, {down:.0f} px down of the middle")
        if patch["width"] < 0.55 * stage["width"]:
            found.append(f"{name}: the lips are small")
    assert not found, "\n".join(found)
