"""How much pigment lies where: the technique's gradient and the outward correction of the border.

Border, wet line and corners carry what the outcome says; between them the amount changes smoothly.
An outward correction ends before the corners, where a drawn-out line would hang.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.render.layers import Field
from vermilion.render.matte import Matte, smoothstep
from vermilion.treat.outcome import BlushOutcome

END_S = 0.08
"""Of the way from a peak of the bow to the corner, which is 1: a millimetre and a half."""


@dataclass(frozen=True, slots=True)
class Technique:
    """The part of an outcome that shapes coverage and does not change with time."""

    edge: float
    centre: float
    corner: float
    softness_mm: float
    border_mm: float


def technique(outcome: BlushOutcome) -> Technique:
    return Technique(
        outcome.edge, outcome.centre, outcome.corner, outcome.softness_mm, outcome.border_mm
    )


def coverage(how: Technique, where: Matte, along: Field, across: Field) -> Field:
    """(H, W), 1 = the technique's even amount.

    Parameters
    ----------
    along : s, -2..2 from corner to corner
    across : 0 at the outer border, 1 at the inner edge
    """
    beyond = outward(how.border_mm, along) if how.border_mm > 0 else None
    cover = where.cover(how.softness_mm, beyond)
    return np.asarray(cover * where.takes * gradient(how, along, across) * ends(along), np.float32)


def ends(along: Field) -> Field:
    """Pigment tapers off into the corners: there found curves run on past the lip, and colour in
    their last wedge would be a spike on skin."""
    return smoothstep((2 - np.abs(along)) / np.float32(END_S))


def outward(border_mm: float, along: Field) -> Field:
    """How far the border moves outward at each pixel; nothing at the corners."""
    return np.asarray(border_mm * smoothstep((1.75 - np.abs(along)) / 0.75), np.float32)


def gradient(how: Technique, along: Field, across: Field) -> Field:
    """The technique's amount without regard to what lies there."""
    t = np.clip(across, 0, 1)
    # The less there is in the middle, the nearer to the border it ends: a liner is a line.
    fall = 1.0 + 1.5 * (1 - min(how.centre / max(how.edge, 1e-6), 1.0))
    amount = how.centre + (how.edge - how.centre) * (1 - t) ** np.float32(fall)
    corner = smoothstep((np.abs(along) - 1.3) / 0.6)
    amount = amount * (1 + (how.corner - 1) * corner)
    return np.asarray(np.maximum(amount, 0), np.float32)
