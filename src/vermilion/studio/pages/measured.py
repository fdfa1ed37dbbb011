"""Measures as people read them: words, value with unit, error.

Public: `MEASURES`, `DIGITS`, `UNITS`, `rows_of`, `smile_rows`, `band_words`, `number`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vermilion.studio.voices import text, voice_of
from vermilion.units import Band

MEASURES = {
    "upper_vermilion_height": "Upper lip, red height",
    "lower_vermilion_height": "Lower lip, red height",
    "upper_lower_ratio": "Upper to lower",
    "mouth_width": "Mouth width",
    "philtrum_length": "Philtrum",
    "cupids_bow_width": "Cupid's bow, width",
    "cupids_bow_depth": "Cupid's bow, depth",
    "commissure_tilt": "Tilt of the corners",
    "peak_asymmetry": "Left and right peak apart",
    "teeth_show": "Teeth shown",
}
SMILE = {
    "upper_vermilion_loss": "Red of the upper lip lost in this smile",
    "teeth_show": "Teeth shown in this smile",
    "gum_show": "Gum shown in this smile",
}
DIGITS = {"mm": 1, "deg": 1, "ratio": 2}
UNITS = {"mm": "mm", "deg": "°", "ratio": ""}


def rows_of(measures: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """(words, value, error) of those that a person can use.

    measures : by name, each with value, sd, unit
    """
    return _rows(measures, MEASURES)


def smile_rows(measures: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """The same of what a smile does."""
    return _rows(measures, SMILE)


def band_words(band: Band[float], unit: str = "mm") -> str:
    """ "0.8 mm (0.3-1.2)": what most get, and from weak to strong response."""
    low, most, high = (number(one, 1) for one in sorted((band.low, band.expected, band.high)))
    return f"{most} {unit} ({low}–{high})".replace("  ", " ")


def _rows(
    measures: Mapping[str, Mapping[str, Any]], named: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    found = []
    for name, words in named.items():
        one = measures.get(name)
        if one is None or one["unit"] not in DIGITS:
            continue
        digits, unit = DIGITS[one["unit"]], UNITS[one["unit"]]
        value = f"{number(one['value'], digits)} {unit}".strip()
        found.append((text(words), value, f"± {number(one['sd'], digits)}"))
    return found


def number(value: float, digits: int) -> str:
    """A number with fixed digits as this language writes it."""
    from babel.numbers import format_decimal

    form = "0." + "0" * digits
    return str(format_decimal(round(value, digits) + 0.0, format=form, locale=voice_of().locale))
