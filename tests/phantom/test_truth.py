from dataclasses import replace

import numpy as np
import pytest

from vermilion.phantom import SCENES, PhantomSpec, render_phantom
from vermilion.phantom.ink import encode, lab_to_linear, linear_to_lab
from vermilion.phantom.lips import lip_borders
from vermilion.phantom.scenes import TONES
from vermilion.phantom.spec import LipShape, Mouth
from vermilion.phantom.truth import CURVES, measures_of


def measures(**shape):
    spec = PhantomSpec(lips=LipShape(**shape))
    return measures_of(spec, lip_borders(spec.lips))


def test_measures_are_those_the_lips_were_built_with():
    found = measures(width_mm=54, upper_height_mm=6.5, lower_height_mm=9.1, bow_width_mm=12)
    assert found["mouth_width_mm"] == pytest.approx(54)
    assert found["upper_vermilion_height_mm"] == pytest.approx(6.5)
    assert found["lower_vermilion_height_mm"] == pytest.approx(9.1)
    assert found["philtrum_length_mm"] == pytest.approx(14)
    assert found["cupids_bow_width_mm"] == pytest.approx(12, abs=1.5)
    assert found["opening_mm"] == 0
    assert found["teeth_show_mm"] == found["gum_show_mm"] == 0


def test_a_flip_takes_from_the_philtrum_what_it_gives_to_the_lip():
    spec = PhantomSpec()
    before = measures_of(spec, lip_borders(spec.lips))
    after = measures_of(spec, lip_borders(spec.lips, 0.8))
    gain = after["upper_vermilion_height_mm"] - before["upper_vermilion_height_mm"]
    assert gain == pytest.approx(0.8)
    assert before["philtrum_length_mm"] - after["philtrum_length_mm"] == pytest.approx(0.8)
    assert after["cupids_bow_depth_mm"] == pytest.approx(before["cupids_bow_depth_mm"], abs=1e-6)


def test_a_corner_higher_on_the_left_tilts_the_mouth_up_to_the_left():
    assert measures(corner_asymmetry_mm=2.0)["commissure_tilt_deg"] == pytest.approx(
        -np.degrees(np.arctan2(2, 50))
    )


def test_teeth_and_gum_add_up_to_what_the_opening_shows():
    lips = LipShape(opening_mm=12.0, tubercle_mm=0.0)
    spec = PhantomSpec(lips=lips, mouth=Mouth(incisal_edge_mm=5.0, crown_mm=7.0))
    found = measures_of(spec, lip_borders(lips))
    assert found["gum_show_mm"] > 1
    assert 5 < found["teeth_show_mm"] < 7.1
    low = measures_of(
        replace(spec, mouth=Mouth(incisal_edge_mm=5.0, crown_mm=12.0)), lip_borders(lips)
    )
    assert low["gum_show_mm"] == 0


@pytest.mark.parametrize("name", SCENES)
def test_curves_and_points_lie_in_the_picture_and_on_each_other(name):
    truth = render_phantom(SCENES[name].sized(150, 200)).truth
    curves = {c: np.asarray(truth["curves"][c]) for c in CURVES}
    for line in curves.values():
        assert (np.diff(line[:, 0]) > 0).all()
        assert line.min() > 0
        assert line.max() < 200
        assert np.allclose(line[[0, -1]], curves["upper_outer"][[0, -1]], atol=0.02)
    points = truth["points"]
    assert np.allclose(curves["upper_outer"][0], points["commissure_right"], atol=0.02)
    assert np.allclose(curves["lower_outer"][100], points["labiale_inferius"], atol=0.05)
    assert points["pupil_right"][0] < points["subnasale"][0] < points["pupil_left"][0]
    assert points["subnasale"][1] < points["labiale_superius"][1]


def test_width_in_px_times_scale_is_the_true_width():
    truth = render_phantom(PhantomSpec()).truth
    points, scale = truth["points"], truth["scale"]["mm_per_px"]
    width = np.hypot(*np.subtract(points["commissure_left"], points["commissure_right"])) * scale
    # the corners lie a centimetre behind the lips' mean plane
    assert width == pytest.approx(truth["measures"]["mouth_width_mm"], rel=0.015)


def test_tones_span_the_classes_of_ita():
    angles = {
        name: np.degrees(np.arctan2(tone.skin[0] - 50, tone.skin[2]))
        for name, tone in TONES.items()
    }
    limits = {
        "very_light": (55, 90),
        "light": (41, 55),
        "intermediate": (28, 41),
        "tan": (10, 28),
        "brown": (-30, 10),
        "dark": (-90, -30),
    }
    for name, (low, high) in limits.items():
        assert low < angles[name] <= high, name


def test_own_colour_code_agrees_with_known_values():
    colour = pytest.importorskip("colour")
    for lab in ((54.0, 24.0, 14.0), (28.0, 12.0, 7.0), (84.0, 1.0, 11.0)):
        d65 = np.array([0.3127, 0.3290])
        linear = colour.XYZ_to_RGB(colour.Lab_to_XYZ(lab, d65), "sRGB")
        assert lab_to_linear(lab) == pytest.approx(linear, abs=2e-3)
        assert linear_to_lab(linear) == pytest.approx(lab, abs=0.05)
        levels = colour.models.eotf_inverse_sRGB(linear) * 255
        assert encode(np.asarray(linear, np.float32)) == pytest.approx(levels, abs=0.2)
