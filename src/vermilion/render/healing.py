"""What a day adds to a lip besides colour: dryness, flakes, young skin, veil and gloss."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from vermilion.render.flakes import Film, shed
from vermilion.render.layers import Field, Linear
from vermilion.render.tint import Ground, Look
from vermilion.treat.outcome import BlushOutcome

PIGMENT_GONE = 0.45
"""Share of the visible pigment that leaves with a piece of film; the rest lies in the tissue.
Colour is said to lighten by 30-50 % with the flakes (blush section C1)."""
MOST_GONE_DE = 3.0
"""... and no more than makes this colour step: a film holds only so much, and a pale lip with a
deep shade would look like a map."""
YOUNG_GAIN = 0.07
"""Young epithelium is this much paler than the lip under it."""
FILM_HAZE = 0.05
"""A dry film scatters: so much of it is pale."""
FILM_MATTE = 0.5
"""A film scatters so much of what gloss is left; new surface between its pieces does not."""
DRY_SHEEN = 0.6
"""Share of the light by which a lip outshines its own mean that a fully dry lip has lost: broad
sheen, which is no glint, is mirror light too."""
FILM_TEXTURE = 0.45
"""Exponent on the lip's own fine texture: the lines of a dry film stand out."""
LINE_DARK = 0.07
"""A crack of the dry film is this much darker than it."""
RIM_LIGHT = 0.8
"""A lifted edge catches this much more light than the film."""
RIM_PALE = 0.42
"""And is dry through and through: so much of its colour is that of dry skin."""
LOOSE_LIGHT = 0.25
LOOSE_PALE = 0.22
"""A loose piece has air under it: it sends back so much more light, and so much of it is pale."""
SHADOW_DARK = 0.16
MOIST_GONE = 0.35
"""Share of the lost gloss that the new surface under a piece shows again."""
VEIL_PALE = 0.22
"""How milky the ghost phase is at its fullest."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What the looks need to know of a lip's pixels: its film and its fine texture.

    texture : (N, 1) log of fine over slow grey
    """

    film: Film
    texture: Field


def dulled(ground: Ground, sheen: Linear, dryness: float) -> Ground:
    """A dry lip without its broad sheen.

    sheen : (N, 1, 3) light above its own lip's mean, in its own colour: a lamp may be blue
    """
    less = -DRY_SHEEN * dryness
    linear, diffuse = (cv2.scaleAdd(sheen, less, part) for part in (ground.linear, ground.diffuse))
    return replace(ground, linear=linear, diffuse=diffuse)


def look(
    outcome: BlushOutcome, weight: Field, cover: Field, surface: Surface | None, step_de: float
) -> Look:
    """The day's look of pixels with pigment `weight`, of which `cover` is lip; both (N, 1).

    step_de : how far (CIE76) the day's mean colour is from the bare lip's
    """
    gain = veil = gloss = None
    if outcome.gloss != 1.0:
        gloss = 1 + cover * np.float32(outcome.gloss - 1)
    if outcome.veil > 0:
        veil = cover * np.float32(outcome.veil * VEIL_PALE)
    if outcome.dryness > 0 and surface is not None:
        dry = cover * np.float32(outcome.dryness)
        pieces = shed(surface.film, outcome.flaked)
        bare, loose, rim, dark = (
            part.reshape(cover.shape) * dry
            for part in (pieces.gone, pieces.loose, pieces.rim, pieces.shadow)
        )
        film = dry - bare
        lines = surface.film.lines.reshape(cover.shape)
        leaves = min(PIGMENT_GONE, MOST_GONE_DE / max(step_de, 1e-3))
        weight = weight * (1 - np.float32(leaves) * bare)
        gain = np.exp((surface.texture * FILM_TEXTURE - lines * LINE_DARK) * film)
        gain *= 1 + YOUNG_GAIN * bare + LOOSE_LIGHT * loose + RIM_LIGHT * rim - SHADOW_DARK * dark
        dusty = film * np.float32(FILM_HAZE) + rim * np.float32(RIM_PALE)
        dusty += loose * np.float32(LOOSE_PALE)
        veil = dusty if veil is None else veil + dusty
        if gloss is not None:
            gloss = gloss + bare * np.float32(MOIST_GONE * (1 - outcome.gloss))
            gloss = gloss * (1 - film * np.float32(FILM_MATTE))
    return Look(weight, gain, veil, gloss)
