"""Clients out of a table of another program: looked at first, then made, none of them twice.

Public: `Line`, `read_table`, `take_over`.

Columns are found by their heads, in English or Spanish; what is not understood is said line by
line, and nothing is made before somebody has seen that.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vermilion.errors import UsageError
from vermilion.studio.models import Client, Person
from vermilion.studio.record.cards import card_of
from vermilion.studio.record.clients import may_be_born, new_client

HEADS = {
    "name": ("name", "full name", "client", "nombre", "cliente", "nombre completo"),
    "born": ("born", "birth date", "date of birth", "dob", "nacimiento", "fecha de nacimiento"),
    "phone": ("phone", "telephone", "mobile", "telefono", "teléfono", "movil", "móvil"),
    "email": ("email", "e-mail", "mail", "correo", "correo electronico", "correo electrónico"),
    "language": ("language", "idioma"),
}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y")
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. fault : why it cannot be taken, "" where it can"""

    number: int
    card: dict[str, Any]
    fault: str = ""


def read_table(content: bytes, known: list[Client], american: bool) -> list[Line]:
    """The table line by line.

    Parameters
    ----------
    known : the clients that are there; the same name and birth date is not made again
    american : whether 03/04/1990 is the fourth of March

    Raises
    ------
    UsageError : no table, no column of names, or too many lines
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    comma = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=comma))
    if len(rows) < 2 or len(rows) > MOST_LINES:
        raise UsageError(
            "this is no table of clients",
            "a line of heads and at most {most} lines are needed",
            most=MOST_LINES - 1,
        )
    places = _places(rows[0])
    if "name" not in places:
        raise UsageError("no column is called name", "the first line names the columns")
    there = {_key(card_of(one)) for one in known}
    found = []
    for number, row in enumerate(rows[1:], start=2):
        line = _line(number, row, places, american)
        if not line.fault and _key(line.card) in there:
            line = Line(number, line.card, "this client is there already")
        there.add(_key(line.card))
        found.append(line)
    return found


def take_over(lines: list[Line], by: Person) -> int:
    """Make the clients of all lines without a fault, all or none; gives their number."""
    good = [line for line in lines if not line.fault]
    with transaction.atomic():
        for line in good:
            new_client(line.card, by)
    return len(good)


def _places(heads: list[str]) -> dict[str, int]:
    plain = [head.strip().casefold() for head in heads]
    return {
        key: plain.index(name) for key, names in HEADS.items() for name in names if name in plain
    }


def _line(number: int, row: list[str], places: dict[str, int], american: bool) -> Line:
    def at(key: str) -> str:
        place = places.get(key, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    card: dict[str, Any] = {key: at(key)[:120] for key in ("name", "phone", "email")}
    card["language"] = "es" if at("language").casefold()[:2] in ("es", "sp") else "en"
    card["born"], fault = "", ""
    if not card["name"]:
        fault = "there is no name"
    if at("born"):
        born = _day(at("born"), american)
        if born is None or not may_be_born(born):
            fault = "the birth date cannot be read"
        else:
            card["born"] = born.isoformat()
    return Line(number, card, fault)


def _day(text: str, american: bool) -> date | None:
    for form in DATES if not american else (DATES[0], DATES[3], DATES[2]):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _key(card: dict[str, Any]) -> tuple[str, str]:
    return (" ".join(str(card.get("name", "")).casefold().split()), str(card.get("born", "")))
