"""What a turned or nodding head does to lengths."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.face.foreshortening import (
    believed_pitch_rad,
    factors,
    lower_end_aside,
    over,
    seen_from_above_rad,
    times,
)
from vermilion.face.lips import Pose


def test_widths_of_a_turned_head_grow_by_its_cosine() -> None:
    assert factors(Pose(12.0, 0.0, 0.0))["across"][0] == pytest.approx(
        1 / math.cos(math.radians(12))
    )


@given(st.floats(15, 25))
def test_no_more_than_fifteen_degrees_are_corrected(yaw_deg: float) -> None:
    turned, most = factors(Pose(yaw_deg, 0, 0)), factors(Pose(15.0, 0, 0))
    assert turned["across"][0] == pytest.approx(most["across"][0])


@given(st.floats(-20, 20), st.floats(-15, 15))
def test_left_and_right_turns_are_corrected_alike(yaw_deg: float, pitch_deg: float) -> None:
    assert factors(Pose(yaw_deg, pitch_deg, 0)) == factors(Pose(-yaw_deg, pitch_deg, 0))


@given(st.floats(-15, 14))
def test_the_upper_lip_of_a_head_tipped_up_looks_taller_and_is_corrected(pitch: float) -> None:
    lower, higher = factors(Pose(0, pitch, 0)), factors(Pose(0, pitch + 1, 0))
    assert higher["upper"][0] < lower["upper"][0]


def test_a_head_tipped_up_by_the_line_of_sight_needs_no_correction_of_heights() -> None:
    believed = believed_pitch_rad(Pose(0, 1, 0))
    level = factors(Pose(0, seen_from_above_rad() / believed, 0))
    assert level["upper"][0] == pytest.approx(1)
    assert level["philtrum"][0] == pytest.approx(1)


def test_a_head_turned_to_image_right_shows_what_lies_further_back_to_image_left() -> None:
    assert lower_end_aside(Pose(10, 0, 0)) < 0 < lower_end_aside(Pose(-10, 0, 0))
    assert lower_end_aside(Pose(0, 5, 0)) == 0
    assert lower_end_aside(Pose(24, 0, 0)) == lower_end_aside(Pose(15, 0, 0))


def test_a_found_pitch_is_believed_in_part() -> None:
    assert 0.7 < believed_pitch_rad(Pose(0, 5, 0)) / math.radians(5) < 1


def test_errors_of_factors_add_as_squares() -> None:
    assert times((2.0, 0.03), (3.0, 0.04)) == (6.0, pytest.approx(0.05))
    assert over((2.0, 0.03), (4.0, 0.04)) == (0.5, pytest.approx(0.05))
