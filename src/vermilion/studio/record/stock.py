"""What is in stock: lots, what was taken out of each, and which may not be used.

Public: `KINDS`, `LotLine`, `add_lot`, `line_of`, `lines`, `take`, `recall`, `clients_of`.

A lot's amount never changes; what is left is the amount less all uses, waste included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio import audit
from vermilion.studio.models import Client, Entry, Lot, LotUse, Person

KINDS = {"toxin": "Toxin", "pigment": "Pigment", "needle": "Needles", "numbing": "Numbing cream"}
LOW_SHARE = Decimal("0.2")
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot as it stands today. barred : why it may not be used, "" where it may"""

    lot: Lot
    left: Decimal
    barred: str
    low: bool
    soon: bool


def add_lot(
    kind: str, product: str, number: str, expires_on: date, amount: Decimal, unit: str, by: Person
) -> Lot:
    """
    Raises
    ------
    UsageError : a kind, name or amount that makes no sense; a lot that stands there already
    """
    if kind not in KINDS or not product.strip() or not number.strip() or amount <= 0:
        raise UsageError("this lot is not complete", "kind, product, number and amount are needed")
    try:
        with transaction.atomic():
            lot = Lot.objects.create(
                kind=kind,
                product=product.strip(),
                number=number.strip(),
                expires_on=expires_on,
                amount=amount,
                unit=unit,
            )
            audit.record(by.username, "add lot", f"lot:{lot.pk}")
    except IntegrityError:
        raise UsageError(f"lot {number} of {product} is in stock already") from None
    return lot


def line_of(lot: Lot, on: date) -> LotLine:
    """What is left of a lot, and whether it may be used on a day."""
    used = lot.uses.aggregate(used=Sum("amount"), wasted=Sum("wasted"))
    left = lot.amount - (used["used"] or 0) - (used["wasted"] or 0)
    barred = ""
    if lot.recalled_at is not None:
        barred = "recalled"
    elif lot.expires_on < on:
        barred = "expired"
    elif left <= 0:
        barred = "used up"
    soon = not barred and lot.expires_on - on <= timedelta(days=SOON_DAYS)
    return LotLine(lot, left, barred, not barred and left < lot.amount * LOW_SHARE, soon)


def lines(on: date, kind: str = "") -> list[LotLine]:
    """All lots, those that may be used first, the one that expires soonest on top."""
    lots = Lot.objects.filter(kind=kind) if kind else Lot.objects.all()
    found = [line_of(one, on) for one in lots.order_by("expires_on")]
    return sorted(found, key=lambda line: bool(line.barred))


def take(entry: Entry, lot: Lot, amount: Decimal, wasted: Decimal, on: date) -> LotUse:
    """Take out of a lot for a visit; in the visit's own transaction.

    Raises
    ------
    UsageError : the lot is recalled, expired, or holds less
    """
    with transaction.atomic():
        fresh = Lot.objects.select_for_update().get(pk=lot.pk)
        line = line_of(fresh, on)
        if line.barred:
            raise UsageError(f"lot {fresh.number} is {line.barred}", "another lot is needed")
        if amount < 0 or wasted < 0 or amount + wasted > line.left:
            raise UsageError(
                f"{amount + wasted} {fresh.unit} were to be taken from lot {fresh.number}",
                f"{line.left} {fresh.unit} are left",
                "look at the amounts, or take the rest from another lot",
            )
        return LotUse.objects.create(lot=fresh, entry=entry, amount=amount, wasted=wasted)


def recall(lot: Lot, by: Person) -> None:
    """Bar a lot for good; who got it is `clients_of`."""
    with transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(recalled_at=timezone.now())
        audit.record(by.username, "recall lot", f"lot:{lot.pk}")


def clients_of(lot: Lot) -> list[tuple[Client, LotUse]]:
    """Everybody who got something of a lot, the newest first."""
    uses = lot.uses.select_related("entry__client").order_by("-entry__at")
    return [(use.entry.client, use) for use in uses if use.entry.client.erased_at is None]
