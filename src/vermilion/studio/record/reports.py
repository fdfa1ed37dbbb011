"""What a client reports from home: signs answered, a verdict in words, a named person's list.

Public: `report_signs`, `ask_erasure`, `responsible`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from vermilion.care.symptoms import Check
from vermilion.studio.models import Client, Entry, Person, Task
from vermilion.studio.record import entries
from vermilion.studio.record.treated import Treated
from vermilion.studio.roles import Role

ERASURE_DAYS = 7
"""When somebody must have looked at a wish to be erased; the law's own limit is longer."""


def report_signs(client: Client, found: Check, after: Treated) -> Entry:
    """Keep the answers with the visit they are about; where something was named, open a task."""
    content: dict[str, Any] = found.to_json() | {"lots": after.content.get("lots", [])}
    with transaction.atomic():
        entry = entries.add(client, "report", content, about=after.entry)
        if found.level in ("emergency", "same_day", "call"):
            Task.objects.create(
                client=entry.client,
                entry=entry,
                kind="signs",
                urgency=found.level,
                due_on=found.on,
                person=responsible(client, after.entry.by),
            )
    return entry


def ask_erasure(client: Client, on: date) -> Task:
    """The client's wish, on the owner's list; asked twice it stands once."""
    known = client.tasks.filter(kind="erasure", closed_at=None).first()
    if known is not None:
        return known
    with transaction.atomic():
        entry = entries.add(client, "erasure", {"wish": "erasure", "on": on.isoformat()})
        return Task.objects.create(
            client=entry.client,
            entry=entry,
            kind="erasure",
            urgency="routine",
            due_on=on + timedelta(days=ERASURE_DAYS),
            person=_owner(),
        )


def responsible(client: Client, person: Person | None) -> Person:
    """Who did or asked it, while they work here and may open the record; else the owner."""
    if person is None or not person.is_active or client.restricted_at is not None:
        return _owner()
    return person


def _owner() -> Person:
    return Person.objects.filter(role=Role.OWNER, is_active=True).order_by("pk")[0]
