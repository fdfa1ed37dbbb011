"""Gum between the upper lip and the teeth, in columns and on rendered smiles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.rendered import seen
from vermilion.face.borders.gum import lip_edge
from vermilion.phantom import SCENES
from vermilion.phantom.scenes import TONES

LIP, EDGE, GUM, WET = (56, 24, 15), (40, 22, 14), (50, 22, 11), (60, 22, 17)
HEIGHT_PX = 24.0


def column(*parts: tuple[tuple[int, int, int], int]) -> np.ndarray:
    return np.concatenate([np.tile(np.array(lab, float), (rows, 1)) for lab, rows in parts])


def test_gum_is_told_from_the_lip_whose_shade_it_lies_behind() -> None:
    found = lip_edge(column((LIP, 55), (EDGE, 25), (GUM, 40)), HEIGHT_PX)
    assert found is not None
    edge_px, shade = found
    assert edge_px == pytest.approx(80 / 120 * HEIGHT_PX, abs=1.5)
    assert shade < 0.85


def test_a_lip_that_reaches_the_tooth_has_no_gum() -> None:
    assert lip_edge(column((LIP, 80), (EDGE, 40)), HEIGHT_PX) is None
    assert lip_edge(column((LIP, 80), (WET, 40)), HEIGHT_PX) is None
    assert lip_edge(column((LIP, 12)), 2.0) is None


@pytest.mark.parametrize(
    ("scene", "tone"),
    [("gummy_smile", "light"), ("gummy_smile", "dark"), ("smile", "tan"), ("dark_smile", "dark")],
)
def test_the_upper_lip_of_a_smile_ends_within_four_tenths_of_a_millimetre(
    scene: str, tone: str
) -> None:
    spec = replace(SCENES[scene].sized(900, 1200), colours=TONES[tone])
    image, _, face = seen(spec)
    found = face.curves.upper_inner
    true = np.asarray(image.truth["curves"]["upper_inner"])
    x = np.linspace(true[:, 0].min(), true[:, 0].max(), 50)[13:-13]
    off = np.interp(x, found[:, 0], found[:, 1]) - np.interp(x, true[:, 0], true[:, 1])
    assert abs(off.mean()) * image.truth["scale"]["mm_per_px"] < 0.4
