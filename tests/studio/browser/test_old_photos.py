"""A folder of old photos, chosen in a real browser: looked at, stopped, gone on with, kept once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.studio.browser.conftest import log_in
from tests.studio.record.test_old_photos import picture, put
from vermilion.studio.models import Client, Person, Photo
from vermilion.studio.record import clients

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ana(practitioner: Person) -> Client:
    return clients.new_client({"name": "Ana García", "born": "1990-02-03"}, practitioner)


@pytest.fixture
def tab(browser: Browser, ana: Client, live_server: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 720})
    page = context.new_page()
    log_in(page, live_server)
    page.goto(f"{live_server}/clients/photos/")
    yield page
    context.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four of Ana's, one of them twice, one of nobody, and what is no photo."""
    old = tmp_path / "old"
    for number in range(4):
        put(old, f"García, Ana/2024-03-0{number + 1}.jpg", picture(30 * number))
    put(old, "García, Ana/copy 2024-03-01.jpg", picture(0))
    put(old, "Somebody/2024-03-01.jpg", picture(9))
    put(old, "Thumbs.db", b"no photo")
    return old


def test_a_folder_is_looked_at_and_then_taken_over(tab: Page, folder: Path, ana: Client) -> None:
    tab.set_input_files("#folder", folder)
    expect(tab.locator("[data-words]")).to_contain_text("Can be taken over: 4, of 1 clients")
    expect(tab.locator("[data-words]")).to_be_focused()
    left = tab.locator("section[data-left] li")
    expect(left).to_have_count(2)
    expect(left.nth(0)).to_contain_text("old/García, Ana/copy 2024-03-01.jpg")
    reasons = tab.locator("section[data-left] summary")
    expect(reasons.nth(0)).to_contain_text("It stands twice")
    expect(reasons.nth(1)).to_contain_text("no client has the name")
    expect(tab.locator("section[data-whose] summary")).to_have_text("Ana García (4)")
    assert not Photo.objects.exists()
    assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    tab.get_by_role("button", name="Take over 4 photos").press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("Taken over: 4. Left: 2.")
    assert Photo.objects.filter(client=ana).count() == 4
    tab.set_input_files("#folder", folder)
    expect(tab.locator("[data-words]")).to_contain_text("Can be taken over: 0")
    expect(left).to_have_count(6)


def test_who_stops_goes_on_where_it_was(tab: Page, folder: Path, ana: Client) -> None:
    tab.set_input_files("#folder", folder)
    take = tab.get_by_role("button", name="Take over 4 photos")
    expect(take).to_be_visible()

    def slow(route: object) -> None:
        tab.wait_for_timeout(400)
        route.continue_()  # type: ignore[attr-defined]

    tab.route("**/clients/photos/", slow)
    take.press("Enter")
    tab.get_by_role("button", name="Stop").press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("Stopped. What was taken over stays:")
    some = Photo.objects.count()
    assert 0 < some < 4
    tab.unroute("**/clients/photos/")
    tab.get_by_role("button", name="Go on").press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("Taken over: 4. Left: 2.")
    assert Photo.objects.count() == 4


def test_a_lost_line_and_an_ended_login_are_said_and_nothing_is_taken_twice(
    tab: Page, folder: Path, ana: Client, live_server: object
) -> None:
    tab.set_input_files("#folder", folder)
    take = tab.get_by_role("button", name="Take over 4 photos")
    expect(take).to_be_visible()
    tab.route("**/clients/photos/", lambda route: route.abort())
    take.press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("The studio does not answer")
    tab.unroute("**/clients/photos/")
    Session.objects.all().delete()
    tab.get_by_role("button", name="Go on").press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("the login has ended")
    log_in(tab.context.new_page(), live_server)
    tab.get_by_role("button", name="Go on").press("Enter")
    expect(tab.locator("[data-words]")).to_contain_text("Taken over: 4. Left: 2.")
    assert Photo.objects.count() == 4
