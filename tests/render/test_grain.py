"""Noise and cells: fixed to the lip in millimetres, the same at any photo size."""

from __future__ import annotations

import numpy as np

from vermilion.render.grain import mottle, noise_at, scatter, smooth_noise


def test_noise_has_no_mean_and_unit_spread() -> None:
    axis = np.arange(-30, 30, 0.2, dtype=np.float32)
    noise = smooth_noise(axis, axis, 1.0, seed=1)
    assert abs(float(noise.mean())) < 0.1
    assert 0.9 < float(noise.std()) < 1.1


def test_noise_is_the_same_field_at_every_grain() -> None:
    fine = np.arange(-10, 10, 0.1, dtype=np.float32)
    coarse = fine[::4]
    at_fine = smooth_noise(fine, fine, 1.3, seed=2)[::4, ::4]
    np.testing.assert_allclose(smooth_noise(coarse, coarse, 1.3, seed=2), at_fine, atol=1e-4)


def test_noise_is_smooth_however_fine_it_is_read() -> None:
    axis = np.arange(-2, 2, 0.005, dtype=np.float32)
    steps = np.abs(np.diff(smooth_noise(axis, axis[:1], 1.0, seed=3)))
    assert float(steps.max()) < 0.03


def test_noise_at_points_is_the_noise_of_the_grid() -> None:
    axis = np.arange(-6, 6, 0.1, dtype=np.float32)
    x, y = (part.ravel() for part in np.meshgrid(axis, axis))
    grid = smooth_noise(axis, axis, 1.6, seed=4).ravel()
    assert np.abs(noise_at(x, y, 1.6, 4) - grid).max() < 0.25
    assert np.corrcoef(noise_at(x, y, 1.6, 4), grid)[0, 1] > 0.99


def test_a_mottle_is_even_in_the_mean_and_shows_less_detail_in_a_coarse_photo() -> None:
    axis = np.arange(-25, 25, 0.2, dtype=np.float32)
    x, y = (part.ravel() for part in np.meshgrid(axis, axis))
    coarse, fine = (mottle(x, y, px_per_mm) for px_per_mm in (1.5, 8.0))
    for noise in (coarse, fine):
        assert abs(float(noise.mean())) < 0.1
        assert 0.8 < float(noise.std()) < 1.2
    steps = [np.abs(np.diff(noise.reshape(axis.size, -1))).mean() for noise in (coarse, fine)]
    assert steps[1] > 1.3 * steps[0]


def test_the_nearest_seed_is_the_nearest_of_all() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-20, 20, (2, 500)).astype(np.float32)
    cells = scatter(x, y, (1.0, 1.0), 0.4, seed=5)
    # Every point of one cell is nearer to its seed than its border is.
    assert (cells.edge_mm >= 0).all()
    assert (cells.far_mm < 1.5).all()
    assert (cells.own != cells.other).all()


def test_cells_have_the_asked_size() -> None:
    axis = np.arange(-15, 15, 0.1, dtype=np.float32)
    x, y = (part.ravel() for part in np.meshgrid(axis, axis))
    found = np.unique(scatter(x, y, (1.2, 2.0), 0.4, seed=6).own).size
    assert 0.85 < found * 1.2 * 2.0 / 30**2 < 1.25
