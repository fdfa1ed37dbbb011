"""Two photos of one person lie over each other in the lip view, however they were held."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.rendered import rendered
from vermilion.consult.frame import framed
from vermilion.consult.lip_view import SHAPE_PX, lip_view
from vermilion.consult.reading import read_photo
from vermilion.phantom.scenes import SCENES
from vermilion.photo.open import photo_from_pixels


@pytest.mark.parametrize("turned_deg", [-6.0, 7.0])
def test_a_tilted_camera_is_levelled(turned_deg: float) -> None:
    pixels = rendered(SCENES["frontal"].sized(720, 960)).pixels
    turn = cv2.getRotationMatrix2D((360, 480), turned_deg, 0.9)
    other = cv2.warpAffine(pixels, turn, (720, 960), borderMode=cv2.BORDER_REPLICATE)
    views = []
    for one in (pixels, other):
        reading = read_photo(photo_from_pixels(one))
        views.append(lip_view(framed(reading.photo, reading.face, reading.scale)))
    assert views[0].shape == (*SHAPE_PX, 3)
    apart = np.abs(views[0].astype(int) - views[1].astype(int))[150:450, 200:700]
    assert np.median(apart) < 6
