"""The last step of a border, on drawn mouths whose border is exactly known."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from vermilion.face.borders.crop import CANVAS_PX, MouthCrop
from vermilion.face.borders.settle import LOWER, UPPER, settled
from vermilion.face.lips import Points

X = np.linspace(86.0, 278.0, 97)
SKIN, LIP = (70.0, 10.0, 16.0, 6.0), (55.0, 24.0, 14.0, 14.0)
MIDDLE = slice(20, 77)


def bow(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A border with two peaks of 3 px, 40 px apart, and its ends at height 144."""
    arch = 40 * (1 - ((x - 182) / 96) ** 2)
    peaks = sum(3 * np.exp(-(((x - 182 - side) / 8) ** 2)) for side in (-20, 20))
    return np.asarray(144 - arch - peaks)


def drawn_crop(lip: tuple[float, ...] = LIP) -> MouthCrop:
    """Lip below the bow, skin above it, and a little noise."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(np.float64)
    share = np.clip(y - bow(x) + 0.5, 0, 1)[..., None]
    noise = np.random.default_rng(3).normal(0, 0.5, (*y.shape, 4))
    colours = (np.array(SKIN) * (1 - share) + np.array(lip) * share + noise).astype(np.float32)
    fine, coarse = (cv2.GaussianBlur(colours, (0, 0), blur) for blur in (1.0, 2.5))
    return MouthCrop(fine, coarse, np.eye(2, 3))


def line(y: npt.NDArray[np.float64]) -> Points:
    return np.column_stack([X, y])


@pytest.mark.parametrize("off_px", [-1.5, 1.5])
def test_a_border_half_a_millimetre_off_ends_on_the_step(off_px: float) -> None:
    found = settled(drawn_crop(), line(bow(X) + off_px), UPPER, up=True)
    error = found[MIDDLE, 1] - bow(found[MIDDLE, 0])
    assert np.abs(error).mean() < 0.15


def test_peaks_that_a_smooth_border_cut_off_come_back() -> None:
    smooth = 144 - 40 * (1 - ((X - 182) / 96) ** 2) - 1.5
    found = settled(drawn_crop(), line(smooth), UPPER, up=True)
    for peak in (162, 202):
        height = np.interp(peak, found[:, 0], found[:, 1])
        assert height == pytest.approx(float(bow(np.array(peak))), abs=0.4)


def test_a_border_stays_where_nothing_shows() -> None:
    start = line(bow(X) + 1.0)
    found = settled(drawn_crop(lip=SKIN), start, LOWER, up=True)
    assert np.abs(found - start).max() < 0.25


def test_the_commissures_stay() -> None:
    start = line(bow(X) + 1.5)
    found = settled(drawn_crop(), start, UPPER, up=True)
    assert np.array_equal(found[[0, -1]], start[[0, -1]])
