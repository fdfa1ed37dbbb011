"""A pair of photos is compared only when it is fair, and a change is more than its error."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.consult.draw import encode_jpeg
from vermilion.consult.reading import Reading, read_photo
from vermilion.phantom.scenes import SCENES
from vermilion.phantom.spec import PhantomSpec
from vermilion.photo.open import open_photo
from vermilion.studio.models import Photo
from vermilion.studio.record.compare import SURE, changes, colour_step, rise, unfair

REST = Photo(view="rest")
SPEC = SCENES["frontal"].sized(720, 960)


def read(spec: PhantomSpec) -> Reading:
    return read_photo(open_photo(encode_jpeg(rendered(spec).pixels)))


@pytest.fixture(scope="module")
def before() -> Reading:
    return read(SPEC)


def height(reading: Reading, other: Reading) -> tuple[float, bool]:
    found = {one.name: one for one in changes(reading, other)}["upper_vermilion_height"]
    return found.difference, found.shown


def test_the_same_person_twice_shows_no_change(before: Reading) -> None:
    again = read(replace(SPEC, seed=77))
    assert not any(one.shown for one in changes(before, again))
    assert not list(unfair(Photo(view="rest"), Photo(view="rest"), before, again))


def test_a_true_flip_of_two_millimetres_is_measured(before: Reading) -> None:
    difference, shown = height(before, read(SPEC.deform(rise_mm=2.0)))
    assert difference == pytest.approx(2.0, abs=0.6)
    assert shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Photo(view="rest"), Photo(view="smile")),
        (Photo(view="rest"), Photo(view="rest", swollen=True)),
    ],
    ids=["another view", "swollen"],
)
def test_other_views_and_swollen_lips_are_no_fair_pair(
    first: Photo, second: Photo, before: Reading
) -> None:
    assert list(unfair(first, second, before, before))


def test_a_turned_head_is_no_fair_pair(before: Reading) -> None:
    turned = read(replace(SPEC, pose=replace(SPEC.pose, yaw_deg=12.0)))
    words = list(unfair(Photo(view="rest"), Photo(view="rest"), before, turned))
    assert "The head is turned otherwise in one of them." in words


def test_darker_light_and_another_tint_are_no_fair_pair(before: Reading) -> None:
    light = SPEC.light
    dim = replace(light, key=light.key * 0.6, fill=light.fill * 0.6, ambient=light.ambient * 0.6)
    dark = read(replace(SPEC, light=dim))
    assert any("brighter" in one for one in unfair(REST, REST, before, dark))
    pixels = rendered(SPEC).pixels.astype(np.float64) * (1.08, 1.0, 0.86)
    warm = read_photo(open_photo(encode_jpeg(np.clip(pixels, 0, 255).astype(np.uint8))))
    assert any("tint" in one for one in unfair(REST, REST, before, warm))


def test_an_open_mouth_is_no_fair_pair(before: Reading) -> None:
    parted = read(replace(SPEC, lips=replace(SPEC.lips, opening_mm=5.0)))
    assert "The mouth is open in one and closed in the other." in list(
        unfair(REST, REST, before, parted)
    )


def test_a_little_less_light_is_fair_and_changes_no_colour(before: Reading) -> None:
    light = SPEC.light
    dim = replace(light, key=light.key * 0.88, fill=light.fill * 0.88, ambient=light.ambient * 0.88)
    after = read(replace(SPEC, light=dim))
    assert not list(unfair(REST, REST, before, after))
    step = colour_step(before, after)
    assert step is not None
    assert step.value < SURE * step.sd


def test_a_photo_without_colour_tells_no_step_of_colour(before: Reading) -> None:
    grey = rendered(SPEC).pixels.mean(axis=2, keepdims=True).repeat(3, axis=2)
    after = read_photo(open_photo(encode_jpeg(grey.astype(np.uint8))))
    assert colour_step(before, after) is None


def test_the_rise_is_the_mean_of_both_peaks(before: Reading) -> None:
    found = rise(before, read(SPEC.deform(rise_mm=1.0)))
    assert found is not None
    assert found.value == pytest.approx(1.0, abs=0.35)


def test_the_same_irises_make_a_difference_surer_and_no_false_one(before: Reading) -> None:
    again = read(replace(SPEC, seed=78))
    one, other = (reading.measures["mouth_width"] for reading in (before, again))
    (found,) = [row for row in changes(before, again) if row.name == "mouth_width"]
    assert found.sd < math.hypot(one.sd, other.sd)
    assert not found.shown
