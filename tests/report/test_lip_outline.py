"""The outline of a photo is the photo's own lips, in millimetres on the lips' axes."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.face.find import find_face
from vermilion.phantom.spec import PhantomSpec
from vermilion.photo.photo import Photo
from vermilion.render.frame import lip_frame
from vermilion.report.lip_outline import LipOutline, outline_of, template


@pytest.fixture(scope="module")
def found() -> tuple[LipOutline, float]:
    """An outline, and how far it lies from the borders of the rendered mouth itself, in mm."""
    made = rendered(PhantomSpec().sized(810, 1080))
    face = find_face(Photo(made.pixels))
    mm = made.truth["scale"]["mm_per_px"]
    frame = lip_frame(face.curves, face.points, mm)
    outline = outline_of(frame, measured=True)
    x, y = made.truth["points"]["crista_philtri_left"]
    right, down = frame.to_mm(np.float32(x), np.float32(y))
    return outline, abs(outline.border_mm(float(right)) - float(down))


def test_what_lies_on_the_axes_lies_there_on_the_photo(found: tuple[LipOutline, float]) -> None:
    outline, away = found
    assert away < 0.4  # what the borders themselves are found to, not what the axes add
    assert outline.own
    assert outline.border_mm(outline.mouth.corner_left) == pytest.approx(0, abs=0.05)
    assert outline.border_mm(outline.mouth.peak_left) < -3


def test_it_is_kept_and_read_again_without_loss(found: tuple[LipOutline, float]) -> None:
    outline, _ = found
    assert LipOutline.from_json(json.loads(json.dumps(outline.to_json()))) == outline


def test_a_template_says_that_it_is_none_of_the_client_s() -> None:
    assert not template().own
    assert not template().measured
    assert template(47.0).measured
    assert template(47.0).mouth.width_mm == 47.0
