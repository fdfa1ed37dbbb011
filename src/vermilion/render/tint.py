"""Pigment and the phases of healing on one lip window: how a day's look becomes light.

Pigment in tissue multiplies the light that comes from within, so a tint is one factor per channel,
raised to how much pigment lies at a pixel. The gloss on top stays. The three factors are solved
for, so that the mean over the vermilion is the outcome's colour whatever else the day does to the
lip (flakes, veil, dryness): what is said and what is seen agree.
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
"""The solver ends when the mean is this near (CIE76)."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A lip before treatment, as (H, W, 3) and (H, W) images or as (N, 1, ...) pixels of them.

    linear = diffuse + gloss; `uneven` see layers; `pale` (H, W) the grey level of a veil; `hue`
    the lip's mean colour over its own grey
    """

    linear: Linear
    diffuse: Linear
    gloss: Field
    uneven: Linear
    pale: Field
    hue: tuple[float, float, float]

    def at(self, index: npt.NDArray[np.intp]) -> Ground:
        """Samples at flat pixel numbers."""
        return Ground(
            packed(self.linear, index),
            packed(self.diffuse, index),
            packed(self.gloss, index),
            packed(self.uneven, index),
            packed(self.pale, index),
            self.hue,
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
    """The solved amounts: log factor per channel, evenness 0..1, factor on all gloss."""

    log_factor: tuple[float, float, float]
    even: float
    gloss: float = 1.0


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
    extra = _gloss_change(ground, look, dose)
    if extra is not None:
        cv2.add(out, cv2.merge([extra] * 3), dst=out)
    if look.veil is not None:
        tones = (PALE * hue**PALE_HUE for hue in ground.hue)
        within = cv2.merge([ground.pale * np.float32(tone) for tone in tones])
        out += cv2.merge([look.veil] * 3) * (within - out)
    return np.asarray(out, np.float32)


def _factor(weight: Field, ground: Ground, dose: Dose) -> Linear:
    """What pigment leaves of each channel's light.

    Less than the even amount is fewer dots beside bare lip, more of it is deeper colour: light
    falls by a power. Dots mix as (1 + w (sqrt(f) - 1))^2 (Yule and Nielsen, n = 2, as in
    `pigment`); to second order in log f that is the power f^w with log(f)^2 w (1 - w) / 4 added to
    the exponent, within 2 % down to f = 0.2.
    """
    dots = cv2.max(cv2.multiply(weight, 1 - weight), 0.0)
    # One channel after the other: several times as quick as three with a scalar each.
    exponent = cv2.merge(
        [cv2.addWeighted(weight, log, dots, log * log / 4, 0) for log in dose.log_factor]
    )
    if dose.even > 0:
        uneven = cv2.multiply(cv2.merge([weight] * 3), ground.uneven)
        exponent = cv2.scaleAdd(uneven, -dose.even * EVEN, exponent)
    np.clip(exponent, np.log(DARKEST), np.log(LIGHTEST), out=exponent)
    return np.asarray(cv2.exp(exponent), np.float32)


def _gloss_change(ground: Ground, look: Look, dose: Dose) -> Field | None:
    if look.gloss is not None:
        return ground.gloss * (look.gloss * np.float32(dose.gloss) - 1)
    if dose.gloss != 1.0:
        return np.asarray(ground.gloss * np.float32(dose.gloss - 1), np.float32)
    return None


def mean_lab(linear: Linear) -> Lab:
    """The mean colour of lip pixels (N, 1, 3)."""
    return np.asarray(linear_to_lab(linear).reshape(-1, 3).mean(axis=0), np.float64)


def solve(ground: Ground, look: Look, target: Lab, bare: Lab, start: Dose | None = None) -> Dose:
    """The dose that brings the mean of the samples to `target`.

    A fixed point with one factor per channel: each step multiplies by wanted over got, in linear
    light, divided by the mean amount of pigment. Three or four steps are enough; where a bound of
    the factors is in the way, the last step is the nearest.

    Parameters
    ----------
    start : a dose that was right for nearly this: the same is found from it in a step or two
    """
    even = float(np.clip(np.linalg.norm(target - bare) / FULL_DE, 0, 1))
    mean_weight = max(float(look.weight.mean()), 0.05)
    least, most = (BEYOND * np.log(bound) / mean_weight for bound in (DARKEST, LIGHTEST))
    log_factor = np.clip((0.0, 0.0, 0.0) if start is None else start.log_factor, least, most)
    wanted = np.maximum(lab_to_linear(target).astype(np.float64), 1e-4)
    dose = _dose(log_factor, even)
    for _ in range(STEPS):
        got = mean_lab(paint(ground, look, dose))
        if np.linalg.norm(got - target) < CLOSE:
            break
        step = np.log(wanted / np.maximum(lab_to_linear(got), 1e-4))
        log_factor = np.clip(log_factor + step / mean_weight, least, most)
        dose = _dose(log_factor, even)
    return dose


def _dose(log_factor: Lab, even: float) -> Dose:
    red, green, blue = (float(one) for one in log_factor)
    return Dose((red, green, blue), even)
