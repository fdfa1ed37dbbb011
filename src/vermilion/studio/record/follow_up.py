"""The look at a result: what was measured, and whether there is a touch-up, tied to the visit.

Public: `DECISIONS`, `decide`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from vermilion.errors import UsageError
from vermilion.studio.models import Entry, Person, Photo, Task
from vermilion.studio.record import entries, tasks
from vermilion.studio.record.outcome import Outcome

DECISIONS = {
    "no": "No touch-up",
    "yes": "Touch-up",
    "later": "Decide at the next look",
}


def decide(
    visit: Entry,
    decision: str,
    on: date | None,
    why: str,
    by: Person,
    *,
    photos: tuple[Photo, Photo] | None = None,
    found: Iterable[Outcome] = (),
) -> Entry:
    """Write down the decision; the visit's open review is closed by it.

    Parameters
    ----------
    on : when the touch-up or the next look is; None with "no"
    photos, found : what it rests on, where there is a pair that can be measured

    Raises
    ------
    UsageError : no such decision, no reason, or no day where one is needed
    """
    if decision not in DECISIONS:
        raise UsageError("no decision was chosen", "", "choose what comes next")
    if not why.strip():
        raise UsageError("no reason was given", "whoever reads this later needs to know why")
    if decision != "no" and on is None:
        raise UsageError("no day was given", "say when the touch-up or the next look is")
    words = f"{DECISIONS[decision]}: {why.strip()[:2000]}"
    content = {
        "decision": decision,
        "on": "" if on is None or decision == "no" else on.isoformat(),
        "why": why.strip()[:2000],
        "words": words,
        "treatment": visit.content.get("treatment", ""),
        "photos": [] if photos is None else [str(one.pk) for one in photos],
        "outcomes": [one.to_json() for one in found],
    }
    with transaction.atomic():
        entry = entries.add(visit.client, "follow_up", content, by=by, about=visit)
        for task in Task.objects.filter(entry=visit, kind="review", closed_at=None):
            tasks.close(task, words, by)
    return entry
