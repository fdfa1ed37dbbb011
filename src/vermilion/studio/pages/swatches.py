"""The palette as a client may look at it: each shade healed on this lip, and what cannot be had.

Public: `Swatch`, `own_shades`, `swatches`, `fill`, `lab_of`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.colour.lips import Lab, LipColours
from vermilion.colour.spaces import (
    lab_to_linear,
    linear_to_lab,
    linear_to_srgb,
    srgb_to_linear,
)
from vermilion.studio.voices import own_rules
from vermilion.treat.blush import Reach, reachable
from vermilion.treat.blush_plan import Shade, own_shade, shades

MISSED = "not reachable on this lip"


@dataclass(frozen=True, slots=True)
class Swatch:
    """fill : the colour to show of a pigment by itself
    bare, healed : the upper and the lower lip's own colours and with the shade, empty where no lip
        was measured; missed : where it cannot be had, "" where it can
    nearest : words of the shade to take instead
    """

    key: str
    words: str
    fill: str
    own: bool = False
    bare: tuple[str, ...] = ()
    healed: tuple[str, ...] = ()
    missed: str = ""
    nearest: str = ""


def own_shades() -> tuple[Shade, ...]:
    """The practice's own shades, by their names.

    Raises
    ------
    PlanError : one in its file that cannot be
    """
    rows = own_rules().shades.values()
    return tuple(sorted((own_shade(words, lab) for words, lab in rows), key=lambda one: one.words))


def swatches(bare: LipColours | None = None) -> list[Swatch]:
    """The palette and the practice's own shades healed on bare lips of these colours; without them,
    the pigments themselves."""
    there = (*shades(), *own_shades())
    if bare is None:
        return [Swatch(one.key, one.words, fill(one.masstone), own=one.own) for one in there]
    found = []
    for one in there:
        reach = reachable(one.key, bare)
        missed = _missed(reach)
        found.append(
            Swatch(
                one.key,
                one.words,
                fill(one.masstone),
                one.own,
                tuple(map(fill, bare.both)),
                tuple(map(fill, reach.healed.both)),
                missed,
                reach.nearest.words if missed and reach.nearest is not None else "",
            )
        )
    return found


def _missed(reach: Reach) -> str:
    """On which lip the shade cannot be had; "" where it can."""
    if reach.reachable:
        return ""
    lips = [one.had for one in reach.lips]
    if lips == [False, True]:
        return "not reachable on the upper lip"
    return "not reachable on the lower lip" if lips == [True, False] else MISSED


def fill(lab: Lab) -> str:
    """A colour as style sheets write it."""
    linear = lab_to_linear(np.array(lab, np.float32))
    red, green, blue = (round(255 * float(v)) for v in np.clip(linear_to_srgb(linear), 0, 1))
    return f"rgb({red},{green},{blue})"


def lab_of(picked: str) -> Lab:
    """CIELAB of a colour as a picker gives it, "#8e4a4f"."""
    srgb = np.array([int(picked[k : k + 2], 16) / 255 for k in (1, 3, 5)], np.float32)
    lightness, a, b = (float(value) for value in linear_to_lab(srgb_to_linear(srgb)))
    return lightness, a, b
