"""Photos that are no use, made from a phantom or from nothing: what people send by mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from tests.rendered import rendered
from vermilion.phantom import SCENES
from vermilion.photo.photo import Pixels


@cache
def phantom(scene: str = "frontal") -> Pixels:
    """An 800-row picture of a named phantom."""
    pixels = rendered(SCENES[scene]).pixels
    return cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def empty_wall() -> Pixels:
    rows = np.linspace(190, 170, 800)[:, None, None]
    texture = np.random.default_rng(1).normal(0, 3, (800, 600, 1))
    return np.clip(rows + texture + np.array([0, -6, -14]), 0, 255).astype(np.uint8)


def noise() -> Pixels:
    return np.random.default_rng(2).integers(0, 256, (600, 600, 3), np.uint8)


def two_faces() -> Pixels:
    return np.hstack([phantom(), phantom("full")])


def black() -> Pixels:
    return np.zeros((800, 600, 3), np.uint8)


def nearly_black() -> Pixels:
    return (phantom() * 0.04).astype(np.uint8)


def blurred() -> Pixels:
    return cv2.GaussianBlur(phantom(), (0, 0), 14)


def profile() -> Pixels:
    spec = SCENES["frontal"]
    turned = replace(spec, pose=replace(spec.pose, yaw_deg=60.0))
    pixels = rendered(turned).pixels
    return cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def covered_mouth() -> Pixels:
    """A fist-sized, skin-coloured thing before mouth and chin."""
    pixels = phantom().copy()
    height, width = pixels.shape[:2]
    skin = pixels[int(height * 0.6), int(width * 0.3)].tolist()
    hand = np.zeros_like(pixels)
    for k in range(4):
        x = int(width * (0.36 + 0.09 * k))
        cv2.ellipse(hand, (x, int(height * 0.63)), (32, 80), 0, 0, 360, (1, 1, 1), -1)
    shade = np.linspace(0.75, 1.05, width)[None, :, None] * np.array(skin)
    return np.where(hand > 0, np.clip(shade, 0, 255), pixels).astype(np.uint8)


NO_FACE: Mapping[str, Callable[[], Pixels]] = {
    "a wall": empty_wall,
    "noise": noise,
    "black": black,
}

NO_USE: Mapping[str, Callable[[], Pixels]] = {
    "two faces": two_faces,
    "nearly black": nearly_black,
    "blurred": blurred,
    "a profile": profile,
    "a covered mouth": covered_mouth,
}
