import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.phantom.lips import flip_taper, lip_borders
from vermilion.phantom.population import population
from vermilion.phantom.scenes import SCENES
from vermilion.phantom.spec import LipShape


def test_heights_in_the_middle_are_those_asked_for():
    borders = lip_borders(LipShape(upper_height_mm=6.2, lower_height_mm=9.9, opening_mm=3.0))
    assert borders.at("upper_inner", 0) - borders.at("upper_outer", 0) == pytest.approx(6.2)
    assert borders.at("lower_outer", 0) - borders.at("lower_inner", 0) == pytest.approx(9.9)
    assert borders.at("lower_inner", 0) - borders.at("upper_inner", 0) == pytest.approx(3.0)


def test_height_under_the_peak_is_the_one_asked_for():
    shape = LipShape(upper_peak_height_mm=8.1, bow_width_mm=12)
    borders = lip_borders(shape)
    for side in (-6, 6):
        height = borders.at("upper_inner", side) - borders.at("upper_outer", side)
        assert height == pytest.approx(8.1, abs=1e-6)


def test_closed_lips_share_one_line_and_all_curves_meet_in_the_corners():
    borders = lip_borders(LipShape())
    assert np.array_equal(borders.upper_inner, borders.lower_inner)
    for end in (0, -1):
        heights = [borders.upper_outer[end], borders.upper_inner[end], borders.lower_outer[end]]
        assert np.ptp(heights) < 1e-9


@pytest.mark.parametrize("name", SCENES)
def test_borders_never_cross_in_a_scene(name):
    spec = SCENES[name]
    for rise in (0.0, 1.0):
        b = lip_borders(spec.lips, rise)
        assert (b.upper_outer <= b.upper_inner + 1e-9).all()
        assert (b.upper_inner <= b.lower_inner + 1e-9).all()
        assert (b.lower_inner <= b.lower_outer + 1e-9).all()


def test_borders_never_cross_in_the_population():
    for spec in population(300, seed=5):
        b = lip_borders(spec.lips)
        for above, below in (
            (b.upper_outer, b.upper_inner),
            (b.upper_inner, b.lower_inner),
            (b.lower_inner, b.lower_outer),
        ):
            assert (above <= below + 1e-9).all()


@settings(max_examples=30)
@given(st.floats(0, 2.5), st.floats(44, 60))
def test_a_flip_raises_the_upper_border_alone(rise, width):
    shape = LipShape(width_mm=width)
    before, after = lip_borders(shape), lip_borders(shape, rise)
    raised = before.upper_outer - after.upper_outer
    assert raised == pytest.approx(rise * flip_taper(before.x, shape))
    middle = np.abs(before.x) <= shape.bow_width_mm / 2
    assert raised[middle] == pytest.approx(rise)
    assert raised[[0, -1]] == pytest.approx(0)
    for same in ("upper_inner", "lower_inner", "lower_outer"):
        assert np.array_equal(getattr(before, same), getattr(after, same))
