"""Nothing typed is lost, and a camera that is refused leaves another way; in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.studio.browser.conftest import PASSWORD, log_in
from tests.studio.record.test_labels import PRINTED, scene, symbol
from vermilion.studio.models import Client, Entry, Lot, Person
from vermilion.studio.record import clients

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "What you had typed here is back"


@pytest.fixture
def client(practitioner: Person) -> Client:
    card = {"name": "Ana Sample", "born": "1990-02-03", "phone": "600", "language": "en"}
    return clients.new_client(card, practitioner)


@pytest.fixture
def tab(browser: Browser, practitioner: Person, live_server: object) -> Iterator[Page]:
    """Logged in as the practitioner."""
    context = browser.new_context(viewport={"width": 1180, "height": 820})
    page = context.new_page()
    log_in(page, live_server)
    yield page
    context.close()


def enter(page: Page) -> None:
    """Log in where the page stands."""
    page.fill("#id_login", "pia")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.press("#id_password", "Enter")


def send(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).press("Enter")


def test_a_login_that_ended_while_somebody_typed_loses_no_word(
    tab: Page, client: Client, live_server: object
) -> None:
    tab.goto(f"{live_server}/clients/{client.pk}/note/")
    tab.fill("#words", "typed with care")
    Session.objects.all().delete()
    send(tab, "Add to the record")
    assert "/login/" in tab.url
    assert not Entry.objects.filter(kind="note").exists()
    enter(tab)
    assert tab.url.endswith(f"/clients/{client.pk}/note/")
    assert tab.input_value("#words") == "typed with care"
    expect(tab.get_by_text(BACK)).to_be_visible()
    send(tab, "Add to the record")
    assert Entry.objects.get(kind="note").content["words"] == "typed with care"
    tab.goto(f"{live_server}/clients/{client.pk}/note/")
    assert tab.input_value("#words") == ""
    expect(tab.get_by_text(BACK)).to_have_count(0)


def test_choices_and_changed_fields_come_back_too_and_can_be_dropped(
    tab: Page, client: Client, live_server: object
) -> None:
    where = f"{live_server}/clients/{client.pk}/card/"
    tab.goto(where)
    tab.fill("#id_phone", "611 22 33 44")
    tab.select_option("#id_language", "es")
    tab.goto(f"{live_server}/clients/")
    tab.goto(where)
    assert tab.input_value("#id_phone") == "611 22 33 44"
    assert tab.input_value("#id_language") == "es"
    with tab.expect_navigation():
        tab.get_by_role("button", name="Start afresh").press("Enter")
    assert tab.input_value("#id_phone") == "600"
    assert tab.input_value("#id_language") == "en"


def test_what_came_back_does_not_overwrite_what_a_colleague_saved_meanwhile(
    tab: Page, client: Client, practitioner: Person, live_server: object
) -> None:
    where = f"{live_server}/clients/{client.pk}/card/"
    tab.goto(where)
    tab.fill("#id_phone", "611")
    clients.change_card(client, client.card | {"phone": "622"}, client.edition, practitioner)
    tab.goto(where)
    assert tab.input_value("#id_phone") == "611"
    tab.locator("main form button").first.press("Enter")
    tab.wait_for_load_state()
    client.refresh_from_db()
    assert client.card["phone"] == "622"
    assert "622" in tab.inner_text("main")


def test_whoever_logs_out_takes_the_words_along(
    tab: Page, client: Client, live_server: object
) -> None:
    where = f"{live_server}/clients/{client.pk}/note/"
    tab.goto(where)
    tab.fill("#words", "private")
    send(tab, "Log out")
    tab.goto(where)
    enter(tab)
    assert tab.input_value("#words") == ""


def test_a_camera_that_is_refused_leaves_another_way(
    tab: Page, client: Client, live_server: object, tmp_path: Path
) -> None:
    tab.goto(f"{live_server}/clients/{client.pk}/camera/")
    expect(tab.locator(".hint-live")).to_contain_text("camera")
    expect(tab.locator("input[type=file]")).to_be_visible()
    tab.goto(f"{live_server}/stock/new/")
    tab.get_by_role("button", name="Read with the camera").press("Enter")
    expect(tab.locator(".code-say")).to_contain_text("allow it in the browser")
    picture = tmp_path / "pack.png"
    cv2.imwrite(str(picture), scene(15, 1.0))
    tab.set_input_files("#code-picture", picture)
    expect(tab.locator("#id_number")).to_have_value("AB-123")
    tab.fill("#code-text", PRINTED.replace("AB-123", "CD-456"))
    tab.press("#code-text", "Enter")
    expect(tab.locator("#id_number")).to_have_value("CD-456")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(
    tab: Page, client: Client, live_server: object, tmp_path: Path
) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(2 * 1024**3)
    tab.goto(f"{live_server}/clients/{client.pk}/photos/add/")
    tab.set_input_files("#photo", large)
    assert tab.evaluate("document.querySelector('#photo').files.length") == 0
    words = tab.evaluate("document.querySelector('#photo').validationMessage")
    assert words == "This file has more than 50 MB. Choose a smaller one."


def test_the_camera_reads_the_code_of_a_pack_and_the_lot_is_put_in_stock(
    browser: Browser, practitioner: Person, live_server: object, tmp_path: Path
) -> None:
    film = tmp_path / "pack.y4m"
    frame = scene(12)
    assert frame.shape == (720, 1280, 3)
    assert symbol().shape[0] > 60
    with film.open("wb") as file:
        file.write(b"YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420jpeg\n")
        for _ in range(4):
            file.write(b"FRAME\n" + cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes())
    chromium = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    log_in(page, live_server)
    page.goto(f"{live_server}/stock/new/")
    page.get_by_role("button", name="Read with the camera").press("Enter")
    expect(page.locator("#id_number")).to_have_value("AB-123", timeout=30_000)
    expect(page.locator("#id_expires_on")).to_have_value("2027-07-04")
    expect(page.locator("video")).to_be_hidden()
    page.select_option("#id_toxin", "ona")
    page.fill("#id_product", "Sample toxin")
    page.fill("#id_amount", "100")
    send(page, "Save")
    lot = Lot.objects.get()
    assert (lot.number, lot.gtin, lot.toxin, lot.amount) == ("AB-123", "09501101530003", "ona", 100)
    chromium.close()
