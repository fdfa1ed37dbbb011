"""The mouths that benches draw on: phantoms, and each face beside the checkout that is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from vermilion.errors import VermilionError
from vermilion.face.find import find_face
from vermilion.phantom import SCENES, render_phantom
from vermilion.photo.open import open_photo
from vermilion.photo.photo import Photo
from vermilion.render.scene import LipScene, analyse

MOUTH_MM = 50.0
"""Width that a mouth is taken for here: a change is read back in the unit in which it was asked,
so no bar of these benches depends on the true one."""


def scene_of(photo: Photo) -> LipScene:
    """The largest face of a photo, with its mouth taken as 50 mm wide."""
    face = find_face(photo, 1)
    border = face.curves.upper_outer
    return analyse(photo, face, MOUTH_MM / float(np.linalg.norm(border[-1] - border[0])))


def phantom_scenes() -> Iterator[tuple[str, LipScene]]:
    for name, spec in SCENES.items():
        yield f"phantom {name}", scene_of(Photo(render_phantom(spec.sized(900, 1200)).pixels))


def face_scenes(faces_dir: Path) -> Iterator[tuple[str, LipScene | str]]:
    """Each photo's name with its scene, or with the reason why there is none."""
    for folder in ("annotated", "portraits"):
        for path in sorted((faces_dir / folder).glob("*.jpg")):
            name = f"{folder}/{path.stem}"
            try:
                yield name, scene_of(open_photo(path))
            except VermilionError as error:
                yield name, str(error.came)
