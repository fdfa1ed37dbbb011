"""The film of days 3 to 7: shares, order and sizes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vermilion.render.flakes import Film, film, shed


def lip(px_per_mm: float) -> tuple[Film, tuple[int, int], np.ndarray]:
    x = np.arange(-24, 24, 1 / px_per_mm, dtype=np.float32)
    y = np.arange(0, 9, 1 / px_per_mm, dtype=np.float32)
    columns, rows = (part.ravel() for part in np.meshgrid(x, y))
    along, across = columns / 12, rows / 9
    return film(columns, rows, along, across, px_per_mm), (y.size, x.size), along


@pytest.mark.parametrize("px_per_mm", [3.0, 10.0])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_the_asked_share_has_come_off(px_per_mm: float, share: float) -> None:
    there, _, _ = lip(px_per_mm)
    assert float(shed(there, share).gone.mean()) == pytest.approx(share, abs=0.04)


def test_the_whole_film_is_there_at_first_and_gone_at_last() -> None:
    there, _, _ = lip(4.0)
    assert not shed(there, 0.0).gone.any()
    assert shed(there, 1.0).gone.min() == 1


@settings(max_examples=15)
@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_gone_does_not_come_back(one: float, other: float) -> None:
    there, _, _ = lip(3.0)
    low, high = sorted((one, other))
    assert (shed(there, high).gone >= shed(there, low).gone - 1e-6).all()


def test_the_middle_comes_off_before_the_corners() -> None:
    there, _, along = lip(4.0)
    gone = shed(there, 0.4).gone
    assert gone[np.abs(along) < 0.7].mean() > 1.5 * gone[np.abs(along) > 1.4].mean()


def test_rims_are_lines_not_areas_and_fade_where_pixels_are_coarse() -> None:
    fine, coarse = (shed(lip(px_per_mm)[0], 0.4).rim for px_per_mm in (12.0, 3.0))
    assert 0.0 < (fine > 0.3).mean() < 0.25
    assert coarse.max() < fine.max()


def test_pieces_are_no_sharper_than_what_a_photo_shows() -> None:
    there, size, _ = lip(2.0)
    pieces = shed(there, 0.4)
    for part in (pieces.gone, pieces.loose, pieces.rim):
        image = part.reshape(size)
        beside = np.corrcoef(image[:, 1:].ravel(), image[:, :-1].ravel())[0, 1]
        assert beside > 0.45


def test_the_film_comes_off_in_patches_of_some_millimetres() -> None:
    there, size, _ = lip(5.0)
    gone = shed(there, 0.4).gone.reshape(size)[: size[0] // 10 * 10, : size[1] // 10 * 10]
    blocks = gone.reshape(gone.shape[0] // 10, 10, -1, 10).mean(axis=(1, 3))
    # Of squares of 2 mm, many are nearly bare or nearly whole.
    assert ((blocks < 0.1) | (blocks > 0.9)).mean() > 0.4


def test_a_loose_piece_is_still_there() -> None:
    there, _, _ = lip(12.0)
    pieces = shed(there, 0.4)
    assert pieces.loose.max() > 0.5
    assert not pieces.loose[pieces.gone > 0.9].any()
    assert 0.01 < (pieces.loose > 0.1).mean() < 0.15
    assert not shed(there, 1.0).loose.any()
