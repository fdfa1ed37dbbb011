"""Keys to the API: made for a person, for some scopes, for some time; only their hash is kept.

Public: `SCOPES`, `make_token`, `use_token`, `revoke`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio import audit
from vermilion.studio.models import Person, Token

SCOPES = {
    "core": "Measure, preview, screen and schedule; no client's data",
    "read": "Read clients, visits and photos",
    "write": "Make clients and add photos",
}
DAYS = 90


def make_token(
    person: Person, name: str, scopes: Iterable[str], by: Person, days: int = DAYS
) -> tuple[Token, str]:
    """A new key and its secret, which is shown once.

    Raises
    ------
    UsageError : no name, or an unknown scope
    """
    chosen = tuple(dict.fromkeys(scopes))
    if not name.strip() or not chosen or set(chosen) - set(SCOPES):
        raise UsageError("this key is not complete", "a name and what it may do are needed")
    secret = f"vml_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = Token.objects.create(
            person=person,
            name=name.strip()[:60],
            digest=_digest(secret),
            scopes=",".join(chosen),
            expires_at=timezone.now() + timedelta(days=days),
        )
        audit.record(by.username, "make token", f"token:{token.pk}")
    return token, secret


def use_token(secret: str, scope: str) -> Token | None:
    """The key of a secret, while it holds and may do this; None otherwise."""
    found = Token.objects.select_related("person").filter(digest=_digest(secret)).first()
    if (
        found is None
        or found.revoked_at is not None
        or found.expires_at <= timezone.now()
        or not found.person.is_active
        or scope not in found.scopes.split(",")
    ):
        return None
    Token.objects.filter(pk=found.pk).update(used_at=timezone.now())
    return found


def revoke(token: Token, by: Person) -> None:
    """End a key at once."""
    with transaction.atomic():
        Token.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
        audit.record(by.username, "revoke token", f"token:{token.pk}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
