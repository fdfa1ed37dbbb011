"""The lip's frame."""

from __future__ import annotations

import numpy as np
import pytest

from tests.render.conftest import Scenes
from vermilion.face.lips import LipCurves
from vermilion.render.frame import LipFrame, lip_frame

DEG = np.pi / 180


def mouth(roll_deg: float, shift: tuple[float, float]) -> LipFrame:
    """An exact mouth 40 mm wide at 10 px/mm: borders 6 and 8 mm high, turned and moved."""
    x = np.linspace(-20, 20, 81)
    bulge = 1 - (x / 20) ** 2
    turn = np.array(
        [
            [np.cos(roll_deg * DEG), np.sin(roll_deg * DEG)],
            [-np.sin(roll_deg * DEG), np.cos(roll_deg * DEG)],
        ]
    )

    def px(y: np.ndarray) -> np.ndarray:
        return np.column_stack([x, y]) @ turn * 10 + shift

    def one(at_x: float, at_y: float) -> tuple[float, float]:
        p = np.array([at_x, at_y]) @ turn * 10 + shift
        return float(p[0]), float(p[1])

    curves = LipCurves(px(-6 * bulge), px(0 * bulge), px(0 * bulge), px(8 * bulge))
    points = {
        "crista_philtri_right": one(-5, -5.6),
        "crista_philtri_left": one(5, -5.6),
        "labiale_superius": one(0, -6),
        "subnasale": one(0, -18),
    }
    return lip_frame(curves, points, 0.1)


@pytest.mark.parametrize("roll_deg", [-20.0, 0.0, 7.0])
def test_heights_do_not_depend_on_how_the_head_is_turned(roll_deg: float) -> None:
    frame = mouth(roll_deg, (300, 200))
    middle = int(np.argmin(np.abs(frame.x_mm)))
    assert frame.heights.upper_outer[middle] == pytest.approx(-6, abs=0.02)
    assert frame.heights.lower_outer[middle] == pytest.approx(8, abs=0.02)
    assert frame.corners_mm == pytest.approx((-20, 20), abs=1e-6)
    assert frame.ceiling_mm == pytest.approx(-18, abs=1e-6)


def test_the_anatomical_coordinate_is_fixed_at_corners_peaks_and_middle() -> None:
    frame = mouth(5, (0, 0))
    s = frame.s_of(np.array([-30, -20, -5, 0, 5, 20, 30], np.float32))
    assert s == pytest.approx([-2, -2, -1, 0, 1, 2, 2], abs=1e-5)


def test_pixels_and_millimetres_turn_into_each_other() -> None:
    frame = mouth(12, (50, 70))
    at = frame.to_px(3.0, -2.0)
    x, y = frame.to_mm(np.float32([[at[0]]]), np.float32([[at[1]]]))
    assert (float(x[0, 0]), float(y[0, 0])) == pytest.approx((3.0, -2.0), abs=1e-4)


def test_borders_keep_their_order_on_every_phantom(scenes: Scenes) -> None:
    for name in ("frontal", "smile", "thin"):
        h = scenes(name).frame.heights
        assert (
            np.diff([h.upper_outer, h.upper_inner, h.lower_inner, h.lower_outer], axis=0) >= 0
        ).all()
