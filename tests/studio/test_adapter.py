"""How one logs in: every page of it is the studio's own, in the reader's words, with a way back."""

from __future__ import annotations

import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client as Browser
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.studio.test_spanish_pages import english_in
from vermilion.studio import audit, vault
from vermilion.studio.models import AuditEntry, Person
from vermilion.studio.record import factors
from vermilion.studio.roles import Role
from vermilion.studio.rotation import rotate

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words here"
SECRET = "JBSWY3DPEHPK3PXP"
PAGES = {
    "/me/factors/": "/me/",
    "/me/factors/totp/off/": "/me/factors/",
    "/me/codes/": "/me/factors/",
    "/me/codes/new/": "/me/factors/",
    "/me/passkeys/": "/me/factors/",
    "/me/passkeys/add/": "/me/factors/",
    "/me/passkeys/{key}/": "/me/passkeys/",
    "/me/passkeys/{key}/off/": "/me/passkeys/",
    "/me/password/": "/me/",
    "/login/again/": "/me/",
    "/login/factor/again/": "/me/",
    "/login/passkey/again/": "/me/",
    "/logout/": "/",
}
"""A page of somebody with every factor, and where its way back leads."""


@pytest.fixture
def pia(people: dict[Role, Person]) -> Person:
    person = people[Role.PRACTITIONER]
    person.set_password(PASSWORD)
    person.save()
    return person


def a_key() -> dict[str, object]:
    """What a browser hands over when a device makes a key for a login."""
    there = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    inside = AttestedCredentialData.create(bytes(16), b"of a tablet", there)
    of = AuthenticatorData.create(sha256(b"localhost").digest(), 0x45, 0, inside)
    asked = CollectedClientData.create("webauthn.create", b"x" * 32, "http://localhost")
    parts = {"clientDataJSON": asked, "attestationObject": AttestationObject.create("none", of, {})}
    coded = {name: urlsafe_b64encode(part).decode().rstrip("=") for name, part in parts.items()}
    which = urlsafe_b64encode(b"of a tablet").decode().rstrip("=")
    return {"id": which, "rawId": which, "type": "public-key", "response": coded}


def now_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def log_in(person: Person, browser: Browser) -> Browser:
    answer = browser.post("/login/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def asked_again(browser: Browser) -> Browser:
    """allauth asks once more before each change of a login."""
    assert browser.post("/login/again/", {"password": PASSWORD}).status_code == 302
    return browser


@pytest.fixture
def guarded(pia: Person) -> Iterator[Browser]:
    """Pia with a code app, codes for a lost phone and a key, logged in with her second factor."""
    TOTP.activate(pia, SECRET)
    RecoveryCodes.activate(pia)
    Authenticator.objects.create(
        user=pia, type=Authenticator.Type.WEBAUTHN, data={"name": "tablet", "credential": a_key()}
    )
    browser = log_in(pia, Browser())
    assert browser.post("/login/factor/", {"code": now_code()}).status_code == 302
    return asked_again(browser)


def pages(pia: Person) -> Iterator[tuple[str, str]]:
    key = Authenticator.objects.get(user=pia, type=Authenticator.Type.WEBAUTHN).pk
    for where, back in PAGES.items():
        yield where.format(key=key), back


def test_every_page_of_a_login_is_the_studios_own_and_leads_back(
    pia: Person, guarded: Browser
) -> None:
    for where, back in pages(pia):
        told = guarded.get(where)
        page = told.content.decode()
        assert told.status_code == 200, where
        assert re.search(rf'<a class="?button plain"? href="?{back}"?>Back</a>', page), where
        assert page.count("<h1>") == 1, where
        assert "studio.css" in page, where
        for plain in ("Two-Factor", "Sign Out", "Authenticator", "Deactivate", "Reauthenticate"):
            assert plain not in page, where


def test_no_english_stands_on_them_for_who_reads_spanish(pia: Person, guarded: Browser) -> None:
    guarded.cookies["django_language"] = "es"
    for where, _ in pages(pia):
        assert english_in(guarded.get(where).content.decode()) == [], where


def test_the_code_is_asked_after_the_password_and_a_wrong_one_opens_nothing(pia: Person) -> None:
    TOTP.activate(pia, SECRET)
    browser = log_in(pia, Browser(headers={"accept-language": "es"}))
    page = browser.get("/login/factor/").content.decode()
    assert "Segundo factor" in page
    assert english_in(page) == []
    wrong = browser.post("/login/factor/", {"code": "no"})
    assert "Código incorrecto" in wrong.content.decode()
    assert browser.get("/").status_code == 302
    spaced = f"{now_code()[:3]} {now_code()[3:]}"
    assert browser.post("/login/factor/", {"code": spaced}).status_code == 302
    assert browser.get("/").status_code == 200


def test_whoever_has_a_key_is_asked_again_and_not_told_that_something_broke(
    pia: Person, guarded: Browser
) -> None:
    session = guarded.session
    session["account_authentication_methods"] = []
    session.save()
    asked = guarded.get("/me/codes/new/")
    assert asked.headers["Location"].startswith("/login/again/")
    page = guarded.get(asked.headers["Location"]).content.decode()
    assert "By code" in page
    assert "By passkey or security key" in page
    on = guarded.post(asked.headers["Location"], {"password": PASSWORD})
    assert on.headers["Location"] == "/me/codes/new/"


@pytest.mark.django_db(transaction=True)
def test_a_code_app_is_set_up_with_a_square_or_a_key_to_type(pia: Person) -> None:
    browser = asked_again(log_in(pia, Browser()))
    page = browser.get("/me/factors/totp/on/").content.decode()
    secret = browser.session["mfa.totp.secret"]
    assert f">{secret}</code>" in page
    assert "data:image/svg+xml;base64," in page
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = browser.post("/me/factors/totp/on/", {"code": code}, follow=True)
    assert done.redirect_chain[-1][0] == "/me/codes/"
    words = done.content.decode()
    assert "From now on a login asks for a code as well." in words
    saved = browser.get("/me/codes/file/")
    codes = saved.content.decode().split("\n")[1:-1]
    assert len(codes) == 10
    assert all(code in words for code in codes)
    assert "add code app" in {one.action for one in AuditEntry.objects.all()}
    assert audit.broken_at() is None


def test_a_new_password_is_said_and_written_down(pia: Person) -> None:
    browser = log_in(pia, Browser())
    new = {"oldpassword": PASSWORD, "password1": "five other plain words here"}
    short = browser.post("/me/password/", new | {"password2": "another"})
    assert "aria-invalid" in short.content.decode()
    done = browser.post("/me/password/", new | {"password2": new["password1"]}, follow=True)
    assert done.redirect_chain[-1][0] == "/me/"
    assert "The new password holds" in done.content.decode()
    assert AuditEntry.objects.order_by("number").last().action == "change password"
    pia.refresh_from_db()
    assert pia.check_password(new["password1"])


def test_a_closed_login_is_told_so_and_opens_nothing(pia: Person) -> None:
    pia.is_active = False
    pia.save()
    browser = Browser()
    told = browser.post("/login/", {"login": pia.username, "password": PASSWORD})
    assert told.status_code == 403
    assert "This login is closed" in told.content.decode()
    assert browser.get("/").status_code == 302


def test_a_phone_lists_the_practice_by_its_name(pia: Person) -> None:
    browser = asked_again(log_in(pia, Browser()))
    assert "issuer=vermilion" in browser.get("/me/factors/totp/on/").context["totp_url"]


def test_too_many_tries_are_said_in_the_readers_words(pia: Person) -> None:
    browser = log_in(pia, Browser(headers={"accept-language": "es"}))
    answers = [browser.post("/login/again/", {"password": "wrong"}) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert "Demasiados intentos seguidos" in answers[-1].content.decode()


def test_what_codes_are_made_from_lies_sealed_and_turns_over_with_the_keys(
    pia: Person, tmp_path: Path
) -> None:
    TOTP.activate(pia, SECRET)
    codes = RecoveryCodes.activate(pia).generate_codes()
    old = Authenticator.objects.create(
        user=pia, type=Authenticator.Type.WEBAUTHN, data={"name": "tablet", "secret": "plain"}
    )
    kept = [str(one.data) for one in Authenticator.objects.exclude(pk=old.pk)]
    assert not [one for one in kept if SECRET in one or codes[0] in one]
    assert all("sealed:" in one for one in kept)
    rotate(tmp_path / "vault.key", None, lambda words: None)
    assert not {str(one.data) for one in Authenticator.objects.all()} & set(kept)
    old.refresh_from_db()
    assert old.data["secret"].startswith("sealed:")
    assert factors.open_sealed(old.data["secret"]) == "plain"
    totp = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert totp.wrap().validate_code(now_code())
    again = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    assert again.wrap().generate_codes() == codes


def test_a_sealed_text_of_another_practice_does_not_open(pia: Person) -> None:
    sealed = factors.seal(SECRET)
    vault.unlock(vault.Vault((bytes(32),)))
    with pytest.raises(vault.VaultError):
        factors.open_sealed(sealed)
