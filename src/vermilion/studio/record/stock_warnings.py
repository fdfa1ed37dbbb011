"""What of the stock needs somebody today: vials whose time ends, lots that end or have expired.

Public: `StockWarnings`, `stock_warnings`.

A lot that runs low is no news while another of the same product lies beside it. One that is used up
is, for as long as it was in use a short time ago and nothing took its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from vermilion.studio.models import Lot
from vermilion.studio.record import stock, vials

AHEAD = timedelta(hours=24)
"""How far ahead the end of a mixed vial is told; a rule of the studio's own."""


@dataclass(frozen=True, slots=True)
class StockWarnings:
    """vials : open ones whose time ends within a day or is over, the first to end on top
    lots : those low, used up or about to expire, and expired or
        recalled ones not thrown away"""

    vials: tuple[vials.VialLine, ...]
    lots: tuple[stock.LotLine, ...]

    def __bool__(self) -> bool:
        return bool(self.vials or self.lots)


def stock_warnings(now: datetime, lines: Sequence[stock.LotLine]) -> StockWarnings:
    """What must be looked at.

    Parameters
    ----------
    now : the moment, with its zone; lines : all lots as they stand on its day
    """
    plenty = {_product(line.lot) for line in lines if not line.barred and not line.low}
    usable = {_product(line.lot) for line in lines if not line.barred}
    in_use = _used_since(now - timedelta(days=stock.SOON_DAYS))
    return StockWarnings(
        tuple(vials.open_vials(now, until=now + AHEAD)),
        tuple(
            line
            for line in lines
            if line.soon
            or (line.barred in stock.RESTS and line.left > 0)
            or (line.low and _product(line.lot) not in plenty)
            or (
                line.barred == stock.USED_UP
                and line.lot.pk in in_use
                and _product(line.lot) not in usable
            )
        ),
    )


def _product(lot: Lot) -> tuple[str, str]:
    return lot.kind, lot.product.casefold()


def _used_since(when: datetime) -> frozenset[UUID]:
    """Lots that something was taken from."""
    return frozenset(Lot.objects.filter(uses__entry__at__gte=when).values_list("pk", flat=True))
