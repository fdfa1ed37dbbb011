"""What a day adds to a lip besides colour: dryness, flakes, young skin, veil and gloss."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.render.flakes import Film, Shed, shed
from vermilion.render.layers import Field
from vermilion.render.tint import Look
from vermilion.treat.outcome import BlushOutcome

PIGMENT_GONE = 0.5
"""Share of the visible pigment that leaves with a piece of film."""
MELT_MM = 0.10
"""The edge of a piece is thin: over so much it gives way to what is under it."""
YOUNG_GAIN = 0.10
"""Young epithelium is this much paler than the lip under it."""
FILM_HAZE = 0.07
"""A dry film scatters: so much of it is pale."""
FILM_TEXTURE = 0.35
"""Exponent on the lip's own fine texture: the lines of a dry film stand out."""
RIM_PALE = 0.6
SHADOW_DARK = 0.35
MOIST_GONE = 0.35
"""Share of the lost gloss that the new surface under a piece shows again."""
VEIL_PALE = 0.22
"""How milky the ghost phase is at its fullest."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What the looks need to know of a lip: its film, the film's pixels, its fine texture.

    place : flat pixel numbers of the film's N points; texture : (H, W) log of fine over slow grey
    """

    film: Film
    place: npt.NDArray[np.intp]
    texture: Field


def look(outcome: BlushOutcome, weight: Field, cover: Field, surface: Surface | None) -> Look:
    """The day's look of a lip whose pigment lies as `weight` and whose area is `cover`."""
    gain = veil = gloss = None
    if outcome.gloss != 1.0:
        gloss = 1 + cover * np.float32(outcome.gloss - 1)
    if outcome.veil > 0:
        veil = cover * np.float32(outcome.veil * VEIL_PALE)
    if outcome.dryness > 0 and surface is not None:
        dry = np.float32(outcome.dryness)
        pieces = _as_images(shed(surface.film, outcome.flaked), surface.place, cover.shape)
        melt = max(0.45, MELT_MM * surface.film.px_per_mm)
        bare = np.asarray(cv2.GaussianBlur(pieces.gone, (0, 0), melt), np.float32)
        gone, film = bare * cover, (1 - bare) * cover * dry
        weight = weight * (1 - np.float32(PIGMENT_GONE) * dry * bare)
        gain = np.exp(surface.texture * (film * np.float32(FILM_TEXTURE)))
        gain *= 1 + dry * (YOUNG_GAIN * gone - SHADOW_DARK * pieces.shadow * cover)
        dusty = film * np.float32(FILM_HAZE) + pieces.rim * cover * (dry * np.float32(RIM_PALE))
        veil = dusty if veil is None else veil + dusty
        if gloss is not None:
            gloss = gloss + gone * np.float32(MOIST_GONE * (1 - outcome.gloss))
    return Look(weight, gain, veil, gloss)


def _as_images(points: Shed, place: npt.NDArray[np.intp], shape: tuple[int, ...]) -> Shed:
    return Shed(*(_filled(part, place, shape) for part in (points.gone, points.rim, points.shadow)))


def _filled(values: Field, place: npt.NDArray[np.intp], shape: tuple[int, ...]) -> Field:
    image = np.zeros(shape[0] * shape[1], np.float32)
    image[place] = values
    return image.reshape(shape)
