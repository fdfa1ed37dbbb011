"""Colour spaces agree with an independent library and come back as they went."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vermilion.colour.spaces import (
    RGB_TO_XYZ,
    lab_to_lch,
    lab_to_linear,
    lch_to_lab,
    linear_to_lab,
    linear_to_srgb,
    linear_to_xyz,
    srgb_to_linear,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it regrets aloud that it cannot plot here
    import colour

CUBE = np.stack(np.meshgrid(*[np.linspace(0, 1, 12)] * 3), axis=-1)


def test_every_8_bit_value_comes_back_as_itself() -> None:
    values = np.arange(256, dtype=np.uint8)
    assert np.array_equal(linear_to_srgb(srgb_to_linear(values), np.uint8), values)


def test_every_16_bit_value_comes_back_as_itself() -> None:
    values = np.arange(65536, dtype=np.uint16)
    assert np.array_equal(linear_to_srgb(srgb_to_linear(values), np.uint16), values)


def test_the_transfer_curve_is_that_of_the_standard() -> None:
    expected = colour.cctf_decoding(CUBE, function="sRGB")
    assert np.abs(srgb_to_linear(CUBE) - expected).max() < 1e-6
    assert np.abs(linear_to_srgb(expected) - CUBE).max() < 1e-5


def test_8_bit_encoding_is_within_half_a_level_and_a_hair() -> None:
    linear = np.linspace(0, 1, 50_001, dtype=np.float32)
    exact = colour.cctf_encoding(linear.astype(np.float64), function="sRGB") * 255
    assert np.abs(linear_to_srgb(linear, np.uint8) - exact).max() < 0.56


def test_values_outside_the_range_are_clipped() -> None:
    out = linear_to_srgb(np.array([-0.5, 1.5], np.float32), np.uint8)
    assert out.tolist() == [0, 255]


def test_the_matrix_is_that_of_the_standard() -> None:
    assert np.abs(RGB_TO_XYZ - colour.RGB_COLOURSPACES["sRGB"].matrix_RGB_to_XYZ).max() < 3e-4


def test_lab_agrees_with_colour_science() -> None:
    white = colour.xy_to_XYZ([0.3127, 0.3290])
    reference = colour.XYZ_to_Lab(linear_to_xyz(CUBE).astype(np.float64), colour.XYZ_to_xy(white))
    assert np.abs(linear_to_lab(CUBE) - reference).max() < 2e-3


def test_white_and_greys_are_neutral() -> None:
    grey = np.repeat(np.linspace(0, 1, 20, dtype=np.float32)[:, None], 3, axis=1)
    lab = linear_to_lab(grey)
    assert np.abs(lab[:, 1:]).max() < 1e-3
    assert lab[-1, 0] == pytest.approx(100, abs=1e-3)
    assert lab[0, 0] == pytest.approx(0, abs=1e-3)


def test_lab_comes_back_as_linear_light() -> None:
    assert np.abs(lab_to_linear(linear_to_lab(CUBE)) - CUBE).max() < 2e-5


@given(st.floats(0, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_lch_comes_back_as_lab(lightness: float, a: float, b: float) -> None:
    lab = np.array([lightness, a, b])
    assert np.abs(lch_to_lab(lab_to_lch(lab)) - lab).max() < 1e-3


def test_hue_runs_from_0_to_360_degrees() -> None:
    lch = lab_to_lch(np.array([[50, 1, -1], [50, 0, 1]]))
    assert lch[:, 2] == pytest.approx([315, 90])


@pytest.mark.parametrize("shape", [(3,), (5, 3), (4, 5, 3), (0, 3)])
def test_any_leading_shape_is_kept(shape: tuple[int, ...]) -> None:
    values = np.full(shape, 0.4, np.float32)
    assert linear_to_lab(values).shape == shape
    assert linear_to_srgb(values, np.uint8).shape == shape
    assert srgb_to_linear(linear_to_srgb(values, np.uint16)).shape == shape
    assert lab_to_linear(values).shape == shape
