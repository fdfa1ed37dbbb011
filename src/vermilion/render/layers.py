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
SHARE_LOCAL = 0.8
"""How much of the surrounding white part is taken as pale tissue, not gloss."""
BLUR_GRAIN = 3.0
"""Wide blurs run on a copy whose pixel is this share of their width: same result, less work."""


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """diffuse : (H, W, 3); gloss : (H, W), the same for R, G and B; linear = diffuse + gloss.

    uneven : (H, W, 3), log of the slow colour against the lip's mean, lightness taken out: where
        the lip is redder or browner than its average
    """

    diffuse: Linear
    gloss: Field
    uneven: Linear


def split(linear: Linear, lip: Field, px_per_mm: float) -> Layers:
    """Take a picture of a lip apart; `lip` (H, W) 0..1 says where it is."""
    grey = cv2.transform(linear, np.full((1, 3), 1 / 3, np.float32))
    sigma = BODY_MM * px_per_mm
    level = wide_blur(grey * lip, sigma) / np.maximum(wide_blur(lip, sigma), 1e-3)
    # Dark pixels carry the least gloss: let them tell the body colour.
    dark = lip / np.maximum(grey / np.maximum(level, 1e-3), 0.3) ** 4
    total = max(float(dark.sum()), 1e-6)
    mean = np.asarray((linear * dark[..., None]).sum(axis=(0, 1)) / total, np.float32)
    weight = wide_blur(dark, sigma)[..., None]
    slow = (wide_blur(linear * dark[..., None], sigma) + np.float32(0.02) * mean) / (weight + 0.02)
    white = _white_part(linear, grey, slow)
    around = wide_blur(white * lip, sigma) / np.maximum(wide_blur(lip, sigma), 1e-3)
    gloss = np.clip(white - SHARE_LOCAL * around, 0, None) * lip
    gloss = np.minimum(gloss, 0.95 * linear.min(axis=2)).astype(np.float32)
    diffuse = linear - gloss[..., None]
    log_slow = np.log(np.maximum(slow, 1e-4)) - np.log(np.maximum(mean, 1e-4))
    uneven = log_slow - log_slow.mean(axis=2, keepdims=True)
    return Layers(diffuse, gloss, np.asarray(uneven, np.float32))


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
    unit = body / np.maximum(body.sum(axis=2, keepdims=True), 1e-6)
    body_body = (unit * unit).sum(axis=2)
    body_pixel = (unit * linear).sum(axis=2)
    # Two unknowns, normal equations: body . body, body . white = 1, white . white = 3.
    spread = 3 * body_body - 1
    white = (3 * grey * body_body - body_pixel) / np.maximum(spread, 5e-3)
    return np.asarray(np.clip(white, 0, None), np.float32)
