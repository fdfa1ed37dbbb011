"""What the image says about where a lip border lies, as numbers along the border's normals.

For each of N places on a first border and each of T offsets along its normal (outward is away from
the lip's body) a few cues are formed. Two kinds:

- *colour*: this lip's own colour against its own surroundings, both learned on this face from
  places that are surely lip and surely not, both allowed to change linearly along the mouth (side
  light). The log-likelihood ratio is summed from the lip outward, so that the cue is greatest
  where all that lies inside is lip and all that lies outside is not. One summed cue is worth more
  than an edge: lip lines and hairs are edges too.
- *edges*: lightness and redness falling or rising outward, and the thin dark line, each divided by
  its own root mean square on this face, so that contrast and exposure do not count.

References
----------
Zhu & Yuille 1996, IEEE Trans. PAMI 18:884 (region competition: why likelihood ratios are summed).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.face.borders.crop import (
    BLUE_YELLOW,
    CANVAS_PX,
    COARSE_PX,
    GREEN_RED,
    LIGHTNESS,
    MOUTH_PX,
    RED_RATIO,
    MouthCrop,
    look_up,
)
from vermilion.face.lips import Points

REACH_PX, STEP_PX = 14.0, 0.5
OFFSETS = np.arange(-REACH_PX, REACH_PX + STEP_PX / 2, STEP_PX)
"""Offsets along the normal, crop px: 7 % of the mouth's width to both sides."""
CORE = np.linspace(0.25, 0.78, 8)
"""Where lip surely is: shares of the way from the line between the lips to the border."""
UPPER_CORE = np.linspace(0.25, 0.6, 8)
LOWER_BEYOND_PX, UPPER_BEYOND_PX = np.linspace(4.0, 14.0, 9), np.linspace(8.0, 22.0, 9)
"""Where skin surely is: 1 to 4 mm outside the lower border, 2 to 6 outside the upper one, which is
often 2 mm further out than the landmarks have it: between them lies lip."""
GAP = np.linspace(0.15, 0.6, 6)
"""Where the open mouth surely is: shares of the way from one inner border to the other."""
SHOULDER = slice(10, 87)
"""The middle 80 % of a border's 97 points: at the corners the lip is too thin to learn from."""
NOISE = 1.5
"""Variance added to the colours' own (Lab units squared): no face is flatter than its noise."""
MOST = 2.0
"""One place's log-likelihood ratio is held to +- this: a gloss or a hair is not more certain."""

Grid = npt.NDArray[np.float64]
LAB = [LIGHTNESS, GREEN_RED, BLUE_YELLOW]


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """A first border in crop px, its outward normals, and where lip and not-lip are learned.

    line, normals : (N, 2); lip, beyond : (M, n, 2) places that are surely the one or the other
    """

    line: Points
    normals: Points
    lip: Points
    beyond: Points

    def at(self) -> Points:
        """(N, T, 2) crop positions of all offsets."""
        return np.asarray(
            self.line[:, None] + self.normals[:, None] * OFFSETS[None, :, None], dtype=np.float64
        )


def normals(line: Points, up: bool) -> Points:
    """Unit normals of a line that runs to the right; upward in the picture, or downward."""
    along = np.gradient(line, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9
    turned = np.column_stack([along[:, 1], -along[:, 0]])
    return turned if up else -turned


def outer_border(line: Points, inner: Points, up: bool) -> Border:
    """The border of lip and skin."""
    core, beyond_px = (UPPER_CORE, UPPER_BEYOND_PX) if up else (CORE, LOWER_BEYOND_PX)
    outward = normals(line, up)
    beyond = line[None] + outward[None] * beyond_px[:, None, None]
    return Border(line, outward, _between(facing(line, inner), line, core), beyond[:, SHOULDER])


def inner_border(line: Points, outer: Points, opposite: Points, up: bool) -> Border:
    """The border of lip and the open mouth; not-lip is learned in the gap: dark, teeth, tongue."""
    lip = _between(line, facing(line, outer), CORE)
    return Border(line, normals(line, up), lip, _between(line, facing(line, opposite), GAP))


def facing(line: Points, other: Points) -> Points:
    """Points of the other line straight above or below those of this one."""
    return np.column_stack([line[:, 0], np.interp(line[:, 0], other[:, 0], other[:, 1])])


def _between(start: Points, end: Points, shares: Grid) -> Points:
    share = shares[:, None, None]
    return np.asarray((start[None] * (1 - share) + end[None] * share)[:, SHOULDER])


def colour_cues(crop: MouthCrop, border: Border) -> dict[str, Grid]:
    """(N, T) summed colour cues by name.

    They count by how far lip and surroundings differ in more than lightness, up to one sd: the
    shaded underside of a lip is as dark as skin, and in a photo without colour nothing else tells.
    """
    at = border.at()
    lip, beyond = look_up(crop.fine, border.lip), look_up(crop.fine, border.beyond)
    seen = look_up(crop.fine, at)[..., LAB]
    lip_mean, lip_cov = drifting_mean(lip[..., LAB], border.lip)
    out_mean, out_cov = drifting_mean(beyond[..., LAB], border.beyond)
    pooled = (lip_cov + out_cov) / 2 + np.eye(3) * NOISE
    hue, spread = (lip_mean[0] - out_mean[0])[1:], pooled[1:, 1:]
    counts = min(1.0, float(np.sqrt(hue @ np.linalg.solve(spread, hue))))
    from_lip, from_out = seen - _at(lip_mean, at), seen - _at(out_mean, at)
    linear = (_length(from_out, pooled) - _length(from_lip, pooled)) / 2
    own_lip, own_out = (lip_cov + pooled) / 2, (out_cov + pooled) / 2
    bent = (
        _length(from_out, own_out)
        - _length(from_lip, own_lip)
        + np.log(np.linalg.det(own_out) / np.linalg.det(own_lip))
    ) / 2
    return {"shared": counts * _summed(linear), "own": counts * _summed(bent)}


def edge_cues(crop: MouthCrop, border: Border) -> dict[str, Grid]:
    """(N, T) edge cues by name: positive where what the name says is so."""
    at = border.at()
    fine, coarse = look_up(crop.fine, at), look_up(crop.coarse, at)
    brighter = slope(coarse[..., LIGHTNESS])
    return {
        "brighter_outside": _scaled(brighter),
        "lightness_edge": np.abs(_scaled(brighter)),
        "dark_line": _scaled(slope(brighter), 0.05),
        "dark_side": _further_out(_scaled(slope(brighter), 0.05), COARSE_PX),
        "fine_brighter_outside": _scaled(slope(fine[..., LIGHTNESS])),
        "fine_dark_line": _scaled(slope(slope(fine[..., LIGHTNESS])), 0.05),
        "redder_inside": -_scaled(slope(fine[..., RED_RATIO])),
        "coarse_redder_inside": -_scaled(slope(coarse[..., RED_RATIO])),
        "coarse_a_inside": -_scaled(slope(coarse[..., GREEN_RED])),
    }


def slope(values: Grid) -> Grid:
    return np.asarray(np.gradient(values, STEP_PX, axis=1), dtype=np.float64)


def _scaled(values: Grid, floor: float = 0.15) -> Grid:
    return np.asarray(values / (np.sqrt((values[SHOULDER] ** 2).mean()) + floor))


def _further_out(values: Grid, by_px: float) -> Grid:
    """Values moved outward. A step that brightens outward bends most one blur inside of its middle;
    moved by that blur, the bend marks the middle itself."""
    steps = round(by_px / STEP_PX)
    return np.concatenate([np.repeat(values[:, :1], steps, axis=1), values[:, :-steps]], axis=1)


def _summed(ratio: Grid) -> Grid:
    """Integral of the held log-likelihood ratio from the innermost offset outward."""
    held = np.clip(ratio, -MOST, MOST)
    return np.asarray((np.cumsum(held, axis=1) - held / 2) * STEP_PX)


def _length(difference: Grid, covariance: Grid) -> Grid:
    inverse = np.linalg.inv(covariance)
    return np.asarray(np.einsum("...i,ij,...j", difference, inverse, difference))


def _across(at: Points) -> Grid:
    """-1..1 from commissure to commissure."""
    return np.asarray((at[..., 0] - CANVAS_PX[0] / 2) / (MOUTH_PX / 2))


def _at(mean: Grid, at: Points) -> Grid:
    return np.asarray(mean[0] + mean[1] * _across(at)[..., None])


def drifting_mean(colours: Grid, at: Points) -> tuple[Grid, Grid]:
    """Colour as a straight line along the mouth, fitted so that gloss and hairs weigh little.

    Returns the (2, 3) offset and slope and the (3, 3) covariance around them.
    """
    y = colours.reshape(-1, colours.shape[-1])
    x = np.column_stack([np.ones(len(y)), _across(at).ravel()])
    weight: Grid = np.ones(len(y))
    left: Grid = y
    fit: Grid = np.zeros((2, y.shape[1]))
    for _ in range(3):
        # A weak pull of the slope to zero keeps short and patchy lips from a wild tilt.
        pull = np.diag([1e-6, 0.02 * weight.sum()])
        weighed = x * weight[:, None]
        fit = np.asarray(np.linalg.solve(x.T @ weighed + pull, weighed.T @ y))
        fit = fit.astype(np.float64)
        left = y - x @ fit
        spread = np.median(np.abs(left), axis=0) * 1.48 + 0.5
        weight = np.asarray(1.0 / (1.0 + ((left / spread) ** 2).mean(axis=1) / 4.0))
    return fit, (left * weight[:, None]).T @ left / weight.sum()
