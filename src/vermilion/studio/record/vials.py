"""Toxin as it is mixed: how strong, until when, what is left, and what speaks against using it.

Public: `Mixing`, `VialLine`, `mix`, `line_of`, `open_vials`, `label_hours`, `objections`,
`throw_away`.

Until when a mixed vial may be used comes from its product's label (products.toml). A practice may
write an earlier time, never a later one; what is used after it needs a reason, which is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from vermilion.care.toxin_sheet import Dilution
from vermilion.errors import UsageError
from vermilion.know.said import phrase
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Client, Lot, Person, Vial
from vermilion.studio.record import stock

LATE_TYPING = timedelta(minutes=1)
"""A time is typed to the minute, so "now" may lie this much ahead."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """A vial to be mixed. discard_at : as the leaflet says; None: by the label's hours"""

    units: Decimal
    diluent_ml: Decimal
    mixed_at: datetime
    discard_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VialLine:
    """A mixed vial as it stands. past : its time is over"""

    vial: Vial
    left: Decimal
    past: bool

    @property
    def dilution(self) -> Dilution:
        return Dilution(float(self.vial.units), float(self.vial.diluent_ml))


def label_hours(voice: Voice, toxin: str) -> float | None:
    """How long the label lets a mixed vial of a product be used; None: no label is at hand."""
    topic = voice.shelf.topic("products")
    name = f"{toxin}_hours"
    return topic.number(name).value if name in topic.numbers else None


def mix(lot: Lot, mixing: Mixing, voice: Voice, by: Person) -> Vial:
    """Write down a vial as it is mixed.

    Raises
    ------
    UsageError : no toxin, a lot that may not be used or holds less, amounts or times that make
        no sense, no time to throw it away
    """
    now = timezone.now()
    until = _until(lot, mixing, voice, now)
    with transaction.atomic():
        fresh = Lot.objects.select_for_update().get(pk=lot.pk)
        line = stock.line_of(fresh, timezone.localdate())
        if fresh.kind != "toxin":
            raise UsageError("lot {number} is no toxin", "only toxin is mixed", number=fresh.number)
        if line.barred:
            raise UsageError(
                "lot {number} is {barred}",
                "another lot is needed",
                number=fresh.number,
                barred=phrase(line.barred),
            )
        if not 0 < mixing.units <= line.unmixed or mixing.diluent_ml <= 0:
            raise UsageError(
                "{units} {unit} in {diluent_ml} mL were to be mixed",
                "{unmixed} {unit} of this lot are not mixed yet",
                "look at the amounts",
                units=float(mixing.units),
                unit=fresh.unit,
                diluent_ml=float(mixing.diluent_ml),
                unmixed=float(line.unmixed),
            )
        vial = Vial.objects.create(
            lot=fresh,
            units=mixing.units,
            diluent_ml=mixing.diluent_ml,
            mixed_at=mixing.mixed_at,
            mixed_by=by,
            discard_at=until,
        )
        audit.record(by.username, "mix vial", f"vial:{vial.pk}")
    return vial


def _until(lot: Lot, mixing: Mixing, voice: Voice, now: datetime) -> datetime:
    """When the vial must be thrown away."""
    if mixing.mixed_at > now + LATE_TYPING:
        raise UsageError(
            "this vial would be mixed in the future", "", "look at the time, and at the clock"
        )
    hours = label_hours(voice, lot.toxin)
    most = None if hours is None else mixing.mixed_at + timedelta(hours=hours)
    until = mixing.discard_at or most
    if until is None:
        raise UsageError(
            "nobody said until when this vial may be used",
            "no label text on the mixed product is at hand",
            "write the time from its leaflet",
        )
    if until <= mixing.mixed_at or (most is not None and until > most):
        raise UsageError(
            "this vial's time does not fit",
            "it lies after mixing"
            if hours is None
            else "it lies between mixing and the label's {hours} hours",
            "look at both times",
            hours=hours,
        )
    return until


def line_of(vial: Vial, at: datetime) -> VialLine:
    """What is left in a vial, and whether its time is over."""
    return VialLine(vial, stock.left_in(vial), vial.discard_at <= at)


def open_vials(at: datetime, until: datetime | None = None) -> list[VialLine]:
    """Vials with something left, the one to be used first on top.

    Parameters
    ----------
    until : those alone whose time ends by then
    """
    found = Vial.objects.filter(closed_at=None).select_related("lot", "mixed_by")
    if until is not None:
        found = found.filter(discard_at__lte=until)
    lines = (line_of(one, at) for one in found.order_by("discard_at"))
    return [line for line in lines if line.left > 0]


def objections(vial: Vial, client: Client, voice: Voice, at: datetime) -> list[str]:
    """What speaks against using a vial for a client now; each needs a reason, kept by name."""
    found = []
    if vial.mixed_at > at + LATE_TYPING:
        found.append(
            voice.say(
                "By the clock of this computer the vial is not mixed yet: look at the clock."
            ).plain
        )
    if vial.discard_at <= at:
        found.append(
            voice.say(
                "The vial had to be thrown away at {when}.",
                when=f"{timezone.localtime(vial.discard_at):%H:%M, %Y-%m-%d}",
            ).plain
        )
    alone = voice.shelf.topic("products").tables.get("one_client", {})
    if vial.lot.toxin in alone and vial.uses.exclude(entry__client=client).exists():
        found.append(
            voice.say(
                "The vial was used for somebody else; its label says one client for one vial."
            ).plain
        )
    return found


def throw_away(vial: Vial, by: Person) -> None:
    """The rest of a vial is waste; it leaves the stock.

    Raises
    ------
    UsageError : it was thrown away already
    """
    with transaction.atomic():
        fresh = Vial.objects.select_for_update().get(pk=vial.pk)
        if fresh.closed_at is not None:
            raise UsageError("this vial was thrown away already")
        Vial.objects.filter(pk=vial.pk).update(
            thrown=stock.left_in(fresh), closed_at=timezone.now()
        )
        audit.record(by.username, "throw vial away", f"vial:{vial.pk}")
