"""A lip taken apart: what shines back from its wet surface, and what comes from within.

Pigment lies in the tissue. It changes the light that comes from within (diffuse) and not the
mirror light on top (gloss), which keeps the colour of the lamp. Taking the gloss off first is what
keeps a tinted lip from looking painted; it matters more than the pigment's physics.

Each pixel is body colour times an amount plus white times an amount (dichromatic reflection), with
a body chromaticity that changes slowly along the lip. Of the white part only what stands above its
surroundings is called gloss: the rest can't be told from pale skin.

References
----------
S. A. Shafer, "Using color to separate reflection components", Color Res. Appl. 10 (1985) 210-218.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]
"""(H, W) float32"""
Linear = npt.NDArray[np.float32]
"""(H, W, 3) float32, linear sRGB, 0..1"""

BODY_MM = 1.6
"""Over how far the body colour is averaged: wider than a glint, narrower than half a lip."""
SHARE_LOCAL = 1.0
"""How much of the surrounding white part is taken as pale tissue, not gloss."""
WHITE_PX = 0.7
"""What is white is told by colour, which photos keep at half their grain: what is finer is noise,
and would stay as pale specks in pigment."""
GLOSS_INSIDE_MM = 0.7
"""From the border so far in, gloss comes up to what is read there."""
GLOSS_NOISE = 2.0
"""Gloss of so many medians is believed by half."""
BLUR_GRAIN = 3.0
"""Wide blurs run on a copy whose pixel is this share of their width: same result, less work."""


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """diffuse : (H, W, 3); gloss : (H, W), the same for R, G and B; linear = diffuse + gloss.

    uneven : (H, W, 3), log of the slow colour against its lip's mean, lightness taken out: where
        the lip is redder or browner than its average
    """

    diffuse: Linear
    gloss: Field
    uneven: Linear


def split(linear: Linear, lip: Field, px_per_mm: float, white_px: float = 0.0) -> Layers:
    """Take a picture of a lip apart; `lip` (H, W) 0..1 says where it is.

    `white_px` smooths how white a pixel is (sigma); its light is read as it is.
    """
    grey = _across(linear, 1 / 3)
    sigma = BODY_MM * px_per_mm
    lips = np.maximum(wide_blur(lip, sigma), 1e-3)
    level = wide_blur(grey * lip, sigma) / lips
    # Dark pixels carry the least gloss: let them tell the body colour.
    dark = lip / np.maximum(grey / np.maximum(level, 1e-3), 0.3) ** 4
    weighted = cv2.multiply(linear, cv2.merge([dark] * 3))
    total = max(float(dark.mean(dtype=np.float64)), 1e-9)
    mean = np.array(cv2.mean(weighted)[:3]) / total
    least = np.float32(0.02)
    weight = cv2.merge([wide_blur(dark, sigma) + least] * 3)
    slow = cv2.divide(cv2.add(wide_blur(weighted, sigma), (*(mean * least), 0.0)), weight)
    white = _white_part(linear, grey, slow)
    if white_px > 0:
        white = np.asarray(cv2.GaussianBlur(white, (0, 0), white_px), np.float32)
    around = wide_blur(white * lip, sigma) / lips
    red, green, blue = cv2.split(linear)
    # The dark between the lips is colourless too: a glint is lighter than what is around it.
    above = np.clip(grey - SHARE_LOCAL * level, 0, None)
    gloss = np.minimum(np.clip(white - SHARE_LOCAL * around, 0, None), above) * lip
    gloss = np.minimum(gloss, 0.95 * cv2.min(cv2.min(red, green), blue)).astype(np.float32)
    diffuse = cv2.subtract(linear, cv2.merge([gloss] * 3))
    uneven = cv2.log(cv2.max(slow, (1e-4,) * 3 + (0.0,)))
    uneven = cv2.subtract(uneven, (*np.log(np.maximum(mean, 1e-4)), 0.0))
    uneven = cv2.subtract(uneven, cv2.merge([_across(uneven, 1 / 3)] * 3))
    return Layers(np.asarray(diffuse, np.float32), gloss, np.asarray(uneven, np.float32))


def two_lips(linear: Linear, lip: Field, upper: Field, outer_mm: Field, px_per_mm: float) -> Layers:
    """Both lips, each by itself: beside a brown upper lip a pale lower one is no gloss.

    A glint lies on the lip: what is white right at its border is the skin's. Fine noise stands half
    above its own mean: what is no higher than that is no glint either.

    Parameters
    ----------
    upper : (H, W), 1 above the line between the lips, 0 below; outer_mm : depth inside the border
    """
    above, below = (split(linear, lip * side, px_per_mm, WHITE_PX) for side in (upper, 1 - upper))
    gloss = np.where(upper > 0, above.gloss, below.gloss)
    gloss *= np.clip(outer_mm / GLOSS_INSIDE_MM, 0, 1)
    some = gloss[(gloss > 0) & (lip > 0.5)]
    usual = np.float32(GLOSS_NOISE * np.median(some)) if some.size else np.float32(0)
    gloss = np.asarray(gloss * gloss / np.maximum(gloss + usual, 1e-9), np.float32)
    uneven = np.where(upper[..., None] > 0, above.uneven, below.uneven)
    return Layers(cv2.subtract(linear, cv2.merge([gloss] * 3)), gloss, uneven)


def _across(image: Linear, factor: float) -> Field:
    """(H, W) the sum over the channels times `factor`."""
    return np.asarray(cv2.transform(image, np.full((1, 3), factor, np.float32)))


def wide_blur(image: Field | Linear, sigma_px: float) -> npt.NDArray[np.float32]:
    """Gaussian blur that shrinks first where the blur is wide; (H, W) or (H, W, 3)."""
    height, width = image.shape[:2]
    step = int(sigma_px / BLUR_GRAIN)
    if step < 2 or min(height, width) < 4 * step:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(sigma_px, 0.3)), np.float32)
    size = -(-width // step), -(-height // step)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px / step)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _white_part(linear: Linear, grey: Field, body: Linear) -> Field:
    """How much white (per channel) each pixel holds besides its body colour; least squares."""
    total = np.maximum(_across(body, 1.0), 1e-6)
    body_body = _across(cv2.multiply(body, body), 1.0) / (total * total)
    body_pixel = _across(cv2.multiply(body, linear), 1.0) / total
    # Two unknowns, normal equations: body . body, body . white = 1, white . white = 3.
    spread = 3 * body_body - 1
    white = (3 * grey * body_body - body_pixel) / np.maximum(spread, 5e-3)
    return np.asarray(np.clip(white, 0, None), np.float32)
