"""Teeth, gum and lost vermilion of rendered smiles, and the reading of one column of a mouth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests import rendered as shared
from vermilion.face.lips import Face, Scale
from vermilion.face.measure import measure
from vermilion.face.smile import gum_class, read_inside, smile_change, teeth_and_gum, teeth_at_rest
from vermilion.phantom.render import PhantomImage
from vermilion.phantom.scenes import SCENES, TONES
from vermilion.photo.photo import Photo
from vermilion.units import Measured

LIP, EDGE, GUM, TOOTH, DARK = (56, 24, 15), (40, 22, 14), (52, 22, 11), (82, 1, 11), (8, 9, 4)
RED_DARK = (20, 18, 9)


def seen(scene: str, tone: str = "") -> tuple[PhantomImage, Photo, Face]:
    spec = SCENES[scene].sized(900, 1200)
    if tone:
        spec = replace(spec, colours=TONES[tone])
    return shared.seen(spec)


def column(*parts: tuple[tuple[int, int, int], int]) -> np.ndarray:
    return np.concatenate([np.tile(np.array(lab, float), (rows, 1)) for lab, rows in parts])


def test_a_column_without_gum_shows_only_the_tooth() -> None:
    rows = column((LIP, 70), (EDGE, 30), (TOOTH, 150), (DARK, 50))
    assert teeth_and_gum(rows, 23.0, 100) == (150, 0)


def test_what_is_red_between_lip_and_tooth_is_gum_and_what_is_dark_is_none() -> None:
    rows = column((LIP, 70), (EDGE, 30), (GUM, 60), (TOOTH, 120), (DARK, 20))
    assert teeth_and_gum(rows, 23.0, 100) == (120, 60)
    rows = column((LIP, 70), (EDGE, 30), (RED_DARK, 60), (TOOTH, 120), (DARK, 20))
    assert teeth_and_gum(rows, 23.0, 100) == (120, 0)


def test_a_mouth_without_teeth_shows_none() -> None:
    assert teeth_and_gum(column((LIP, 100), (DARK, 200)), 23.0, 100) == (0, 0)


@pytest.mark.parametrize("scene", ["open", "smile", "dark_smile", "gummy_smile"])
def test_rendered_teeth_are_measured_within_half_a_millimetre(scene: str) -> None:
    image, photo, face = seen(scene)
    mm = image.truth["scale"]["mm_per_px"]
    shown = read_inside(photo, face).teeth_px * mm
    assert shown == pytest.approx(image.truth["measures"]["teeth_show_mm"], abs=0.5)


@pytest.mark.parametrize("tone", ["very_light", "tan", "brown"])
def test_rendered_gum_is_measured_within_three_quarters_of_a_millimetre(tone: str) -> None:
    image, photo, face = seen("gummy_smile", tone)
    mm = image.truth["scale"]["mm_per_px"]
    shown = read_inside(photo, face).gum_px * mm
    assert shown == pytest.approx(image.truth["measures"]["gum_show_mm"], abs=0.75)


def test_closed_lips_show_nothing() -> None:
    _, photo, face = seen("frontal")
    inside = read_inside(photo, face)
    assert (inside.teeth_px, inside.gum_px) == (0, 0)
    assert teeth_at_rest(photo, face, Scale(0.3, 0.01, "reference")).value == 0


def test_what_a_smile_takes_from_the_upper_lip_is_told_in_mm_and_percent() -> None:
    image, photo, face = seen("smile")
    scale = Scale(image.truth["scale"]["mm_per_px"], 0.0, "reference")
    rest = {"upper_vermilion_height": Measured(8.0, 0.2, "mm")}
    found = smile_change(rest, photo, face, scale)
    now = measure(face, scale)["upper_vermilion_height"].value
    loss, share = found["upper_vermilion_loss"], found["upper_vermilion_loss_share"]
    assert isinstance(loss, Measured)
    assert isinstance(share, Measured)
    assert loss.value == pytest.approx(8.0 - now)
    assert share.value == pytest.approx(100 * (1 - now / 8.0))
    assert found["gum_class"] == "none"


def test_without_a_scale_there_is_neither_a_loss_nor_a_class() -> None:
    _, photo, face = seen("smile")
    rest = {"upper_vermilion_height": Measured(0.15, 0.01, "ratio")}
    found = smile_change(rest, photo, face, Scale(None, None, "none"))
    assert set(found) == {"teeth_show", "gum_show"}
    assert all(isinstance(value, Measured) and value.unit == "ratio" for value in found.values())


@pytest.mark.parametrize(
    ("mm", "name"),
    [(0.0, "none"), (0.4, "none"), (1.5, "slight"), (3.0, "gummy"), (9.0, "very gummy")],
)
def test_gum_has_its_class(mm: float, name: str) -> None:
    assert gum_class(mm) == name
