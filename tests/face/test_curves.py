"""Curves go through the landmarks, keep their order and name the right points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from vermilion.face.curves import (
    CLOSED,
    OPEN,
    SAMPLES,
    drawn_together,
    mesh_curves,
    mouth_frame,
    named_points,
    opening,
    pchip,
    smooth,
)
from vermilion.face.pose import frontal_mesh
from vermilion.face.topology import LOWER_OUTER, MIRROR, UPPER_OUTER


def mesh() -> np.ndarray:
    return frontal_mesh() * 300.0 + 500.0


@given(
    st.lists(st.floats(0.1, 5), min_size=3, max_size=9),
    st.lists(st.floats(-9, 9), min_size=10, max_size=10),
)
def test_our_monotone_cubic_is_scipys(steps: list[float], heights: list[float]) -> None:
    x = np.concatenate([[0.0], np.cumsum(steps)])
    y = np.array(heights[: len(x)]).round(6)  # SciPy itself warns on heights of 1e-308
    at = np.linspace(0, x[-1], 57)
    assert np.allclose(pchip(x, y, at), PchipInterpolator(x, y)(at), atol=1e-9)


def test_two_coordinates_at_once_are_each_by_itself() -> None:
    x, at = np.array([0.0, 1.0, 2.5, 3.0]), np.linspace(-0.5, 3.5, 41)
    both = np.array([[0.0, 5.0], [2.0, 5.0], [1.0, -3.0], [1.5, -9.0]])
    apart = [pchip(x, both[:, k], at) for k in range(2)]
    assert np.array_equal(pchip(x, both, at), np.column_stack(apart))


def test_curves_run_from_corner_to_corner_at_one_length() -> None:
    points = mesh()
    curves = mesh_curves(points)
    for line in (curves.upper_outer, curves.upper_inner, curves.lower_inner, curves.lower_outer):
        assert line.shape == (SAMPLES, 2)
        assert np.allclose(line[0], points[61, :2])
        assert np.allclose(line[-1], points[291, :2])


@pytest.mark.parametrize("ring", [UPPER_OUTER, LOWER_OUTER])
def test_a_smooth_curve_passes_all_its_landmarks(ring: np.ndarray) -> None:
    knots = mesh()[ring, :2]
    line = smooth(knots, 2000)
    near = np.hypot(*(line[:, None] - knots[None]).transpose(2, 0, 1)).min(axis=0)
    assert near.max() < 0.1


def test_mirroring_is_its_own_inverse_and_swaps_the_corners() -> None:
    assert (MIRROR[MIRROR] == np.arange(478)).all()
    assert MIRROR[61] == 291
    assert MIRROR[468] == 473


def test_points_are_named_from_the_client_and_from_the_image_left_is_right() -> None:
    points = mesh()
    named = named_points(points, mesh_curves(points))
    assert named["commissure_right"][0] < named["commissure_left"][0]
    assert named["crista_philtri_right"][0] < named["labiale_superius"][0]
    assert named["labiale_superius"][0] < named["crista_philtri_left"][0]
    assert named["crista_philtri_left"][1] < named["labiale_superius"][1]
    assert named["subnasale"][1] < named["labiale_superius"][1] < named["labiale_inferius"][1]
    assert "stomion" in named or {"stomion_superius", "stomion_inferius"} <= set(named)


@given(st.floats(0, 0.1), st.floats(0, 0.004))
def test_lips_that_part_a_little_move_a_little(gap: float, more: float) -> None:
    upper = np.column_stack([np.linspace(0, 1, 9), np.zeros(9)])

    def lower(g: float) -> np.ndarray:
        return upper + np.array([0.0, g])

    def below(g: float) -> float:
        return float(drawn_together(upper, lower(g), g)[1][4, 1])

    assert 0 <= below(gap + more) - below(gap) <= 3 * more + 1e-12
    assert gap > CLOSED or np.ptp(drawn_together(upper, lower(gap), gap), axis=0).max() == 0
    assert gap < OPEN or below(gap) == pytest.approx(gap)


def test_a_frame_turns_there_and_back() -> None:
    frame = mouth_frame(np.array([10.0, 5.0]), np.array([40.0, 45.0]))
    assert frame.width_px == pytest.approx(50.0)
    assert np.allclose(frame.own(np.array([[10.0, 5.0]])), [[-0.5, 0.0]])
    some = np.array([[1.0, 2.0], [-3.0, 4.0]])
    assert np.allclose(frame.photo(frame.own(some)), some)


def test_opening_is_a_share_of_the_mouth() -> None:
    points = mesh()
    assert opening(points) == pytest.approx(opening(points * 3.0))
