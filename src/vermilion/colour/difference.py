"""How different two colours look.

Public: `delta_e_76`, `delta_e_2000`.

References
----------
CIE 1976: CIE 15:2018.
CIEDE2000: G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation
notes, supplementary test data, and mathematical observations", Color Res. Appl. 30 (2005) 21-30.
"""

# The letters are the paper's.
# ruff: noqa: N806

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.ArrayLike
Floats = npt.NDArray[np.float64]


def delta_e_76(lab_1: Array, lab_2: Array) -> Floats:
    """Euclidean distance in CIELAB; (..., 3) each, broadcast -> (...)."""
    difference = np.asarray(lab_1, np.float64) - np.asarray(lab_2, np.float64)
    return np.asarray(np.sqrt((difference**2).sum(axis=-1)))


def delta_e_2000(lab_1: Array, lab_2: Array) -> Floats:
    """CIEDE2000 with k_L = k_C = k_H = 1; (..., 3) each, broadcast -> (...)."""
    L_1, a_1, b_1 = _split(lab_1)
    L_2, a_2, b_2 = _split(lab_2)

    C_bar = (np.hypot(a_1, b_1) + np.hypot(a_2, b_2)) / 2
    G = 0.5 * (1 - np.sqrt(C_bar**7 / (C_bar**7 + 25.0**7)))
    a_1, a_2 = (1 + G) * a_1, (1 + G) * a_2
    C_1, C_2 = np.hypot(a_1, b_1), np.hypot(a_2, b_2)
    h_1, h_2 = (np.degrees(np.arctan2(b, a)) % 360 for b, a in ((b_1, a_1), (b_2, a_2)))

    grey = C_1 * C_2 == 0
    dh = np.where(grey, 0, (h_2 - h_1 + 180) % 360 - 180)
    # Half a turn apart is ambiguous: Sharma's formula keeps the sign of h_2 - h_1 there.
    dh = np.where(~grey & (h_2 - h_1 == 180), 180, dh)
    dL, dC = L_2 - L_1, C_2 - C_1
    dH = 2 * np.sqrt(C_1 * C_2) * np.sin(np.radians(dh / 2))

    L_bar, C_bar = (L_1 + L_2) / 2, (C_1 + C_2) / 2
    h_sum = h_1 + h_2
    apart = np.abs(h_1 - h_2) > 180
    h_bar = np.where(apart, np.where(h_sum < 360, h_sum + 360, h_sum - 360), h_sum) / 2
    h_bar = np.where(grey, h_sum, h_bar)

    T = (
        1
        - 0.17 * _cos(h_bar - 30)
        + 0.24 * _cos(2 * h_bar)
        + 0.32 * _cos(3 * h_bar + 6)
        - 0.20 * _cos(4 * h_bar - 63)
    )
    S_L = 1 + 0.015 * (L_bar - 50) ** 2 / np.sqrt(20 + (L_bar - 50) ** 2)
    S_C = 1 + 0.045 * C_bar
    S_H = 1 + 0.015 * C_bar * T
    turn = 30 * np.exp(-(((h_bar - 275) / 25) ** 2))
    R_C = 2 * np.sqrt(C_bar**7 / (C_bar**7 + 25.0**7))
    R_T = -R_C * np.sin(np.radians(2 * turn))
    in_L, in_C, in_H = dL / S_L, dC / S_C, dH / S_H
    return np.asarray(np.sqrt(np.maximum(in_L**2 + in_C**2 + in_H**2 + R_T * in_C * in_H, 0)))


def _split(lab: Array) -> tuple[Any, Any, Any]:
    values = np.asarray(lab, np.float64)
    return values[..., 0], values[..., 1], values[..., 2]


def _cos(angle_deg: Any) -> Any:
    return np.cos(np.radians(angle_deg))
