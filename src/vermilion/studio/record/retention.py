"""How long a record must be kept, when its time is over, and erasing that respects both.

Public: `WHYS`, `Standing`, `standing`, `over`, `kept_only`, `restrict`, `release`, `erase`.

The clock runs from the last care: a screening, an exam, a consent, a treatment, a visit that took
place. Cards, notes and photos alone are no treatment. Who asks for erasure while the time runs
gets a restricted record instead: nobody but the owner opens it, nothing is booked or shown, and
it is erased when its time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.know.retention import Period
from vermilion.studio import audit
from vermilion.studio.models import Appointment, Client, Entry, Person
from vermilion.studio.record import clients, entries, photo_use, tasks
from vermilion.studio.record.cards import card_of

CARE = (
    "screening",
    "order",
    "patch_test",
    "consultation",
    "plan",
    "consent",
    "visit",
    "follow_up",
    "report",
)
WHYS = {
    "over": "Its time is over",
    "asked": "The client asked for it",
    "mistake": "It was made by mistake: no real client, or no real treatment",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One record and its time.

    last_care : the last day of care; None where nobody was treated
    until : the last day on which it must be kept; None where nothing must be, or nobody knows
    """

    client: Client
    last_care: date | None
    until: date | None

    def must_stay(self, on: date) -> bool:
        """Whether it may not be erased on a day; where nobody knows, it may not."""
        return self.last_care is not None and (self.until is None or on <= self.until)


def standing(client: Client, period: Period) -> Standing:
    """Where one record stands."""
    return _standings([client], period)[0]


def over(period: Period, on: date) -> list[Standing]:
    """The records that were treated and need not be kept any longer, the oldest first."""
    found = _standings(list(Client.objects.filter(erased_at=None, merged_into=None)), period)
    done = [one for one in found if one.last_care is not None and not one.must_stay(on)]
    return sorted(done, key=lambda one: one.until or on)


def kept_only(period: Period) -> list[Standing]:
    """The restricted records, that whose time is over first on top."""
    rows = Client.objects.filter(erased_at=None, merged_into=None).exclude(restricted_at=None)
    return sorted(_standings(list(rows), period), key=lambda one: one.until or date.max)


def restrict(client: Client, words: str, by: Person, period: Period, on: date) -> Entry:
    """Keep a record and do nothing else with it: what is asked for while its time runs.

    Parameters
    ----------
    words : why, in the owner's words; they stay in the record

    Raises
    ------
    UsageError : no words, restricted before, or nothing that must be kept
    """
    now = standing(client, period)
    if not words.strip():
        raise UsageError("no words came", "say why the record is restricted")
    if client.restricted_at is not None:
        raise UsageError("this record is restricted already")
    if not now.must_stay(on):
        raise UsageError("nothing of this record must be kept", "", "erase it")
    content = {
        "decided": "restricted",
        "words": words.strip()[:4000],
        "last_care": "" if now.last_care is None else now.last_care.isoformat(),
        "until": "" if now.until is None else now.until.isoformat(),
        "law": period.said.plain,
    }
    with transaction.atomic():
        coming = client.appointments.filter(state="planned", starts_at__gte=timezone.now())
        coming.update(state="cancelled")
        if photo_use.allowed(client):
            photo_use.allow(client, {}, by)
        for task in client.tasks.filter(kind="erasure", closed_at=None):
            tasks.close(task, content["words"], by)
        entry = entries.add(client, "erasure", content, by=by)
        client.restricted_at = timezone.now()
        client.save(update_fields=["restricted_at"])
        audit.record(by.username, "restrict", f"client:{client.pk}")
    return entry


def release(client: Client, words: str, by: Person) -> Entry:
    """Open a restricted record again, because the client came back or asks for it.

    Raises
    ------
    UsageError : no words, or not restricted
    """
    if client.restricted_at is None:
        raise UsageError("this record is not restricted")
    if not words.strip():
        raise UsageError("no words came", "say why the record is opened again")
    with transaction.atomic():
        client.restricted_at = None
        client.save(update_fields=["restricted_at"])
        audit.record(by.username, "open again", f"client:{client.pk}")
        content = {"decided": "opened", "words": words.strip()[:4000]}
        return entries.add(client, "erasure", content, by=by)


def erase(client: Client, why: str, by: Person, period: Period, on: date) -> None:
    """Erase for good. Why is a line of the log: no words are left of an erased record.

    Raises
    ------
    UsageError : no reason, or the record must be kept and is no mistake
    """
    if why not in WHYS:
        raise UsageError("no reason came", "one of those below is needed", "choose one")
    if why != "mistake" and standing(client, period).must_stay(on):
        raise UsageError(
            "this record must be kept for now", "it can be restricted until its time is over"
        )
    clients.erase(client, by, why)


def _standings(rows: list[Client], period: Period) -> list[Standing]:
    last = _last_care([row.pk for row in rows] if len(rows) == 1 else None)
    found = []
    for row in rows:
        day = last.get(row.pk)
        born = None if period.until_age is None else _born(row)
        found.append(Standing(row, day, None if day is None else period.until(day, born)))
    return found


def _born(client: Client) -> date | None:
    try:
        return date.fromisoformat(card_of(client).get("born", ""))
    except ValueError:
        return None


def _last_care(only: list[UUID] | None) -> dict[UUID, date]:
    """The last day of care by client, in two questions to the tables."""
    written = Entry.objects.filter(kind__in=CARE)
    came = Appointment.objects.filter(state__in=("arrived", "done"))
    if only is not None:
        written, came = written.filter(client__in=only), came.filter(client__in=only)
    found: dict[UUID, date] = {}
    for rows in (
        written.values_list("client").annotate(last=Max("at")),
        came.values_list("client").annotate(last=Max("starts_at")),
    ):
        for client, at in rows:
            day = timezone.localtime(at).date()
            found[client] = max(day, found.get(client, day))
    return found
