"""What a treatment did to one frame's lips, laid on the next frame's."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vermilion.face.track import follow, follow_lips
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES
from vermilion.photo.open import photo_from_pixels
from vermilion.photo.photo import Pixels
from vermilion.render.carry import Effect, carried, effect_of
from vermilion.render.compose import render
from vermilion.render.scene import LipScene, analyse
from vermilion.treat.outcome import FlipOutcome

PIXELS = render_phantom(SCENES["frontal"].sized(480, 640)).pixels
HERE = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


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
    again = carried(effect, PIXELS, HERE)
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
    found = carried(effect, turned, way)
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
    found = carried(effect, frame, HERE)
    assert found is not None
    pixels, box = found
    still = (effect.gain == 1).all(axis=2) & (effect.shift_px == 0)
    assert still.mean() > 0.2
    assert np.array_equal(pixels[still], frame[box.y0 : box.y1, box.x0 : box.x1][still])


def test_a_mouth_that_left_the_frame_has_no_region(effect: Effect) -> None:
    away = np.array([[1.0, 0.0, 1000.0], [0.0, 1.0, 0.0]])
    assert carried(effect, PIXELS, away) is None


def test_a_dark_lines_noise_colours_no_bright_pixel_beside_it(scene: LipScene) -> None:
    box = scene.box
    line = PIXELS.copy()
    line[box.y0 + 10, box.x0 : box.x1] = 2
    photo = photo_from_pixels(line)
    dark = LipScene(photo, scene.face, scene.frame, box, 1)
    drawn = np.asarray(dark.encoded).copy()
    drawn[10, :, 1] += 4  # three times as green as the line was
    below = HERE + np.array([[0, 0, 0], [0, 0, 1.0]])
    found = carried(effect_of(dark, drawn, None), line, below)
    assert found is not None
    pixels, at = found
    was = line[at.y0 : at.y1, at.x0 : at.x1].astype(int)
    assert was[10].max() > 60
    assert np.abs(pixels.astype(int) - was).max() <= 0.2 * was[10].max()
