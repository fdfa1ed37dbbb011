"""The scale card, held before a head whose size is known, tells its millimetres."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vermilion.bench.card import WAYS, Held, Shown, hold
from vermilion.consult.reading import Options, read_photo
from vermilion.errors import ScaleError, UsageError
from vermilion.face.printed_scale import find_card, scale_of_card
from vermilion.phantom.population import population
from vermilion.phantom.spec import Camera
from vermilion.photo.photo import Photo

HEAD = population(1, 5)[0]
SMALL = Camera(450, 600)


@pytest.fixture(scope="module")
def flat() -> Shown:
    return hold(HEAD, WAYS[0])


def test_the_card_tells_the_scale_in_its_plane_and_in_that_of_the_lips(flat: Shown) -> None:
    card = find_card(Photo(flat.pixels))
    assert not card.mirrored
    assert card.tilt_deg < 6
    assert 1 / card.px_per_mm == pytest.approx(flat.card_mm_per_px, rel=0.01)
    scale = scale_of_card(card)
    assert scale.mm_per_px is not None
    assert scale.sd is not None
    assert abs(scale.mm_per_px - flat.lips_mm_per_px) < 3 * scale.sd
    assert scale.sd / scale.mm_per_px < 0.012  # the population's iris: 0.036


def test_a_tilted_card_is_read_without_foreshortening() -> None:
    shown = hold(HEAD, replace(WAYS[1], camera=Camera(900, 1200)), turn_deg=70)
    card = find_card(Photo(shown.pixels))
    assert 1 / card.px_per_mm == pytest.approx(shown.card_mm_per_px, rel=0.015)
    assert 9 < card.tilt_deg < 21


def test_a_mirrored_photo_is_noticed(flat: Shown) -> None:
    card = find_card(Photo(np.ascontiguousarray(flat.pixels[:, ::-1])))
    assert card.mirrored
    assert 1 / card.px_per_mm == pytest.approx(flat.card_mm_per_px, rel=0.01)


def test_the_same_photo_is_measured_by_the_card(flat: Shown) -> None:
    by_card = read_photo(Photo(flat.pixels), Options(card=True))
    assert by_card.scale.source == "card"
    assert any("scale card" in str(one) for one in by_card.advice)
    by_iris = read_photo(Photo(flat.pixels))
    assert by_card.measures["mouth_width"].sd < by_iris.measures["mouth_width"].sd


def test_no_card_half_a_card_and_a_small_one_are_each_said(flat: Shown) -> None:
    blank = np.full_like(flat.pixels, 128)
    with pytest.raises(ScaleError, match="no scale card is seen"):
        find_card(Photo(blank))
    corners = find_card(Photo(flat.pixels)).corners_px
    half = flat.pixels.copy()
    half[:, int(corners[4:, 0].min()) - 4 :] = 128
    with pytest.raises(ScaleError, match="only one of the card's two markers"):
        find_card(Photo(half))
    tiny = hold(HEAD, Held("tiny", Camera(300, 400)))
    with pytest.raises(ScaleError, match="markers"):
        find_card(Photo(tiny.pixels))


def test_a_card_turned_too_far_away_is_refused() -> None:
    shown = hold(HEAD, Held("steep", Camera(900, 1200), tilt_deg=48), turn_deg=90)
    with pytest.raises(ScaleError, match="turned away by"):
        find_card(Photo(shown.pixels))


def test_a_card_and_two_points_together_are_refused() -> None:
    with pytest.raises(UsageError, match="both given"):
        Options(card=True, reference=(30.0, 0.0, 0.0, 100.0, 0.0))
