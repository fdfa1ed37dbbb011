"""The iris against rendered eyes whose diameter is known."""

from __future__ import annotations

import numpy as np
import pytest

from tests import rendered as shared
from vermilion.face.iris import R, irises, trace_limbus
from vermilion.face.lips import Face
from vermilion.phantom.render import PhantomImage
from vermilion.phantom.scenes import SCENES
from vermilion.photo.photo import Photo

LIDS = np.array([[-58 * np.cos(t), 24 * np.sin(t)] for t in np.linspace(0, 2 * np.pi, 17)[:16]])


def seen(scene: str) -> tuple[PhantomImage, Photo, Face]:
    return shared.seen(SCENES[scene].sized(720, 960))


def eye(radius: float, *, middle: float = 66.0) -> np.ndarray:
    """A dark disc on white, its edge a pixel wide."""
    y, x = np.mgrid[0:132, 0:132] - middle
    edge = np.clip(np.hypot(x, y) - radius + 0.5, 0, 1)
    return (0.15 + 0.5 * edge).astype(np.float32)


@pytest.mark.parametrize("scene", ["frontal", "brown", "yaw_left"])
def test_both_irises_read_their_true_diameter_within_three_percent(scene: str) -> None:
    image, photo, face = seen(scene)
    for side, found in zip(("right", "left"), irises(photo, face), strict=True):
        assert found.how == "limbus"
        assert found.diameter_px == pytest.approx(
            image.truth["iris"][side]["diameter_px"], rel=0.03
        )


@pytest.mark.parametrize("radius", [0.93 * R, R, 1.07 * R])
def test_a_plain_disc_is_traced(radius: float) -> None:
    found = trace_limbus(eye(radius), LIDS + 66.0)
    assert found is not None
    assert found[0] == pytest.approx(radius, rel=0.03)


def test_an_eye_without_an_iris_is_not_traced() -> None:
    assert trace_limbus(np.full((132, 132), 0.5, np.float32), LIDS + 66.0) is None


def test_a_light_disc_is_no_iris() -> None:
    assert trace_limbus(0.8 - eye(R), LIDS + 66.0) is None


def test_covered_eyes_are_not_seen() -> None:
    _, photo, face = seen("frontal")
    pixels = photo.pixels.copy()
    for pupil in (468, 473):
        x, y = np.rint(face.mesh_px[pupil, :2]).astype(int)
        pixels[y - 40 : y + 40, x - 60 : x + 60] = (30, 28, 26)
    assert [found.how for found in irises(Photo(pixels), face)] == ["unseen", "unseen"]


def test_closed_lids_are_told() -> None:
    _, photo, face = seen("frontal")
    mesh = face.mesh_px.copy()
    for lid, line in ((158, 153), (159, 145), (160, 144), (385, 380), (386, 374), (387, 373)):
        mesh[lid, 1] = mesh[line, 1] - 1.0
    closed = Face(**{name: getattr(face, name) for name in face.__slots__} | {"mesh_px": mesh})
    assert [found.why for found in irises(photo, closed)] == ["the eye is closed or nearly so"] * 2
