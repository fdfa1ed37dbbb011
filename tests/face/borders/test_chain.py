"""The chain finds a path in noise, moves with its evidence and never leaps."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vermilion.face.borders.chain import marginals, mean_and_sd

OFFSETS = np.arange(-10.0, 10.5, 0.5)


def well(path: np.ndarray, depth: float = 1.0) -> np.ndarray:
    """Potential with its best offset on a path."""
    return -depth * (OFFSETS[None] - path[:, None]) ** 2


def test_rows_are_probabilities() -> None:
    rng = np.random.default_rng(1)
    p = marginals(rng.normal(size=(40, len(OFFSETS))) * 5, 0.6)
    assert np.allclose(p.sum(axis=1), 1.0)
    assert (p >= 0).all()


def test_a_smooth_path_is_found_between_the_grid_lines() -> None:
    path = 3.3 * np.sin(np.linspace(0, np.pi, 60))
    mean, _ = mean_and_sd(marginals(well(path, 2.0), 1.0), OFFSETS)
    assert np.abs(mean - path).max() < 0.2


@given(st.floats(-5, 5))
def test_a_path_that_moves_as_a_whole_takes_its_mean_along(shift: float) -> None:
    path = np.linspace(-1, 1, 30)
    first, _ = mean_and_sd(marginals(well(path), 0.6), OFFSETS)
    moved, _ = mean_and_sd(marginals(well(path + shift), 0.6), OFFSETS)
    assert np.abs(moved - first - shift).max() < 0.05


def test_nothing_seen_means_no_move_and_the_whole_prior_as_doubt() -> None:
    prior = np.repeat(-0.5 * (OFFSETS[None] / 3.0) ** 2, 1, axis=0)
    mean, sd = mean_and_sd(marginals(prior, 0.6), OFFSETS)
    assert abs(mean[0]) < 1e-9
    assert 2.5 < sd[0] < 3.1


def test_two_contradicting_places_are_joined_by_a_slope_and_not_by_a_leap() -> None:
    path = np.where(np.arange(60) < 30, -4.0, 4.0)
    mean, _ = mean_and_sd(marginals(well(path, 0.3), 0.5), OFFSETS)
    assert np.abs(np.diff(mean)).max() < 2.0
    assert mean[0] < -3 < 3 < mean[-1]
