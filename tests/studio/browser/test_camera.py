"""The camera pages with a phantom in front of Chromium's fake camera."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.studio.browser.conftest import log_in
from vermilion.studio.models import Person, Photo
from vermilion.studio.record import clients

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tab(
    browser: Browser, camera_file: Path, practitioner: Person, live_server: object
) -> Iterator[Page]:
    """A browser of its own, whose camera sees the phantom."""
    chromium = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera_file}",
        ],
    )
    page = chromium.new_page(viewport={"width": 1180, "height": 820})
    log_in(page, live_server)
    yield page
    chromium.close()


def test_a_photo_is_taken_checked_and_kept(
    tab: Page, practitioner: Person, live_server: object
) -> None:
    client = clients.new_client({"name": "Ana Sample", "born": "1990-02-03"}, practitioner)
    tab.goto(f"{live_server}/clients/{client.pk}/camera/")
    expect(tab.locator("[data-gauge=level]")).to_have_attribute("data-ok", "yes", timeout=20_000)
    expect(tab.locator("[data-gauge=light]")).to_have_attribute("data-ok", "yes")
    keep = tab.get_by_role("button", name="Keep it")
    expect(keep).to_be_visible(timeout=20_000)  # it released by itself
    assert Photo.objects.count() == 0
    keep.press("Enter")
    expect(tab.locator(".hint-live")).not_to_have_text("Sending the photo ...")
    expect(tab.locator("input[value=parted]")).to_be_checked()
    # lips that stay closed are no photo of parted lips; a person may still take it
    expect(tab.locator(".hint-live")).to_have_text("Part the lips a little.", timeout=20_000)
    tab.get_by_role("button", name="Take the photo").press("Enter")
    expect(keep).to_be_visible()
    photo = Photo.objects.get()
    assert (photo.view, photo.swollen) == ("rest", False)


@pytest.mark.parametrize(
    "missing", ["", "delete window.VideoFrame", "VideoFrame.prototype.copyTo = 0"]
)
def test_the_mirror_shows_the_lips_changed_and_keeps_nothing(
    tab: Page, live_server: object, missing: str
) -> None:
    tab.add_init_script(missing)  # a browser that gives out no pixels of a frame draws the video
    tab.goto(f"{live_server}/mirror/")
    enough = "window.mirrorStats.places.length"
    for _ in range(100):
        if tab.evaluate(enough) > 10:
            break
        tab.wait_for_timeout(100)
    places = tab.evaluate("window.mirrorStats.places.slice(-5)")
    assert len(places) == 5
    assert all(400 < x < 700 for x, _, _ in places)
    assert tab.locator("[data-say]").inner_text() == ""
    assert not Photo.objects.exists()
