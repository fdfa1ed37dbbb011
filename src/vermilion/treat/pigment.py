"""What a transparent pigment makes of this lip's own colour.

Public: `healed`, `melanin`.

The lip is seen as tissue under a melanin filter. Pigment lies between the two, as dots: each dot
is a thin layer that absorbs and scatters in its own colour over the tissue (Kubelka-Munk), dots
and bare tissue mix as Yule and Nielsen found for halftones, and the whole is seen through the
melanin. The more melanin, the more light returns from above the pigment and never meets it. So
every shade comes out warm and muted on a dark lip, and nothing makes a lip lighter.

Computed in three wide bands, the linear sRGB channels: an illustration, not a prediction.

References
----------
P. Kubelka, F. Munk, Z. Tech. Phys. 12 (1931) 593; J. Yule, W. Nielsen, TAGA Proc. 3 (1951) 65;
blush section B5.
"""

# The letters are the papers'.
# ruff: noqa: N803, N806

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import RGB_TO_XYZ, lab_to_linear, linear_to_lab
from vermilion.know.sourced import topic

Lab = tuple[float, float, float]
Bands = npt.NDArray[np.float64]
"""(3,) reflectance 0..1 in the linear sRGB channels"""

DARKEST, BRIGHTEST = 1e-3, 0.98
"""Reflectances stay within: Kubelka-Munk divides by nothing at 0 and at 1."""
HALVINGS = 50
"""Steps of the search for the melanin: far below what a float tells apart."""


def healed(masstone: Lab, bare: Lab) -> Lab:
    """The healed colour of the reference work with a pigment of this masstone on a bare lip."""
    blush = topic("blush")
    amount = melanin(bare)
    filter_ = np.exp(-amount * _melanin_bands())
    lip = _reflectance(bare)
    tissue = np.clip(lip / filter_, DARKEST, BRIGHTEST)
    dot = _layer(tissue, _reflectance(masstone))
    n, cover = blush.number("dots_n").value, blush.number("cover").value
    below = (cover * dot ** (1 / n) + (1 - cover) * tissue ** (1 / n)) ** n
    above = -np.expm1(-amount * blush.number("above_share").value)
    seen = lip + (1 - above) * filter_ * (below - tissue)
    brighter = _luminance(seen) / _luminance(lip)
    if brighter > 1:
        seen = seen / brighter
    # The step alone is added, so that a lip outside sRGB's colours keeps its own.
    lightness, a, b = (
        own + new - old for own, new, old in zip(bare, _lab(seen), _lab(lip), strict=True)
    )
    return lightness, a, b


def melanin(bare: Lab) -> float:
    """How much melanin makes a clear lip as dark as this one; 0 for a lip as light as that."""
    blush = topic("blush")
    clear = tuple(blush.number(f"clear_{name}").value for name in ("lightness", "a", "b"))
    lip, wanted, bands = _reflectance(bare), _luminance(_reflectance(clear)), _melanin_bands()
    low, high = 0.0, 10.0
    if _luminance(lip) >= wanted:
        return 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _luminance(lip * np.exp(middle * bands)) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _layer(R_g: Bands, R_inf: Bands) -> Bands:
    """Kubelka-Munk: a layer of masstone R_inf over the ground R_g."""
    blush = topic("blush")
    S = R_inf ** blush.number("scatter_exponent").value
    K = S * (1 - R_inf) ** 2 / (2 * R_inf)
    a = 1 + K / S
    b = np.sqrt(a**2 - 1)
    b_coth = b / np.tanh(b * S * blush.number("thickness").value)
    return np.asarray((1 - R_g * (a - b_coth)) / (a - R_g + b_coth))


@cache
def _melanin_bands() -> Bands:
    blush = topic("blush")
    return np.array([blush.number("melanin_red").value, blush.number("melanin_green").value, 1.0])


def _luminance(linear: Bands) -> float:
    return float(RGB_TO_XYZ[1] @ linear)


def _reflectance(lab: Lab | tuple[float, ...]) -> Bands:
    linear = lab_to_linear(np.asarray(lab, np.float32)[None])[0].astype(np.float64)
    return np.asarray(np.clip(linear, DARKEST, BRIGHTEST))


def _lab(linear: Bands) -> Lab:
    values = linear_to_lab(np.asarray(linear, np.float32)[None])[0]
    return float(values[0]), float(values[1]), float(values[2])
