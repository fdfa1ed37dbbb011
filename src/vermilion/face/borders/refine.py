"""The four lip borders, moved from where the landmarks put them to where the image shows them.

Landmarks know what a mouth looks like but miss its border by about 2 % of its width; colour alone
follows beard, shadow and gloss. So each border may move along its normals by what a handful of
cues say, against a prior that holds it at the landmarks and a smoothness that moves neighbours
together. The commissures stay: no cue was found that places them better than the mesh does.

No number here moves a border without looking: with cues that say nothing the offset is 0. The
weights were fitted once on the even-numbered half of 94 annotated photos, each with its mirror
image implied, by minimising the distance to hand-drawn borders, and judged on the odd half; those
of the upper border a second time, together with 64 rendered heads whose border is exactly known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.between import lip_above
from vermilion.face.borders.chain import marginals, mean_and_sd
from vermilion.face.borders.covered import covered_share
from vermilion.face.borders.crop import (
    CANVAS_PX,
    LIGHTNESS,
    MOUTH_PX,
    MouthCrop,
    look_up,
    mouth_crop,
)
from vermilion.face.borders.cues import (
    OFFSETS,
    SHOULDER,
    STEP_PX,
    Border,
    Grid,
    colour_cues,
    edge_cues,
    inner_border,
    normals,
    outer_border,
)
from vermilion.face.borders.gum import lip_above_gum
from vermilion.face.borders.hidden_lip import lower_lip_is_skin
from vermilion.face.borders.lost_border import (
    NARROW,
    WIDE,
    Look,
    further_out,
    judged,
    lost_places,
    rest_is_skin,
)
from vermilion.face.borders.lower_edge import lip_below
from vermilion.face.borders.rim import Below, without_rim
from vermilion.face.borders.settle import LOWER, UPPER, settled
from vermilion.face.borders.settle import LOWER_INNER as INNER_STEP
from vermilion.face.curves import OPEN, smooth
from vermilion.face.lips import LipCurves, Points
from vermilion.photo.photo import Pixels


@dataclass(frozen=True, slots=True)
class Trust:
    """How much each cue weighs, how far a border strays from its landmarks (sd, crop px), and how
    much that differs between neighbouring points, half a millimetre apart."""

    cues: Mapping[str, float]
    stray_px: float
    step_px: float


UPPER_OUTER = Trust(
    {
        "shared": -0.16,
        "own": 0.21,
        "brighter_outside": 0.64,
        "lightness_edge": 0.84,
        "dark_side": 0.69,
        "fine_brighter_outside": 0.20,
        "redder_inside": 0.28,
        "coarse_redder_inside": -0.25,
        "coarse_a_inside": 0.52,
    },
    stray_px=4.44,
    step_px=0.26,
)
LOWER_OUTER = Trust(
    {
        "shared": -0.58,
        "own": 0.71,
        "brighter_outside": 0.13,
        "lightness_edge": -0.20,
        "dark_line": 0.30,
        "fine_brighter_outside": 0.26,
        "redder_inside": 0.72,
        "coarse_redder_inside": 0.60,
        "coarse_a_inside": 0.52,
    },
    stray_px=8.0,
    step_px=0.25,
)
UPPER_INNER = Trust(
    {"brighter_outside": 0.84, "lightness_edge": 0.25, "redder_inside": 0.55}, 4.2, 0.21
)
LOWER_INNER = Trust({"own": 0.15}, 5.0, 0.13)
TOUCHING = Trust({"fine_dark_line": 2.0, "dark_line": 0.5, "darkness": 0.5}, 4.0, 0.40)
"""The dark line between closed lips, set on rendered heads: hand-drawn borders do not follow it
closely. The bend of the fine picture leads, because the darkest place lies a quarter of a
millimetre up in the upper lip's own shade."""
TOUCHING_LAST = Trust({"fine_dark_line": 2.0, "fine_brighter_outside": -2.0}, 0.8, 0.40)
"""A last step of a tenth of a millimetre: the bend too is drawn towards the shaded lip. It may not
look far, or the lower lip's lit edge under a gap would catch it."""

FADE = 0.10
"""Share of the length at either end over which cues and stray fade out to the commissure."""
FARTHEST_PX = 12.0
"""A border that moved farther than this (6 % of the mouth, root mean square) followed something
else, and goes back to its landmarks."""
LEAST_OPENING = 0.6
"""An opening that the image would close further than to this share stays as the landmarks have
it: the image then took the teeth's lower edge for the lip's."""
LOOKS = 4
"""How often a lost border is looked for again."""
WALL = 4.0
"""Log potential lost for each px beyond where a border may go: steep, but no leap."""


@dataclass(frozen=True, slots=True, eq=False)
class Refined:
    """Borders in px, one standard deviation of their height in px, whether the outer two borders
    were both moved by the image, and `upper_other_px`, `lower_other_px`, `lower_is_skin` and
    `covered_share` of a Face."""

    curves: LipCurves
    sd_px: float
    trusted: bool
    upper_other_px: float
    lower_other_px: float
    lower_is_skin: bool
    covered_share: float


def refine(pixels: Pixels, curves: LipCurves) -> Refined:
    """Move the four borders (px) of a mouth in (H, W, 3) RGB pixels to where the image has them."""
    crop = mouth_crop(pixels, curves.upper_outer[0], curves.upper_outer[-1])
    upper, above, below, lower = (
        crop.own(line)
        for line in (curves.upper_outer, curves.upper_inner, curves.lower_inner, curves.lower_outer)
    )
    top = _moved(crop, outer_border(upper, above, up=True), UPPER_OUTER)
    bottom = _moved(crop, outer_border(lower, below, up=False), LOWER_OUTER)
    insides = _insides(crop, (top.line, above, below, bottom.line))
    for look in (WIDE, NARROW):
        again = _second_look(crop, top, insides[0], upper, look)
        elsewhere, top = again.line is not top.line, again
        if elsewhere:
            insides = _insides(crop, (top.line, above, below, bottom.line))
    upper, lower = (
        settled(crop, moved.line, step, up) if moved.trusted else moved.line
        for moved, step, up in ((top, UPPER, True), (bottom, LOWER, False))
    )
    ended = without_rim(crop, lower, insides[1]) if bottom.trusted else Below(lower)
    over, under = insides
    if _apart(above, below) == 1.0:
        under = lip_below(crop, over, under, ended.line)
    lines = _in_order(upper, over, under, ended.line)
    step = float(np.hypot(*crop.to_photo[:, 0]))
    sd = float(np.sqrt((top.sd_px**2 + bottom.sd_px**2) / 2)) * step
    return Refined(
        LipCurves(*(crop.photo(line) for line in lines)),
        sd,
        top.trusted and bottom.trusted,
        top.other_px * step,
        ended.other_px * step,
        lower_lip_is_skin(crop, *lines),
        covered_share(crop, *lines),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    line: Points
    sd_px: float
    trusted: bool
    other_px: float = 0.0


def _second_look(
    crop: MouthCrop, top: _Moved, inner: Points, landmarks: Points, look: Look
) -> _Moved:
    """A lost upper border looked for further out; as it was where nothing better is found."""
    again = top
    places = lost = lost_places(crop, top.line, inner, landmarks, look)
    if not rest_is_skin(crop, top.line, inner, landmarks, places, look):
        return top
    other_px = 0.0
    for _ in range(LOOKS):
        if not lost.any():
            break
        start = further_out(crop, again.line, inner, landmarks, lost, look)
        if start is None:
            break
        line, floor = start
        again = _moved(crop, outer_border(line, inner, up=True), UPPER_OUTER, floor)
        answer = judged(crop, again.line, inner, landmarks, places, look)
        if answer.found:
            return again
        if answer.possible:
            other_px = max(other_px, float((top.line - again.line)[places, 1].max()))
        # Known to be lost, it goes on for less.
        look = replace(look, lost=look.gone)
        lost = lost_places(crop, again.line, inner, landmarks, look)
    return replace(top, other_px=max(top.other_px, other_px))


def _moved(
    crop: MouthCrop,
    border: Border,
    trust: Trust,
    floor: npt.NDArray[np.float64] | None = None,
) -> _Moved:
    """A border at its posterior mean, crop px; `floor` = how far inward each place may go."""
    cues = {**edge_cues(crop, border), "darkness": _darkness(crop, border)}
    if "own" in trust.cues:
        cues |= colour_cues(crop, border)
    count = len(border.line)
    end = np.minimum(np.linspace(0, 1, count), np.linspace(1, 0, count))
    fade = np.clip(end / FADE, 0.0, 1.0)[:, None]
    seen = sum((weight * cues[name] for name, weight in trust.cues.items()), np.zeros(1))
    stray = trust.stray_px * np.clip(end / FADE, 0.05, 1.0)[:, None]
    potential = seen * fade - 0.5 * (OFFSETS[None] / stray) ** 2
    if floor is not None:
        potential = potential - WALL * np.maximum(0.0, floor[:, None] - OFFSETS[None])
    mean, sd = mean_and_sd(marginals(potential, trust.step_px / STEP_PX), OFFSETS)
    if np.sqrt((mean**2).mean()) > FARTHEST_PX:
        return _Moved(border.line, trust.stray_px, False)
    # All four borders share the commissures, so the ends stay exactly where they are.
    held = np.clip(end * count / 3, 0.0, 1.0)[:, None]
    line = border.line + border.normals * mean[:, None] * held
    return _Moved(line, float(np.sqrt((sd[SHOULDER] ** 2).mean())), True)


def _insides(
    crop: MouthCrop, lines: tuple[Points, Points, Points, Points]
) -> tuple[Points, Points]:
    """Both inner borders: the dark line of closed lips, the edges of open ones, a mix between."""
    upper, above, below, lower = lines
    apart = _apart(above, below)
    between = (above + below) / 2
    if apart < 1.0:
        for trust in (TOUCHING, TOUCHING_LAST):
            between = _moved(crop, _touching(between), trust).line
    if apart <= 0.0:
        return lip_above(crop, upper, between, between, lower), between
    over = _moved(crop, inner_border(above, upper, below, up=False), UPPER_INNER).line
    under = _moved(crop, inner_border(below, lower, above, up=True), LOWER_INNER).line
    if _gap(over, under) / _gap(above, below) < LEAST_OPENING:
        over, under = above, below
    if apart == 1.0:
        under = settled(crop, under, INNER_STEP, up=True)
    over, under = between + apart * (over - between), between + apart * (under - between)
    over = lip_above(crop, upper, over, under, lower)
    return lip_above_gum(crop, upper, over, under, lower), under


def _apart(above: Points, below: Points) -> float:
    """0 for lips that touch, by the landmarks, to 1 for an open mouth."""
    return min(1.0, _gap(above, below) / (OPEN * MOUTH_PX))


def _gap(above: Points, below: Points) -> float:
    """Mean height between two lines over the middle third, crop px."""
    thirds = slice(len(above) // 3, 2 * len(above) // 3)
    return float((below - above)[thirds, 1].mean())


def _touching(line: Points) -> Border:
    """The line between closed lips; it has no inside or outside to learn colours from."""
    none = np.empty((0, len(line), 2))
    return Border(line, normals(line, up=True), none, none)


def _darkness(crop: MouthCrop, border: Border) -> Grid:
    """How much darker than the mean of its own normal, in its root mean square."""
    light = look_up(crop.fine, border.at())[..., LIGHTNESS]
    light = light.mean(axis=1, keepdims=True) - light
    return np.asarray(light / (np.sqrt((light**2).mean()) + 1.0))


def _in_order(*lines: Points) -> list[Points]:
    """Lines from top to bottom that never cross, each again evenly spaced and ending as before."""
    x = np.arange(0.0, CANVAS_PX[0], 0.25)
    heights: list[npt.NDArray[np.float64]] = []
    for line in lines:
        rising = np.maximum.accumulate(line[:, 0] + np.arange(len(line)) * 1e-9)
        heights.append(np.interp(x, rising, line[:, 1]))
    upper, above, below, lower = heights
    lower = np.maximum(upper, lower)
    above = np.clip(above, upper, lower)
    below = np.clip(below, above, lower)
    ordered = []
    for line, height in zip(lines, (upper, above, below, lower), strict=True):
        inside = (x > line[0, 0]) & (x < line[-1, 0])
        middle = np.column_stack([x[inside], height[inside]])
        ordered.append(smooth(np.concatenate([line[:1], middle, line[-1:]])))
    return ordered
