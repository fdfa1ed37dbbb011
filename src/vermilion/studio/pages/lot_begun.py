"""What a new lot begins with: a lot like it, a product or a shade of the practice's own.

Public: `begun`, `offers`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict

from vermilion.studio.models import Lot
from vermilion.studio.voices import own_rules

ALIKE = ("kind", "toxin", "product", "amount", "unit")
"""What a further lot has in common with the one before it."""


def begun(asked: QueryDict) -> dict[str, Any]:
    """First values of the form: "like" names a lot, "own" a product, "shade" a shade."""
    practice = own_rules()
    product = practice.products.get(asked.get("own", ""))
    if product is not None:
        told = {name: getattr(product, name) for name in ALIKE if name != "product"}
        return told | {"product": product.words, "amount": f"{product.amount:g}"}
    shade = practice.shades.get(asked.get("shade", ""))
    if shade is not None:
        return {"kind": "pigment", "product": shade[0], "unit": "mL"}
    try:
        lot = Lot.objects.filter(pk=UUID(asked.get("like", ""))).first()
    except ValueError:
        lot = None
    return {} if lot is None else {name: getattr(lot, name) for name in ALIKE}


def offers() -> list[tuple[str, str]]:
    """(what the address asks for, words) of all own products, then the shades."""
    practice = own_rules()
    products = [(f"own={key}", one.words) for key, one in practice.products.items()]
    known = {words.casefold() for _, words in products}
    shades = [(f"shade={key}", words) for key, (words, _) in practice.shades.items()]
    return [
        *sorted(products, key=lambda row: row[1].casefold()),
        *sorted(
            (row for row in shades if row[1].casefold() not in known),
            key=lambda row: row[1].casefold(),
        ),
    ]
