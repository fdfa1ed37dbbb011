"""The picture shows what the truth says."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from vermilion.phantom import SCENES, PhantomSpec, render_phantom
from vermilion.phantom.spec import Camera, Pose

CLEAN = Camera(width_px=900, height_px=1200, noise_sd=0.0)
REACH_MM = 1.2


def clean(name):
    return replace(SCENES[name], camera=CLEAN)


def edge_offsets_px(image, curve, side):
    """How far (px, outwards) the half-way point of the colour change lies from the true border.

    Colour = the log ratios red:green and green:blue, which do not see shading, along the line that
    parts lip from skin. Sampled along the border's normals over the middle of the lip.
    """
    line = np.asarray(image.truth["curves"][curve])
    step_mm = image.truth["scale"]["mm_per_px"]
    linear = (image.pixels.astype(np.float64) / 255) ** 2.2 + 1e-3
    ratios = np.log(linear[..., :2] / linear[..., 1:]).astype(np.float32)
    tangent = np.gradient(line, axis=0)
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], 1) * side
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    reach = REACH_MM / step_mm
    out = np.linspace(-reach, reach, 81)
    at = line[25:-25, None] + out[:, None] * normal[25:-25, None]
    both = cv2.remap(
        ratios, at[..., 0].astype(np.float32), at[..., 1].astype(np.float32), cv2.INTER_CUBIC
    )
    profile = both @ (both[:, :12].mean((0, 1)) - both[:, -12:].mean((0, 1)))
    profile = cv2.blur(profile, (1, 5))
    lip, skin = profile[:, :12].mean(1), profile[:, -12:].mean(1)
    half = (lip + skin)[:, None] / 2
    inside = profile > half
    return out[0] + inside.sum(1) * (out[1] - out[0])


@pytest.mark.parametrize("name", ["frontal", "thin", "full", "smile", "yaw_left", "side_light"])
@pytest.mark.parametrize(("curve", "side"), [("upper_outer", 1), ("lower_outer", -1)])
def test_the_colour_edge_of_the_picture_is_the_true_border(name, curve, side):
    off = edge_offsets_px(render(name), curve, side)
    assert abs(np.median(off)) < 0.25
    assert np.percentile(np.abs(off), 90) < 0.5


_cache = {}


def render(name):
    if name not in _cache:
        _cache[name] = render_phantom(clean(name))
    return _cache[name]


def test_a_picture_has_the_size_asked_for_and_the_same_bytes_again():
    spec = replace(PhantomSpec(), camera=Camera(width_px=301, height_px=400, jpeg_quality=90))
    first, second = render_phantom(spec), render_phantom(spec)
    assert first.pixels.shape == (400, 301, 3)
    assert first.pixels.dtype == np.uint8
    assert np.array_equal(first.pixels, second.pixels)
    assert first.truth == second.truth
    other = render_phantom(replace(spec, seed=2))
    assert not np.array_equal(first.pixels, other.pixels)


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_renders_a_whole_person(name):
    pixels = render_phantom(SCENES[name].sized(225, 300)).pixels
    assert pixels.std() > 20
    assert (pixels > 252).all(-1).mean() < 0.01


def test_the_iris_in_the_picture_has_its_true_width():
    image = render("very_light")
    for name in ("right", "left"):
        x, y = image.truth["points"][f"pupil_{name}"]
        row = image.pixels[round(y) - 1 : round(y) + 2].mean((0, 2))
        width = image.truth["iris"][name]["diameter_px"]
        ends = []
        for side in (-1, 1):
            out = np.linspace(0.6, 1.25, 60) * width / 2
            profile = np.interp(x + side * out, np.arange(len(row)), row)
            # limbus: the steepest rise from the iris to the white
            ends.append(out[np.argmax(np.gradient(profile))])
        assert sum(ends) == pytest.approx(width, abs=1.6)


def test_scale_at_the_iris_gives_back_its_diameter():
    for pose in (Pose(), Pose(12, 5, 3)):
        image = render_phantom(replace(PhantomSpec(), pose=pose).sized(150, 200))
        for iris in image.truth["iris"].values():
            diameter = iris["diameter_px"] * iris["mm_per_px"]
            assert diameter == pytest.approx(image.truth["measures"]["iris_diameter_mm"], rel=0.005)


def test_a_flip_moves_the_upper_border_and_nothing_far_away():
    spec = clean("frontal")
    before = render("frontal")
    after = render_phantom(spec.deform(rise_mm=1.0))
    moved = [i.truth["measures"]["upper_vermilion_height_mm"] for i in (before, after)]
    assert moved[1] - moved[0] == pytest.approx(1.0)
    off = edge_offsets_px(after, "upper_outer", 1)
    assert abs(np.median(off)) < 0.25
    change = np.abs(after.pixels.astype(int) - before.pixels).max(-1)
    lower = np.asarray(before.truth["curves"]["lower_outer"])[:, 1].max()
    eyes = before.truth["points"]["pupil_left"][1]
    assert change[int(lower) + 60 :].max() <= 1
    assert change[: int(eyes) + 30].max() <= 1


def test_a_given_lip_colour_changes_only_the_lips():
    spec = clean("frontal")
    red = render_phantom(spec.deform(lip=(42.0, 40.0, 18.0)))
    assert red.truth["albedo_lab"]["lip"] == pytest.approx([42.0, 40.0, 18.0], abs=1.0)
    change = np.abs(red.pixels.astype(int) - render("frontal").pixels).max(-1)
    curves = red.truth["curves"]
    ring = np.asarray(curves["upper_outer"] + curves["lower_outer"][::-1]).round().astype(np.int32)
    mask = cv2.fillPoly(np.zeros(change.shape, np.uint8), [ring], 1)
    assert change[cv2.dilate(mask, np.ones((9, 9))) == 0].max() == 0
    assert np.median(change[cv2.erode(mask, np.ones((15, 15))) == 1]) > 15
