"""What was found, drawn over a copy of the photo; and the mark that says 'simulation'.

Lines are drawn with sub-pixel vertices and sized by the mouth, so that they read the same on a
small and on a large photo. Dark edges under light strokes keep them visible on every skin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.lips import LipCurves, Points
from vermilion.units import Measured

Pixels = npt.NDArray[Any]

CURVE = (255, 255, 255)
INNER = (255, 214, 120)
POINT = (120, 220, 255)
EDGE = (40, 20, 30)
SUBPIXEL_BITS = 4
LABEL_STEP = 2.0
"""Least distance of two labels, in letter heights."""
MARK_SHARE = 1 / 45
"""Height of the mark's letters as a share of the picture's smaller side."""


def draw_found(
    pixels: Pixels,
    curves: LipCurves,
    points: Mapping[str, tuple[float, float]],
    measures: Mapping[str, Measured] | None = None,
) -> Pixels:
    """A copy with the four borders, the named points and, where millimetres are known, labels.

    measures : `upper_vermilion_height`, `lower_vermilion_height`, `mouth_width` and
        `philtrum_length` are labelled when given in mm
    """
    canvas = np.array(pixels)
    mouth_px = float(np.linalg.norm(curves.upper_outer[-1] - curves.upper_outer[0]))
    width = max(1, round(mouth_px / 220))
    for curve, colour in (
        (curves.upper_outer, CURVE),
        (curves.lower_outer, CURVE),
        (curves.upper_inner, INNER),
        (curves.lower_inner, INNER),
    ):
        _line(canvas, curve, EDGE, width + 2)
        _line(canvas, curve, colour, width)
    for at in points.values():
        _dot(canvas, at, EDGE, 2.0 * width + 1)
        _dot(canvas, at, POINT, 1.4 * width)
    if measures:
        _labels(canvas, curves, measures, mouth_px)
    return canvas


def mark(pixels: Pixels, words: str = "simulation") -> Pixels:
    """A copy with a small light word on a dark ground in the lower left corner."""
    canvas = np.array(pixels)
    size = max(11.0, min(canvas.shape[:2]) * MARK_SHARE)
    _write(canvas, words, (0.6 * size, canvas.shape[0] - 2.1 * size), size)
    return canvas


def _labels(
    canvas: Pixels, curves: LipCurves, measures: Mapping[str, Measured], mouth_px: float
) -> None:
    size = max(10.0, mouth_px / 16)
    right = float(curves.upper_outer[-1, 0]) + 0.6 * size
    places = {
        "upper_vermilion_height": float(curves.upper_outer[:, 1].min()),
        "mouth_width": float(curves.upper_outer[-1, 1]),
        "lower_vermilion_height": float(curves.lower_outer[:, 1].max()) - size,
    }
    names = {
        "upper_vermilion_height": "upper lip",
        "mouth_width": "mouth",
        "lower_vermilion_height": "lower lip",
    }
    free = -np.inf
    for key, y in places.items():
        found = measures.get(key)
        if found is not None and found.unit == "mm":
            words = f"{names[key]} {found.value:.1f} ± {found.sd:.1f} mm"
            y = max(y, free)
            _write(canvas, words, (right, y), size)
            free = y + LABEL_STEP * size


def _fixed(points: Points | Sequence[tuple[float, float]]) -> npt.NDArray[np.int32]:
    return np.asarray(np.rint(np.asarray(points, np.float64) * 2**SUBPIXEL_BITS), np.int32)


def _scaled(canvas: Pixels, colour: tuple[int, int, int]) -> tuple[float, ...]:
    return tuple(float(c) * (np.iinfo(canvas.dtype).max // 255) for c in colour)


def _line(canvas: Pixels, curve: Points, colour: tuple[int, int, int], width: int) -> None:
    ink = _scaled(canvas, colour)
    # OpenCV smooths lines on 8-bit pictures only.
    kind = cv2.LINE_AA if canvas.dtype == np.uint8 else cv2.LINE_8
    cv2.polylines(canvas, [_fixed(curve)], False, ink, width, kind, SUBPIXEL_BITS)


def _dot(
    canvas: Pixels, at: tuple[float, float], colour: tuple[int, int, int], radius: float
) -> None:
    centre = [int(v) for v in _fixed([at])[0]]
    kind = cv2.LINE_AA if canvas.dtype == np.uint8 else cv2.LINE_8
    ink = _scaled(canvas, colour)
    cv2.circle(canvas, centre, round(radius * 2**SUBPIXEL_BITS), ink, -1, kind, SUBPIXEL_BITS)


def _write(canvas: Pixels, words: str, at: tuple[float, float], size: float) -> None:
    """Words on a dark ground with their upper left corner at `at`, moved inside the picture."""
    letters = _letters(words, size)
    pad = round(0.35 * size)
    height, width = letters.shape[0] + 2 * pad, letters.shape[1] + 2 * pad
    if height > canvas.shape[0] or width > canvas.shape[1]:
        return
    x = int(np.clip(at[0], 0, canvas.shape[1] - width))
    y = int(np.clip(at[1], 0, canvas.shape[0] - height))
    part = canvas[y : y + height, x : x + width].astype(np.float32)
    part = 0.35 * part + 0.65 * np.asarray(_scaled(canvas, EDGE), np.float32)
    ink = np.pad(letters, pad)[..., None]
    part = part * (1 - ink) + np.asarray(_scaled(canvas, CURVE), np.float32) * ink
    canvas[y : y + height, x : x + width] = np.rint(part).astype(canvas.dtype)


def _letters(words: str, size_px: float) -> npt.NDArray[np.float32]:
    """(H, W) 0..1, the words in OpenCV's own outline font, in the size asked for."""
    face = cv2.FontFace("sans")
    points = max(8, round(size_px))
    box = cv2.getTextSize((0, 0), words, (0, 0), face, points)
    image = np.zeros((box[3] + 2, box[2] + 2, 3), np.uint8)
    cv2.putText(image, words, (1 - box[0], 1 - box[1]), (255, 255, 255), face, points)
    return np.asarray(image[..., 0] / np.float32(255), np.float32)
