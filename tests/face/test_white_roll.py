"""The white roll."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.render.conftest import phantom_scene
from vermilion.face.white_roll import white_roll


def painted(amount: float) -> tuple[np.ndarray, np.ndarray | None]:
    """A phantom without texture, with a ridge drawn 0.9 mm above its border; and what is found."""
    scene = phantom_scene("frontal")
    h, y = scene.heights, scene.place_mm[1]
    skin = np.full(scene.photo.pixels.shape, (190, 150, 130), np.float64)
    box = scene.box
    region = skin[box.y0 : box.y1, box.x0 : box.x1]
    region[(y > h.upper_outer) & (y < h.lower_outer)] = (160, 95, 95)
    ridge = np.exp(-(((h.upper_outer - y - 0.9) / 0.35) ** 2))[..., None]
    region += amount * ridge
    photo = replace(scene.photo, pixels=np.clip(skin, 0, 255).astype(np.uint8))
    found = white_roll(photo, scene.face)
    return scene.face.curves.upper_outer, found


def test_a_ridge_is_found_where_it_lies() -> None:
    border, found = painted(30.0)
    assert found is not None
    mm = phantom_scene("frontal").frame.mm_per_px
    above = np.interp(found[:, 0], border[:, 0], border[:, 1]) - found[:, 1]
    middle = np.abs(found[:, 0] - border[:, 0].mean()) < 10 / mm
    assert abs(float(np.median(above[middle])) * mm - 0.9) < 0.25


def test_plain_skin_has_none() -> None:
    assert painted(0.0)[1] is None
