"""Pigment and the phases of healing on one lip window: how a day's look becomes light.

Pigment in tissue multiplies the light that comes from within, so a tint is one factor per channel,
raised to how much pigment lies at a pixel. The gloss on top stays. Each lip's three factors are
solved for, so that the mean over its vermilion is the outcome's colour whatever else the day does
to it (flakes, veil, dryness): what is said and what is seen agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import lab_to_linear, linear_to_lab
from vermilion.render.layers import Field, Linear

Lab = npt.NDArray[np.float64]
"""(3,) CIELAB, D65"""
Labs = npt.NDArray[np.float64]
"""(2, 3) CIELAB, D65: of the upper and of the lower lip"""
Sides = npt.NDArray[np.bool_]
"""(2, N) which pixels are the upper and which the lower lip's"""
Factors = tuple[float, float, float]
"""A factor on red, green and blue light, or its log"""

LIGHTEST = 1.3
"""No channel is lightened by more than this: beyond it noise shows, and pigment can't do it."""
DARKEST = 0.12
EVEN = 0.35
"""Share of a lip's slow unevenness of hue that a full amount of pigment takes away."""
FULL_DE = 12.0
"""The colour step (CIE76) that counts as a full amount."""
PALE = 1.13
"""Dry or young epithelium over lip is this much lighter than the lip's own grey level."""
PALE_HUE = 0.5
"""It is thin: half (as an exponent) of this lip's own colour shows through its white."""
BEYOND = 1.25
"""The factors go so many times further than the usual pixel follows: more would only change the hue
of the border, where there is little pigment."""
STEPS = 12
CLOSE = 0.02
"""The solver ends when each lip's mean is this near (CIE76)."""
LEAST_WEIGHT = 0.05
APART = 0.1
"""Lips that have less than this to themselves are brought near in more, smaller steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A lip before treatment, as (H, W, 3) and (H, W) images or as (N, 1, ...) pixels of them.

    linear = diffuse + gloss; `uneven` see layers; `pale` (H, W) the grey level of a veil; `hue`
    each lip's mean colour over its own grey; `upper` (H, W) 0..1, how far what is said of the upper
    lip counts, 1 - `upper` for the lower one
    """

    linear: Linear
    diffuse: Linear
    gloss: Field
    uneven: Linear
    pale: Field
    hue: tuple[Factors, Factors]
    upper: Field

    def at(self, index: npt.NDArray[np.intp]) -> Ground:
        """Samples at flat pixel numbers."""
        return Ground(
            packed(self.linear, index),
            packed(self.diffuse, index),
            packed(self.gloss, index),
            packed(self.uneven, index),
            packed(self.pale, index),
            self.hue,
            packed(self.upper, index),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a day does to each pixel; None = nothing.

    weight : pigment, 1 = the even amount
    gain : factor on the light from within
    veil : 0..1, covered by pale epithelium
    gloss : factor on the gloss
    """

    weight: Field
    gain: Field | None = None
    veil: Field | None = None
    gloss: Field | None = None

    def at(self, index: npt.NDArray[np.intp]) -> Look:
        def maybe(part: Field | None) -> Field | None:
            return None if part is None else packed(part, index)

        weight = packed(self.weight, index)
        return Look(weight, maybe(self.gain), maybe(self.veil), maybe(self.gloss))


@dataclass(frozen=True, slots=True)
class Dose:
    """The solved amounts: factors of both lips, evenness 0..1."""

    upper: Factors
    lower: Factors
    even: float


def packed(image: npt.NDArray[np.float32], index: npt.NDArray[np.intp]) -> Linear:
    """(H, W[, 3]) -> (N, 1[, 3]) at flat pixel numbers."""
    flat = image.reshape(-1, *image.shape[2:])
    return np.asarray(flat[index][:, None])


def paint(ground: Ground, look: Look, dose: Dose) -> Linear:
    """The treated lip in linear light; where the look is nothing, bit by bit the old one."""
    factor = _factor(look.weight, ground, dose)
    if look.gain is not None:
        cv2.multiply(factor, cv2.merge([look.gain] * 3), dst=factor)
    factor -= 1
    cv2.multiply(factor, ground.diffuse, dst=factor)
    out = cv2.add(factor, ground.linear)
    if look.gloss is not None:
        extra = ground.gloss * (look.gloss - 1)
        cv2.add(out, cv2.merge([extra] * 3), dst=out)
    if look.veil is not None:
        upper = ground.pale * ground.upper
        lower = ground.pale - upper
        tones = (
            tuple(PALE * hue**PALE_HUE for hue in both) for both in zip(*ground.hue, strict=True)
        )
        within = cv2.merge([cv2.addWeighted(upper, u, lower, d, 0) for u, d in tones])
        out += cv2.merge([look.veil] * 3) * (within - out)
    return np.asarray(out, np.float32)


def _factor(weight: Field, ground: Ground, dose: Dose) -> Linear:
    """What pigment leaves of each channel's light.

    Less than the even amount is fewer dots beside bare lip, more of it is deeper colour: light
    falls by a power. Dots mix as (1 + w (sqrt(f) - 1))^2 (Yule and Nielsen, n = 2, as in
    `pigment`); to second order in log f that is the power f^w with log(f)^2 w (1 - w) / 4 added to
    the exponent, within 2 % down to f = 0.2.
    """
    upper = cv2.multiply(weight, ground.upper)
    lower = weight - upper
    # log(f)^2 w (1 - w) / 4 from w log(f)
    dots = np.maximum(1 - weight, 0) / np.maximum(4 * weight, np.float32(1e-6))
    # One channel after the other: several times as quick as three with a scalar each.
    logs = (
        cv2.addWeighted(upper, one, lower, other, 0)
        for one, other in zip(dose.upper, dose.lower, strict=True)
    )
    exponent = cv2.merge([log + log * log * dots for log in logs])
    if dose.even > 0:
        uneven = cv2.multiply(cv2.merge([weight] * 3), ground.uneven)
        exponent = cv2.scaleAdd(uneven, -dose.even * EVEN, exponent)
    np.clip(exponent, np.log(DARKEST), np.log(LIGHTEST), out=exponent)
    return np.asarray(cv2.exp(exponent), np.float32)


def solve(
    ground: Ground,
    look: Look,
    of_upper: npt.NDArray[np.bool_],
    target: Labs,
    bare: Labs,
    start: Dose | None = None,
) -> Dose:
    """The dose that brings each lip's mean of the samples to its `target`.

    A fixed point with one factor per channel: each step multiplies by wanted over got, in linear
    light, divided by the mean amount of pigment. Three or four steps are enough; where a bound of
    the factors is in the way, the last step is the nearest.

    Parameters
    ----------
    of_upper : (N,) which samples are the upper lip's; where all or none are, both get one dose
    start : a dose that was right for nearly this: the same is found from it in a step or two
    """
    sides = np.stack([of_upper, ~of_upper])
    known = np.zeros((2, 3)) if start is None else np.array([start.upper, start.lower])
    if not sides.any(axis=1).all():
        sides[:], known[:] = True, known.mean(axis=0)
    even = float(np.clip(np.linalg.norm(target - bare, axis=1).mean() / FULL_DE, 0, 1))
    weight = look.weight.ravel()
    mean = np.array([[max(float(weight[side].mean()), LEAST_WEIGHT)] for side in sides])
    least, most = (BEYOND * np.log(bound) / mean for bound in (DARKEST, LIGHTEST))
    back = _unmixed(weight, ground.upper.ravel(), sides)
    logs = np.clip(known, least, most)
    wanted = np.maximum(lab_to_linear(target).astype(np.float64), 1e-4)
    dose = _dose(logs, even)
    for _ in range(STEPS):
        lab = linear_to_lab(paint(ground, look, dose)).reshape(-1, 3)
        got = np.array([lab[side].mean(axis=0, dtype=np.float64) for side in sides])
        if np.linalg.norm(got - target, axis=1).max() < CLOSE:
            break
        step = np.log(wanted / np.maximum(lab_to_linear(got), 1e-4))
        logs = np.clip(logs + back @ (step / mean), least, most)
        dose = _dose(logs, even)
    return dose


def _unmixed(weight: npt.NDArray[np.float32], upper: npt.NDArray[np.float32], sides: Sides) -> Labs:
    """(2, 2) what to ask of each lip's dose, so that both lips change as wanted: near the line
    between them each has some of the other's."""
    taken = [float((weight * upper)[side].sum() / max(weight[side].sum(), 1e-6)) for side in sides]
    mix = np.array([[share, 1 - share] for share in taken])
    return np.asarray(np.linalg.inv(mix) if np.linalg.det(mix) > APART else np.eye(2))


def _dose(logs: Labs, even: float) -> Dose:
    upper, lower = ((float(r), float(g), float(b)) for r, g, b in logs)
    return Dose(upper, lower, even)
