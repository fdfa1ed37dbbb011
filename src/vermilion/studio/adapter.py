"""What the studio says otherwise than allauth: nobody signs up by themselves, a closed login is
told so, and what was changed of a login is a word on the next page and a line of the log."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vermilion.studio import audit
from vermilion.studio.errors import page
from vermilion.studio.models import Person
from vermilion.studio.record import factors
from vermilion.studio.voices import own_rules, text

CHANGED = {
    "account/messages/password_changed.txt": (
        "change password",
        "The new password holds; all other devices are logged out.",
    ),
    "mfa/messages/totp_activated.txt": (
        "add code app",
        "From now on a login asks for a code as well.",
    ),
    "mfa/messages/totp_deactivated.txt": (
        "remove code app",
        "A login asks for no code from the app any more.",
    ),
    "mfa/messages/webauthn_added.txt": ("add passkey", "The key is there."),
    "mfa/messages/webauthn_removed.txt": ("remove passkey", "The key opens nothing here any more."),
    "mfa/messages/recovery_codes_generated.txt": (
        "make recovery codes",
        "These are the codes that hold now.",
    ),
}
"""allauth's own messages by their template: the deed for the log, and what is said."""


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **__: Any
    ) -> None:
        """Whoever logs in sees the day, not a word that they did; what changed is said."""
        if message_template in CHANGED:
            deed, words = CHANGED[message_template]
            person: Person = request.user  # type: ignore[assignment]
            audit.record(person.username, deed, f"person:{person.pk}")
            messages.success(request, text(words))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("me")

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        words = "This login is closed. Ask the owner of the practice."
        return page(request, text(words), 403)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """A phone and a key list the practice by its name, not by the computer's address; what codes
    are made from lies sealed."""

    def encrypt(self, text: str) -> str:
        return factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factors.open_sealed(encrypted_text)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return own_rules().name or "vermilion"

    def generate_authenticator_name(self, user: object, type: object) -> str:
        return text("My key")
