"""The colour of the lips as they are before anything is done to them.

Public: `read_lips`, `bare_lips`, `looking_scale`.

It is read where pigment would lie: hair over the lip, skin beyond its true border, teeth and the
dark between the lips are not its colour (`render.bare_lip`). What is stated of a photo and what is
painted on it see the lips with the same eyes.
"""

from __future__ import annotations

import numpy as np

from vermilion.colour.lips import LipColours
from vermilion.consult.frame import framed_mouth
from vermilion.errors import PhotoError
from vermilion.face.lips import Face, Scale
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo
from vermilion.render.scene import LipScene, analyse


def read_lips(photo: Photo, face: Face, scale: Scale) -> LipColours:
    """The mean colours of this vermilion, read at the size of a report's pictures.

    Raises
    ------
    FaceError : lips at the photo's edge, or too small to have a pixel inside their borders
    """
    cut = framed_mouth(photo, face, scale)
    return analyse(cut.photo, cut.face, looking_scale(cut.face, cut.scale)).bare_lip.colours


def bare_lips(scene: LipScene) -> LipColours:
    """The same of lips that are to be drawn, as the painting itself sees them.

    Raises
    ------
    PhotoError : the photo is black and white or toned: what pigment makes of these lips is unknown
    """
    if scene.grey:
        raise PhotoError(
            "the photo has no colour of its own: it is black and white, or toned",
            "a blush is shown on the lips' own colour",
            "take a colour photo, or show a flip alone",
        )
    return scene.bare_lip.colours


def looking_scale(face: Face, scale: Scale) -> float:
    """mm per px for what needs lips' rough size alone: without a scale, of a mouth of the nominal
    width."""
    if scale.mm_per_px is not None:
        return scale.mm_per_px
    right, left = (np.array(face.points[f"commissure_{side}"]) for side in ("right", "left"))
    nominal_mm = 2 * topic("flip").number("commissure_offset").value
    return nominal_mm / float(np.hypot(*(left - right)))
