"""The log of who read or wrote what: append-only, each line chained to the one before.

Public: `record`, `record_sitting`, `broken_at`.

No clinical word stands here, only ids. A line that is changed, taken out or put in breaks the
chain from there on, and `doctor` says where.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from time import monotonic

from django.db import connection, transaction
from django.utils import timezone

from vermilion.studio.models import AuditEntry

BEGINNING = "0" * 64
NEWEST = "SELECT chain FROM studio_auditentry ORDER BY number DESC LIMIT 1"
ALONE = "SELECT pg_advisory_xact_lock(hashtext('studio_auditentry'))"
"""PostgreSQL lets several write at a time; without this two lines would follow the same one. (A
lock of the newest row does not help: who waited for it still reads that row.)"""
ADD = "INSERT INTO studio_auditentry (at, actor, action, what, chain) VALUES (%s, %s, %s, %s, %s)"
"""Plain SQL: every look at a client adds a line and keeps all others from writing meanwhile; the
models take three times as long over it."""
SITTING_S = 300.0
"""A look that a page repeats as a slider moves is one line of the log for this long."""
_sittings: dict[tuple[str, str, str], float] = {}


def record(actor: str, action: str, what: str) -> None:
    """Add a line; in the same transaction as the deed, where there is one."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ALONE)
        cursor.execute(NEWEST)
        newest = cursor.fetchone()
        at = timezone.now()
        chain = _chain(newest[0] if newest else BEGINNING, at, actor, action, what)
        kept_at = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(ADD, (kept_at, actor, action, what, chain))


def record_sitting(actor: str, action: str, what: str) -> None:
    """Add a line unless this very look was written down less than SITTING_S ago."""
    key, now = (actor, action, what), monotonic()
    if now - _sittings.get(key, -SITTING_S) < SITTING_S:
        return
    for old in [one for one, at in _sittings.items() if now - at >= SITTING_S]:
        _sittings.pop(old, None)
    record(actor, action, what)
    _sittings[key] = now


def broken_at() -> int | None:
    """The number of the first line that does not follow from the one before; None where all do."""
    before = BEGINNING
    for line in AuditEntry.objects.order_by("number").iterator():
        if line.chain != _chain(before, line.at, line.actor, line.action, line.what):
            return int(line.number)
        before = line.chain
    return None


def _chain(before: str, at: datetime, actor: str, action: str, what: str) -> str:
    text = "\n".join((before, at.isoformat(), actor, action, what))
    return hashlib.sha256(text.encode()).hexdigest()
