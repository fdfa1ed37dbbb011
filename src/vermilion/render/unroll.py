"""Pixels carried along a flip's displacement without stretching what is fine in them.

A lip that rolls out shows more lip, not the same lip drawn longer: creases, pores and glints keep
their size. So the picture is taken apart. What is slow (shade, colour) follows the displacement;
what is fine moves as a whole, the outer part with the border and the inner part with the inner
edge, and where both meet one fades into the other with the contrast the lip had before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.render.frame import Field
from vermilion.render.glints import as_bright_as_before

FINE_MM = 0.4
"""What is finer than this is not stretched: the width of creases and glints."""
MEETING = 0.15
"""Share of the new lip's height in which one fine part fades into the other: glints that lie on
each other by half would be duller and twice as many."""
BESIDE = 0.01
"""Weight of what lies beside the lip in its slow colours; above none, so that all is defined."""
EVENED_MM = 0.7
"""Contrast finer than this is evened: what is looked at as texture."""
EVEN_CELLS = 2.5
"""Contrast is evened out over this many coarse cells (0.6 mm)."""
MOST_EVENING = 1.3
"""Contrast is raised or lowered by this factor at the most."""
TEXTURE_MM = 0.45
"""Contrast finer than this is what the eye reads as the lip's texture."""
CLEAR_MM = 0.6
"""Texture is read so far from both edges, whose own contrast is not the lip's."""
SRGB_OFFSET = 0.055
"""A step of an sRGB value v is a share of its light in proportion to 1 / (v + 0.055)."""
MOST_GIVEN_BACK = 1.3
"""Texture of a whole lip is raised or lowered by this factor at the most."""
UNSEEN = 0.1 / 255
"""Fine contrast below this share of white is not told from none."""


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Where the pixels of a window come from, in mm further down, on the coarse grid.

    shift : what is slow; upper, lower : what is fine, moved with the border or the inner edge;
    within : 0 at the new border, 1 at the new inner edge; meeting : where on that way the fine
    parts of both sides meet; off_edges : 0 at both edges, 1 away from them; lip : 1 inside the lip
    as it was; edges : share of what is fine that belongs to a thin lip's edges as they were;
    clear_before, clear_after : 1 where the lip, as it was and as it is, is CLEAR_MM away
    from both edges
    """

    shift: Field
    upper: Field
    lower: Field
    within: Field
    meeting: Field
    off_edges: Field
    lip: Field
    edges: Field
    clear_before: Field
    clear_after: Field


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A window's grid: each field's cell is step x step pixels; (down_x, down_y) in px per mm."""

    step: int
    down_x: float
    down_y: float
    px_per_mm: float

    def cells(self, mm: float) -> float:
        """A width on the coarse grid; never less than what blurs at all."""
        return max(mm * self.px_per_mm / self.step, 0.5)

    def shrunk(self, field: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The mean in each coarse cell."""
        if self.step == 1:
            return field
        size = field.shape[1] // self.step, field.shape[0] // self.step
        return np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_AREA), np.float32)

    def power(self, fine: npt.NDArray[np.float32]) -> Field:
        """Mean square of fine contrast in each coarse cell."""
        grey = cv2.cvtColor(fine, cv2.COLOR_RGB2GRAY)
        return self.shrunk(np.asarray(cv2.multiply(grey, grey), np.float32))

    def grown(self, field: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """A coarse field at each pixel."""
        if self.step == 1:
            return field
        size = field.shape[1] * self.step, field.shape[0] * self.step
        return np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_LINEAR))

    def moved(self, part: npt.NDArray[Any], shift: Field, way: int) -> npt.NDArray[Any]:
        """`part`, read `shift` mm further down; at its own pixels or on the coarse grid."""
        coarse = part.shape[:2] == shift.shape
        per_mm = 1 / self.step if coarse else 1.0
        shift = shift if coarse else self.grown(shift)
        height, width = shift.shape
        x = cv2.addWeighted(shift, self.down_x * per_mm, _ramp_x(height, width), 1, 0)
        y = cv2.addWeighted(shift, self.down_y * per_mm, _ramp_y(height, width), 1, 0)
        return np.asarray(cv2.remap(part, x, y, way, borderMode=cv2.BORDER_REPLICATE))


def unrolled(part: npt.NDArray[Any], paths: Paths, window: Window) -> npt.NDArray[np.float32]:
    """The window `part` (H, W, 3) after the displacement, float32 in the part's own scale."""
    picture = part.astype(np.float32)
    small = window.shrunk(picture)
    slow = _slow_of_lip(small, paths.lip, window.cells(FINE_MM))
    fine = cv2.subtract(picture, window.grown(slow))
    drawn_out = None
    if paths.edges.any():
        edges = cv2.multiply(fine, cv2.merge([window.grown(paths.edges)] * 3))
        fine = cv2.subtract(fine, edges)
        drawn_out = window.moved(edges, paths.shift, cv2.INTER_LINEAR)
    upper = window.moved(fine, paths.upper, cv2.INTER_CUBIC)
    lower = window.moved(fine, paths.lower, cv2.INTER_CUBIC)
    t = np.clip((paths.within - paths.meeting) / MEETING + 0.5, 0, 1)
    of_lower = np.asarray(t * t * (3 - 2 * t), np.float32)
    share = window.grown(of_lower)
    mixed = cv2.blendLinear(upper, lower, 1 - share, share)
    whole = cv2.add(window.grown(window.moved(slow, paths.shift, cv2.INTER_LINEAR)), mixed)
    if drawn_out is not None:
        cv2.add(whole, drawn_out, dst=whole)

    # Parts that no longer lie on each other lose contrast: it is measured and given back.
    wide = window.cells(EVENED_MM)
    before = window.power(cv2.subtract(picture, window.grown(_blur(small, wide))))
    slow_now = window.grown(_blur(window.shrunk(whole), wide))
    has = window.power(cv2.subtract(whole, slow_now))
    had = _moved_power(before, paths, of_lower, window)
    white = 255.0 if part.dtype == np.uint8 else 65535.0
    none = (UNSEEN * white) ** 2
    inside = paths.off_edges
    even = np.sqrt((_even(had * inside) + none) / (_even(has * inside) + none))
    kept = np.clip(even, 1 / MOST_EVENING, MOST_EVENING)
    factor = window.grown(np.asarray(1 + inside * (kept - 1), np.float32))
    evened = np.asarray(cv2.blendLinear(whole, slow_now, factor, 1 - factor), np.float32)
    textured = _as_fine_as_before(picture, small, evened, paths, window, white)
    return as_bright_as_before(
        picture, textured, paths.clear_before, paths.clear_after, window.px_per_mm, white
    )


def _as_fine_as_before(
    picture: npt.NDArray[np.float32],
    small: npt.NDArray[np.float32],
    evened: npt.NDArray[np.float32],
    paths: Paths,
    window: Window,
    white: float,
) -> npt.NDArray[np.float32]:
    """The texture of the whole lip brought back to what it was.

    Reading between pixels softens what is as fine as they are, and more of the lip's middle shows
    than before: both are read on this very lip and given back to it.
    """
    _, had = _texture(picture, small, paths.clear_before, window, white)
    fine, has = _texture(evened, window.shrunk(evened), paths.clear_after, window, white)
    if has == 0 or had == 0:
        return evened
    back = float(np.clip(had / has, 1 / MOST_GIVEN_BACK, MOST_GIVEN_BACK))
    share = window.grown(np.asarray(paths.off_edges * (back - 1), np.float32))
    return np.asarray(cv2.add(evened, cv2.multiply(fine, cv2.merge([share] * 3))), np.float32)


def _texture(
    picture: npt.NDArray[np.float32],
    small: npt.NDArray[np.float32],
    clear: Field,
    window: Window,
    white: float,
) -> tuple[npt.NDArray[np.float32], float]:
    """What is fine in a lip, and its spread as a share of the light it lies on, where it is
    clear."""
    wide = window.cells(TEXTURE_MM)
    weight = np.maximum(clear, BESIDE)[..., None]
    slow = _blur(small * weight, wide) / _blur(np.asarray(weight, np.float32), wide)[..., None]
    fine = np.asarray(cv2.subtract(picture, window.grown(slow)), np.float32)
    light = cv2.cvtColor(slow, cv2.COLOR_RGB2GRAY)
    relative = window.power(fine) / np.square(light + SRGB_OFFSET * white)
    return fine, float(np.sqrt((relative * clear).sum() / max(float(clear.sum()), 1e-6)))


def _slow_of_lip(picture: npt.NDArray[np.float32], lip: Field, sigma: float) -> Any:
    """What is slow in the lip, without the shade of the mouth and the light of the skin beside it.

    An edge that leaked into it would be drawn out to a band.
    """
    weight = np.maximum(lip, BESIDE)[..., None]
    return _blur(picture * weight, sigma) / _blur(weight, sigma)[..., None]


def _blur(field: npt.NDArray[np.float32], sigma: float) -> npt.NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma), np.float32)


def _moved_power(power: Field, paths: Paths, of_lower: Field, window: Window) -> Field:
    upper = window.moved(power, paths.upper, cv2.INTER_LINEAR)
    lower = window.moved(power, paths.lower, cv2.INTER_LINEAR)
    return np.asarray(upper + (lower - upper) * of_lower, np.float32)


def _even(power: Field) -> Field:
    return _blur(power, EVEN_CELLS)


def _ramp_x(height: int, width: int) -> Field:
    return np.broadcast_to(np.arange(width, dtype=np.float32), (height, width)).copy()


def _ramp_y(height: int, width: int) -> Field:
    return np.repeat(np.arange(height, dtype=np.float32)[:, None], width, axis=1)
