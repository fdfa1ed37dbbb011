"""Borders go to where a drawn mouth has them, stay where nothing is drawn, and never cross."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from vermilion.face.borders.crop import MOUTH_PX, mouth_crop
from vermilion.face.borders.refine import refine
from vermilion.face.curves import SAMPLES
from vermilion.face.lips import LipCurves

SKIN, LIP, GAP = (205, 160, 140), (165, 85, 88), (40, 18, 20)
WIDTH, LEFT, MIDDLE = 200.0, 150.0, 200.0


def arc(height: float) -> np.ndarray:
    """A border from corner to corner that bulges by `height` px (down is positive)."""
    t = np.linspace(0, 1, SAMPLES)
    return np.column_stack([LEFT + WIDTH * t, MIDDLE + height * 4 * t * (1 - t)])


def mouth(up: float, down: float, opening: float = 0.0, noise: float = 2.0) -> np.ndarray:
    """(400, 500, 3) uint8 flat skin with a flat lip between two arcs, a little noise and blur."""
    picture = np.full((400, 500, 3), SKIN, np.uint8)
    for top, bottom, colour in ((-up, down, LIP), (-opening, opening, GAP)):
        if bottom - top > 0:
            edge = np.concatenate([arc(top), arc(bottom)[::-1]])
            cv2.fillPoly(picture, [np.round(edge * 16).astype(np.int32)], colour, cv2.LINE_AA, 4)
    if not opening:
        line = [np.round(arc(0.0) * 16).astype(np.int32)]
        cv2.polylines(picture, line, False, GAP, 2, cv2.LINE_AA, 4)
    rng = np.random.default_rng(3)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.0).astype(float)
    return np.clip(soft + rng.normal(0, noise, soft.shape), 0, 255).astype(np.uint8)


def curves(up: float, down: float, opening: float = 0.0) -> LipCurves:
    return LipCurves(arc(-up), arc(-opening), arc(opening), arc(down))


def middle_error(found: np.ndarray, height: float) -> float:
    """Mean distance from the true arc over the middle 60 %, px."""
    inner = found[20:-20]
    t = (inner[:, 0] - LEFT) / WIDTH
    return float(np.abs(inner[:, 1] - (MIDDLE + height * 4 * t * (1 - t))).mean())


@pytest.mark.parametrize("wrong", [-4.0, -2.0, 0.0, 2.0, 4.0])
def test_outer_borders_come_back_from_wrong_landmarks(wrong: float) -> None:
    photo = mouth(24, 34)
    found = refine(photo, curves(24 + wrong, 34 + wrong))
    assert found.trusted
    assert middle_error(found.curves.upper_outer, -24) < 0.8
    assert middle_error(found.curves.lower_outer, 34) < 0.8


def test_the_line_between_closed_lips_is_found_and_shared_by_both() -> None:
    photo = mouth(24, 34)
    start = LipCurves(arc(-24), arc(3.0), arc(3.0), arc(34))
    found = refine(photo, start).curves
    assert np.array_equal(found.upper_inner, found.lower_inner)
    assert middle_error(found.upper_inner, 0.0) < 0.8


def test_a_picture_without_a_mouth_moves_nothing() -> None:
    plain = np.full((400, 500, 3), SKIN, np.uint8)
    start = curves(24, 34, 12)
    found = refine(plain, start).curves
    for name in ("upper_outer", "lower_outer", "upper_inner", "lower_inner"):
        before, after = getattr(start, name), getattr(found, name)
        heights = np.interp(before[:, 0], after[:, 0], after[:, 1])
        assert np.abs(heights - before[:, 1]).max() < 0.3


def test_the_picture_moved_or_mirrored_takes_its_borders_along() -> None:
    photo, start = mouth(24, 34, 10), curves(26, 32, 10)
    first = refine(photo, start).curves
    turned = LipCurves(
        *(
            np.column_stack([499 - line[::-1, 0], line[::-1, 1]])
            for line in (start.upper_outer, start.upper_inner, start.lower_inner, start.lower_outer)
        )
    )
    other = refine(np.ascontiguousarray(photo[:, ::-1]), turned).curves
    back = np.column_stack([499 - other.upper_outer[::-1, 0], other.upper_outer[::-1, 1]])
    assert np.abs(back - first.upper_outer).max() < 0.3


def test_borders_keep_their_order_from_top_to_bottom() -> None:
    found = refine(mouth(6, 8, 5), curves(9, 5, 4)).curves
    x = np.linspace(LEFT + 5, LEFT + WIDTH - 5, 50)
    heights = [
        np.interp(x, line[:, 0], line[:, 1])
        for line in (found.upper_outer, found.upper_inner, found.lower_inner, found.lower_outer)
    ]
    for above, below in pairwise(heights):
        assert (below - above > -0.1).all()


def test_commissures_stay_and_the_same_photo_gives_the_same_bytes() -> None:
    photo, start = mouth(20, 30, 8), curves(22, 28, 8)
    one, two = refine(photo, start), refine(photo, start)
    assert one.curves.upper_outer.tobytes() == two.curves.upper_outer.tobytes()
    assert np.allclose(one.curves.lower_outer[[0, -1]], start.lower_outer[[0, -1]])


@pytest.mark.parametrize("scale", [1, 5])
def test_a_crop_is_level_and_of_one_size_whatever_the_photo(scale: int) -> None:
    photo = cv2.resize(mouth(24, 34), None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    left, right = (np.array([x, MIDDLE]) * scale for x in (LEFT, LEFT + WIDTH))
    crop = mouth_crop(photo, left, right)
    ends = crop.own(np.array([left, right]))
    assert np.ptp(ends[:, 0]) == pytest.approx(MOUTH_PX)
    assert np.allclose(crop.photo(ends), [left, right])
