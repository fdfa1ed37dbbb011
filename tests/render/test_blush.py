"""A blush on phantoms: the stated colour, clean teeth, the photo itself when nothing is asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.render.conftest import Scenes
from vermilion.bench.colour import colour_gates
from vermilion.colour.spaces import linear_to_srgb, srgb_to_linear
from vermilion.photo.photo import Photo
from vermilion.render import healing
from vermilion.render.compose import render
from vermilion.render.scene import LipScene, analyse
from vermilion.treat.blush import blush_outcome
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.outcome import BlushOutcome

NAMES = ("frontal", "full", "thin", "smile")


@pytest.mark.parametrize("name", NAMES)
def test_the_gates_hold(scenes: Scenes, name: str) -> None:
    found = colour_gates(name, scenes(name))
    assert found.healed_de <= 1.0
    assert max(found.days_de) <= 1.0
    assert found.outside == found.mouth == found.skin_and_hair == found.at_nothing == 0
    assert 0.9 <= found.texture <= 1.1
    assert 0.85 <= found.highlight <= 1.2


def test_nothing_asked_gives_back_every_value(scenes: Scenes) -> None:
    scene = scenes(NAMES[0])
    assert np.array_equal(render(scene, blush=BlushOutcome(0.0, scene.lip.bare)), scene.encoded)


def test_the_same_outcome_gives_the_same_bytes(scenes: Scenes) -> None:
    scene = scenes(NAMES[0])
    outcome = blush_outcome(BlushPlan(), scene.lip.bare, 4.0).expected
    assert np.array_equal(render(scene, blush=outcome), render(scene, blush=outcome))


def test_a_corrected_border_colours_skin_beside_it_and_leaves_the_corners(scenes: Scenes) -> None:
    scene = scenes(NAMES[0])
    outcome = blush_outcome(BlushPlan(), scene.lip.bare, 60.0).expected
    plain = render(scene, blush=outcome).astype(int)
    wider = render(scene, blush=replace(outcome, border_mm=0.6)).astype(int)
    changed = (plain != wider).any(axis=2)
    x_mm, y_mm = scene.place_mm
    along = scene.frame.s_of(x_mm)
    above = (y_mm < scene.heights.upper_outer - 0.1) & (y_mm > scene.heights.upper_outer - 0.6)
    assert changed[above & (np.abs(along) < 0.8)].mean() > 0.5
    # The mean that both hit lets other pixels differ by rounding only.
    assert np.abs(plain - wider)[np.abs(along) > 1.9].max() <= 2


def test_a_technique_with_a_bare_middle_colours_the_border_more(scenes: Scenes) -> None:
    scene = scenes(NAMES[0])
    outcome = BlushOutcome(
        60.0,
        scene.lip.bare.map(lambda lab: (lab[0] - 4, lab[1] + 6, lab[2])),
        edge=1.2,
        centre=0.2,
    )
    before, after = (
        srgb_to_linear(np.ascontiguousarray(part))
        for part in (scene.encoded, render(scene, blush=outcome))
    )
    taken = (after - before)[..., 1]
    y_mm, borders = scene.place_mm[1], scene.heights
    depth = np.minimum(y_mm - borders.upper_outer, borders.lower_outer - y_mm)
    edge, middle = (depth > 0.5) & (depth < 1.2), depth > 2.5
    assert taken[edge].mean() < 1.5 * taken[middle].mean() < 0


def two_toned(scene: LipScene) -> LipScene:
    """The same mouth with a browner upper lip."""
    pixels = scene.photo.pixels.copy()
    box, y_mm = scene.box, scene.place_mm[1]
    part = pixels[box.y0 : box.y1, box.x0 : box.x1]
    upper = scene.vermilion & (y_mm < (scene.heights.upper_inner + scene.heights.lower_inner) / 2)
    less = np.exp(-0.7 * np.array([0.45, 0.75, 1.0], np.float32))
    part[upper] = linear_to_srgb(srgb_to_linear(part[upper]) * less, np.uint8)
    return analyse(Photo(pixels), scene.face, scene.frame.mm_per_px)


@pytest.mark.parametrize("name", ["frontal", "smile"])
def test_each_of_two_lips_gets_the_colour_that_is_stated_of_it(scenes: Scenes, name: str) -> None:
    scene = two_toned(scenes(name))
    upper, lower = scene.lip.bare.both
    assert lower[0] - upper[0] > 8
    found = colour_gates(name, scene)
    assert found.healed_de <= 1.0
    assert max(found.days_de) <= 1.0
    assert 0.9 <= found.texture <= 1.1


def test_fresh_pigment_shows_the_needles_dots_on_a_sharp_photo_until_it_has_healed(
    scenes: Scenes, monkeypatch: pytest.MonkeyPatch
) -> None:
    lip = scenes("full").lip
    fresh = blush_outcome(BlushPlan(), lip.bare, 0.0).expected
    healed = blush_outcome(BlushPlan(), lip.bare, 60.0).expected
    monkeypatch.setattr("vermilion.render.dots.visible", lambda px_per_mm: 0.0)
    plain = [lip.painted(one).linear for one in (fresh, healed)]
    monkeypatch.setattr("vermilion.render.dots.visible", lambda px_per_mm: 1.0)
    seen = [lip.painted(one).linear for one in (fresh, healed)]
    assert np.abs(seen[0] - plain[0]).max() > 0.005
    assert np.array_equal(seen[1], plain[1])


def test_a_dry_lip_is_duller_without_a_step_between_the_lips(
    scenes: Scenes, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scenes("full")
    dry = replace(blush_outcome(BlushPlan(), scene.lip.bare, 60.0).expected, dryness=1.0)
    dull = srgb_to_linear(render(scene, blush=dry)).mean(axis=2)
    monkeypatch.setattr(healing, "DRY_SHEEN", 0.0)
    shiny = srgb_to_linear(render(scene, blush=dry)).mean(axis=2)
    lip = scene.vermilion
    bright = lip & (shiny > np.percentile(shiny[lip], 80))
    assert dull[bright].mean() < 0.95 * shiny[bright].mean()
    line = (scene.heights.upper_inner + scene.heights.lower_inner) / 2
    near = lip & (np.abs(scene.place_mm[1] - line) < 0.5)
    step = np.abs(np.diff(dull - shiny, axis=0))
    steps = [np.percentile(step[part[1:] & part[:-1]], 90) for part in (near, lip)]
    assert steps[0] < 2 * steps[1]
