"""What a treatment did to one frame's lips, laid on the next frame's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from tests.rendered import rendered
from vermilion.face.curves import mesh_rings
from vermilion.face.lips import LipCurves
from vermilion.face.track import follow, follow_lips
from vermilion.phantom.scenes import SCENES
from vermilion.photo.open import photo_from_pixels
from vermilion.photo.photo import Pixels
from vermilion.render.carry import Effect, carried, effect_of
from vermilion.render.compose import render
from vermilion.render.scene import LipScene, analyse
from vermilion.treat.outcome import FlipOutcome

PIXELS = rendered(SCENES["frontal"].sized(480, 640)).pixels


def gone(curves: LipCurves, way: npt.NDArray[np.float64]) -> LipCurves:
    """Lips that went a (2, 3) way."""
    lines = (curves.upper_outer, curves.upper_inner, curves.lower_inner, curves.lower_outer)
    return LipCurves(*(line @ way[:, :2].T + way[:, 2] for line in lines))


def by(x: float, y: float) -> npt.NDArray[np.float64]:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y]])


@pytest.fixture(scope="module")
def scene() -> LipScene:
    track = follow(PIXELS, None, 0.0)
    assert track is not None
    return analyse(photo_from_pixels(PIXELS), follow_lips(track), 320 / 640)


def flip() -> FlipOutcome:
    from vermilion.consult.plan import make_plan

    flips = make_plan(rise_mm=1.5).flip_on(14)
    assert flips is not None
    return flips.expected


@pytest.fixture(scope="module")
def drawn(scene: LipScene) -> Pixels:
    return np.asarray(render(scene, flip(), quick=True), np.uint8)


@pytest.fixture(scope="module")
def effect(scene: LipScene, drawn: Pixels) -> Effect:
    return effect_of(scene, drawn, flip())


def test_on_its_own_frame_it_is_what_was_drawn(effect: Effect, drawn: Pixels) -> None:
    again = carried(effect, PIXELS, effect.rings)
    assert again is not None
    pixels, box = again
    assert box == effect.box
    assert (np.abs(drawn.astype(int) - PIXELS[box.y0 : box.y1, box.x0 : box.x1]) > 8).sum() > 300
    assert np.abs(pixels.astype(int) - drawn).max() <= 1


def test_it_goes_and_turns_with_the_mouth(effect: Effect, drawn: Pixels) -> None:
    way = cv2.getRotationMatrix2D((240.0, 460.0), 4, 1.02)
    way[:, 2] += (7.0, -3.0)
    turned = cv2.warpAffine(PIXELS, way, (480, 640), borderMode=cv2.BORDER_REPLICATE)
    wanted = PIXELS.copy()
    old = effect.box
    wanted[old.y0 : old.y1, old.x0 : old.x1] = drawn
    wanted = cv2.warpAffine(wanted, way, (480, 640), borderMode=cv2.BORDER_REPLICATE)
    found = carried(effect, turned, gone(effect.rings, way))
    assert found is not None
    pixels, box = found
    there = wanted[box.y0 : box.y1, box.x0 : box.x1].astype(int)
    plain = turned[box.y0 : box.y1, box.x0 : box.x1].astype(int)
    treated = np.abs(there - plain).max(axis=2) > 8
    assert treated.sum() > 300
    assert np.abs(pixels - there)[treated].mean() < 0.2 * np.abs(plain - there)[treated].mean()


def test_where_nothing_changes_every_bit_is_the_new_frames(effect: Effect) -> None:
    rng = np.random.default_rng(1)
    frame = np.clip(PIXELS + rng.normal(0, 3, PIXELS.shape), 0, 255).astype(np.uint8)
    found = carried(effect, frame, effect.rings)
    assert found is not None
    pixels, box = found
    still = (effect.gain == 1).all(axis=2) & (effect.shift_px == 0)
    assert still.mean() > 0.2
    assert np.array_equal(pixels[still], frame[box.y0 : box.y1, box.x0 : box.x1][still])


def test_a_mouth_that_left_the_frame_has_no_region(effect: Effect) -> None:
    assert carried(effect, PIXELS, gone(effect.rings, by(1000, 0))) is None


def test_a_dark_lines_noise_colours_no_bright_pixel_beside_it(scene: LipScene) -> None:
    box = scene.box
    line = PIXELS.copy()
    line[box.y0 + 10, box.x0 : box.x1] = 2
    photo = photo_from_pixels(line)
    dark = LipScene(photo, scene.face, scene.frame, box, 1)
    drawn = np.asarray(dark.encoded).copy()
    drawn[10, :, 1] += 4  # three times as green as the line was
    effect = effect_of(dark, drawn, None)
    found = carried(effect, line, gone(effect.rings, by(0, 1)))
    assert found is not None
    pixels, at = found
    was = line[at.y0 : at.y1, at.x0 : at.x1].astype(int)
    assert was[10].max() > 60
    assert np.abs(pixels.astype(int) - was).max() <= 0.2 * was[10].max()


def lowered(line: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """By 20 px in the middle, not at all at the commissures."""
    share = (line[:, 0] - line[0, 0]) / (line[-1, 0] - line[0, 0])
    return line + np.column_stack([np.zeros(len(line)), 20 * np.sin(np.pi * share)])


def test_lips_that_part_take_their_own_along_and_leave_what_appears_between_them(
    scene: LipScene,
) -> None:
    """A closed mouth painted one colour over all lip, then open by a lip's height."""
    closed, box = mesh_rings(scene.face.mesh_px), scene.box
    assert np.array_equal(closed.upper_inner, closed.lower_inner)
    outline = np.concatenate([closed.upper_outer, closed.lower_outer[::-1]]) - (box.x0, box.y0)
    lip = np.zeros(box.shape, np.uint8)
    cv2.fillPoly(lip, [np.round(outline).astype(np.int32)], 1)
    drawn = np.asarray(scene.encoded).copy()
    drawn[lip == 1] = (drawn[lip == 1] * 0.7).astype(np.uint8)
    parted = replace(
        closed, lower_inner=lowered(closed.lower_inner), lower_outer=lowered(closed.lower_outer)
    )
    plain = np.full_like(PIXELS, 150)
    found = carried(effect_of(scene, drawn, None), plain, parted)
    assert found is not None
    pixels, at = found
    x = round(float(closed.upper_inner[6, 0])) - at.x0
    rows = [
        round(float(np.interp(x + at.x0, line[:, 0], line[:, 1]))) - at.y0
        for line in (
            parted.upper_outer,
            parted.upper_inner,
            parted.lower_inner,
            parted.lower_outer,
        )
    ]
    column = pixels[:, x, 0].astype(int)
    upper, between, lower = (column[start + 3 : end - 2] for start, end in pairwise(rows))
    assert np.abs(column[: rows[0] - 3] - 150).max() <= 1
    assert upper.max() < 125
    assert np.abs(between - 150).max() <= 1
    assert len(between) > 12
    assert lower.max() < 125
