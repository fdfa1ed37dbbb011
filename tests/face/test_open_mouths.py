"""The inner edges of open mouths, on rendered faces whose lips are exactly known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rendered import seen
from vermilion.phantom import SCENES

WITHIN_MM = 0.35
"""A landmark alone misses the lower lip's edge by 0.5 mm on the mean, and by 1 mm at worst."""


@pytest.mark.parametrize("name", ["open", "smile", "dark_smile"])
def test_the_lower_lips_edge_is_found_in_an_open_mouth(name: str) -> None:
    image, _, face = seen(SCENES[name].sized(900, 1200))
    found = face.curves.lower_inner
    true = np.asarray(image.truth["curves"]["lower_inner"])
    x = np.linspace(true[:, 0].min(), true[:, 0].max(), 50)[6:-6]
    off = np.interp(x, found[:, 0], found[:, 1]) - np.interp(x, true[:, 0], true[:, 1])
    assert np.abs(off).mean() * image.truth["scale"]["mm_per_px"] < WITHIN_MM
