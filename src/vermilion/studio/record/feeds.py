"""Calendars to subscribe to: a secret address, shown once, that can be ended; and what it says.

Public: `DETAILS`, `ANYBODY`, `CLIENT_DETAILS`, `make_feed`, `find_feed`, `revoke`, `feed_file`,
`visits_file`.

Whoever has the address reads the calendar, and calendars of others keep what they read. So it says
nothing of health and no name, until the owner (or the client, of the own visits) decides otherwise.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Appointment, Client, Feed, Person
from vermilion.studio.record.cards import card_of
from vermilion.studio.roles import Role

DETAILS = {
    "appointment": "Only the word Appointment",
    "initials": "The client's initials",
    "name": "The client's name",
    "all": "The client's name and what it is for",
}
ANYBODY: tuple[str, ...] = ("appointment", "initials")
"""What somebody chooses for themselves; the rest is the owner's to open."""
CLIENT_DETAILS: tuple[str, ...] = ("appointment", "all")
PAST_DAYS = 30
"""Visits older than this are left out."""


def make_feed(
    detail: str, by: Person | None, *, person: Person | None = None, client: Client | None = None
) -> tuple[Feed, str]:
    """A new address of a person's or a client's visits, and its secret, which is shown once.

    Parameters
    ----------
    by : who makes it; None: the client, of the own visits

    Raises
    ------
    UsageError : a detail that is unknown, or that only the owner may open
    """
    allowed = CLIENT_DETAILS if by is None else ANYBODY
    if by is not None and by.role == Role.OWNER:
        allowed = tuple(DETAILS)
    if detail not in allowed:
        raise UsageError(
            "the calendar is to say '{detail}'",
            "one of {allowed} is needed",
            detail=detail,
            allowed=", ".join(allowed),
        )
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed = Feed.objects.create(
            person=person, client=client, detail=detail, digest=_digest(secret)
        )
        actor = "client" if by is None else by.username
        audit.record(actor, f"make feed ({detail})", f"feed:{feed.pk}")
    return feed, secret


def find_feed(secret: str) -> Feed | None:
    """The feed of an address, while it has not ended and whose it is is still here."""
    feed = Feed.objects.select_related("person", "client").filter(digest=_digest(secret)).first()
    if feed is None or feed.revoked_at is not None:
        return None
    if feed.person is not None and not feed.person.is_active:
        return None
    if feed.client is not None and feed.client.erased_at is not None:
        return None
    Feed.objects.filter(pk=feed.pk).update(read_at=timezone.now())
    return feed


def revoke(feed: Feed, by: Person | None) -> None:
    """End an address at once."""
    with transaction.atomic():
        Feed.objects.filter(pk=feed.pk).update(revoked_at=timezone.now())
        actor = "client" if by is None else by.username
        audit.record(actor, "end feed", f"feed:{feed.pk}")


def feed_file(voice: Voice, feed: Feed) -> bytes:
    """What the address gives."""
    found = Appointment.objects.all()
    if feed.client is not None:
        return visits_file(voice, found.filter(client=feed.client), feed.detail, own=True)
    return visits_file(voice, found.filter(person=feed.person), feed.detail, own=False)


def visits_file(voice: Voice, visits: QuerySet[Appointment], detail: str, own: bool) -> bytes:
    """Visits as a calendar file. own : it is the client's, whose name is not said to themselves"""
    from vermilion.report.feed import FeedVisit, write_feed  # slow to load, and asked for seldom

    since = timezone.now() - timedelta(days=PAST_DAYS)
    rows = visits.select_related("client").filter(
        starts_at__gte=since, client__erased_at=None, client__restricted_at=None
    )
    told = [
        FeedVisit(
            str(one.pk),
            one.starts_at,
            one.minutes,
            _summary(voice, one, detail, own),
            one.edition,
            one.changed_at,
        )
        for one in rows.exclude(state="cancelled").order_by("starts_at", "pk")
    ]
    zone = ZoneInfo(settings.TIME_ZONE)
    return write_feed(voice.say("Appointments").plain, told, zone)


def _summary(voice: Voice, one: Appointment, detail: str, own: bool) -> str:
    plain = voice.say("Appointment").plain
    purpose = str(one.content.get("purpose", "")) or plain
    if own:
        return purpose if detail == "all" else plain
    name = str(card_of(one.client).get("name", ""))
    if detail == "initials":
        return " ".join(f"{part[0].upper()}." for part in name.split()) or plain
    if detail == "name":
        return name or plain
    return f"{name}: {purpose}" if detail == "all" else plain


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
