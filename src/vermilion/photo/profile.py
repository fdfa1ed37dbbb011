"""From a file's own colours to sRGB.

Nearly all photos carry either sRGB or a "matrix/TRC" profile (Display P3, Adobe RGB): three curves
and a 3 x 3 matrix. Those are read and applied here, in 8 and 16 bit alike. Profiles made of tables
(CMYK) go through LittleCMS, in 8 bit. Colours outside sRGB are clipped, as any screen would.

References
----------
ICC.1:2022, sections 7.2 (header), 7.3 (tags), 10.6 (curveType), 10.18 (parametricCurveType).
ITU-T H.273, table 2 (colour primaries by number).
Bradford adaptation: K. M. Lam, 1985, as in ICC.1:2022 annex E.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import (
    RGB_TO_XYZ,
    WHITE_XY,
    WHITE_XYZ,
    linear_to_srgb,
    rgb_to_xyz_matrix,
    srgb_to_linear,
)
from vermilion.errors import PhotoError
from vermilion.photo.photo import Pixels

Matrix = npt.NDArray[np.float64]

D50_XYZ = np.array([0.9642, 1.0, 0.8249])
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
CICP_PRIMARIES = {
    9: ("BT.2020", ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))),
    12: ("Display P3", ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))),
}

NEAR_MATRIX = 0.01
NEAR_CURVE = 0.005
"""How far a profile may lie from sRGB and still count as sRGB: makers round it differently."""

ROWS = 256
"""Rows converted at a time, so that a 64 megapixel photo needs little memory."""


@dataclass(frozen=True, slots=True)
class Shaper:
    """curves : 1 (grey) or 3 arrays of 4096 linear values over 0..1; to_linear_srgb : (3, 3)."""

    name: str
    curves: tuple[npt.NDArray[np.float32], ...]
    to_linear_srgb: Matrix

    @property
    def is_srgb(self) -> bool:
        own = srgb_to_linear(GRID)
        close = all(np.abs(curve - own).max() < NEAR_CURVE for curve in self.curves)
        return close and bool(np.abs(self.to_linear_srgb - np.eye(3)).max() < NEAR_MATRIX)


GRID = np.linspace(0, 1, 4096)


def to_srgb(
    colour: Pixels, icc: bytes | None, primaries: int | None, name: str
) -> tuple[Pixels, str]:
    """Stored pixels -> (H, W, 3) sRGB of the same depth, and what was done, in words."""
    if colour.ndim == 3 and colour.shape[2] == 4:
        return _through_tables(colour, icc, name)
    shaper = read_shaper(icc) if icc else None
    if shaper is None and icc is None and primaries in CICP_PRIMARIES:
        shaper = _from_primaries(primaries)
    grey = colour.ndim == 2
    fits = shaper is not None and (len(shaper.curves) == 1) == grey
    if shaper is not None and fits and not shaper.is_srgb:
        return _apply(shaper, colour), f"{shaper.name} -> sRGB"
    if icc and not fits and not grey:
        return _through_tables(colour, icc, name)
    rgb = np.repeat(colour[..., None], 3, axis=2) if grey else colour
    return rgb, "sRGB" if fits else "taken as sRGB"


def read_shaper(icc: bytes) -> Shaper | None:
    """A profile's curves and matrix; None where it works by tables or cannot be read."""
    try:
        count = struct.unpack_from(">I", icc, 128)[0]
        rows = [struct.unpack_from(">4sII", icc, 132 + 12 * k) for k in range(min(count, 100))]
        tags = {bytes(sig): icc[start : start + size] for sig, start, size in rows}
        label = _text(tags.get(b"desc", b"")) or "ICC profile"
        if icc[16:20] == b"GRAY":
            return Shaper(label, (_curve(tags[b"kTRC"]),), np.eye(3))
        if b"A2B0" in tags or icc[16:20] != b"RGB ":
            return None
        curves = tuple(_curve(tags[key]) for key in (b"rTRC", b"gTRC", b"bTRC"))
        to_xyz = np.array([_xyz(tags[key]) for key in (b"rXYZ", b"gXYZ", b"bXYZ")]).T
        return Shaper(
            label, curves, np.linalg.inv(_adapt(WHITE_XYZ, D50_XYZ) @ RGB_TO_XYZ) @ to_xyz
        )
    except (KeyError, struct.error, ValueError, IndexError, OverflowError):
        return None


def _from_primaries(number: int | None) -> Shaper:
    label, corners = CICP_PRIMARIES[number or 0]
    to_xyz = rgb_to_xyz_matrix(corners, WHITE_XY)
    curve = srgb_to_linear(GRID)
    return Shaper(label, (curve,) * 3, np.linalg.inv(RGB_TO_XYZ) @ to_xyz)


def _adapt(from_xyz: Matrix, to_xyz: Matrix) -> Matrix:
    gains = (BRADFORD @ to_xyz) / (BRADFORD @ from_xyz)
    matrix: Matrix = np.linalg.inv(BRADFORD) @ (gains[:, None] * BRADFORD)
    return matrix


def _apply(shaper: Shaper, colour: Pixels) -> Pixels:
    import cv2

    stored = np.linspace(0, 1, np.iinfo(colour.dtype).max + 1)
    tables = [np.interp(stored, GRID, curve).astype(np.float32) for curve in shaper.curves]
    out = np.empty((*colour.shape[:2], 3), colour.dtype)
    if colour.ndim == 2:
        out[:] = linear_to_srgb(tables[0], colour.dtype)[colour][..., None]
        return out
    table = np.stack(tables, axis=-1)[:, None, :]
    for top in range(0, len(colour), ROWS):
        band = np.ascontiguousarray(colour[top : top + ROWS])
        linear = cv2.transform(cv2.LUT(band, table), shaper.to_linear_srgb)
        out[top : top + ROWS] = linear_to_srgb(linear, colour.dtype)
    return out


def _through_tables(colour: Pixels, icc: bytes | None, name: str) -> tuple[Pixels, str]:
    if icc is None:
        raise PhotoError(
            "{name} is in printing colours (CMYK) without a profile",
            "sRGB is needed",
            "export it as an sRGB JPEG",
            name=name,
        )
    from PIL import Image, ImageCms

    was_deep = colour.dtype == np.uint16
    eight = (colour >> 8).astype(np.uint8) if was_deep else np.ascontiguousarray(colour)
    mode = "CMYK" if colour.shape[2] == 4 else "RGB"
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        label = (ImageCms.getProfileDescription(profile) or "ICC profile").strip()
        converted: Any = ImageCms.profileToProfile(
            Image.fromarray(eight, mode) if mode == "CMYK" else Image.fromarray(eight),
            profile,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        if mode == "RGB":
            return colour, "taken as sRGB (its colour profile is damaged)"
        raise PhotoError(
            "{name} is in printing colours (CMYK) and its profile is damaged",
            "sRGB is needed",
            "export it as an sRGB JPEG",
            name=name,
        ) from None
    pixels = np.asarray(converted)
    return pixels, f"{label} -> sRGB" + (", at 8 bits" if was_deep else "")


def _curve(tag: bytes) -> npt.NDArray[np.float32]:
    """A curveType or parametricCurveType tag, sampled on GRID."""
    if tag[:4] == b"para":
        return _parametric(tag)
    if tag[:4] != b"curv":
        raise ValueError("unknown curve")
    count = struct.unpack_from(">I", tag, 8)[0]
    if count == 0:
        return GRID.astype(np.float32)
    values = np.array(struct.unpack_from(f">{count}H", tag, 12), np.float64)
    if count == 1:
        return np.asarray(GRID ** (values[0] / 256), np.float32)
    return np.interp(GRID, np.linspace(0, 1, count), values / 65535).astype(np.float32)


def _parametric(tag: bytes) -> npt.NDArray[np.float32]:
    kind = struct.unpack_from(">H", tag, 8)[0]
    count = (1, 3, 4, 5, 7)[kind]
    values = [v / 65536 for v in struct.unpack_from(f">{count}i", tag, 12)]
    # Letters of the standard: Y = (aX + b)^g + e above X = d, Y = cX + f below.
    g, a, b, c, d, e, f = (values + [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0][count:])[:7]
    if kind in (1, 2):
        d = -b / a
        e, f = (0.0, 0.0) if kind == 1 else (c, c)
        c = 0.0
    above = np.maximum(a * GRID + b, 0) ** g + e
    whole = np.where(d <= GRID, above, c * GRID + f)
    return np.asarray(np.clip(whole, 0, 1), np.float32)


def _xyz(tag: bytes) -> tuple[float, ...]:
    return tuple(v / 65536 for v in struct.unpack_from(">3i", tag, 8))


def _text(tag: bytes) -> str:
    if tag[:4] == b"desc":
        size = struct.unpack_from(">I", tag, 8)[0]
        return tag[12 : 12 + size].split(b"\0")[0].decode("latin-1").strip()[:60]
    if tag[:4] == b"mluc":
        size, start = struct.unpack_from(">II", tag, 20)
        return tag[start : start + size].decode("utf-16-be", "replace").strip("\0 ")[:60]
    return ""
