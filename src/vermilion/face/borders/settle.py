"""The last step of a border: onto the steepest change of colour, at the crop's own grain.

The refinement that looks far needs smoothness, and rounds off what is fine: the peaks of the
Cupid's bow came out 0.2 mm too low and 0.9 mm too far apart. Once a border lies within half a
millimetre, one question is left: where, between the lip just inside and the skin just outside, does
colour change most? Both are learned on this face in two strips along the border, and their
difference gives the one direction in colour along which the change is read. A border between strips
that hardly differ has a flat answer and stays where it is.

References
----------
Fisher 1936, Ann. Eugenics 7:179 (the direction that separates two groups best).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vermilion.face.borders.chain import marginals, mean_and_sd
from vermilion.face.borders.crop import MouthCrop, look_up
from vermilion.face.borders.cues import (
    LAB,
    OFFSETS,
    SHOULDER,
    STEP_PX,
    drifting_mean,
    normals,
    slope,
)
from vermilion.face.lips import Points

STRIP_PX = np.linspace(1.5, 6.0, 7)
"""The strips that are compared, crop px (a quarter of a millimetre) inside and outside."""
NOISE = 1.5
"""Variance added to the colours' own (Lab units squared)."""
FADE = 0.10
"""Share of the length at either end over which the step fades out to the commissure."""
FARTHEST_PX = 5.0
OUT_OF_REACH = -60.0


@dataclass(frozen=True, slots=True)
class Step:
    """How much the change of colour weighs, how far a place may stray (sd, crop px), how much that
    differs between neighbours, half a millimetre apart, and how often the step is taken.

    Set on rendered heads for the place, on the even half of the annotated photos against harm.
    """

    weight: float
    stray_px: float
    step_px: float
    times: int


UPPER, LOWER = Step(0.7, 1.6, 0.8, 2), Step(1.0, 2.0, 0.3, 1)
"""The upper border has a bow to follow, the lower one none."""
LOWER_INNER = Step(1.0, 4.0, 0.2, 3)
"""The lower lip's edge in an open mouth: landmarks miss it by up to a millimetre, but what lies
beyond it, teeth or the dark, differs strongly."""
EDGE = Step(1.0, 1.2, 0.3, 2)
"""The upper lip's edge above teeth or the dark, once it is known which: a longer step would stop at
gum and teeth alike."""


def settled(crop: MouthCrop, line: Points, step: Step, up: bool) -> Points:
    """A border, (97, 2) crop px, moved along its normals; the commissures stay."""
    for _ in range(step.times):
        line = _moved(crop, line, step, up)
    return line


def _moved(crop: MouthCrop, line: Points, step: Step, up: bool) -> Points:
    outward = normals(line, up)
    inside, outside = (
        (line[None] + side * outward[None] * STRIP_PX[:, None, None])[:, SHOULDER]
        for side in (-1.0, 1.0)
    )
    lip, lip_spread = drifting_mean(look_up(crop.fine, inside)[..., LAB], inside)
    skin, skin_spread = drifting_mean(look_up(crop.fine, outside)[..., LAB], outside)
    pooled = (lip_spread + skin_spread) / 2 + np.eye(3) * NOISE
    direction = np.linalg.solve(pooled, lip[0] - skin[0])
    at = line[:, None] + outward[:, None] * OFFSETS[None, :, None]
    change = -slope(look_up(crop.fine, at)[..., LAB] @ direction)
    end = np.linspace(0.0, 1.0, len(line))
    end = np.minimum(end, 1.0 - end)
    fade = np.clip(end / FADE, 0.05, 1.0)[:, None]
    potential = step.weight * change * fade - 0.5 * (OFFSETS / (step.stray_px * fade)) ** 2
    potential = np.where(np.abs(OFFSETS) <= FARTHEST_PX, potential, OUT_OF_REACH)
    move, _ = mean_and_sd(marginals(potential, step.step_px / STEP_PX), OFFSETS)
    held = np.clip(end * len(line) / 3, 0.0, 1.0)
    return np.asarray(line + outward * (move * held)[:, None])
