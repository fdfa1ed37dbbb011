"""Small phantom mouths, found once and used by all tests of the pictures."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from tests.rendered import seen
from vermilion.phantom import SCENES
from vermilion.photo.photo import Photo
from vermilion.render.scene import LipScene, analyse

Scenes = Callable[[str], LipScene]


@cache
def phantom_scene(name: str) -> LipScene:
    """A named phantom at 900 x 1200 px, its true scale, and its lips as found."""
    image, photo, face = seen(SCENES[name].sized(900, 1200))
    return analyse(photo, face, float(image.truth["scale"]["mm_per_px"]))


@pytest.fixture(scope="session")
def scenes() -> Scenes:
    return phantom_scene


@cache
def deep_scene(name: str) -> LipScene:
    """The same with 16-bit values."""
    shallow = phantom_scene(name)
    photo = Photo(shallow.photo.pixels.astype(np.uint16) * 257)
    return analyse(photo, shallow.face, shallow.frame.mm_per_px)
