"""Skin tone as a number: the individual typology angle (ITA) and its six classes.

Measured on cheek or jaw, never on the lip. It describes how light a skin looks, not how it burns
(that is the Fitzpatrick type), and it is only as good as the photo's white balance.

References
----------
A. Chardon, I. Cretois, C. Hourseau, "Skin colour typology and suntanning pathways", Int. J.
Cosmet. Sci. 13 (1991) 191-208. Cut points as in evidence blush:L60, checked with blush:L59.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

ITA_CLASSES = (
    (55.0, "very light"),
    (41.0, "light"),
    (28.0, "intermediate"),
    (10.0, "tan"),
    (-30.0, "brown"),
)
"""Lower ends in degrees of Chardon's classes; below the last one skin is "dark"."""


def ita_deg(lab: Sequence[float]) -> float:
    """arctan((L - 50) / b) in degrees, for one CIELAB colour (D65) of skin.

    Skin is yellowish (b > 0). For b <= 0, a photo with a strong blue cast, the angle passes 90.
    """
    lightness, _, b = (float(value) for value in lab)
    return math.degrees(math.atan2(lightness - 50.0, b))


def ita_class(ita: float) -> str:
    """Chardon's class of an ITA in degrees: "very light" to "dark"."""
    return next((name for low, name in ITA_CLASSES if ita > low), "dark")
