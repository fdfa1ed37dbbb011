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
from vermilion.treat.blush import reachable
from vermilion.treat.blush_plan import Shade, own_shade, shades


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
    own: bool = False


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
        nearest = "" if reach.reachable or reach.nearest is None else reach.nearest.words
        found.append(
            Swatch(
                one.key,
                one.words,
                fill(reach.reached_lab),
                fill(bare.mean),
                not reach.reachable,
                nearest,
                one.own,
            )
        )
    return found


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
