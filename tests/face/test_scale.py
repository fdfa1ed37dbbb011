"""Millimetres in a photo: from a reference, this client's iris, the population's, or none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import rendered as shared
from tests.face.drawn import drawn_face
from vermilion.errors import UsageError
from vermilion.face.iris import Iris
from vermilion.face.lips import Face
from vermilion.face.scale import (
    NONE,
    beside_iris,
    diameter_px,
    lips_nearer,
    scale_of,
    scale_of_reference,
)
from vermilion.know.sourced import topic
from vermilion.phantom.render import PhantomImage
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo


def seen(scene: str) -> tuple[PhantomImage, Photo, Face]:
    return shared.seen(SCENES[scene].sized(900, 1200))


def iris(diameter: float, sd: float = 0.3) -> Iris:
    return Iris(diameter, sd, "limbus")


UNSEEN = Iris(None, None, "unseen", "closed")


def test_a_reference_tells_the_scale_and_needs_no_eyes() -> None:
    _, photo, face = seen("frontal")
    found = scale_of_reference(photo, face, ((100, 900), (300, 900), 50.0))
    assert found.source == "reference"
    assert found.mm_per_px == pytest.approx(0.25)
    assert found.sd is not None
    assert 0 < found.sd < 0.02 * 0.25


@pytest.mark.parametrize(
    "reference",
    [
        ((0, 0), (200, 0), 0.0),
        ((0, 0), (200, 0), -5.0),
        ((0, 0), (200, 0), math.inf),
        ((0, 0), (3, 0), 5.0),
        ((0, math.nan), (200, 0), 50.0),
        ((0, 0), (math.inf, 0), 50.0),
        ((-500, 0), (200, 0), 150.0),
        ((0, 0), (200, 0), 5.0),  # cm for mm
        ((0, 0), (200, 0), 500.0),
    ],
)
def test_a_reference_that_tells_nothing_is_refused(
    reference: tuple[tuple[float, float], tuple[float, float], float],
) -> None:
    _, photo, face = seen("frontal")
    with pytest.raises(UsageError):
        scale_of_reference(photo, face, reference)


@pytest.mark.parametrize(
    ("mm", "key", "percent"), [(50.0, None, 0), (25.0, "shorter", 50), (100.0, "longer", 100)]
)
def test_a_reference_that_the_iris_contradicts_is_warned_of(
    mm: float, key: str | None, percent: int
) -> None:
    image, photo, face = seen("frontal")
    far_px = 50.0 / image.truth["scale"]["mm_per_px"]
    told = scale_of_reference(photo, face, ((100, 900), (100 + far_px, 900), mm))
    found = list(beside_iris("reference", told, scale_of(photo, face)))
    assert [one.severity for one in found] == ([] if key is None else ["warning"])
    for one in found:
        (told_percent,) = (value for name, value in one.text.values if name == "percent")
        assert key is not None
        assert key in str(one.text)
        assert told_percent == pytest.approx(percent, abs=10)


def test_without_an_iris_a_reference_is_held_against_nothing() -> None:
    _, photo, face = seen("frontal")
    told = scale_of_reference(photo, face, ((100, 900), (300, 900), 50.0))
    assert list(beside_iris("reference", told, NONE)) == []


@pytest.mark.parametrize("iris_mm", [0.0, 5.0, 20.0])
def test_an_iris_that_no_adult_has_is_refused(iris_mm: float) -> None:
    _, photo, face = seen("frontal")
    with pytest.raises(UsageError):
        scale_of(photo, face, iris_mm=iris_mm)


@pytest.mark.parametrize("scene", ["frontal", "dark", "yaw_left", "yaw_right"])
def test_the_clients_own_iris_gives_the_scale_of_the_lips_within_two_percent(scene: str) -> None:
    image, photo, face = seen(scene)
    found = scale_of(photo, face, iris_mm=image.truth["measures"]["iris_diameter_mm"])
    assert found.source == "iris of this client"
    assert found.mm_per_px == pytest.approx(image.truth["scale"]["mm_per_px"], rel=0.02)


def test_the_populations_iris_is_less_sure_than_the_clients() -> None:
    _, photo, face = seen("frontal")
    usual, own = scale_of(photo, face), scale_of(photo, face, iris_mm=11.71)
    assert usual.source == "population iris"
    assert usual.mm_per_px == pytest.approx(own.mm_per_px)
    assert usual.sd is not None
    assert own.sd is not None
    iris_mm = topic("scale").number("iris_diameter")
    assert usual.sd > own.sd
    assert usual.mm_per_px is not None
    assert usual.sd / usual.mm_per_px > (iris_mm.sd or 0) / iris_mm.value


def test_a_face_without_eyes_has_no_millimetres() -> None:
    _, photo, _ = seen("frontal")
    pixels = photo.pixels.copy()
    pixels[:] = 128
    found = scale_of(Photo(pixels), drawn_face())
    assert found.mm_per_px is None
    assert found.sd is None
    assert found.source == "none"


def test_no_iris_no_diameter() -> None:
    assert diameter_px(UNSEEN, UNSEEN, yaw_deg=0) is None


def test_one_iris_is_enough() -> None:
    found = diameter_px(UNSEEN, iris(40.0), yaw_deg=0)
    assert found is not None
    assert found == pytest.approx((40.0, 0.3))


@given(st.floats(20, 80), st.floats(-0.2, 0.2))
def test_two_irises_are_believed_only_while_they_agree(size: float, apart: float) -> None:
    limit = topic("scale").number("irises_differ").value
    found = diameter_px(
        iris(size * math.exp(apart / 2)), iris(size * math.exp(-apart / 2)), yaw_deg=0
    )
    if abs(apart) > limit + 1e-6:
        assert found is None
    elif abs(apart) < limit - 1e-6:
        assert found is not None
        assert found[0] == pytest.approx(size, rel=0.01)


def test_irises_that_differ_are_less_sure() -> None:
    alike, apart = (diameter_px(iris(40), iris(other), yaw_deg=0) for other in (40, 43))
    assert alike is not None
    assert apart is not None
    assert apart[1] > alike[1]


def test_the_nearer_eye_of_a_turned_head_may_look_larger() -> None:
    straight = diameter_px(iris(40.8), iris(39.2), yaw_deg=0)
    turned = diameter_px(iris(40.8), iris(39.2), yaw_deg=20)
    assert straight is not None
    assert turned is not None
    assert turned[1] < straight[1]


def test_lips_look_a_little_larger_than_eyes() -> None:
    share, sd = lips_nearer()
    assert 0 < share < 0.03
    assert 0 < sd < 0.03
