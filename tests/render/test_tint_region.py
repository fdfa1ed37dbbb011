"""Halo and swelling on phantoms, and what a slider does to the colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest

from tests.render.conftest import Scenes, deep_scene, phantom_scene
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.render.scene import LipScene
from vermilion.render.tint_region import _beyond_border, tint_region
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.outcome import BlushOutcome

NAMES = ("frontal", "smile", "moustache")


def settled(scene: LipScene, saturation: float = 0.6, shade: str = "natural_rose") -> BlushOutcome:
    plan = BlushPlan(shade=shade, saturation=saturation)
    return blush_outcome(plan, scene.lip.bare, 60.0).expected


def bare(scene: LipScene) -> BlushOutcome:
    return BlushOutcome(0.0, scene.lip.bare)


def beyond_mm(scene: LipScene) -> np.ndarray:
    """(H, W) each pixel's distance from the lips, 0 on them and between them."""
    curves = scene.face.curves
    ring = np.concatenate([curves.upper_outer, curves.lower_outer[::-1]])
    skin = np.ones(scene.box.shape, np.uint8)
    corner = np.array([scene.box.x0, scene.box.y0])
    cv2.fillPoly(skin, [np.rint(ring - corner).astype(np.int32)], 0)
    return cv2.distanceTransform(skin, cv2.DIST_L2, 5) * scene.frame.mm_per_px


@pytest.mark.parametrize("made", [phantom_scene, deep_scene])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_asked_gives_back_every_bit(made: Scenes, name: str) -> None:
    scene = made(name)
    assert np.array_equal(tint_region(scene, bare(scene)), scene.encoded)


@pytest.mark.parametrize("made", [phantom_scene, deep_scene])
@pytest.mark.parametrize("name", NAMES)
def test_skin_without_pigment_keeps_every_bit(made: Scenes, name: str) -> None:
    scene = made(name)
    changed = (tint_region(scene, settled(scene)) != scene.encoded).any(axis=2)
    assert changed.any()
    assert not changed[beyond_mm(scene) > 1.0].any()


@pytest.mark.parametrize("shade", ["natural_rose", "berry"])
def test_more_saturation_is_more_colour_and_reaches_what_it_says(
    scenes: Scenes, shade: str
) -> None:
    scene = scenes("frontal")
    reds = []
    for saturation in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        outcome = settled(scene, saturation, shade)
        pixels = tint_region(scene, outcome)[scene.vermilion]
        lab = linear_to_lab(srgb_to_linear(pixels)).reshape(-1, 3).mean(axis=0)
        assert lab == pytest.approx(outcome.mean_lab, abs=1.0)
        reds.append(float(np.hypot(*(lab - scene.lip.bare.mean)[1:])))
    assert all(later > sooner for sooner, later in pairwise(reds))


def test_redness_is_a_ring_of_skin_that_fades_outward(scenes: Scenes) -> None:
    scene = scenes("smile")
    before = np.ascontiguousarray(scene.encoded)
    after = tint_region(scene, replace(bare(scene), redness=1.0))
    taken = before[..., 1].astype(int) - after[..., 1]
    away = beyond_mm(scene)
    on_skin = np.abs(scene.frame.s_of(scene.place_mm[0])) < 1.5
    near, far = (taken[on_skin & (away > low) & (away < low + 1)].mean() for low in (0.6, 3.5))
    assert near > 4 * max(far, 0.1)
    assert not taken[on_skin & (away > 7.5)].any()
    y = scene.place_mm[1]
    mouth = (y > scene.heights.upper_inner) & (y < scene.heights.lower_inner)
    assert not (before != after)[mouth & on_skin].any()


def test_no_pale_line_is_left_between_lip_and_reddened_skin(scenes: Scenes) -> None:
    scene = scenes("frontal")
    before = np.ascontiguousarray(scene.encoded)
    after = tint_region(scene, replace(bare(scene), redness=1.0))
    share = after[..., 1] / np.maximum(before[..., 1], 1)
    away, middle = beyond_mm(scene), np.abs(scene.frame.s_of(scene.place_mm[0])) < 1.2
    at_border, further = (
        share[middle & (away > low) & (away < low + 0.4)].mean() for low in (0.0, 0.8)
    )
    assert at_border < further < 1


def test_swelling_moves_both_borders_out_and_leaves_the_line_between_the_lips(
    scenes: Scenes,
) -> None:
    scene = scenes("frontal")
    swollen = replace(bare(scene), swelling_mm=0.6)
    before, after = np.ascontiguousarray(scene.encoded), tint_region(scene, swollen)
    y, s = scene.place_mm[1], scene.frame.s_of(scene.place_mm[0])
    away = beyond_mm(scene)
    just_outside = (away > 0.15) & (away < 0.45) & (np.abs(s) < 0.8)
    assert (before[just_outside, 1].astype(int) - after[just_outside, 1]).mean() > 5
    line = np.abs(y - scene.heights.upper_inner) < 0.15
    assert np.abs(before[line].astype(int) - after[line]).mean() < 3
    assert not (before != after)[away > 7.5].any()


def test_a_moving_slider_shows_the_same_picture_but_for_resampling(scenes: Scenes) -> None:
    scene = scenes("frontal")
    fresh = replace(settled(scene), swelling_mm=0.5, redness=0.8)
    fine = tint_region(scene, fresh).astype(int)
    quick = tint_region(scene, fresh, interpolation=cv2.INTER_LINEAR).astype(int)
    assert np.abs(fine - quick).mean() < 1


def test_redness_begins_where_pigment_fades_and_not_in_the_mouth() -> None:
    scene = phantom_scene("frontal")
    at, h = scene.coarse, scene.coarse.heights
    inside, step = scene.bare_lip.inside_border(scene.encoded.shape), scene.coarse.step
    inside = inside[step // 2 :: step, step // 2 :: step][: at.x_mm.shape[0], : at.x_mm.shape[1]]
    depth = np.minimum(at.y_mm - h.upper_outer, h.lower_outer - at.y_mm)
    fading = (depth > 0) & (depth < 1) & (inside < 0.6) & (np.abs(at.s) < 1.9)
    assert fading.sum() > 20
    halo = _beyond_border(scene)
    assert np.allclose(halo[fading], 1 - inside[fading], atol=0.02)
    assert halo[depth > 3].max() == 0
    open_scene = phantom_scene("open")
    at, h = open_scene.coarse, open_scene.coarse.heights
    mouth = (at.y_mm > h.upper_inner) & (at.y_mm < h.lower_inner)
    assert mouth.any()
    assert not _beyond_border(open_scene)[mouth].any()
