"""The practice's own products: kept in its file, offered where lots, plans and visits name one.

Public: `MOST`, `UNITS`, `toxin_names`, `add_product`, `drop_product`, `like_lot`, `mixed_here`,
`colour_of`.

A toxin's product says whose units are in it, never how they compare with others'.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vermilion.errors import UsageError
from vermilion.know.own_product import OwnProduct
from vermilion.know.practice import Practice
from vermilion.know.voice import Voice
from vermilion.studio import audit
from vermilion.studio.models import Lot, Person
from vermilion.studio.record.practice import read_file, write_file
from vermilion.treat.plan import product

UNITS = ("U", "mL", "pcs")
MOST = 100


def toxin_names(voice: Voice) -> dict[str, str]:
    """All toxins by key: those of the data, then those of the practice's own products."""
    table = voice.shelf.topic("products").tables["product"]
    own = sorted({one.toxin for one in voice.practice.products.values() if one.toxin})
    return {key: product(key).name for key in dict.fromkeys((*table, *own))}


def add_product(data: Path, made: OwnProduct, by: Person) -> None:
    """
    Raises
    ------
    UsageError : one of that name stands there, or too many do
    """
    table: dict[str, Any] = read_file(data).get("product", {})
    if made.words.casefold() in {str(row["words"]).casefold() for row in table.values()}:
        raise UsageError(
            "there is a product '{name}' already", "each has a name of its own", name=made.words
        )
    if len(table) >= MOST:
        raise UsageError("there are {most} products already", "", "drop one first", most=MOST)
    row = {name: value for name, value in asdict(made).items() if value not in ("", None)}
    _write(data, {**table, f"p{secrets.token_hex(4)}": row}, by)


def drop_product(data: Path, key: str, by: Person) -> None:
    """No longer offer it; lots of it stay as they are."""
    table: Mapping[str, Any] = read_file(data).get("product", {})
    _write(data, {name: row for name, row in table.items() if name != key}, by)


def like_lot(practice: Practice, lot: Lot) -> OwnProduct | None:
    """The own product that a lot is of, by its name."""
    wanted = lot.kind, lot.product.casefold()
    found = practice.products.values()
    return next((one for one in found if (one.kind, one.words.casefold()) == wanted), None)


def mixed_here(practice: Practice) -> list[OwnProduct]:
    """The toxins of which the practice said how it mixes them."""
    return [one for one in practice.products.values() if one.toxin and one.diluent_ml is not None]


def colour_of(practice: Practice, product: str) -> tuple[float, float, float] | None:
    """CIELAB of a pigment by the name on its pack: the own product's, else that of the own shade of
    this name; None where nobody said one. It marks the bottle, and is no healed colour."""
    name = product.casefold()
    for one in practice.products.values():
        if one.lab is not None and one.words.casefold() == name:
            return one.lab
    return next((lab for words, lab in practice.shades.values() if words.casefold() == name), None)


def _write(data: Path, table: Mapping[str, Any], by: Person) -> None:
    write_file(data, {"product": table})
    audit.record(by.username, "change products", "practice")
