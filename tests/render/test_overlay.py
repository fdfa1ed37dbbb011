"""Overlays and the mark."""

from __future__ import annotations

import numpy as np
import pytest

from tests.render.conftest import Scenes, deep_scene
from vermilion.render.overlay import draw_found, mark
from vermilion.units import Measured


@pytest.mark.parametrize("size", [(40, 60), (400, 300), (3000, 2000)])
def test_the_mark_is_readable_on_black_and_on_white(size: tuple[int, int]) -> None:
    for level in (0, 255):
        plain = np.full((*size, 3), level, np.uint8)
        marked = mark(plain)
        assert (plain == level).all(), "the original stays"
        corner = marked[size[0] // 2 :, : size[1]]
        if size[0] > 100:
            assert int(corner.max()) - int(corner[corner < 200].min(initial=255)) > 120


def test_overlays_mark_the_lips_and_leave_the_photo_alone(scenes: Scenes) -> None:
    scene = scenes("frontal")
    found = scene.face
    labels = {
        "mouth_width": Measured(50.0, 1.8, "mm"),
        "upper_lower_ratio": Measured(0.6, 0.05, "ratio"),
    }
    drawn = draw_found(scene.photo.pixels, found.curves, found.points, labels)
    changed = (drawn != scene.photo.pixels).any(axis=2)
    x, y = np.rint(found.curves.upper_outer[20]).astype(int)
    assert changed[y, x]
    assert changed.mean() < 0.05


def test_sixteen_bit_photos_can_be_drawn_on() -> None:
    scene = deep_scene("frontal")
    drawn = draw_found(scene.photo.pixels, scene.face.curves, scene.face.points)
    assert drawn.dtype == np.uint16
    assert (drawn != scene.photo.pixels).any()
    assert mark(drawn).dtype == np.uint16
