import numpy as np
import pytest

from vermilion.phantom import population
from vermilion.phantom.population import Norms


def test_the_same_seed_gives_the_same_people_and_another_gives_others():
    assert population(20, seed=3) == population(20, seed=3)
    assert population(20, seed=3)[:5] == population(5, seed=3)
    assert population(20, seed=3) != population(20, seed=4)


def test_irises_spread_as_their_source_says_and_lips_are_cut_off():
    people = population(600, seed=1, open_share=0)
    irises = np.array([p.face.iris_diameter_mm for p in people])
    mean, sd = Norms().iris_diameter_mm
    assert irises.mean() == pytest.approx(mean, abs=0.05)
    assert irises.std() == pytest.approx(sd, rel=0.08)
    widths = np.array([p.lips.width_mm for p in people])
    mean, sd = Norms().mouth_width_mm
    assert np.abs(widths - mean).max() <= 2 * sd + 1e-3


def test_people_differ_in_pose_skin_distance_and_expression():
    people = population(200, seed=2, yaw_deg=10, open_share=0.4)
    assert max(abs(p.pose.yaw_deg) for p in people) <= 10
    assert min(p.pose.yaw_deg for p in people) < -7 < 7 < max(p.pose.yaw_deg for p in people)
    assert len({p.colours.skin for p in people}) == 6
    distances = [p.camera.distance_mm for p in people]
    assert 500 <= min(distances) < 650
    assert 1350 < max(distances) <= 1500
    open_share = np.mean([p.lips.opening_mm > 0 for p in people])
    assert 0.3 < open_share < 0.5


def test_norms_of_another_group_can_be_given():
    people = population(300, seed=2, norms=Norms(upper_height_mm=(9.0, 1.0)), open_share=0)
    assert np.mean([p.lips.upper_height_mm for p in people]) == pytest.approx(9.0, abs=0.2)
