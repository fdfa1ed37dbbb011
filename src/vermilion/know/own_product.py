"""A product as one practice keeps it: what is on the pack, how it is mixed and kept here.

Public: `OwnProduct`, `read_product`.

Nothing in it is evidence, and nothing is converted: a toxin's units are its own substance's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WANTED = 'words = "…", kind = "…", amount = …, unit = "…"'
TEXTS = ("words", "kind", "unit", "toxin", "maker", "storage")


@dataclass(frozen=True, slots=True)
class OwnProduct:
    """words : the name on the pack; kind : of stock, such as "toxin" or "needle"
    amount, unit : what one pack holds
    toxin : whose units they are, a key of products.toml or "own:name"; "" for all else
    diluent_ml : what this practice puts into a vial; None: not said
    lab : CIELAB of a pigment on white, to know its bottle by; nothing is predicted from it
    """

    words: str
    kind: str
    amount: float
    unit: str
    toxin: str = ""
    maker: str = ""
    storage: str = ""
    diluent_ml: float | None = None
    lab: tuple[float, float, float] | None = None


def read_product(row: Any) -> OwnProduct | None:
    """One row of a practice's file; None where it is none."""
    if not isinstance(row, Mapping):
        return None
    texts = {name: row.get(name, "") for name in TEXTS}
    amount: Any = row.get("amount")
    diluent_ml: Any = row.get("diluent_ml")
    named = all(isinstance(text, str) for text in texts.values())
    if not (named and texts["words"] and texts["kind"] and texts["unit"] and _above_0(amount)):
        return None
    if diluent_ml is not None and not _above_0(diluent_ml):
        return None
    lab = _lab(row["lab"]) if "lab" in row else None
    if "lab" in row and (lab is None or texts["kind"] != "pigment"):
        return None
    if bool(texts["toxin"]) != (texts["kind"] == "toxin"):
        return None
    return OwnProduct(**texts, amount=amount, diluent_ml=diluent_ml, lab=lab)


def _lab(value: Any) -> tuple[float, float, float] | None:
    if not isinstance(value, list) or len(value) != 3:
        return None
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in value):
        return None
    lightness, a, b = (float(one) for one in value)
    return (lightness, a, b) if all(map(math.isfinite, (lightness, a, b))) else None


def _above_0(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and value > 0
