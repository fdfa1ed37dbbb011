"""Treatments onto a photo: colour first, then shape, then back into the picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy.typing as npt

from vermilion.render.flip import flip_region
from vermilion.render.scene import LipScene
from vermilion.render.tint_region import tint_region
from vermilion.treat.outcome import BlushOutcome, FlipOutcome


def render(
    scene: LipScene,
    flip: FlipOutcome | None = None,
    blush: BlushOutcome | None = None,
    *,
    quick: bool = False,
) -> npt.NDArray[Any]:
    """The scene's region after the treatments: (H, W, 3), the photo's dtype.

    Pigment is in the lip and moves with it, so colour comes first. `quick` trades the sharper
    resampling for speed, for a slider that moves. Where nothing changes, every bit stays.
    """
    way = cv2.INTER_LINEAR if quick else cv2.INTER_CUBIC
    region = scene.encoded if blush is None else tint_region(scene, blush, interpolation=way)
    if flip is not None:
        region = flip_region(scene, region, flip, interpolation=way)
    return region


def paste(scene: LipScene, region: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A copy of the photo with the region in its place."""
    pixels = scene.photo.pixels.copy()
    box = scene.box
    pixels[box.y0 : box.y1, box.x0 : box.x1] = region
    return pixels
