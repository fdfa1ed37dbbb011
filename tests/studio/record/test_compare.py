"""A pair of photos is compared only when it is fair, and a change is more than its error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vermilion.consult.draw import encode_jpeg
from vermilion.consult.reading import Reading, read_photo
from vermilion.phantom.render import render_phantom
from vermilion.phantom.scenes import SCENES
from vermilion.phantom.spec import PhantomSpec
from vermilion.photo.open import open_photo
from vermilion.studio.models import Photo
from vermilion.studio.record.compare import changes, unfair

SPEC = SCENES["frontal"].sized(720, 960)


def read(spec: PhantomSpec) -> Reading:
    return read_photo(open_photo(encode_jpeg(render_phantom(spec).pixels)))


@pytest.fixture(scope="module")
def before() -> Reading:
    return read(SPEC)


def rise(reading: Reading, other: Reading) -> tuple[float, bool]:
    found = {one.name: one for one in changes(reading, other)}["upper_vermilion_height"]
    return found.difference, found.shown


def test_the_same_person_twice_shows_no_change(before: Reading) -> None:
    again = read(replace(SPEC, seed=77))
    assert not any(one.shown for one in changes(before, again))
    assert not list(unfair(Photo(view="rest"), Photo(view="rest"), before, again))


def test_a_true_flip_of_two_millimetres_is_measured(before: Reading) -> None:
    difference, shown = rise(before, read(SPEC.deform(rise_mm=2.0)))
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
