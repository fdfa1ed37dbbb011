"""Lip flip and lip blush, seen and measured on the client's own photo.

    from vermilion import make_plan, open_photo, preview, read_photo, save_png

    photo = open_photo("client.jpg")
    reading = read_photo(photo)
    reading.measures["upper_vermilion_height"]  # Measured(value=6.6, sd=0.5, unit="mm")
    pixels = preview(photo, reading.face, reading.scale, make_plan(flip=True), day=14)
    save_png("flip.png", pixels, {"Comment": "simulation"})

Names are loaded when they are first used, so that `import vermilion` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "open_photo": "vermilion.photo.open",
    "photo_from_pixels": "vermilion.photo.open",
    "Photo": "vermilion.photo.photo",
    "save_png": "vermilion.photo.save",
    "find_face": "vermilion.face.find",
    "find_faces": "vermilion.face.find",
    "Options": "vermilion.consult.reading",
    "Reading": "vermilion.consult.reading",
    "read_photo": "vermilion.consult.reading",
    "Plan": "vermilion.consult.plan",
    "make_plan": "vermilion.consult.plan",
    "preview": "vermilion.consult.draw",
    "Consultation": "vermilion.consult.consultation",
    "consultation": "vermilion.consult.consultation",
    "rerun": "vermilion.consult.consultation",
    "VermilionError": "vermilion.errors",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'vermilion' has no attribute '{name}'")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
