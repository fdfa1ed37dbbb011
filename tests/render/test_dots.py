"""The needle's dots: seen from close only, and no change of the mean."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.render.dots import raster, visible


def test_dots_are_seen_on_close_pictures_only() -> None:
    assert visible(3.0) == visible(6.0) == 0
    assert 0 < visible(7.5) < 1
    assert visible(9.0) == visible(20.0) == 1


@pytest.mark.parametrize("px_per_mm", [7.0, 14.0])
def test_dots_keep_the_mean_and_repeat(px_per_mm: float) -> None:
    step = 1 / px_per_mm
    x, y = (part.ravel() for part in np.meshgrid(np.arange(0, 8, step), np.arange(0, 8, step)))
    x, y = x.astype(np.float32), y.astype(np.float32)
    dots = raster(x, y, px_per_mm)
    assert float(dots.mean()) == pytest.approx(1, abs=1e-4)
    assert dots.min() >= 0
    assert np.array_equal(dots, raster(x, y, px_per_mm))


def test_coarser_pixels_show_fainter_dots() -> None:
    x, y = (part.ravel() for part in np.meshgrid(np.arange(0, 8, 0.05), np.arange(0, 8, 0.05)))
    x, y = x.astype(np.float32), y.astype(np.float32)
    assert raster(x, y, 6.0).std() < raster(x, y, 16.0).std()
