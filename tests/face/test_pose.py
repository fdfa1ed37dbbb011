"""Head pose of turned mean faces, and where a turned head is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.face.drawn import drawn_face
from vermilion.errors import FaceError
from vermilion.face.lips import Pose
from vermilion.face.pose import (
    BASE_OF_NOSE,
    frontal_mesh,
    head_pose,
    place_of_nose,
    require_frontal,
)
from vermilion.know.sourced import topic


@given(st.floats(-40, 40), st.floats(-30, 30))
def test_a_turned_mean_face_tells_its_turn(yaw_deg: float, roll_deg: float) -> None:
    pose = drawn_face(yaw_deg=yaw_deg, roll_deg=roll_deg).pose
    assert pose.yaw_deg == pytest.approx(yaw_deg, abs=0.01)
    assert pose.roll_deg == pytest.approx(roll_deg, abs=0.01)
    assert pose.pitch_deg == pytest.approx(0, abs=0.01)


@given(st.floats(-20, 20))
def test_a_nodding_mean_face_tells_its_nod(pitch_deg: float) -> None:
    cos, sin = np.cos(np.radians(pitch_deg)), np.sin(np.radians(pitch_deg))
    nod = np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]])
    assert head_pose(frontal_mesh() @ nod.T).pitch_deg == pytest.approx(pitch_deg, abs=0.01)


def test_a_nose_set_high_is_not_taken_for_a_raised_head() -> None:
    mesh = frontal_mesh().copy()
    mesh[BASE_OF_NOSE, 1] -= 0.02
    share = place_of_nose(frontal_mesh()) - place_of_nose(mesh)
    back_deg = topic("scale").number("nose_as_pitch").value * share
    assert share > 0.02
    assert head_pose(mesh).pitch_deg == pytest.approx(-back_deg, abs=0.2)


@given(st.floats(-15, 15))
def test_up_to_fifteen_degrees_there_is_nothing_to_say(yaw_deg: float) -> None:
    assert require_frontal(Pose(yaw_deg, 0, 0)) == ""


@pytest.mark.parametrize("yaw_deg", [-24.0, 16.0, 25.0])
def test_up_to_twenty_five_degrees_there_is_a_warning(yaw_deg: float) -> None:
    assert "turned" in require_frontal(Pose(yaw_deg, 0, 0))


@pytest.mark.parametrize("yaw_deg", [-60.0, 25.5])
def test_beyond_the_face_is_refused(yaw_deg: float) -> None:
    with pytest.raises(FaceError, match="turned"):
        require_frontal(Pose(yaw_deg, 0, 0))
