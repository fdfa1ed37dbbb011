"""A client's own door: a secret address that ends, and the birth date behind it.

Public: `make_link`, `find_link`, `enter`, `still_open`, `revoke`.

Only the hash of the secret is kept. Wrong birth dates are counted: after a few the door waits,
after more it is shut for good and the practice sends another.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from vermilion.errors import VermilionError
from vermilion.studio import audit
from vermilion.studio.models import Client, Link, Person
from vermilion.studio.record.cards import card_of

DAYS = 30
TRIES, TRIES_IN_ALL = 5, 15
WAIT_MINUTES = 15
IN_SESSION = "link"


class ShutDoorError(VermilionError):
    """The door stays shut: a wrong birth date, too many of them, or an ended link."""

    exit_code = 13
    http_status = 403


def make_link(
    client: Client, by: Person, purpose: str = "page", days: int = DAYS
) -> tuple[Link, str]:
    """A new door, and its secret, which is shown once."""
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        link = Link.objects.create(
            client=client,
            digest=_digest(secret),
            purpose=purpose,
            expires_at=timezone.now() + timedelta(days=days),
        )
        audit.record(by.username, "make link", f"client:{client.pk}")
    return link, secret


def find_link(secret: str) -> Link | None:
    """The link of a secret, while it has not ended."""
    found = Link.objects.select_related("client").filter(digest=_digest(secret)).first()
    return found if found is not None and _alive(found) else None


def still_open(link_id: str) -> Link | None:
    """The link that a session holds, while it has not ended."""
    if not link_id:
        return None
    found = Link.objects.select_related("client").filter(pk=link_id).first()
    return found if found is not None and _alive(found) else None


def enter(link: Link, born: str) -> None:
    """Check the birth date (ISO) and open the door.

    Raises
    ------
    ShutDoorError : it is wrong, or was wrong too often
    """
    with transaction.atomic():
        fresh = Link.objects.select_for_update().get(pk=link.pk)
        now = timezone.now()
        waiting = fresh.locked_until is not None and fresh.locked_until > now
        known = card_of(link.client).get("born", "")
        right = bool(known) and secrets.compare_digest(known.encode(), born.encode())
        if right and not waiting:
            fresh.failures, fresh.locked_until, fresh.opened_at = 0, None, now
            audit.record("client", "enter", f"client:{link.client_id}")
        elif not waiting:
            fresh.failures += 1
            if fresh.failures % TRIES == 0:
                fresh.locked_until = now + timedelta(minutes=WAIT_MINUTES)
            if fresh.failures >= TRIES_IN_ALL:
                fresh.revoked_at = now
            audit.record("client", "wrong birth date", f"client:{link.client_id}")
        fresh.save()
    if fresh.revoked_at is not None:
        raise ShutDoorError("this link is shut after too many wrong dates", "", "ask for another")
    if waiting or (fresh.locked_until is not None and fresh.locked_until > now):
        raise ShutDoorError("too many wrong dates", "", "wait a quarter of an hour")
    if not right:
        raise ShutDoorError("this is not the birth date that your practice has", "", "try again")


def revoke(link: Link, by: Person) -> None:
    """Shut a door."""
    with transaction.atomic():
        Link.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
        audit.record(by.username, "revoke link", f"client:{link.client_id}")


def _alive(link: Link) -> bool:
    return (
        link.revoked_at is None
        and link.expires_at > timezone.now()
        and link.client.erased_at is None
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
