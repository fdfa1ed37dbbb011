"""The hard gates of a flip, on phantoms."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.conftest import Scenes, deep_scene, phantom_scene
from vermilion.bench.readback import flow_between, shift_by_correlation
from vermilion.errors import NotReachableError
from vermilion.render.compose import paste, render
from vermilion.render.flip import check_rise, least_jacobian, most_rise_mm, motion
from vermilion.render.scene import analyse
from vermilion.treat.flip import flip_of_rise

NAMES = ("frontal", "thin", "aged", "smile", "gummy_smile", "yaw_left", "moustache")


@pytest.mark.parametrize("name", NAMES)
def test_a_rise_of_nothing_gives_back_every_pixel(scenes: Scenes, name: str) -> None:
    scene = scenes(name)
    assert np.array_equal(paste(scene, render(scene, flip_of_rise(0.0))), scene.photo.pixels)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_changes_outside_the_region_nor_at_nose_and_lower_lip(
    scenes: Scenes, name: str
) -> None:
    scene = scenes(name)
    flip = replace(flip_of_rise(0.8), inner_fall_mm=0.3)
    changed = (paste(scene, render(scene, flip)) != scene.photo.pixels).any(axis=2)
    inside = np.zeros_like(changed)
    box = scene.box
    inside[box.y0 : box.y1, box.x0 : box.x1] = True
    assert changed.any()
    assert not (changed & ~inside).any()
    y_mm = scene.place_mm[1]
    region = changed[box.y0 : box.y1, box.x0 : box.x1]
    assert not (region & (y_mm < scene.frame.ceiling_mm)).any()
    teeth_and_below = scene.heights.upper_inner + 0.3 + 3.1
    assert not (region & (y_mm > teeth_and_below)).any()


@pytest.mark.parametrize("name", ["open", "smile", "gummy_smile", "dark_smile"])
def test_the_lower_lips_skin_keeps_every_bit_even_where_a_lip_comes_down_far(
    scenes: Scenes, name: str
) -> None:
    scene = scenes(name)
    flip = replace(flip_of_rise(1.0), inner_fall_mm=1.0)
    changed = (render(scene, flip) != scene.encoded).any(axis=2)
    x_mm, y_mm = scene.place_mm
    beside = (x_mm < scene.frame.corners_mm[0]) | (x_mm > scene.frame.corners_mm[1])
    assert changed[~beside & (y_mm < scene.heights.lower_outer)].any()
    assert not changed[y_mm > scene.heights.lower_outer].any()


@pytest.mark.parametrize("name", ["frontal", "full", "smile", "yaw_left"])
@pytest.mark.parametrize("rise_mm", [0.5, 1.0])
def test_the_asked_rise_is_read_back_from_the_pixels(
    scenes: Scenes, name: str, rise_mm: float
) -> None:
    scene = scenes(name)
    before, after = np.ascontiguousarray(scene.encoded), render(scene, flip_of_rise(rise_mm))
    frame = scene.frame
    flow = flow_between(before, after, frame.mm_per_px)
    for x in frame.peaks_mm:
        y = float(np.interp(x, frame.x_mm, frame.heights.upper_outer))
        at = np.array(frame.to_px(x, y)) - (scene.box.x0, scene.box.y0)
        matched = shift_by_correlation(before, after, at, frame.down, frame.mm_per_px)
        assert -matched == pytest.approx(rise_mm, abs=0.1)
        assert -flow.shift(at, frame.down) == pytest.approx(rise_mm, abs=0.1)


@settings(max_examples=25)
@given(name=st.sampled_from(NAMES), share=st.floats(0.05, 1), fall_mm=st.floats(0, 0.6))
def test_nothing_folds_at_any_amount(name: str, share: float, fall_mm: float) -> None:
    scene = phantom_scene(name)
    most = most_rise_mm(scene.frame, flip_of_rise(1.0))
    flip = replace(flip_of_rise(share * most), inner_fall_mm=fall_mm)
    assert least_jacobian(scene, motion(scene, flip)) > 0.4


def test_more_rise_moves_the_border_further_everywhere(scenes: Scenes) -> None:
    scene = scenes("frontal")
    rises = [motion(scene, flip_of_rise(r)).rise for r in (0.2, 0.5, 0.9, 1.3)]
    for less, more in pairwise(rises):
        assert (more >= less - 1e-6).all()


def test_the_line_between_closed_lips_stays(scenes: Scenes) -> None:
    scene = scenes("frontal")
    before, after = np.ascontiguousarray(scene.encoded), render(scene, flip_of_rise(1.0))
    frame = scene.frame
    y = float(np.interp(0.0, frame.x_mm, frame.heights.upper_inner))
    at = np.array(frame.to_px(0.0, y + 1.0)) - (scene.box.x0, scene.box.y0)
    assert abs(flow_between(before, after, frame.mm_per_px).shift(at, frame.down)) < 0.05


def test_teeth_below_the_lowered_lip_are_the_photos_own(scenes: Scenes) -> None:
    scene = scenes("smile")
    after = render(scene, replace(flip_of_rise(0.6), inner_fall_mm=0.4))
    teeth = scene.place_mm[1] > scene.heights.upper_inner + 0.4 + 3.0
    teeth &= scene.place_mm[1] < scene.heights.lower_inner
    assert teeth.sum() > 100
    assert np.array_equal(after[teeth], scene.encoded[teeth])


def test_too_much_for_a_thin_lip_is_refused_with_the_most_that_fits(scenes: Scenes) -> None:
    frame = scenes("thin").frame
    with pytest.raises(NotReachableError, match=r"allows \d\.\d mm at the most"):
        check_rise(frame, flip_of_rise(4.0))


def test_sixteen_bits_stay_sixteen_bits() -> None:
    scene = deep_scene("smile")
    flip = replace(flip_of_rise(0.8), inner_fall_mm=0.3)
    deep = render(scene, flip)
    shallow = render(phantom_scene("smile"), flip)
    assert deep.dtype == np.uint16
    assert np.abs(deep / 257.0 - shallow).max() < 2.5


def test_the_same_flip_gives_the_same_bytes(scenes: Scenes) -> None:
    scene = scenes("smile")
    flip = replace(flip_of_rise(0.7), inner_fall_mm=0.3)
    assert np.array_equal(render(scene, flip), render(scene, flip))


def test_no_colour_comes_into_a_photo_without_colour() -> None:
    scene = phantom_scene("frontal")
    grey = np.repeat(scene.photo.pixels.mean(axis=2, keepdims=True).astype(np.uint8), 3, axis=2)
    photo = replace(scene.photo, pixels=grey)
    after = render(analyse(photo, scene.face, scene.frame.mm_per_px), flip_of_rise(1.0))
    assert (np.ptp(after.astype(int), axis=2) == 0).all()
    assert np.ptp(render(scene, flip_of_rise(1.0)).astype(int), axis=2).max() > 0
