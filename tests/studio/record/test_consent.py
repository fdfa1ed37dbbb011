"""A consent keeps its exact text, goes forward through its states, and can be taken back."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.report.page_text import unwrapped, write_text
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.record import consent
from vermilion.studio.record.history import history_of
from vermilion.studio.voices import voice_of

pytestmark = pytest.mark.django_db
DRAWN = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture
def made(ana: Client, owner: Person) -> Entry:
    return consent.make_consent(ana, voice_of("client", "es"), "flip", owner)


def test_the_text_is_the_clients_language_with_risks_and_off_label(made: Entry) -> None:
    text = made.content["text"]
    assert "CONSENTIMIENTO" in text
    assert "Ana García" in text
    assert "fuera de ficha" in " ".join(text.split())
    assert made.content["digest"] == hashlib.sha256(text.encode()).hexdigest()


def test_it_goes_from_sent_to_viewed_to_signed(made: Entry, ana: Client) -> None:
    assert consent.state_of(made).name == "sent"
    consent.view(made)
    consent.view(made)
    assert consent.state_of(made).name == "viewed"
    assert consent.signed_for(history_of(ana), "flip") is None
    consent.sign(made, "Ana García", DRAWN)
    assert consent.state_of(made).signature == DRAWN
    assert consent.signed_for(history_of(ana), "flip") == made
    assert consent.signed_for(history_of(ana), "blush") is None


def test_it_is_not_signed_twice(made: Entry) -> None:
    consent.sign(made, "Ana García", "")
    with pytest.raises(UsageError, match="is signed"):
        consent.sign(made, "Ana García", "")


@pytest.mark.parametrize(
    ("signer", "signature"),
    [("", ""), ("  ", DRAWN), ("Ana", "javascript:alert(1)"), ("Ana", DRAWN + "A" * 200_001)],
    ids=["no name", "blank name", "no picture", "too large"],
)
def test_what_is_no_signature_signs_nothing(made: Entry, signer: str, signature: str) -> None:
    with pytest.raises(UsageError):
        consent.sign(made, signer, signature)
    assert consent.state_of(made).name == "sent"


def test_it_can_be_taken_back_at_any_time_but_not_given_again(made: Entry, ana: Client) -> None:
    consent.sign(made, "Ana García", "")
    consent.withdraw(made)
    assert consent.signed_for(history_of(ana), "flip") is None
    with pytest.raises(UsageError, match="is withdrawn"):
        consent.sign(made, "Ana García", "")
    with pytest.raises(UsageError, match="withdrawn before"):
        consent.withdraw(made)


def test_a_new_one_that_lies_open_leaves_the_signed_one(
    made: Entry, ana: Client, owner: Person
) -> None:
    consent.sign(made, "Ana García", "")
    newer = consent.make_consent(ana, voice_of("client"), "flip", owner)
    assert consent.signed_for(history_of(ana), "flip") == made
    consent.withdraw(newer)
    assert consent.signed_for(history_of(ana), "flip") is None


def test_an_old_one_is_asked_anew(made: Entry, ana: Client) -> None:
    consent.sign(made, "Ana García", "")
    Entry.objects.filter(pk=made.pk).update(
        at=timezone.now() - timedelta(days=consent.VALID_DAYS + 1)
    )
    made.refresh_from_db()
    assert consent.state_of(made).name == "expired"
    assert consent.signed_for(history_of(ana), "flip") is None


def test_the_client_reads_signs_and_prints_it_on_the_phone(phone: Browser, made: Entry) -> None:
    where = reverse("my_consent", args=[made.pk])
    assert "Ana García" in phone.get(where).content.decode()
    assert consent.state_of(made).name == "viewed"
    assert phone.post(where, {"signer": "Ana García", "signature": DRAWN}).status_code == 302
    printed = phone.get(reverse("my_consent_pdf", args=[made.pk]))
    assert printed.content.startswith(b"%PDF")


def test_the_text_is_shown_word_for_word_and_as_wide_as_the_screen(
    desk: Browser, made: Entry, ana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = made.content["text"]
    shown = unwrapped(text)
    assert "".join("".join(shown).split()) == "".join(text.split())
    monkeypatch.setattr("vermilion.report.page_text.WIDTH", 10**6)
    whole = write_text(consent.consent_page(voice_of("client", "es"), ana, "flip"))
    assert shown == [line.strip() for line in whole.splitlines() if line.strip()]
    page = desk.get(reverse("consent", args=[made.pk])).content.decode()
    assert page.split('lang="es">')[1].startswith("<p>CONSENTIMIENTO")


def test_nobody_signs_by_a_press_alone_the_name_is_typed_by_who_signs(
    desk: Browser, phone: Browser, made: Entry
) -> None:
    for reader, page in ((desk, "consent"), (phone, "my_consent")):
        where = reverse(page, args=[made.pk])
        field = reader.get(where).content.decode().split('id="signer"')[1].split(">")[0]
        assert 'value=""' in field
        assert reader.post(where, {"signer": " ", "signature": DRAWN}).status_code == 422
    assert consent.state_of(made).name == "viewed"


@pytest.mark.parametrize("where", ["/my/consents/", "/my/photo-use/"])
def test_a_client_reads_these_pages_in_their_own_language_whatever_the_browser_asks_for(
    where: str, phone: Browser, made: Entry
) -> None:
    page = phone.get(where, headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="es">' in page
    assert ("<strong>Lip flip</strong>" in page) == ("consents" in where)
    one = phone.get(reverse("my_consent", args=[made.pk]), headers={"Accept-Language": "en"})
    assert "Acepto y firmo" in one.content.decode()


def test_a_client_opens_no_consent_of_another(phone: Browser, beth: Client, owner: Person) -> None:
    theirs = consent.make_consent(beth, voice_of("client"), "flip", owner)
    assert phone.get(reverse("my_consent", args=[theirs.pk])).status_code == 404
