"""A passkey from the first page to the next login, as a device would make it; what the pages of a
login look like once every factor is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.studio.browser.conftest import PASSWORD, log_in
from tests.studio.browser.test_every_page import looked_at
from vermilion.studio.models import Person

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
REFUSING = "void (navigator.credentials.create = () => Promise.reject(new DOMException('no')))"
WITH_A_KEY = (
    "/me/factors/", "/me/passkeys/", "/me/passkeys/{key}/", "/me/passkeys/{key}/off/", "/me/codes/",
    "/me/codes/new/", "/me/password/", "/login/again/", "/login/factor/again/",
    "/login/passkey/again/", "/logout/",
)  # fmt: skip


def test_a_device_becomes_a_key_and_opens_the_next_login(
    browser: Browser, live_server: object, practitioner: Person
) -> None:
    from allauth.mfa.models import Authenticator

    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    tab = context.new_page()
    log_in(tab, live_server)
    tab.goto(f"{live_server}/me/passkeys/add/")
    tab.fill("#id_password", PASSWORD)
    with tab.expect_navigation():
        tab.press("#id_password", "Enter")
    tab.evaluate(REFUSING)
    tab.click("#ask_key")
    tab.wait_for_selector("[data-passkey-fault]:visible")
    found = looked_at(tab, "a device that gave no key")
    tab.reload()
    device = context.new_cdp_session(tab)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    tab.fill("#id_name", "tablet")
    with tab.expect_navigation():
        tab.click("#ask_key")
    assert tab.url == f"{live_server}/me/codes/"
    assert "The key is there." in tab.inner_text("main")
    key = Authenticator.objects.get(type="webauthn")
    for where in WITH_A_KEY:
        tab.goto(f"{live_server}{where.format(key=key.pk)}")
        found += looked_at(tab, where)
    with tab.expect_navigation():
        tab.click("main button.button:not(.plain)")
    log_in(tab, live_server)
    assert tab.url.startswith(f"{live_server}/login/factor/")
    found += looked_at(tab, "second factor")
    with tab.expect_navigation():
        tab.click("#ask_key")
    assert tab.url == f"{live_server}/"
    context.close()
    assert not found, "\n".join(found)
