"""sRGB, linear light, CIE XYZ, CIELAB and CIELCh, all for D65.

Public: `srgb_to_linear`, `linear_to_srgb`, `linear_to_xyz`, `linear_to_lab`, `lab_to_linear`,
`lab_to_lch`, `lch_to_lab`.

Images take quick paths: 8 and 16 bit go through tables, matrices through OpenCV. All functions
work on arrays of any leading shape; colour is the last axis.

References
----------
IEC 61966-2-1:1999 (sRGB: transfer curve, primaries, white).
CIE 15:2018 (CIELAB, CIELCh).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]

PRIMARIES_XY = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
"""Chromaticities of sRGB's red, green and blue (IEC 61966-2-1)."""

WHITE_XY = (0.3127, 0.3290)
"""Chromaticity of sRGB's white, D65 (IEC 61966-2-1)."""

TABLE_SIZE = 65536
"""Steps of the linear -> 8 bit table: fine enough that every 8-bit value comes back as itself."""

EPSILON = (6 / 29) ** 3
KAPPA = (29 / 3) ** 3
"""Where CIELAB's cube root hands over to its straight part (CIE 15)."""


def rgb_to_xyz_matrix(
    primaries_xy: tuple[tuple[float, float], ...], white_xy: tuple[float, float]
) -> npt.NDArray[np.float64]:
    """(3, 3) matrix from linear RGB to XYZ, white at Y = 1."""
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries_xy]).T
    x, y = white_xy
    scale = np.linalg.solve(columns, np.array([x / y, 1.0, (1 - x - y) / y]))
    matrix: npt.NDArray[np.float64] = columns * scale
    return matrix


RGB_TO_XYZ = rgb_to_xyz_matrix(PRIMARIES_XY, WHITE_XY)
XYZ_TO_RGB = np.linalg.inv(RGB_TO_XYZ)
WHITE_XYZ = RGB_TO_XYZ.sum(axis=1)


def srgb_to_linear(srgb: Array) -> Floats:
    """Decode sRGB to linear light.

    Parameters
    ----------
    srgb : uint8 (0..255), uint16 (0..65535) or float (0..1); any shape

    Returns
    -------
    same shape, float32, 0..1
    """
    if srgb.dtype == np.uint8 or srgb.dtype == np.uint16:
        return np.asarray(_look_up(_decode_table(srgb.dtype.name), srgb), np.float32)
    return _decode(srgb).astype(np.float32)


def linear_to_srgb(linear: Array, dtype: npt.DTypeLike = np.float32) -> Array:
    """Encode linear light as sRGB; values outside 0..1 are clipped.

    Parameters
    ----------
    linear : float, 0..1; any shape
    dtype : np.uint8, np.uint16 or np.float32 (0..1)

    Returns
    -------
    same shape, of `dtype`; decoding and encoding an integer gives back that integer
    """
    wanted = np.dtype(dtype)
    if wanted == np.uint8:
        if np.size(linear) == 0:
            return np.empty(np.shape(linear), np.uint8)
        rows = _rows(np.asarray(linear, np.float32))
        steps = cv2.multiply(rows, float(TABLE_SIZE - 1), dtype=cv2.CV_16U)  # rounds and clips
        return _look_up(_encode_table(), np.asarray(steps)).reshape(np.shape(linear))
    encoded = _encode(np.clip(np.asarray(linear, np.float32), 0, 1))
    if wanted == np.uint16:
        return np.asarray(np.rint(encoded * np.float32(65535)).astype(np.uint16))
    return np.asarray(encoded.astype(wanted))


def linear_to_xyz(linear: Array) -> Floats:
    """Linear sRGB (..., 3) 0..1 -> XYZ (..., 3) float32, white at Y = 1."""
    return _times(RGB_TO_XYZ, linear)


def linear_to_lab(linear: Array) -> Floats:
    """Linear sRGB (..., 3) 0..1 -> CIELAB (..., 3) float32: L 0..100, a, b (D65)."""
    t = _times(RGB_TO_XYZ / WHITE_XYZ[:, None], linear)
    f = np.cbrt(np.maximum(t, np.float32(EPSILON)))
    dark = t < EPSILON
    if dark.any():
        f[dark] = (np.float32(KAPPA) * t[dark] + np.float32(16)) / np.float32(116)
    return _times(np.array([[0, 116, 0], [500, -500, 0], [0, 200, -200]]), f, (-16.0, 0.0, 0.0))


def lab_to_linear(lab: Array) -> Floats:
    """CIELAB (..., 3), D65 -> linear sRGB (..., 3) float32; may lie outside 0..1."""
    to_f = np.array([[1 / 116, 1 / 500, 0], [1 / 116, 0, 0], [1 / 116, 0, -1 / 200]])
    f = _times(to_f, lab, (16 / 116,) * 3)
    t = f * f * f
    dark = f < 6 / 29
    if dark.any():
        t[dark] = (np.float32(116) * f[dark] - np.float32(16)) / np.float32(KAPPA)
    return _times(XYZ_TO_RGB * WHITE_XYZ, t)


def lab_to_lch(lab: Array) -> Floats:
    """CIELAB -> L, chroma, hue in degrees 0..360; (..., 3) float32."""
    lab = np.asarray(lab, np.float32)
    hue_deg = np.degrees(np.arctan2(lab[..., 2], lab[..., 1])) % 360
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    return np.stack([lab[..., 0], chroma, hue_deg], axis=-1).astype(np.float32)


def lch_to_lab(lch: Array) -> Floats:
    """L, chroma, hue in degrees -> CIELAB; (..., 3) float32."""
    lch = np.asarray(lch, np.float32)
    hue = np.radians(lch[..., 2])
    a, b = lch[..., 1] * np.cos(hue), lch[..., 1] * np.sin(hue)
    return np.stack([lch[..., 0], a, b], axis=-1).astype(np.float32)


def _rows(values: Array) -> Array:
    """The same values as a matrix: OpenCV takes no other shape."""
    return np.ascontiguousarray(values).reshape(values.shape[0] if values.ndim > 1 else 1, -1)


def _look_up(table: Array, values: Array) -> Array:
    """table[values]; OpenCV does it five times as fast as numpy."""
    if values.size == 0:
        return np.empty(values.shape, table.dtype)
    return np.asarray(cv2.LUT(_rows(values), table)).reshape(values.shape)


def _times(
    matrix: npt.NDArray[np.float64], values: Array, plus: tuple[float, ...] = (0.0, 0.0, 0.0)
) -> Floats:
    """matrix @ values + plus along the last axis; OpenCV does it in one pass over the memory."""
    values = np.ascontiguousarray(values, np.float32)
    if values.size == 0:
        return values
    affine = np.column_stack([matrix, plus])
    flat = cv2.transform(values.reshape(-1, 1, 3), affine)
    return np.asarray(flat, np.float32).reshape(values.shape)


def _decode(srgb: Array) -> npt.NDArray[np.float64]:
    v = np.asarray(srgb, np.float64)
    curve = ((np.maximum(v, 0) + 0.055) / 1.055) ** 2.4
    return np.asarray(np.where(v <= 0.04045, v / 12.92, curve))


def _encode(linear: Array) -> Array:
    curve = np.float32(1.055) * np.power(linear, np.float32(1 / 2.4)) - np.float32(0.055)
    return np.asarray(np.where(linear <= 0.0031308, linear * np.float32(12.92), curve))


@cache
def _decode_table(name: str) -> Floats:
    top = int(np.iinfo(name).max)
    return _decode(np.arange(top + 1) / top).astype(np.float32)


@cache
def _encode_table() -> npt.NDArray[np.uint8]:
    linear = np.arange(TABLE_SIZE, dtype=np.float32) / np.float32(TABLE_SIZE - 1)
    return np.asarray(np.rint(_encode(linear) * 255), np.uint8)
