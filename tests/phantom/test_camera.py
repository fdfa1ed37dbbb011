import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.phantom.camera import AIM_MM, trace, view_of
from vermilion.phantom.head import FAR_MM, build_head
from vermilion.phantom.lips import lip_borders
from vermilion.phantom.spec import Camera, PhantomSpec, Pose
from vermilion.phantom.truth import on_surface

CAMERA = Camera(width_px=300, height_px=400)


@settings(max_examples=30)
@given(
    st.floats(-20, 20),
    st.floats(-12, 12),
    st.floats(-10, 10),
    st.floats(500, 1500),
    st.floats(-40, 40),
    st.floats(-80, 40),
    st.floats(-20, 25),
)
def test_the_ray_of_a_projected_point_passes_through_it(yaw, pitch, roll, distance, x, y, z):
    camera = Camera(width_px=1200, height_px=1600, distance_mm=distance)
    view = view_of(camera, Pose(yaw, pitch, roll))
    px = view.project(np.array([[x, y, z]]))[0]
    u, v = np.float32([[px[0]]]), np.float32([[px[1]]])
    ax, bx, ay, by = (float(a[0, 0]) for a in view.rays(u, v))
    assert ax + z * bx == pytest.approx(x, abs=2e-3)
    assert ay + z * by == pytest.approx(y, abs=2e-3)


def test_positive_angles_turn_right_up_and_clockwise():
    nose = np.array([[0.0, -30.0, 25.0]])
    brow = np.array([[0.0, -90.0, 10.0]])
    still = view_of(CAMERA, Pose())
    assert view_of(CAMERA, Pose(yaw_deg=10)).project(nose)[0, 0] > still.project(nose)[0, 0] + 5
    assert view_of(CAMERA, Pose(pitch_deg=10)).project(nose)[0, 1] < still.project(nose)[0, 1] - 5
    assert view_of(CAMERA, Pose(roll_deg=10)).project(brow)[0, 0] > still.project(brow)[0, 0] + 5


def test_scale_is_that_of_a_pinhole():
    view = view_of(CAMERA, Pose())
    here = AIM_MM[None, :]
    two = np.concatenate([here, here + np.array([10.0, 0, 0])])
    px = view.project(two)
    assert view.mm_per_px(here) * (px[1, 0] - px[0, 0]) == pytest.approx(10)
    assert view.mm_per_px(here) == pytest.approx(320 / 400)


@pytest.mark.parametrize("pose", [Pose(), Pose(15, 0, 0), Pose(-15, 8, 3), Pose(0, -8, 0)])
def test_traced_depth_lies_on_the_head(pose):
    spec = PhantomSpec()
    head = build_head(spec, lip_borders(spec.lips))
    depth, rays = trace(head, view_of(CAMERA, pose), (400, 300))
    x, y = rays[0] + depth * rays[1], rays[2] + depth * rays[3]
    face = (np.abs(x) < 45) & (y > -110) & (y < 38) & (depth > FAR_MM + 12)
    assert face.sum() > 5000
    above = on_surface(head, x[face], y[face])[:, 2] - depth[face]
    assert np.percentile(np.abs(above), 99.5) < 0.05
