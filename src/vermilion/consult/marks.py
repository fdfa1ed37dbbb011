"""What is put onto and into a picture: the word 'simulation', the found borders, metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion import __version__
from vermilion.consult.plan import Plan
from vermilion.face.lips import Face

WORD = "simulation"
CURVES = ("upper_outer", "upper_inner", "lower_inner", "lower_outer")


def described(plan: Plan, day: float | None, band: str) -> Mapping[str, str]:
    """The words inside a simulated picture's file."""
    when = "each treatment on the day it is judged" if day is None else f"day {day:g}"
    return {
        "Comment": f"{WORD}: an illustration, not a prediction",
        "Description": f"{plan.in_words()}; {when}; {band} response",
        "Software": f"vermilion {__version__}",
    }


def marked(pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A copy with 'simulation' in its lower left corner, readable on light and dark."""
    out = pixels.copy()
    top = float(np.iinfo(out.dtype).max)
    size = min(out.shape[:2]) / 700
    place = (round(14 * size) + 4, out.shape[0] - round(16 * size) - 4)
    for colour, width in ((0.0, 5), (top, 2)):
        cv2.putText(
            out,
            WORD,
            place,
            cv2.FONT_HERSHEY_SIMPLEX,
            max(0.4, size),
            (colour,) * 3,
            max(1, round(width * size)),
            cv2.LINE_AA if out.dtype == np.uint8 else cv2.LINE_8,
        )
    return out


def overlaid(pixels: npt.NDArray[Any], face: Face) -> npt.NDArray[Any]:
    """A copy with the four borders and the named points of the lips as they were found."""
    out = pixels.copy()
    top = float(np.iinfo(out.dtype).max)
    right, left = (np.array(face.points[f"commissure_{side}"]) for side in ("right", "left"))
    wide = max(1, round(float(np.hypot(*(left - right))) / 250))
    style = cv2.LINE_AA if out.dtype == np.uint8 else cv2.LINE_8
    for name in CURVES:
        line = np.rint(getattr(face.curves, name) * 8).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(out, [line], False, (0.0, top, top), wide, style, 3)
    for x, y in face.points.values():
        centre = (round(x * 8), round(y * 8))
        cv2.circle(out, centre, 16 * wide, (top, top, 0.0), -1, style, 3)
    return out
