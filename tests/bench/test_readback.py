"""A change read back from pixels is the change that was made."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vermilion.bench.readback import flow_between, shift_by_correlation

MM_PER_PX = 0.1
DOWN = np.array([0.0, 1.0])


def lip_edge(shift_px: float) -> np.ndarray:
    """Skin above lip with pores, the whole pattern moved down by `shift_px`."""
    grain = np.random.default_rng(7).normal(0, 9, (260, 200, 3)).astype(np.float32)
    image = cv2.GaussianBlur(grain, (0, 0), 2.0) * 3 + np.float32([190, 150, 130])
    rows = np.arange(260, dtype=np.float32)[:, None, None]
    image -= np.float32([40, 70, 50]) / (1 + np.exp(-(rows - 130) / 2))
    x, y = np.meshgrid(np.arange(200, dtype=np.float32), np.arange(260, dtype=np.float32))
    return np.clip(cv2.remap(image, x, y - shift_px, cv2.INTER_CUBIC), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("shift_mm", [-1.5, -0.5, -0.25, 0.0, 0.8])
def test_a_known_shift_is_read(shift_mm: float) -> None:
    before, after = lip_edge(0.0), lip_edge(shift_mm / MM_PER_PX)
    at = np.array([100.0, 130.0])
    matched = shift_by_correlation(before, after, at, DOWN, MM_PER_PX)
    assert matched == pytest.approx(shift_mm, abs=0.03)
    flowed = flow_between(before, after, MM_PER_PX).shift(at, DOWN)
    assert flowed == pytest.approx(shift_mm, abs=0.03)


def test_places_that_move_alike_are_read_together_where_one_alone_takes_another_edge() -> None:
    before, after = lip_edge(0.0), lip_edge(-20.0)
    # At the left place the pattern went the other way.
    after[:, 20:80] = np.roll(before[:, 20:80], 15, axis=0)
    places = np.array([[50.0, 130.0], [110.0, 130.0], [150.0, 130.0]])
    alone = shift_by_correlation(before, after, places[0], DOWN, MM_PER_PX)
    assert alone == pytest.approx(1.5, abs=0.05)
    together = shift_by_correlation(before, after, places, DOWN, MM_PER_PX)
    assert together == pytest.approx(-2.0, abs=0.05)
