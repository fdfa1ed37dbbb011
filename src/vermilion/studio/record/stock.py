"""What is in stock: lots, what was taken out of each, and which may not be used.

Public: `KINDS`, `LotLine`, `add_lot`, `add_more`, `line_of`, `lines`, `take`, `recall`,
`throw_away`, `clients_of`, `item_of`, `left_in`.

What is left of a lot is its amount less all uses, waste and what was thrown away included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.know.said import phrase
from vermilion.studio import audit
from vermilion.studio.models import Client, Entry, Lot, LotUse, Pack, Person, TradeItem, Vial

KINDS = {
    "toxin": "Toxin",
    "pigment": "Pigment",
    "needle": "Needles",
    "numbing": "Numbing cream",
    "saline": "Saline",
}
USUAL_UNIT = {"toxin": "U", "needle": "pcs"}
"""What a kind is counted in where nobody chooses; all else in mL."""
WHY_LETTERS = 120
LOW_SHARE = Decimal("0.2")
SOON_DAYS = 30
USED_UP = "used up"
THROWN = "thrown away"
RESTS = ("expired", "recalled")
"""Why what is left of a lot waits to be thrown away."""


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot as it stands today.

    left : all that is left; unmixed : what of it is not in an open vial
    barred : why it may not be used, "" where it may
    """

    lot: Lot
    left: Decimal
    unmixed: Decimal
    barred: str
    low: bool
    soon: bool


def add_lot(
    kind: str,
    product: str,
    number: str,
    expires_on: date,
    amount: Decimal,
    unit: str,
    by: Person,
    *,
    toxin: str = "",
    gtin: str = "",
    serial: str = "",
) -> Lot:
    """Put a lot in stock, and remember what its GTIN stands for.

    Parameters
    ----------
    toxin : the key of a product in products.toml
    serial : of the one pack whose code was read; a further pack of a known lot adds to it

    Raises
    ------
    UsageError : a kind, name or amount that makes no sense; a lot or a pack that is there already
    """
    product, number = product.strip(), number.strip()
    if kind not in KINDS or not product or not number or amount <= 0:
        raise UsageError("this lot is not complete", "kind, product, number and amount are needed")
    with transaction.atomic():
        lot = Lot.objects.filter(product=product, number=number).first()
        if lot is not None and not (gtin and serial and lot.gtin == gtin and lot.unit == unit):
            raise UsageError(
                "lot {number} of {product} is in stock already",
                "",
                "open it to add more to it",
                number=number,
                product=product,
            )
        if lot is None:
            lot = Lot.objects.create(
                kind=kind,
                product=product,
                toxin=toxin,
                gtin=gtin,
                number=number,
                expires_on=expires_on,
                amount=amount,
                unit=unit,
            )
            audit.record(by.username, "add lot", f"lot:{lot.pk}")
        else:
            add_more(lot, amount, by)
        if gtin:
            told = {"kind": kind, "product": product, "toxin": toxin, "amount": amount}
            TradeItem.objects.get_or_create(gtin=gtin, defaults=told | {"unit": unit})
        if gtin and serial:
            try:
                with transaction.atomic():
                    Pack.objects.create(lot=lot, gtin=gtin, serial=serial)
            except IntegrityError:
                raise UsageError("the pack {serial} is in stock already", serial=serial) from None
    return lot


def add_more(lot: Lot, amount: Decimal, by: Person) -> None:
    """More of a lot came in.

    Raises
    ------
    UsageError : an amount that makes no sense, or a lot recalled or thrown away
    """
    if amount <= 0 or lot.recalled_at is not None or lot.thrown_at is not None:
        raise UsageError(
            "{amount} of lot {number} cannot be added",
            "it is barred or nothing",
            amount=float(amount),
            number=lot.number,
        )
    with transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(amount=F("amount") + amount)
        audit.record(by.username, "add to lot", f"lot:{lot.pk}")


def item_of(gtin: str) -> TradeItem | None:
    """What the practice once said that this GTIN stands for."""
    return TradeItem.objects.filter(gtin=gtin).first() if gtin else None


def line_of(lot: Lot, on: date) -> LotLine:
    """What is left of a lot, and whether it may be used on a day."""
    return _lines([lot], on)[0]


def lines(on: date, kind: str = "") -> list[LotLine]:
    """All lots, those that may be used first, the one that expires soonest on top."""
    lots = Lot.objects.filter(kind=kind) if kind else Lot.objects.all()
    found = _lines(lots.order_by("expires_on"), on)
    return sorted(found, key=lambda line: bool(line.barred))


def _lines(lots: Iterable[Lot], on: date) -> list[LotLine]:
    """The lots as they stand on a day, in their order; two questions to the tables for all."""
    lots, gone = list(lots), F("amount") + F("wasted")
    uses = LotUse.objects.filter(lot__in=lots).values("lot")
    summed = uses.annotate(all=Sum(gone), unmixed=Sum(gone, filter=Q(vial=None)))
    used = {row["lot"]: row for row in summed}
    mixed = {
        row["lot"]: row
        for row in Vial.objects.filter(lot__in=lots)
        .values("lot")
        .annotate(mixed=Sum("units"), away=Sum("thrown"))
    }
    return [_line(lot, used.get(lot.pk, {}), mixed.get(lot.pk, {}), on) for lot in lots]


def _line(lot: Lot, used: Mapping[str, Any], mixed: Mapping[str, Any], on: date) -> LotLine:
    whole = lot.amount - lot.thrown
    left = whole - (used.get("all") or 0) - (mixed.get("away") or 0)
    unmixed = whole - (used.get("unmixed") or 0) - (mixed.get("mixed") or 0)
    barred = ""
    if lot.recalled_at is not None:
        barred = "recalled"
    elif lot.thrown_at is not None:
        barred = THROWN
    elif lot.expires_on < on:
        barred = "expired"
    elif left <= 0:
        barred = USED_UP
    soon = not barred and lot.expires_on - on <= timedelta(days=SOON_DAYS)
    low = not barred and left < lot.amount * LOW_SHARE
    return LotLine(lot, left, unmixed, barred, low, soon)


def take(
    entry: Entry, lot: Lot, amount: Decimal, wasted: Decimal, on: date, vial: Vial | None = None
) -> LotUse:
    """Take out of a lot, or of a mixed vial of it, for a visit; in the visit's own transaction.

    Raises
    ------
    UsageError : the lot is recalled, expired, or holds less; so does the vial
    """
    with transaction.atomic():
        fresh = Lot.objects.select_for_update().get(pk=lot.pk)
        line = line_of(fresh, on)
        if line.barred:
            raise UsageError(
                "lot {number} is {barred}",
                "another lot is needed",
                number=fresh.number,
                barred=phrase(line.barred),
            )
        left = line.unmixed if vial is None else left_in(vial)
        if amount < 0 or wasted < 0 or amount + wasted > left:
            raise UsageError(
                "{taken} {unit} were to be taken from lot {number}",
                "{left} {unit} are left" if vial is None else "{left} {unit} are left in this vial",
                "look at the amounts, or take the rest from another lot",
                taken=float(amount + wasted),
                left=float(left),
                unit=fresh.unit,
                number=fresh.number,
            )
        return LotUse.objects.create(
            lot=fresh, vial=vial, entry=entry, amount=amount, wasted=wasted
        )


def left_in(vial: Vial) -> Decimal:
    """What is left in a mixed vial; nothing once it was thrown away."""
    if vial.closed_at is not None:
        return Decimal(0)
    used: Decimal | None = vial.uses.aggregate(all=Sum(F("amount") + F("wasted")))["all"]
    return vial.units - (used or 0)


def recall(lot: Lot, by: Person) -> None:
    """Bar a lot for good; who got it is `clients_of`."""
    with transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(recalled_at=timezone.now())
        audit.record(by.username, "recall lot", f"lot:{lot.pk}")


def throw_away(lot: Lot, why: str, by: Person, on: date) -> None:
    """All that is left of a lot that may not be used any more leaves the stock, open vials of it
    too; how much, by whom and why stays with the lot.

    Raises
    ------
    UsageError : nobody said why; the lot may still be used, or nothing is left of it
    """
    if not why.strip():
        raise UsageError("nobody said why it is thrown away", "a reason is needed")
    with transaction.atomic():
        fresh = Lot.objects.select_for_update().get(pk=lot.pk)
        line = line_of(fresh, on)
        if line.barred not in RESTS or line.left <= 0:
            raise UsageError(
                "lot {number} is not thrown away",
                "something is left of it, and it is expired or recalled",
                number=fresh.number,
            )
        now = timezone.now()
        for vial in fresh.vials.filter(closed_at=None):
            Vial.objects.filter(pk=vial.pk).update(thrown=left_in(vial), closed_at=now)
        Lot.objects.filter(pk=lot.pk).update(
            thrown=line.unmixed,
            thrown_at=now,
            thrown_by=by,
            thrown_why=why.strip()[:WHY_LETTERS],
        )
        audit.record(by.username, "throw lot away", f"lot:{lot.pk}")


def clients_of(lot: Lot) -> list[tuple[Client, LotUse]]:
    """Everybody who got something of a lot, the newest first."""
    uses = lot.uses.select_related("entry__client").order_by("-entry__at")
    return [(use.entry.client, use) for use in uses if use.entry.client.erased_at is None]
