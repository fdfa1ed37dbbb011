"""Lips and skin told apart by colour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.render.conftest import phantom_scene
from vermilion.face.contrast import lip_contrast


def test_lips_differ_from_their_skin() -> None:
    for name in ("frontal", "dark"):
        scene = phantom_scene(name)
        assert lip_contrast(scene.photo, scene.face) > 4


def test_a_mouth_under_something_of_one_colour_does_not_differ() -> None:
    scene = phantom_scene("frontal")
    pixels = scene.photo.pixels.copy()
    box = scene.box
    pixels[box.y0 - 40 : box.y1 + 40, box.x0 - 40 : box.x1 + 40] = (196, 150, 130)
    covered = replace(scene.photo, pixels=np.ascontiguousarray(pixels))
    assert lip_contrast(covered, scene.face) < 1
