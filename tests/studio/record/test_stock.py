"""What is in stock: warnings come where they should, a pack is counted once, a GTIN asked once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from vermilion.errors import UsageError
from vermilion.studio.models import Lot, Pack, Person
from vermilion.studio.record import entries, stock

pytestmark = pytest.mark.django_db
GTIN = "09501101530003"


def add(by: Person, **other: Any) -> Lot:
    given: dict[str, Any] = {
        "kind": "pigment",
        "product": "Rose",
        "number": "P1",
        "expires_on": timezone.localdate() + timedelta(days=400),
        "amount": Decimal(10),
        "unit": "mL",
    }
    return stock.add_lot(**(given | other), by=by)


@pytest.mark.parametrize(
    ("left", "low"), [("2.01", False), ("2.00", False), ("1.99", True)], ids=str
)
def test_below_a_fifth_a_lot_is_nearly_used_up(
    ana: Any, owner: Person, left: str, low: bool
) -> None:
    lot, today = add(owner), timezone.localdate()
    entry = entries.add(ana, "visit", {"treatment": "blush", "day": today.isoformat()}, by=owner)
    stock.take(entry, lot, Decimal(10) - Decimal(left), Decimal(0), today)
    assert stock.line_of(lot, today).low is low


@pytest.mark.parametrize(
    ("days", "soon", "barred"),
    [(31, False, ""), (30, True, ""), (0, True, ""), (-1, False, "expired")],
)
def test_thirty_days_before_its_end_a_lot_warns_and_after_it_is_barred(
    owner: Person, days: int, soon: bool, barred: str
) -> None:
    today = timezone.localdate()
    line = stock.line_of(add(owner, expires_on=today + timedelta(days=days)), today)
    assert (line.soon, line.barred) == (soon, barred)


def test_what_a_gtin_stands_for_is_asked_once(owner: Person) -> None:
    assert stock.item_of(GTIN) is None
    add(owner, gtin=GTIN, serial="s1")
    known = stock.item_of(GTIN)
    assert known is not None
    assert (known.kind, known.product, known.amount, known.unit) == ("pigment", "Rose", 10, "mL")


def test_a_pack_is_counted_once_and_a_second_one_adds_to_its_lot(owner: Person) -> None:
    lot = add(owner, gtin=GTIN, serial="s1")
    assert add(owner, gtin=GTIN, serial="s2").pk == lot.pk
    with pytest.raises(UsageError, match="the pack s2 is in stock already"):
        add(owner, gtin=GTIN, serial="s2")
    lot.refresh_from_db()
    assert (lot.amount, Pack.objects.count()) == (20, 2)


def test_a_lot_typed_twice_is_refused_with_a_way_on(owner: Person) -> None:
    add(owner)
    with pytest.raises(UsageError, match=r"is in stock already.*open it to add more"):
        add(owner)
    assert Lot.objects.get().amount == 10


def test_more_of_a_lot_comes_in_unless_it_is_recalled(owner: Person) -> None:
    lot = add(owner)
    stock.add_more(lot, Decimal(5), owner)
    lot.refresh_from_db()
    assert lot.amount == 15
    stock.recall(lot, owner)
    lot.refresh_from_db()
    with pytest.raises(UsageError, match="cannot be added"):
        stock.add_more(lot, Decimal(5), owner)


def test_a_lot_without_its_words_is_refused(owner: Person) -> None:
    for wrong in ({"product": " "}, {"number": ""}, {"amount": Decimal(0)}, {"kind": "wine"}):
        with pytest.raises(UsageError, match="not complete"):
            add(owner, **wrong)
    assert not Lot.objects.exists()
