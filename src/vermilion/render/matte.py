"""Where pigment can lie: on lip, not on skin, hair, teeth or tongue.

The four curves say roughly where the lip is; the picture decides within a millimetre of them. The
outcome is not a mask but a *depth*: how many millimetres each pixel lies inside the border, moved
a little by what the pixel looks like. Softness and border correction are applied to the depth, so
that one analysis serves every technique.

* Skin or lip: Fisher's discriminant in CIELAB, trained on this very lip against the skin around it.
* Hair: thin dark structures (black top-hat) that are less red than the lip they lie on, believed
  only where the skin around the lips has such hair too: a crease is dark as well, but redder, and
  a shaven chin has none.
* Teeth: paler and less coloured than this lip, next to the inner curves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab
from vermilion.render.layers import Field, Linear, wide_blur

ANALYSIS_PX_PER_MM = 5.0
"""Lip against skin is judged at this grain at most: finer is pores, not borders."""
HAIR_PX_PER_MM = 8.0
"""Hairs are 0.1 mm wide: looked for at a finer grain."""
OUT_MM, IN_MM = 0.35, 0.9
"""How far a look at the pixels may move the border from its curve: colour on bare skin is the worse
mistake of the two."""
BLUR_PX = 3.0
"""Nothing in a photo is sharper than this, so no border of pigment is either."""
FADE_OUT_MM = 0.5
"""Pigment ends so far outside of the border at the latest, however blurred the photo."""
LIKE_SKIN = -0.75
"""A pixel at the border that looks so much like skin takes no pigment."""
SMOOTH_MM = 1.2
"""Over so much of a lip's length its look at one depth is averaged: a border is a smooth line,
pores, creases and hairs are not."""
SMOOTH_PX_PER_MM = 2.0
"""What is so smooth is averaged at this grain at most."""
DEPTHS_MM, DEPTH_STEP_MM = (-0.8, 3.3), 0.5
"""Depths between which that is done, and their distance."""
WHOLE_MM = (1.0, 2.5)
"""How deep inside the border a lip shows what it looks like when it is all lip."""
LEAST_LIKE = 0.35
"""A lip that hardly looks like one there is not asked for more than this."""
BORDER_SHARE = 0.5
"""From the border this share of the lip's height in, pigment comes up to its full amount whatever
a pixel looks like."""
BORDER_MM = (1.5, 3.0)
"""... the least and the most of that: at the corners found curves run on where there is no lip."""
LEAST_SLANT = 0.3
"""A found border steeper than 72 degrees doubles back at the corner of a turned mouth: its slope
says nothing of how far a pixel some millimetres above it is."""
BAND_MM = 1.5
"""Beyond this distance from the border the curve alone decides."""
HAIR_REACH_MM = 3.0
"""Hairs of a moustache or beard reach this far over the lip."""
TEETH_REACH_MM = 1.6
"""How far from the inner curves a tooth may still lie inside them."""
PEEP_REACH_MM = 0.8
"""The same for teeth that peep through lips whose curves touch."""
WET_MM = 0.25
"""Width over which pigment ends at the inner edge of an open mouth."""
WET_TAKES = 0.25
"""At that edge so much of it is taken: wet mucosa hardly takes pigment (blush:L123)."""
FEATHER_MM, FEATHER_SHARE = 1.8, 0.4
"""Width over which it thins out toward it, and the most of the lip's height that this may be."""
MEETING_MM = 1.0
"""Over so much what is learnt of one lip passes into the other's."""
FEWEST = 30
"""Pixels of lip or of skin below which nothing is learnt from them."""
ROOM = 0.75
"""Where a lip is lower than this share of its full height, a gradient has not all of its room."""


@dataclass(frozen=True, slots=True, eq=False)
class Depths:
    """(H, W) millimetres inside the outer border (negative on skin) and from the open mouth.

    outer_mm : distance to the nearer outer border
    inner_mm : distance to the open mouth, positive on lip; large where the lips touch
    line_mm : distance to the inner curves, also where they touch
    height_mm : the height of the nearer lip
    room : 0..1, how much of the way to the wet line there is room for: less toward the corners
    upper : 1 above the line between the lips, 0 below
    """

    outer_mm: Field
    inner_mm: Field
    line_mm: Field
    height_mm: Field
    room: Field
    upper: Field


@dataclass(frozen=True, slots=True, eq=False)
class Matte:
    """outer_mm : depth with the border moved to where the picture shows it
    curve_mm : depth from the curve as it is
    free : 0..1, 0 where hair or teeth lie over the lip or the mouth is open
    blur_mm : the photo's own softness
    lips : 0..1, how much of the pixel is lip near the border; 1 away from it
    takes : 0..1, how much pigment stays in it: less toward the open mouth
    """

    outer_mm: Field
    curve_mm: Field
    free: Field
    blur_mm: float
    lips: Field | float = 1.0
    takes: Field | float = 1.0

    def cover(self, softness_mm: float, outward_mm: Field | None = None) -> Field:
        """0..1: how much of each pixel can take pigment, fading over `softness_mm`."""
        return self.inside(softness_mm, outward_mm) * self.free

    def inside(self, softness_mm: float, outward_mm: Field | None = None) -> Field:
        """0..1 across the outer border alone, whatever lies on the lip.

        A correction outward is measured from the curve: what the picture shows there is skin.
        Where there is none, as at the corners, the picture alone counts.
        """
        soft = np.float32(np.hypot(softness_mm, self.blur_mm))
        depth = self.outer_mm
        if outward_mm is not None:
            more = np.maximum(self.curve_mm + outward_mm - depth, 0)
            depth = depth + more * smoothstep(outward_mm / soft)
        # Half at the border, a short fade outside of it: skin is clean, however blurred the photo.
        side = np.where(depth > 0, soft, np.minimum(soft, np.float32(2 * FADE_OUT_MM)))
        lips = self.lips
        if outward_mm is not None:
            lips = lips + (1 - lips) * smoothstep(outward_mm / soft)
        return smoothstep(depth / side + np.float32(0.5)) * lips


def smoothstep(x: npt.NDArray[np.floating[Any]]) -> Field:
    """0 below 0, 1 above 1, smooth between."""
    t = np.clip(x, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def depths(
    y_mm: Field,
    upper_outer: Field,
    upper_inner: Field,
    lower_inner: Field,
    lower_outer: Field,
    px_per_mm: float,
    beside_mm: Field | float = 0.0,
) -> Depths:
    """Distances from the four curves' heights (mm, y down) at each pixel's x; all (H, W).

    `beside_mm` is how far a pixel lies beyond the corners, 0 between them.
    """
    outer = np.minimum(
        (y_mm - upper_outer) * _slant(upper_outer, px_per_mm),
        (lower_outer - y_mm) * _slant(lower_outer, px_per_mm),
    )
    outer = np.where(beside_mm > 0, -np.hypot(np.minimum(outer, 0), beside_mm), outer)
    opening = lower_inner - upper_inner
    middle = (lower_inner + upper_inner) / 2
    line = np.abs(y_mm - middle) - opening / 2
    # Lips that touch have no inside: the distance grows as the opening closes.
    inner = line + np.clip(0.8 - opening, 0, None) * 10
    upper, lower = (
        np.maximum(part, 0.5) for part in (upper_inner - upper_outer, lower_outer - lower_inner)
    )
    above = y_mm < middle
    height = np.where(above, upper, lower)
    full = np.where(above, upper.max(), lower.max())
    room = np.minimum(height / (ROOM * full), 1)
    return Depths(*(part.astype(np.float32) for part in (outer, inner, line, height, room, above)))


def matte(linear: Linear, at: Depths, px_per_mm: float) -> Matte:
    """Look at the picture around the curves; `linear` (H, W, 3)."""
    grain = min(1.0, ANALYSIS_PX_PER_MM / px_per_mm)
    small, outer, inner, line, tall, upper = (
        _shrunk(part, grain)
        for part in (linear, at.outer_mm, at.inner_mm, at.line_mm, at.height_mm, at.upper)
    )
    like = _likeness(small, outer, inner, upper, px_per_mm * grain)
    like = _along_border(like, outer, upper, px_per_mm * grain)
    near = np.clip(1 - np.abs(outer) / BAND_MM, 0, 1)
    shift = np.where(like < 0, np.float32(IN_MM), np.float32(OUT_MM)) * like * np.sqrt(near)
    lips = _lips(like, outer, outer + shift, tall, px_per_mm * grain)
    teeth = _teeth(small, outer, inner, line)
    height, width = linear.shape[:2]
    shift, lips, teeth = (_grown(part, (width, height)) for part in (shift, lips, teeth))
    ends = smoothstep(at.inner_mm / np.float32(WET_MM) + np.float32(0.5))
    free = ends * (1 - teeth) * (1 - _hair(linear, at, px_per_mm))
    feather = at.room * np.minimum(np.float32(FEATHER_SHARE) * at.height_mm, np.float32(FEATHER_MM))
    takes = WET_TAKES + np.float32(1 - WET_TAKES) * smoothstep(at.inner_mm / feather)
    return Matte(
        at.outer_mm + shift,
        at.outer_mm,
        free.astype(np.float32),
        BLUR_PX / px_per_mm,
        lips,
        takes.astype(np.float32),
    )


def _lips(like: Field, outer: Field, moved: Field, height: Field, px_per_mm: float) -> Field:
    """0..1: how much of each pixel near the border is lip, as softly as the photo shows it.

    Read against what this lip looks like a little further in.
    """
    band = ((outer > WHOLE_MM[0]) & (outer < WHOLE_MM[1])).astype(np.float32)
    sigma = WHOLE_MM[1] * px_per_mm
    within = wide_blur(band * like, sigma) / np.maximum(wide_blur(band, sigma), 1e-2)
    share = (like - LIKE_SKIN) / (np.maximum(within, LEAST_LIKE) - LIKE_SKIN)
    lips = np.clip(share, 0, 1)
    deep = np.clip(np.float32(BORDER_SHARE) * height, *BORDER_MM)
    return np.asarray(lips + (1 - lips) * smoothstep(moved / deep), np.float32)


def _along_border(like: Field, outer: Field, upper: Field, px_per_mm: float) -> Field:
    """`like` averaged along each lip at one depth: each pore, crease or hair would leave its own
    notch in the pigment."""
    coarse = min(1.0, SMOOTH_PX_PER_MM / px_per_mm)
    seen, deep, upper = (_shrunk(part, coarse) for part in (like, outer, upper))
    sigma = SMOOTH_MM * px_per_mm * coarse
    lips = cv2.merge([upper * seen, upper, (1 - upper) * seen, 1 - upper])
    smooth, counts = np.zeros_like(seen), np.zeros_like(seen)
    for depth in np.arange(*DEPTHS_MM, DEPTH_STEP_MM, dtype=np.float32):
        here = np.maximum(1 - np.abs(deep - depth) * np.float32(1 / DEPTH_STEP_MM), 0)
        sums = cv2.split(wide_blur(cv2.multiply(lips, cv2.merge([here] * 4)), sigma))
        above, below = (sums[n] / np.maximum(sums[n + 1], 1e-3) for n in (0, 2))
        smooth += here * (below + upper * (above - below))
        counts += here
    height, width = like.shape
    smooth, counts = (_grown(part, (width, height)) for part in (smooth, counts))
    return np.asarray(smooth + (1 - counts) * like, np.float32)


def _likeness(linear: Linear, outer: Field, inner: Field, upper: Field, px_per_mm: float) -> Field:
    """-1 (skin) .. 1 (lip) by colour; 0 everywhere where this lip can't be told from its skin.

    Each lip is told from the skin beside it: a brown upper lip says nothing of a pale lower one.
    """
    lab = linear_to_lab(cv2.GaussianBlur(linear, (0, 0), max(0.5, 0.12 * px_per_mm)))
    lip, skin = (outer > 0.8) & (inner > 0.6), (outer < -0.8) & (outer > -4.0)
    like = np.zeros_like(outer)
    # At the corners, where both lips meet, one passes into the other.
    share = wide_blur(upper, MEETING_MM * px_per_mm)
    for side, counts in ((upper > 0.5, share), (upper <= 0.5, 1 - share)):
        lips, skins = (
            part & side if (part & side).sum() >= FEWEST else part for part in (lip, skin)
        )
        if min(lips.sum(), skins.sum()) >= FEWEST:
            like += counts * _told_apart(lab, lab[lips], lab[skins])
    return like


def _told_apart(lab: Linear, lips: Linear, skins: Linear) -> Field:
    """(H, W) -1 (skin) .. 1 (lip) of the colours `lab` (H, W, 3), from examples (N, 3) of both."""
    scatter = np.cov(lips.T) + np.cov(skins.T) + np.eye(3)
    apart = lips.mean(axis=0) - skins.mean(axis=0)
    axis = np.linalg.solve(scatter, apart)
    half = float(apart @ axis) / 2
    middle = float((lips.mean(axis=0) + skins.mean(axis=0)) @ axis) / 2
    score = np.clip((lab @ axis.astype(np.float32) - middle) / max(half, 1e-3), -1, 1)
    # `half` is a quarter of the squared distance of the two colours in their own spread.
    trust = np.clip((half - 0.5) / 1.5, 0, 1)
    return np.asarray(score * trust, np.float32)


def _teeth(linear: Linear, outer: Field, inner: Field, line: Field) -> Field:
    """0..1: as pale or colourless as teeth, within reach of the mouth's inner curves.

    Towards the corners found inner curves close too early: there teeth lie in shade, not pale.
    Where the curves see no gap at all, only what is pale and colourless is a tooth between them.
    """
    is_open = bool((inner < 0).any())
    reach = np.clip(1.5 - line / (TEETH_REACH_MM if is_open else PEEP_REACH_MM), 0, 1)
    lab = linear_to_lab(linear)
    lip = (outer > 0.5) & (inner > TEETH_REACH_MM)
    if lip.sum() < 30:
        lip = (outer > 0.3) & (inner > 0.3)
    if lip.sum() < 10:
        return np.zeros_like(outer)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    redness = lab[..., 1]
    pale = (lab[..., 0] - np.median(lab[lip, 0])) / 12
    dull = (np.median(redness[lip]) - redness) / max(0.5 * float(np.median(redness[lip])), 3)
    usual = max(float(np.median(chroma[lip])), 1.0)
    neutral = (0.62 - chroma / usual) / 0.2 if usual > 14 else np.zeros_like(chroma)
    like = np.maximum(pale, neutral) if is_open else pale
    return np.asarray(smoothstep(np.minimum(like, dull)) * reach, np.float32)


def _hair(linear: Linear, at: Depths, px_per_mm: float) -> Field:
    """0..1: hairs that cross the border, where the skin around has hair."""
    grain = min(1.0, HAIR_PX_PER_MM / px_per_mm)
    small, outer = _shrunk(linear, grain), _shrunk(at.outer_mm, grain)
    scale = px_per_mm * grain
    # The square root is close to what the eye and CIELAB do with light.
    root = np.sqrt(np.maximum(small, 0))
    grey = root.mean(axis=2)
    size = 2 * max(1, round(0.35 * scale)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, kernel)
    thin = (closed - grey) / np.maximum(closed, 0.05)
    red = np.log((small[..., 0] + 0.01) / (small[..., 1] + 0.01))
    redder = red - wide_blur(red, 1.5 * scale)
    strand = smoothstep((thin - 0.10) / 0.15) * smoothstep(0.5 - redder / 0.15)
    ring = (outer < -0.6) & (outer > -5.0)
    density = wide_blur(strand * ring, 3 * scale) / np.maximum(
        wide_blur(ring.astype(np.float32), 3 * scale), 0.02
    )
    bearded = smoothstep((density - 0.10) / 0.15)
    reach = np.clip((HAIR_REACH_MM - outer) / 1.5, 0, 1)
    found = strand * bearded * reach
    height, width = linear.shape[:2]
    return _grown(np.asarray(found, np.float32), (width, height))


def _slant(curve_mm: Field, px_per_mm: float) -> Field:
    """Cosine of the curve's slope: turns a vertical distance into one across the border."""
    slope = np.gradient(curve_mm, axis=1) * np.float32(px_per_mm)
    return np.asarray(np.maximum(1 / np.sqrt(1 + slope * slope), LEAST_SLANT), np.float32)


def _shrunk(image: npt.NDArray[np.float32], factor: float) -> npt.NDArray[np.float32]:
    if factor >= 1:
        return image
    height, width = image.shape[:2]
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _grown(image: Field, size: tuple[int, int]) -> Field:
    if image.shape[::-1] == size:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR))
