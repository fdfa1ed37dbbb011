"""What a transparent pigment makes of this mouth's own lips.

Public: `Stained`, `stained`, `healed`, `melanin`, `light_on`, `in_full_light`.

A lip is seen as tissue under a melanin filter. Pigment lies between the two, as dots: each dot
is a thin layer that absorbs and scatters in its own colour over the tissue (Kubelka-Munk), dots
and bare tissue mix as Yule and Nielsen found for halftones, and the whole is seen through the
melanin. The more melanin, the more light returns from above the pigment and never meets it. So
every shade comes out warm and muted on a dark lip, and nothing makes a lip lighter. The more of a
lip lies under dots, the nearer it comes to the dots' own colour, and never goes beyond.

A lip in the other's shadow is no brown lip: shade takes light from lip and pigment alike.

Computed in three wide bands, the linear sRGB channels: an illustration, not a prediction.

References
----------
P. Kubelka, F. Munk, Z. Tech. Phys. 12 (1931) 593; J. Yule, W. Nielsen, TAGA Proc. 3 (1951) 65;
blush section B5.
"""

# The letters are the papers'.
# ruff: noqa: N803, N806

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from vermilion.colour.lips import Lab, LipColours
from vermilion.colour.spaces import EPSILON, KAPPA, RGB_TO_XYZ, WHITE_XYZ, lab_to_linear
from vermilion.know.sourced import topic

Bands = npt.NDArray[np.float64]
"""(3,) reflectance 0..1 in the linear sRGB channels"""

DARKEST, BRIGHTEST = 1e-3, 0.98
"""Reflectances stay within: Kubelka-Munk divides by nothing at 0 and at 1."""
KEPT = 64
"""Lips with a pigment that are remembered: a slider asks for the same ones on many days."""
HALVINGS = 50
"""Steps of the search for the melanin: far below what a float tells apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Stained:
    """One lip that takes one pigment.

    bare : its colour before; lip, tissue, dot : reflectances as it is seen, below the melanin, and
        of a dot on that tissue
    seen_through : the share of a change below that is seen from above
    """

    bare: Lab
    lip: Bands
    tissue: Bands
    dot: Bands
    seen_through: Bands

    def at(self, cover: float) -> Lab:
        """Its colour with so much of it (0..1) under dots."""
        if cover <= 0:
            return self.bare
        n = topic("blush").number("dots_n").value
        below = (cover * self.dot ** (1 / n) + (1 - cover) * self.tissue ** (1 / n)) ** n
        seen = self.lip + self.seen_through * (below - self.tissue)
        brighter = _luminance(seen) / _luminance(self.lip)
        if brighter > 1:
            seen = seen / brighter
        # The step alone is added, so that a lip outside sRGB's colours keeps its own.
        lightness, a, b = (
            own + new - old
            for own, new, old in zip(self.bare, _lab(seen), _lab(self.lip), strict=True)
        )
        return lightness, a, b


@lru_cache(KEPT)
def stained(masstone: Lab, bare: LipColours) -> tuple[Stained, Stained]:
    """Upper and lower lip, ready to take a pigment of this masstone."""
    upper, lower = (
        _stained(masstone, lab, light) for lab, light in zip(bare.both, light_on(bare), strict=True)
    )
    return upper, lower


def healed(masstone: Lab, bare: LipColours) -> LipColours:
    """The healed colours of the reference work with a pigment of this masstone on bare lips."""
    cover = topic("blush").number("cover").value
    upper, lower = (lip.at(cover) for lip in stained(masstone, bare))
    return LipColours(upper, lower, bare.upper_share)


def melanin(bare: Lab) -> float:
    """How much melanin makes a clear lip as dark as this one; 0 for a lip as light as that."""
    return _melanin(_reflectance(bare))


def light_on(bare: LipColours) -> tuple[float, float]:
    """The light on the upper and on the lower lip against what falls on the better lit one.

    Shade leaves hue alone, melanin does not: as much of what one lip lacks is melanin as the
    lips' hues show; the rest is shade.
    """
    bands = _melanin_bands()
    hue = bands - bands.mean()
    upper, lower = (_reflectance(lab) for lab in bare.both)
    lacks = np.log(lower / upper)
    more = float(lacks.mean())
    explained = float(lacks @ hue) / float(hue @ hue) * float(bands.mean())
    shade = more - min(max(explained, min(more, 0.0)), max(more, 0.0))
    return float(np.exp(min(-shade, 0.0))), float(np.exp(min(shade, 0.0)))


def in_full_light(bare: LipColours) -> LipColours:
    """Both lips as the better lit one is: what is left of a difference is their own."""
    upper, lower = (
        lab if light == 1 else _lab(_reflectance(lab) / light)
        for lab, light in zip(bare.both, light_on(bare), strict=True)
    )
    return LipColours(upper, lower, bare.upper_share)


def _stained(masstone: Lab, bare: Lab, light: float) -> Stained:
    lip = _reflectance(bare)
    amount = _melanin(lip / light)
    filter_ = np.exp(-amount * _melanin_bands())
    tissue = np.clip(lip / (light * filter_), DARKEST, BRIGHTEST)
    above = -np.expm1(-amount * topic("blush").number("above_share").value)
    dot = _layer(tissue, _reflectance(masstone))
    return Stained(bare, lip, tissue, dot, light * (1 - above) * filter_)


def _melanin(lip: Bands) -> float:
    blush = topic("blush")
    clear = tuple(blush.number(f"clear_{name}").value for name in ("lightness", "a", "b"))
    wanted, bands = _luminance(_reflectance(clear)), _melanin_bands()
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
    """In double precision: a little more pigment must not come out as less."""
    t = RGB_TO_XYZ @ linear / WHITE_XYZ
    x, y, z = (float(one) for one in np.where(t < EPSILON, (KAPPA * t + 16) / 116, np.cbrt(t)))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
