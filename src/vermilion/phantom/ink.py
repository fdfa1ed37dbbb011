"""Lab to linear sRGB and to 8-bit sRGB, the phantom's own few lines.

The phantom judges the house's colour code, so it keeps its own (IEC 61966-2-1, CIE 15, D65).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.floating[Any]]

_WHITE = np.array([0.95047, 1.0, 1.08883])
_XYZ_TO_RGB = np.array(
    [
        [3.2404541621, -1.5371385128, -0.4985314096],
        [-0.9692660305, 1.8760108454, 0.0415560175],
        [0.0556434310, -0.2040259135, 1.0572251882],
    ]
)
_ENCODE = np.linspace(0, 1, 4097)
_ENCODED = (
    np.where(_ENCODE <= 0.0031308, 12.92 * _ENCODE, 1.055 * _ENCODE ** (1 / 2.4) - 0.055) * 255
)


def lab_to_linear(lab: npt.ArrayLike) -> Grid:
    """(..., 3) CIE Lab (D65) to linear sRGB, clipped to the gamut 0..1."""
    values = np.asarray(lab, np.float32)
    fy = (values[..., 0] + 16) / 116
    f = np.stack([fy + values[..., 1] / 500, fy, fy - values[..., 2] / 200], axis=-1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _WHITE.astype(np.float32)
    return np.asarray(np.clip(xyz @ _XYZ_TO_RGB.T.astype(np.float32), 0, 1), np.float32)


def linear_to_lab(linear: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """(..., 3) linear sRGB to CIE Lab (D65)."""
    xyz = np.asarray(linear, np.float64) @ np.linalg.inv(_XYZ_TO_RGB).T / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )


def encode(linear: Grid) -> Grid:
    """Linear 0..1 to sRGB levels 0..255, not yet rounded."""
    index = np.clip(linear, 0, 1) * np.float32(4096)
    low = index.astype(np.int32)
    table = np.append(_ENCODED, _ENCODED[-1]).astype(np.float32)
    base = table[low]
    return np.asarray(base + (table[low + 1] - base) * (index - low), np.float32)
