"""Colour tells lip from skin; where they differ in lightness alone, that counts little."""

from __future__ import annotations

import numpy as np
import pytest

from vermilion.face.borders.crop import CANVAS_PX, MOUTH_PX, MouthCrop
from vermilion.face.borders.cues import OFFSETS, colour_cues, outer_border

X = np.linspace((CANVAS_PX[0] - MOUTH_PX) / 2, (CANVAS_PX[0] + MOUTH_PX) / 2, 97)
ARCH = 1 - ((X - CANVAS_PX[0] / 2) / (MOUTH_PX / 2)) ** 2
MIDDLE = CANVAS_PX[1] / 2
Colour = tuple[int, int, int]


def own_cue(lip: Colour, underside: Colour, skin: Colour) -> np.ndarray:
    """(T,) the cue in the middle of a lower lip 40 px tall, its lowest 12 px its `underside`."""
    y, x = np.mgrid[0 : CANVAS_PX[1], 0 : CANVAS_PX[0]].astype(float)
    depth = (y - MIDDLE) / np.maximum(np.interp(x[0], X, ARCH, left=0.0, right=0.0), 0.02)
    lab = np.full((*y.shape, 3), skin, np.float32)
    lab[(depth > 0) & (depth < 40)] = underside
    lab[(depth > 0) & (depth < 28)] = lip
    lab[..., 0] += np.random.default_rng(1).normal(0, 1, y.shape)
    channels = np.dstack([lab, np.zeros(y.shape, np.float32)]).astype(np.float32)
    line = np.column_stack([X, MIDDLE + 40 * ARCH])
    inner = np.column_stack([X, np.full(len(X), MIDDLE)])
    cue = colour_cues(MouthCrop(channels, channels, np.eye(2, 3)), outer_border(line, inner, False))
    return np.asarray(cue["own"][48])


def test_in_a_photo_without_colour_a_shaded_underside_takes_nothing_off_the_lip() -> None:
    grey = own_cue((70, 0, 0), (50, 0, 0), (48, 0, 0))
    assert np.ptp(grey) < 1.0


def test_in_colour_the_underside_is_lip_and_the_cue_is_greatest_at_its_edge() -> None:
    red = own_cue((60, 26, 10), (48, 24, 10), (48, 8, 18))
    assert OFFSETS[red.argmax()] == pytest.approx(0, abs=1.0)
    assert np.ptp(red) > 10.0
