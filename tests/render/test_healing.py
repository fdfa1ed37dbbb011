"""What the days add: nothing on a settled day, dry pieces, a milky veil, less or more gloss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vermilion.colour.lips import LipColours
from vermilion.render.flakes import film, shed
from vermilion.render.healing import DRY_SHEEN, Surface, dulled, look
from vermilion.render.tint import Ground
from vermilion.treat.outcome import BlushOutcome

SETTLED = BlushOutcome(60.0, LipColours((50.0, 20.0, 10.0), (50.0, 20.0, 10.0)))
COVER = np.ones((2400, 1), np.float32)


def surface() -> Surface:
    x, y = (part.ravel() for part in np.meshgrid(np.arange(-15, 15, 0.25), np.arange(0, 5, 0.25)))
    x, y = x.astype(np.float32), y.astype(np.float32)
    rng = np.random.default_rng(1)
    texture = rng.normal(0, 0.05, (x.size, 1)).astype(np.float32)
    return Surface(film(x, y, x / 8, y / 5, 4.0), texture)


def test_a_settled_day_adds_nothing() -> None:
    found = look(SETTLED, COVER, COVER, None, 8.0)
    assert found.weight is COVER
    assert found.gain is found.veil is found.gloss is None


def test_pieces_that_left_took_part_of_the_colour_and_no_more() -> None:
    dry = replace(SETTLED, dryness=1.0, flaked=0.5)
    weight = look(dry, COVER, COVER, surface(), 8.0).weight
    assert weight.max() <= 1
    assert 0.6 < weight.min() < 0.9


def test_the_deeper_the_shade_the_less_of_it_leaves_with_the_film() -> None:
    dry, there = replace(SETTLED, dryness=1.0, flaked=0.5), surface()
    left = [float(look(dry, COVER, COVER, there, step).weight.min()) for step in (8, 16, 32)]
    assert left[0] < left[1] < left[2] < 1
    # What a piece takes is the same step of colour from both.
    assert (1 - left[1]) * 16 == pytest.approx((1 - left[2]) * 32, rel=0.01)


def test_all_looks_stay_on_the_lip() -> None:
    day = replace(SETTLED, dryness=1.0, flaked=0.5, veil=0.8, gloss=0.4)
    cover = COVER.copy()
    cover[:600] = 0
    found = look(day, cover.copy(), cover, surface(), 8.0)
    assert found.gain is not None
    assert found.veil is not None
    assert found.gloss is not None
    assert (found.gain[:600] == 1).all()
    assert (found.gloss[:600] == 1).all()
    assert not found.veil[:600].any()
    assert found.veil[600:].min() > 0
    assert found.gloss[600:].max() < 1


def test_a_dryer_film_shows_more_of_its_lines() -> None:
    there = surface()
    spread = []
    for dryness in (0.2, 0.6, 1.0):
        dry = replace(SETTLED, dryness=dryness, flaked=0.2)
        gain = look(dry, COVER, COVER, there, 8.0).gain
        assert gain is not None
        spread.append(float(gain.std()))
    assert spread == sorted(spread)
    assert spread[0] < 0.5 * spread[2]


def test_a_dry_lip_loses_its_sheen_in_the_sheens_own_colour() -> None:
    body = np.full((4, 1, 3), (0.30, 0.12, 0.10), np.float32)
    sheen = np.zeros_like(body)
    sheen[1:3] = 0.2, 0.2, 0.25
    grey = np.zeros((4, 1), np.float32)
    moist = Ground(body + sheen, body + sheen, grey, 0 * body, grey, ((1.7, 0.7, 0.6),) * 2, grey)
    dry = dulled(moist, sheen, 1.0)
    assert np.allclose(dry.diffuse[1:3], body[1:3] + (1 - DRY_SHEEN) * sheen[1:3])
    assert np.array_equal(dry.diffuse[[0, 3]], moist.diffuse[[0, 3]])
    assert np.array_equal(dry.linear, dry.diffuse)


def test_loose_pieces_are_paler_than_the_film_beside_them() -> None:
    there = surface()
    there = Surface(there.film, np.zeros_like(there.texture))
    pieces = shed(there.film, 0.3)
    found = look(replace(SETTLED, dryness=1.0, flaked=0.3), COVER, COVER, there, 8.0)
    assert found.gain is not None
    assert found.veil is not None
    whole = (pieces.gone < 0.02) & (pieces.rim < 0.02)
    loose, firm = whole & (pieces.loose > 0.25), whole & (pieces.loose == 0)
    assert loose.sum() > 3
    assert found.gain[loose].mean() > found.gain[firm].mean() + 0.04
    assert found.veil[loose].mean() > found.veil[firm].mean() + 0.04
