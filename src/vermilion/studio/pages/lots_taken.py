"""The lots of a visit's form: what goes in, out of a mixed vial or a lot, and all else it took.

Public: `choices`, `dilution_of`, `taken_of`, `lot_in`, `vial_in`,
`mixing_in`.

The first row is what goes into the client. It names an open vial ("vial:<id>"), or a lot; a lot of
toxin with how it was mixed becomes a vial in the visit's own transaction. The further rows are
needles, saline, numbing cream, more pigments.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from vermilion.care.toxin_sheet import Dilution
from vermilion.errors import UsageError
from vermilion.know.said import phrase
from vermilion.know.voice import Voice
from vermilion.studio.models import Lot, Person, Vial
from vermilion.studio.record import stock, vials
from vermilion.studio.record.visits import Taken

VIAL = "vial:"
MOST_ROWS = 12
FIELDS = {
    "used": phrase("Used"),
    "wasted": phrase("Wasted"),
    "vial": phrase("Units in the vial"),
    "diluent": phrase("mL put into it"),
    "mixed_at": phrase("Mixed at"),
    "discard_at": phrase("Throw away at"),
}
"""What is typed, as its label calls it."""


def choices(given: Mapping[str, str], goes_in: str) -> dict[str, Any]:
    """What the template shows: open vials, lots by kind, and the rows as they were typed.

    Parameters
    ----------
    goes_in : the kind of lot of the first row, "toxin" or "pigment"
    """
    now = timezone.now()
    usable = [line for line in stock.lines(timezone.localdate()) if not line.barred]
    more = [
        (words, [one for one in usable if one.lot.kind == kind and kind != "toxin"])
        for kind, words in stock.KINDS.items()
    ]
    return {
        "vials": vials.open_vials(now) if goes_in == "toxin" else [],
        "main_lots": [one for one in usable if one.lot.kind == goes_in and one.unmixed > 0],
        "more_lots": [(words, lines) for words, lines in more if lines],
        "rows": [
            {"k": k, **{name: given.get(f"{name}.{k}", "") for name in ("lot", "used", "wasted")}}
            for k in range(1, _rows(given) + 1)
        ],
        "also": "more" in given or any(given.get(f"lot.{k}") for k in range(1, MOST_ROWS + 1)),
        "now": f"{timezone.localtime(now):%Y-%m-%dT%H:%M}",
    }


def _rows(given: Mapping[str, str]) -> int:
    typed = [int(name[4:]) for name in given if name.startswith("lot.") and name[4:].isdigit()]
    most = max((2, *typed))
    return min(MOST_ROWS, most + ("more" in given))


def lot_in(given: Mapping[str, str], name: str = "lot") -> Lot | None:
    """The lot of a row, or that of its vial."""
    value = given.get(name, "")
    if value.startswith(VIAL):
        vial = _vial(value)
        return None if vial is None else vial.lot
    key = _uuid(value)
    return None if key is None else Lot.objects.filter(pk=key).first()


def vial_in(given: Mapping[str, str]) -> str:
    """The id of the open vial that the first row names, or ""."""
    vial = _vial(given.get("lot", ""))
    return "" if vial is None else str(vial.pk)


def dilution_of(given: Mapping[str, str]) -> Dilution | None:
    """How strong the toxin is: that of the vial named, else as it was typed."""
    vial = _vial(given.get("lot", ""))
    if vial is not None:
        return Dilution(float(vial.units), float(vial.diluent_ml))
    if not given.get("vial", "").strip():
        return None
    return Dilution(float(_decimal(given, "vial")), float(_decimal(given, "diluent")))


def taken_of(given: Mapping[str, str], voice: Voice, person: Person) -> list[Taken]:
    """Every row that names a lot; a fresh vial is written down, so call it in a transaction.

    Raises
    ------
    UsageError : no number where one is needed; toxin of which nobody said how it was mixed
    """
    found = []
    lot = lot_in(given)
    if lot is not None:
        vial = _vial(given["lot"])
        if vial is None and lot.kind == "toxin":
            vial = vials.mix(lot, mixing_in(given), voice, person)
        amounts = _decimal(given, "used"), _decimal(given, "wasted", "0")
        found.append(Taken(lot, *amounts, vial, given.get("reason", "")))
    for k in range(1, MOST_ROWS + 1):
        lot = lot_in(given, f"lot.{k}")
        if lot is not None:
            amounts = _decimal(given, f"used.{k}"), _decimal(given, f"wasted.{k}", "0")
            found.append(Taken(lot, *amounts))
    return found


def mixing_in(given: Mapping[str, str]) -> vials.Mixing:
    """How a vial was mixed, as it was typed; without a time: now.

    Raises
    ------
    UsageError : a number or a time that is none
    """
    units, diluent = _decimal(given, "vial"), _decimal(given, "diluent")
    mixed = _moment(given, "mixed_at") or timezone.now()
    return vials.Mixing(units, diluent, mixed, _moment(given, "discard_at"))


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    """A time as the field gives it, in the practice's zone."""
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        moment = parse_datetime(typed)
    except ValueError:
        moment = None
    if moment is None:
        raise UsageError(
            "'{field}' is '{typed}'",
            "a day and a time are needed",
            field=FIELDS[name.partition(".")[0]],
            typed=typed[:20],
        )
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _vial(value: str) -> Vial | None:
    if not value.startswith(VIAL):
        return None
    key = _uuid(value.removeprefix(VIAL))
    found = Vial.objects.select_related("lot", "mixed_by")
    return None if key is None else found.filter(pk=key).first()


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _decimal(given: Mapping[str, str], name: str, default: str = "") -> Decimal:
    typed = given.get(name, "").strip().replace(",", ".") or default
    try:
        number = Decimal(typed)
        if number.is_finite():
            return number
    except InvalidOperation:
        pass
    raise UsageError(
        "'{field}' is '{typed}'",
        "a number is needed",
        field=FIELDS[name.partition(".")[0]],
        typed=typed[:20],
    )
