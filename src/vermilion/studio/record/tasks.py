"""What stands on somebody's list until it is closed with words.

Public: `URGENCIES`, `close`.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio.models import Entry, Person, Task
from vermilion.studio.record import entries

URGENCIES = ("emergency", "same_day", "call", "routine")
"""The gravest first."""


def close(task: Task, words: str, by: Person) -> Entry:
    """Close a task; what was done stays in the record, beside what it was about.

    Raises
    ------
    UsageError : no words, or closed before
    """
    if not words.strip():
        raise UsageError("no words came", "say what was done about it")
    with transaction.atomic():
        fresh = Task.objects.select_for_update().get(pk=task.pk)
        if fresh.closed_at is not None:
            raise UsageError("somebody closed this meanwhile")
        fresh.closed_at = timezone.now()
        fresh.save(update_fields=["closed_at"])
        content = {"words": words.strip()[:4000], "kind": task.kind}
        return entries.add(task.client, "closing", content, by=by, about=task.entry)
