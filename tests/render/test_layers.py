"""A lip taken apart: the parts add up, gloss is white and stands out, pale tissue is no gloss."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.render.layers import Layers, Linear, split, two_lips, wide_blur

PX_PER_MM = 5.0
BODY = np.array([0.42, 0.17, 0.14], np.float32)


def lip(shade: float = 0.0) -> Linear:
    """(80, 160, 3) a lip of one colour with shading noise of this sd."""
    rng = np.random.default_rng(2)
    light = np.clip(1 + shade * rng.standard_normal((80, 160, 1)), 0.4, 1.6)
    return (BODY * light).astype(np.float32)


def taken_apart(linear: Linear) -> Layers:
    return split(linear, np.ones(linear.shape[:2], np.float32), PX_PER_MM)


def test_light_from_within_and_gloss_add_up_to_the_photo() -> None:
    linear = lip(0.1)
    linear[30:34, 60:66] += 0.2
    parts = taken_apart(linear)
    assert np.allclose(parts.diffuse + parts.gloss[..., None], linear, atol=1e-6)
    assert parts.diffuse.min() > 0
    assert parts.gloss.min() >= 0


def test_a_white_glint_is_found_as_gloss_of_about_its_strength() -> None:
    linear = lip()
    linear[30:34, 60:66] += 0.2
    gloss = taken_apart(linear).gloss
    assert gloss[31:33, 61:65].mean() == pytest.approx(0.2, abs=0.05)
    assert gloss[:20].max() < 0.01


def test_shading_alone_is_no_gloss() -> None:
    assert taken_apart(lip(0.15)).gloss.max() < 0.02


def test_a_lip_that_is_pale_all_over_has_no_gloss_all_over() -> None:
    assert taken_apart(lip() + np.float32(0.3)).gloss.mean() < 0.01


def test_a_browner_half_is_found_as_uneven_and_an_even_lip_is_not() -> None:
    assert np.abs(taken_apart(lip()).uneven).max() < 0.02
    two = lip()
    two[:, 80:] *= np.array([0.8, 1.1, 1.0], np.float32)
    uneven = taken_apart(two).uneven
    assert uneven[:, :40, 0].mean() > 0.05 > -0.05 > uneven[:, 120:, 0].mean()
    assert np.abs(uneven.mean(axis=2)).max() < 1e-5


def two(linear: Linear, inside_mm: float = 5.0) -> Layers:
    """The upper half of a picture is the upper lip, the rest the lower."""
    shape = linear.shape[:2]
    upper = np.zeros(shape, np.float32)
    upper[: shape[0] // 2] = 1
    whole = np.ones(shape, np.float32)
    return two_lips(linear, whole, upper, np.full(shape, inside_mm, np.float32), PX_PER_MM)


def test_a_pale_lower_lip_beside_a_brown_upper_one_is_no_gloss() -> None:
    linear = lip(0.05)
    linear[40:] = linear[40:] * 1.5 + np.float32(0.1)
    beside = slice(41, 48)
    assert taken_apart(linear).gloss[beside].mean() > 0.02
    assert two(linear).gloss[beside].mean() < 0.005


def test_two_lips_add_up_and_keep_their_glints() -> None:
    linear = lip(0.02)
    linear[60:64, 60:66] += 0.2
    parts = two(linear)
    assert np.allclose(parts.diffuse + parts.gloss[..., None], linear, atol=1e-6)
    assert parts.gloss[61:63, 61:65].mean() == pytest.approx(0.2, abs=0.05)


def test_fine_noise_of_a_pale_lip_is_mostly_no_gloss() -> None:
    rng = np.random.default_rng(3)
    linear = (lip() + 0.2 + 0.01 * rng.standard_normal((80, 160, 1))).astype(np.float32)
    assert two(linear).gloss.mean() < 0.6 * taken_apart(linear).gloss.mean()


def test_what_is_white_at_the_border_is_the_skins() -> None:
    linear = lip()
    linear[60:64, 60:66] += 0.2
    assert two(linear, inside_mm=0.0).gloss.max() == 0


@pytest.mark.parametrize("sigma_px", [0.5, 4.0, 20.0])
def test_wide_blurs_keep_the_mean(sigma_px: float) -> None:
    image = np.zeros((120, 180), np.float32)
    image[50:70, 80:100] = 1
    blurred = wide_blur(image, sigma_px)
    assert blurred.shape == image.shape
    assert float(blurred.sum()) == pytest.approx(400, rel=0.03)
