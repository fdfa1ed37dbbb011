"""Whether the lower border was found at the far side of a rim of bare skin, and where it lies then.

Above a beard, a shadow or the fold of an aged chin lies a rim of skin, one to three millimetres
high, and its lower edge is stronger than the lip's own: a border drawn to it makes the lower lip
half as high again. Three things tell such a rim from the outer zone of a lip. What lies beyond it
is darker and paler. Its hue is that of this face's own skin, seen beside the border in the same
light, and no longer the lip's pink; hue, because light and gloss change lightness and strength of
colour more than skin and lip differ. And the hue gets there in a step, where a lip that only turns
yellower outward does so all the way. A dark lip with a pink inner side has such a step too, but
grows much darker with it: it stays as it is.

The answer is a yes or a no, and a border between the two would be neither. Where what tells them
apart is no more than what compressing the photo once more takes away, or a rim of skin's hue is no
other than what lies beyond, the other answer is given along, so that the error of the lower height
can hold both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.chain import marginals, mean_and_sd
from vermilion.face.borders.crop import BLUE_YELLOW, GREEN_RED, LIGHTNESS, MouthCrop, look_up
from vermilion.face.borders.cues import (
    MOST,
    NOISE,
    OFFSETS,
    SHOULDER,
    STEP_PX,
    drifting_mean,
    normals,
)
from vermilion.face.lips import Points

Grid = npt.NDArray[np.float64]
COLOUR = [GREEN_RED, BLUE_YELLOW]
MIDDLE = slice(34, 63)
"""The third of the border's 97 places where beard and fold lie."""
BESIDE = [*range(6, 30), *range(67, 91)]
"""The places to both sides of it, where the skin of the same face is looked at."""
CORE = np.linspace(0.15, 0.45, 7)
"""Where lip surely is, also under a border that lies too low: shares of the way down to it."""
RIM_PX, BEYOND_PX = np.linspace(-6.0, -2.0, 5), np.linspace(3.0, 9.0, 4)
"""Strips inside and outside of a border, crop px (a quarter of a millimetre)."""
SKIN_PX = np.linspace(5.0, 17.0, 9)
"""Where skin is looked at, outside of the border."""
SAME_LIGHT = 5.0
"""Skin counts by how near its lightness (L) is to the rim's (sd): shade turns its hue too."""
TURNS = 0.25
"""Radians by which rim and skin are yellower than the lip at least."""
REACHED, STEPPED = 0.78, 0.05
"""Share of the way from the lip's hue to the skin's that the rim has gone at least. It may be less
by so much for each unit by which a step tells the hue's change better than a slope (log ratio), and
must be more where a slope does. Twelve rims that are skin by eye reach 0.82 and more by this, lips
and what could be either 0.74 at most; compressed once more as JPEG both move by up to 0.1."""
WAY = np.linspace(0.15, 0.92, 40)
"""The way from the line between the lips to the border on which a step is looked for."""
BLUR_PX = 2.0
"""Half of a step's width."""
DARKER, PALER = 4.0, 3.0
"""How much lighter (L) and stronger in colour (chroma) the rim is than what lies beyond."""
SHADED, LIT = 28.0, 15.0
"""A rim that is darker than the lip by more than this (L) is a dark lip's outer zone; one that is
lighter by more than that stands in another light."""
SKIN_SHARE = 0.65
"""Where between the colours of lip (0) and rim (1) the border lies: lips turn yellower outward."""
LEAST = 0.45
"""Share of its height that a lip keeps at least."""
STRAY_PX, STEP = 6.0, 0.12
FADE = 0.10
UNSURE_LIGHT, UNSURE_CHROMA, UNSURE_HUE, UNSURE_SHARE = 6.0, 3.5, 0.06, 0.12
"""How far the readings move when a photo is compressed once more: about what 9 of 10 stay below, of
17 portraits, most with beards, each as JPEG 75, 85 and 95."""
SKIN_SURE, LIP_SURE = 1.0, -0.8
"""Margins from which skin, and up to which lip, is sure. Portraits whose answer one compression
turned round read -0.67 to 0.91; three lips of the even half, right by their hand-drawn borders,
-0.86 and less."""
NOT_SET_OFF = -0.5
"""Least margin of a rim for not being set off from what lies beyond it, where its hue has surely
turned: under an aged lip both may be one skin, so that nothing is moved, but it is not surely lip
either."""


@dataclass(frozen=True, slots=True, eq=False)
class Below:
    """The lower border, (97, 2) crop px, and how much taller (> 0) or lower than it the lip would
    be in its middle by the other answer, crop px; 0 where the answer is sure."""

    line: Points
    other_px: float = 0.0


def without_rim(crop: MouthCrop, border: Points, inner: Points) -> Below:
    """The lower border taken back over a rim of skin; as it was without one."""
    facing = np.column_stack([border[:, 0], np.interp(border[:, 0], inner[:, 0], inner[:, 1])])
    sure = rim_margin(crop, border, facing)
    if sure <= LIP_SURE:
        return Below(border)
    line = _taken_back(crop, border, facing)
    height, before = (float((one - facing)[MIDDLE, 1].mean()) for one in (line, border))
    if not LEAST * before < height < before:
        return Below(border)
    gap = before - height if sure < SKIN_SURE else 0.0
    return Below(line, gap) if sure > 0 else Below(border, -gap)


def _taken_back(crop: MouthCrop, border: Points, facing: Points) -> Points:
    """The border moved to where the colour of the lip ends."""
    outward = normals(border, up=False)
    lip, skin = (
        at[:, SHOULDER] for at in (_inside(border, facing, CORE), _outside(border, RIM_PX))
    )
    lip_mean, lip_spread = drifting_mean(look_up(crop.fine, lip)[..., COLOUR], lip)
    skin_mean, skin_spread = drifting_mean(look_up(crop.fine, skin)[..., COLOUR], skin)
    pooled = (lip_spread + skin_spread) / 2 + np.eye(2) * NOISE
    direction = np.linalg.solve(pooled, lip_mean[0] - skin_mean[0])
    middle = lip_mean[0] + SKIN_SHARE * (skin_mean[0] - lip_mean[0])
    start = border - outward * _width_px(crop, border, facing, direction, middle)[:, None]
    at = start[:, None] + outward[:, None] * OFFSETS[None, :, None]
    ratio = np.clip((look_up(crop.fine, at)[..., COLOUR] - middle) @ direction, -MOST, MOST)
    count = len(border)
    end = np.linspace(0.0, 1.0, count)
    end = np.minimum(end, 1.0 - end)
    fade = np.clip(end / FADE, 0.05, 1.0)[:, None]
    seen = (np.cumsum(ratio, axis=1) - ratio / 2) * STEP_PX
    potential = seen * fade - 0.5 * (OFFSETS[None] / (STRAY_PX * fade)) ** 2
    move, _ = mean_and_sd(marginals(potential, STEP / STEP_PX), OFFSETS)
    return np.asarray(start + outward * (move * np.clip(end * count / 3, 0.0, 1.0))[:, None])


def rim_margin(crop: MouthCrop, border: Points, facing: Points) -> float:
    """Whether the strip inside of a lower border is skin, > 0, and how surely: 1 is what one more
    compression seldom takes away. `facing` = (97, 2) the inner border's points straight above
    those of the border, crop px."""
    lip, rim, dark = (
        np.median(look_up(crop.fine, at)[:, MIDDLE].reshape(-1, crop.fine.shape[-1]), axis=0)
        for at in (
            _inside(border, facing, CORE),
            _outside(border, RIM_PX),
            _outside(border, BEYOND_PX),
        )
    )
    lighter = rim[LIGHTNESS] - lip[LIGHTNESS]
    lit = min((lighter + SHADED) / UNSURE_LIGHT, (LIT - lighter) / UNSURE_LIGHT)
    if lit <= -1.0:
        return -1.0
    set_off = min(
        (rim[LIGHTNESS] - dark[LIGHTNESS] - DARKER) / UNSURE_LIGHT,
        (np.hypot(*rim[COLOUR]) - np.hypot(*dark[COLOUR]) - PALER) / UNSURE_CHROMA,
    )
    skin = look_up(crop.fine, _outside(border, SKIN_PX))[:, BESIDE].reshape(-1, crop.fine.shape[-1])
    weight = np.exp(-0.5 * ((skin[:, LIGHTNESS] - rim[LIGHTNESS]) / SAME_LIGHT) ** 2) + 1e-4
    own_skin = (skin * weight[:, None]).sum(axis=0) / weight.sum()
    pink, rim_hue, skin_hue = (float(hue(colour)) for colour in (lip, rim, own_skin))
    turned = (min(rim_hue, skin_hue) - pink - TURNS) / UNSURE_HUE
    if turned <= -1.0:
        return -1.0
    share = (rim_hue - pink) / (skin_hue - pink)
    reached = share + STEPPED * steepness(crop, border, facing) - REACHED
    if turned >= SKIN_SURE:
        set_off = max(set_off, NOT_SET_OFF)
    return float(max(-1.0, min(set_off, lit, turned, reached / UNSURE_SHARE)))


def hue(colour: Grid) -> Grid:
    """Hue angle of (..., K) channels, radians; 0 is pink, a quarter turn yellow."""
    return np.asarray(np.arctan2(colour[..., BLUE_YELLOW], colour[..., GREEN_RED]))


def steepness(crop: MouthCrop, border: Points, facing: Points) -> float:
    """How much better a step tells the hue's change towards the border than a slope does: the log
    ratio of what each leaves unexplained, above 0 for a step."""
    seen = np.median(hue(look_up(crop.fine, _inside(border, facing, WAY)))[:, MIDDLE], axis=1)
    way = WAY * float((border - facing)[MIDDLE, 1].mean())
    places = np.arange(way[0] + BLUR_PX, way[-1] - BLUR_PX, 0.5)
    steps = [_left(seen, np.tanh((way - place) / BLUR_PX)) for place in places]
    return float(np.log(_left(seen, way) / min(steps))) if steps else -np.inf


def _left(values: Grid, shape: Grid) -> float:
    """Sum of squares that a multiple of `shape` and a constant leave of values, both (n,)."""
    parts = np.column_stack([np.ones_like(shape), shape])
    fit = np.linalg.lstsq(parts, values, rcond=None)[0]
    return float(((values - parts @ fit) ** 2).sum()) + 1e-9


def _inside(border: Points, facing: Points, shares: Grid) -> Points:
    """(n, 97, 2) places on the way from `facing` (0) to the border (1)."""
    return np.asarray(facing[None] + (border - facing)[None] * shares[:, None, None])


def _outside(border: Points, by_px: Grid) -> Points:
    """(n, 97, 2) places so far outside of a lower border."""
    return np.asarray(border[None] + normals(border, up=False)[None] * by_px[:, None, None])


def _width_px(
    crop: MouthCrop, border: Points, facing: Points, direction: Grid, middle: Grid
) -> Grid:
    """(97,) how far back from the border lip begins, fading out to the commissures."""
    share = np.linspace(0.3, 1.0, 29)
    at = _inside(border, facing, share)
    is_lip = (look_up(crop.fine, at)[..., COLOUR] - middle) @ direction > 0
    back = 1 - share[0] - np.median(is_lip[:, MIDDLE].sum(axis=0)) * (share[1] - share[0])
    return np.asarray(back * (border - facing)[:, 1])
