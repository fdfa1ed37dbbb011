"""Paint on a made lip: gloss stays, the mean is hit, nothing is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.spaces import lab_to_linear, linear_to_lab
from vermilion.render.layers import Linear, split
from vermilion.render.tint import Dose, Ground, Labs, Look, paint, solve

BARE = np.array([50.0, 20.0, 11.0])


def ground(lightness: float = 50.0) -> Ground:
    """A textured lip with a few glints, 40 x 120 px."""
    rng = np.random.default_rng(4)
    body = lab_to_linear(np.array([lightness, 20.0, 11.0]))
    shade = 1 + 0.12 * rng.standard_normal((40, 120, 1)).astype(np.float32)
    linear = (body * np.clip(shade, 0.5, 1.5)).astype(np.float32)
    linear[10:13, 40:44] += 0.25
    upper = np.repeat(np.clip((24 - np.arange(40)[:, None]) / 8, 0, 1), 120, axis=1)
    layers = split(linear, np.ones((40, 120), np.float32), 4.0)
    return Ground(
        linear,
        layers.diffuse,
        layers.gloss,
        layers.uneven,
        layers.diffuse.mean(axis=2),
        ((1.4, 0.8, 0.8), (1.4, 0.8, 0.8)),
        upper.astype(np.float32),
    )


def dosed(log: tuple[float, float, float], even: float) -> Dose:
    """Both lips alike."""
    return Dose(log, log, even)


def solved(there: Ground, look: Look, target: Labs, bare: Labs, start: Dose | None = None) -> Dose:
    return solve(there, look, there.upper.ravel() > 0.5, target, bare, start)


def means(linear: Linear) -> Labs:
    """(2, 3) of the upper and the lower half."""
    return np.asarray(linear_to_lab(linear).reshape(2, -1, 3).mean(axis=1), np.float64)


def everywhere(there: Ground, weight: float = 1.0) -> Look:
    return Look(np.full(there.gloss.shape, weight, np.float32))


def test_no_dose_leaves_every_bit() -> None:
    there = ground()
    assert np.array_equal(paint(there, everywhere(there), dosed((0, 0, 0), 0.0)), there.linear)


def test_no_pigment_leaves_every_bit_whatever_the_dose() -> None:
    there = ground()
    painted = paint(there, everywhere(there, 0.0), dosed((-0.2, -0.6, -0.3), 1.0))
    assert np.array_equal(painted, there.linear)


def test_half_the_pigment_is_half_the_dots_and_twice_as_much_is_deeper() -> None:
    there, dose = ground(), dosed((-0.2, -1.4, -0.9), 0.0)
    left = {
        weight: (paint(there, everywhere(there, weight), dose) - there.gloss[..., None])
        / there.diffuse
        for weight in (0.5, 1.0, 1.5)
    }
    one = np.exp(dose.upper)
    assert np.allclose(left[1.0], one, rtol=1e-3)
    assert np.allclose(left[0.5], ((1 + np.sqrt(one)) / 2) ** 2, rtol=0.02)
    assert (left[0.5] > 1.02 * np.sqrt(one)).any(axis=-1).all()
    assert np.allclose(left[1.5], one**1.5, rtol=1e-3)


@settings(max_examples=25)
@given(
    st.floats(25, 68),
    st.tuples(st.floats(-12, 0), st.floats(0, 14), st.floats(-4, 4)),
)
def test_the_mean_is_the_stated_colour(lightness: float, step: tuple[float, float, float]) -> None:
    there = ground(lightness)
    bare = means(there.linear)
    target = bare + np.array([step, step]) * [[1.0], [0.5]]
    dose = solved(there, everywhere(there), target, bare)
    got = means(paint(there, everywhere(there), dose))
    # Past the bounds of lightening and darkening (gloss is never taken) the bound holds instead.
    ratio = lab_to_linear(target) / lab_to_linear(bare)
    if (ratio < 1.2).all() and (ratio > 0.25).all():
        assert delta_e_2000(got, target).max() < 1.0


def test_a_dose_that_was_nearly_right_leads_to_the_same_one() -> None:
    there, look = ground(), everywhere(ground())
    bare = means(there.linear)
    target = bare + np.array([[-8.0, 10.0, 2.0], [-4.0, 8.0, 3.0]])
    cold = solved(there, look, target, bare)
    near = solved(there, look, target + np.array([0.4, -0.3, 0.2]), bare)
    for start in (near, dosed((2.0, -9.0, 0.0), 0.0)):
        warm = solved(there, look, target, bare, start)
        assert np.linalg.norm(means(paint(there, look, warm)) - target, axis=1).max() < 0.1
        assert np.allclose(warm.upper, cold.upper, atol=0.01)
        assert np.allclose(warm.lower, cold.lower, atol=0.01)


def test_the_light_on_top_keeps_the_lamps_colour() -> None:
    there = ground()
    assert there.gloss[10:13, 40:44].min() > 0.1
    painted = paint(there, everywhere(there), dosed((-0.1, -0.7, -0.5), 0.0))
    taken = there.linear - painted
    # A glint loses no more than the tissue around it does.
    assert taken[11, 42].max() < 1.6 * np.median(taken[..., 1])


def test_texture_keeps_its_relative_strength() -> None:
    there = ground()
    painted = paint(there, everywhere(there), dosed((-0.1, -0.4, -0.3), 0.0))
    before, after = (part[20:, :, 1] for part in (there.linear, painted))
    assert float(after.std() / after.mean()) == pytest.approx(before.std() / before.mean(), rel=0.1)
