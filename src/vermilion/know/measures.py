"""Measures as people read them: how each is called, and a value with its unit.

Public: `measure_label`, `measure_meaning`, `can_be_negative`, `quantity`, `digits_of`.
"""

from __future__ import annotations

from typing import Any

from vermilion.errors import DataError
from vermilion.know.said import Phrase
from vermilion.know.sourced import topic
from vermilion.know.voice import Voice

DIGITS = {"mm": 1, "mm2": 0, "%": 0, "deg": 1, "ratio": 2, "dE2000": 1}
"""Never finer than a tenth of a millimetre: a photo does not tell more."""
SIGNS = {"mm": " mm", "mm2": " mm²", "%": " %", "deg": "°", "ratio": "", "dE2000": " dE"}


def measure_label(name: str, *, smiling: bool = False) -> Phrase:
    """How a measure is called; smiling : of those that a second, smiling photo adds.

    Raises
    ------
    DataError : measures.toml lacks it
    """
    return Phrase(_row(name, smiling)["label"])


def measure_meaning(name: str, *, smiling: bool = False) -> Phrase | None:
    """What is to be known to read a measure; None where its name says all."""
    meaning = _row(name, smiling).get("meaning")
    return None if meaning is None else Phrase(meaning)


def can_be_negative(name: str, *, smiling: bool = False) -> bool:
    """Whether the measure has two directions: no length is less than none."""
    return bool(_row(name, smiling).get("signed", False))


def digits_of(unit: str) -> int:
    """How many decimals a unit deserves."""
    return DIGITS.get(unit, 2)


def quantity(voice: Voice, value: float, unit: str) -> str:
    """ "6.5 mm", "6,5 mm": a value with the decimals that its unit deserves."""
    digits = digits_of(unit)
    return f"{voice.number(value, digits, digits)}{SIGNS.get(unit, f' {unit}')}"


def _row(name: str, smiling: bool) -> dict[str, Any]:
    table = topic("measures").tables["smile" if smiling else "measure"]
    if name not in table:
        raise DataError(f"measures.toml has no '{name}'", "each measure has a name for people")
    row: dict[str, Any] = table[name]
    return row
