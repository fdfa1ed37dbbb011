"""The palette as a client may look at it: each shade healed on this lip, and what cannot be had.

Public: `Swatch`, `swatches`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.colour.spaces import lab_to_linear, linear_to_srgb
from vermilion.treat.blush import reachable
from vermilion.treat.blush_plan import Lab, shades


@dataclass(frozen=True, slots=True)
class Swatch:
    """fill : the colour to show; nearest : words of the shade to take instead, "" where this one
    can be had; bare : the lip's own colour, "" where no lip was measured"""

    key: str
    words: str
    fill: str
    bare: str = ""
    missed: bool = False
    nearest: str = ""


def swatches(bare: Lab | None = None) -> list[Swatch]:
    """The palette healed on a bare lip of this colour; without one, the pigments themselves."""
    if bare is None:
        return [Swatch(one.key, one.words, _fill(one.masstone)) for one in shades()]
    found = []
    for one in shades():
        reach = reachable(one.key, bare)
        nearest = "" if reach.reachable or reach.nearest is None else reach.nearest.words
        found.append(
            Swatch(
                one.key,
                one.words,
                _fill(reach.reached_lab),
                _fill(bare),
                not reach.reachable,
                nearest,
            )
        )
    return found


def _fill(lab: Lab) -> str:
    linear = lab_to_linear(np.array(lab, np.float32))
    red, green, blue = (round(255 * float(v)) for v in np.clip(linear_to_srgb(linear), 0, 1))
    return f"rgb({red},{green},{blue})"
