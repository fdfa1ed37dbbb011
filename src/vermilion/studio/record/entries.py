"""The entries of a record: added, followed, never changed.

Public: `KINDS`, `add`, `latest`, `following`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio import audit
from vermilion.studio.models import Client, Entry, Person
from vermilion.studio.roles import Role

KINDS = {
    "note": "Note",
    "addendum": "Addendum",
    "screening": "Screening",
    "screening_confirmed": "Screening confirmed",
    "order": "Exam and order",
    "patch_test": "Patch test",
    "consultation": "Consultation",
    "plan": "Plan",
    "consent": "Consent",
    "consent_state": "Consent",
    "photo_use": "Use of photos",
    "shared": "Shown to the client",
    "document": "Letter or file",
    "visit": "Treatment",
    "follow_up": "Follow-up",
    "report": "Report from the client",
    "closing": "Closed",
    "overrule": "Overruled",
    "erasure": "Keeping and erasing",
    "merge": "Two records joined",
}
BY_CLIENT = "client"


def add(
    client: Client,
    kind: str,
    content: dict[str, Any],
    *,
    by: Person | None = None,
    about: Entry | None = None,
) -> Entry:
    """Write an entry; with its line in the log or not at all.

    Parameters
    ----------
    by : who writes; None: the client

    Raises
    ------
    UsageError : an unknown kind, an erased or restricted client, or something about another
        client's entry
    """
    if kind not in KINDS:
        raise UsageError(
            "there is no kind of entry '{kind}'",
            "one of {allowed} is needed",
            kind=kind,
            allowed=", ".join(KINDS),
        )
    with transaction.atomic():
        client = client.in_use()
        if client.erased_at is not None:
            raise UsageError("this record was erased", "nothing can be added to it")
        if client.restricted_at is not None and by is not None and by.role != Role.OWNER:
            raise UsageError("this record is only kept", "the owner alone can add to it")
        if about is not None and not client.entries.filter(pk=about.pk).exists():
            raise UsageError("that entry is of another client's record")
        entry = Entry.objects.create(
            client=client,
            kind=kind,
            at=_after(client),
            by=by,
            about=about,
            sealed=client.sealed(content),
        )
        actor = BY_CLIENT if by is None else by.username
        audit.record(actor, f"add {kind}", f"entry:{entry.pk}")
    return entry


def latest(client: Client, kind: str) -> Entry | None:
    """The newest entry of a kind."""
    return client.entries.filter(kind=kind).order_by("-at").first()


def following(entry: Entry, kinds: Iterable[str] = ()) -> list[Entry]:
    """What was added about an entry, oldest first."""
    found = Entry.objects.filter(about=entry).order_by("at")
    return list(found.filter(kind__in=tuple(kinds)) if kinds else found)


def _after(client: Client) -> datetime:
    """Now, or just after the record's newest entry: where a clock is put back, the newest entry
    still comes last, and a screening of today is not hidden by one of "tomorrow"."""
    newest = client.entries.aggregate(newest=Max("at"))["newest"]
    now = timezone.now()
    return now if newest is None else max(now, newest + timedelta(microseconds=1))
