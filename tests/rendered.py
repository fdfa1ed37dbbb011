"""The phantoms of a test run: each head is rendered once, whichever worker asks for it first.

The same spec gives the same bytes, which tests/phantom proves on the renderer itself. What lies on
disk is this run's own: tests/conftest.py makes the folder and takes it away.
"""

from __future__ import annotations

import os
import pickle
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tests.conftest import KEPT_IN
from vermilion.face.find import find_face
from vermilion.face.lips import Face
from vermilion.phantom.render import PhantomImage, render_phantom
from vermilion.phantom.spec import PhantomSpec
from vermilion.photo.photo import Photo


@lru_cache(maxsize=64)
def rendered(spec: PhantomSpec) -> PhantomImage:
    """As `render_phantom`; nobody can write into its pixels."""
    kept = Path(os.environ[KEPT_IN]) / sha256(repr(spec).encode()).hexdigest()
    if kept.is_file():
        image: PhantomImage = pickle.loads(kept.read_bytes())
    else:
        image = render_phantom(spec)
        half = kept.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(image))
        half.replace(kept)  # another worker reads all of it or nothing
    image.pixels.setflags(write=False)
    return image


@lru_cache(maxsize=64)
def seen(spec: PhantomSpec) -> tuple[PhantomImage, Photo, Face]:
    """A phantom, as a photo, and its face as it is found."""
    image = rendered(spec)
    photo = Photo(image.pixels)
    return image, photo, find_face(photo)
