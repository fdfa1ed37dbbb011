"""The iris: the one thing in a face whose size in millimetres is known before it is measured.

One convention holds throughout: the diameter of the circle through the left and right limbus (the
border of iris and sclera), the white-to-white distance of the ophthalmic literature. The mesh's own
iris ring tells where to look; its height is cut by the lids and its width reads 6 % too large.
Where the limbus can't be traced but an iris is seen, the ring's corrected width stands in, with a
wider error.

References
----------
Daugman 1993, IEEE Trans. PAMI 15:1148 (the circle where brightness jumps most along the radius).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.lips import Face, Points
from vermilion.photo.photo import Photo, Pixels

RIGHT_EYE = (468, (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246))
LEFT_EYE = (473, (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466))
"""The iris centre (four ring points follow it) and the ring of the lids of the client's eyes."""

R = 30.0
"""Radius of the expected iris in the small picture in which the limbus is sought, px."""
BLUR = 1.2
SIDES_DEG = np.concatenate([np.arange(-40, 41, 5), np.arange(140, 221, 5)]).astype(np.float64)
"""Directions in which the limbus is looked for: to the sides, where the lids leave it free."""
ON_RIGHT = SIDES_DEG < 90
SMALLEST_PX = 8.0
"""Irises narrower than this have a limbus as wide as the error that matters."""
OPEN = 0.36
"""Free height of the iris between the lids, as a share of its width, under which it is closed."""
CONTRAST = 0.10
"""(outside - inside) / (outside + inside), in light, that a limbus needs."""
RING_WIDE = 1.06
"""The ring's width over the limbus': on the phantom 1.06 +- 0.02, and the factor that brings mean
interpupillary distances of three photo sets to the known 62-63 mm."""
EDGE = 1.016
"""White-to-white ends where the sclera begins, 0.1 mm outside the steepest rise of brightness that
is traced here (phantom: 0.984 +- 0.003)."""
MESH_SD = 0.045
"""Error of a diameter taken from the ring's width alone, as a share."""
RAISED = -0.1 * R
"""The limbus' centre lies higher than the ring's, which sees only what the upper lid leaves."""
RAYS_WORTH = 3.0
FIT_SD = 0.008
"""Error of a traced limbus that its residuals don't show: what counts as its edge."""


@dataclass(frozen=True, slots=True)
class Iris:
    """One iris: diameter and sd in px; `how` = "limbus", "ring" or "unseen" (diameter None)."""

    diameter_px: float | None
    sd_px: float | None
    how: str
    why: str = ""


def irises(photo: Photo, face: Face) -> tuple[Iris, Iris]:
    """The client's right and left iris."""
    right, left = (iris(photo.pixels, face.mesh_px, *eye) for eye in (RIGHT_EYE, LEFT_EYE))
    return right, left


def iris(
    pixels: Pixels, mesh_px: npt.NDArray[np.float64], centre: int, lids: tuple[int, ...]
) -> Iris:
    """The iris about landmark `centre` between the lids of (478, 3) landmarks."""
    ring, lid_ring = mesh_px[centre + 1 : centre + 5, :2], mesh_px[list(lids), :2]
    expected = float(np.hypot(*(ring[0] - ring[2]))) / RING_WIDE
    if expected < SMALLEST_PX:
        return Iris(None, None, "unseen", f"it is only {expected:.0f} px wide")
    across = lid_ring[8] - lid_ring[0]
    turn = float(np.arctan2(across[1], across[0]))
    if centre == LEFT_EYE[0]:
        turn = float(np.arctan2(-across[1], -across[0]))
    small, to_own = _small_picture(pixels, mesh_px[centre, :2], expected / 2, turn)
    own_lids = lid_ring @ to_own[:, :2].T + to_own[:, 2]
    if _free_height(own_lids) < OPEN * 2 * R:
        return Iris(None, None, "unseen", "the eye is closed or nearly so")
    found = trace_limbus(small, own_lids)
    if found is None:
        if not _darker_than_white(small, own_lids):
            return Iris(None, None, "unseen", "something covers it, or it is too dark or blurred")
        return Iris(expected, MESH_SD * expected, "ring")
    radius, sd = found
    relative = EDGE * radius / R
    return Iris(expected * relative, expected * float(np.hypot(sd / R, FIT_SD)), "limbus")


def _small_picture(
    pixels: Pixels, centre: npt.NDArray[np.float64], radius_px: float, turn_rad: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
    """Brightness 0..1 about the iris, turned upright, the expected radius R px, and its map."""
    half = int(2.2 * R)
    zoom = R / radius_px
    reach = int(np.ceil(3.2 * radius_px)) + 2
    x0, y0 = (max(0, int(c) - reach) for c in centre)
    part = pixels[y0 : int(centre[1]) + reach, x0 : int(centre[0]) + reach]
    if part.size == 0:
        return np.zeros((2 * half, 2 * half), np.float32), np.eye(2, 3)
    white = float(np.iinfo(pixels.dtype).max)
    grey = part.astype(np.float32) @ (np.array([0.35, 0.5, 0.15]) / white).astype(np.float32)
    if zoom < 0.5:
        # Averaging before a strong reduction: sampling alone would alias the lashes.
        grey = cv2.GaussianBlur(grey, (0, 0), 0.4 / zoom)
    cos, sin = np.cos(turn_rad) * zoom, np.sin(turn_rad) * zoom
    matrix = np.array([[cos, sin], [-sin, cos]])
    offset = np.array([half, half]) - matrix @ centre
    to_own = np.column_stack([matrix, offset])
    shift = np.column_stack([matrix, matrix @ np.array([x0, y0]) + offset])
    small = cv2.warpAffine(
        grey, shift, (2 * half, 2 * half), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(small, np.float32), to_own


def _free_height(own_lids: Points) -> float:
    """Distance of the lids over the middle of the iris, px of the small picture."""
    half = 2.2 * R
    lower, upper = own_lids[:9], np.concatenate([own_lids[8:], own_lids[:1]])

    def over_iris(lid: Points) -> float:
        order = np.argsort(lid[:, 0])
        at = half + np.array([-0.4, 0.0, 0.4]) * R
        return float(np.interp(at, lid[order, 0], lid[order, 1]).mean())

    return over_iris(lower) - over_iris(upper)


def trace_limbus(small: npt.NDArray[np.float32], own_lids: Points) -> tuple[float, float] | None:
    """Radius and its sd, px of the small picture; None where no circle is seen."""
    image = cv2.GaussianBlur(small, (0, 0), BLUR)
    slope_x = cv2.Sobel(image, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    slope_y = cv2.Sobel(image, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    free = np.zeros(small.shape, np.uint8)
    cv2.fillPoly(free, [np.rint(own_lids).astype(np.int32)], 1)
    free = cv2.erode(free, np.ones((3, 3), np.uint8), iterations=2)
    angle = np.radians(SIDES_DEG)
    cos, sin = np.cos(angle), np.sin(angle)
    start = _best_circle(slope_x, slope_y, free, cos, sin)
    if start is None:
        return None
    points = _edge_points(slope_x, slope_y, free, start, cos, sin)
    if points is None:
        return None
    circle = _fit_circle(points, start)
    if circle is None or not _is_dark_disc(image, free, circle[0], cos, sin):
        return None
    (_, _, radius), sd = circle
    return float(radius), sd


def _sample(grid: npt.NDArray[np.float32] | npt.NDArray[np.uint8], x: Points, y: Points) -> Points:
    mapped = cv2.remap(grid, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(mapped, np.float64)


def _best_circle(
    slope_x: npt.NDArray[np.float32],
    slope_y: npt.NDArray[np.float32],
    free: npt.NDArray[np.uint8],
    cos: Points,
    sin: Points,
) -> npt.NDArray[np.float64] | None:
    """Centre and radius whose free left and right arcs see brightness jump most, both of them."""
    middle = slope_x.shape[0] / 2
    grids = np.meshgrid(
        middle + np.arange(-9, 9.1, 1.5),
        middle + np.arange(-10, 6.1, 2.0),
        np.arange(0.74 * R, 1.26 * R, 1.0),
        indexing="ij",
    )
    cx, cy, radius = (grid.reshape(-1, 1) for grid in grids)
    x, y = cx + radius * cos, cy + radius * sin
    jump = _sample(slope_x, x, y) * cos + _sample(slope_y, x, y) * sin
    seen = _sample(free, x, y) > 0.5
    # A glint's rim is steeper than any limbus; capped, it can't outvote the rest of the arc.
    cap = float(np.percentile(np.abs(jump[seen]), 90)) if seen.any() else 0.0
    jump = np.clip(jump, -cap, cap) * seen
    sides = []
    for side in (ON_RIGHT, ~ON_RIGHT):
        count = seen[:, side].sum(axis=1)
        # Fewer than five directions leave the height of the centre open.
        sides.append(np.where(count >= 5, jump[:, side].sum(axis=1) / np.maximum(count, 7), -1.0))
    score = np.minimum(sides[0], sides[1]) + 0.5 * (sides[0] + sides[1])
    away = ((radius / R - 1) / 0.12) ** 2 + ((cy - middle - RAISED) / (0.25 * R)) ** 2
    score = score * np.exp(-0.5 * away[:, 0])
    best = int(np.argmax(score))
    if min(sides[0][best], sides[1][best]) <= 0:
        return None
    return np.array([cx[best, 0], cy[best, 0], radius[best, 0]])


def _edge_points(
    slope_x: npt.NDArray[np.float32],
    slope_y: npt.NDArray[np.float32],
    free: npt.NDArray[np.uint8],
    circle: npt.NDArray[np.float64],
    cos: Points,
    sin: Points,
) -> tuple[Points, Points] | None:
    """Where each free ray crosses the limbus, to a part of a pixel, and the side it lies on."""
    steps = np.arange(-5.0, 5.01, 0.5)
    reach = circle[2] + steps[None, :]
    x, y = circle[0] + reach * cos[:, None], circle[1] + reach * sin[:, None]
    jump = _sample(slope_x, x, y) * cos[:, None] + _sample(slope_y, x, y) * sin[:, None]
    jump = np.where(_sample(free, x, y) > 0.5, np.maximum(jump, 0), 0)
    peak = jump.argmax(axis=1)
    rows = np.arange(len(cos))
    inside = (peak > 0) & (peak < len(steps) - 1)
    strong = jump[rows, peak] > 0.35 * np.median(jump[rows, peak])
    keep = inside & strong & (jump[rows, peak] > 0)
    if keep[ON_RIGHT].sum() < 4 or keep[~ON_RIGHT].sum() < 4:
        return None
    at = np.clip(peak, 1, len(steps) - 2)
    before, here, after = jump[rows, at - 1], jump[rows, at], jump[rows, at + 1]
    bend = np.minimum(before - 2 * here + after, -1e-9)
    offset = steps[at] + 0.5 * np.clip(0.5 * (before - after) / bend, -1, 1)
    radius = circle[2] + offset
    points = np.column_stack([circle[0] + radius * cos, circle[1] + radius * sin])
    return points[keep], ON_RIGHT[keep].astype(np.float64)


def _fit_circle(
    edge: tuple[Points, Points], start: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], float] | None:
    """Least squares circle, far points weighed down, with the mesh's ring as prior knowledge.

    Side arcs tell width well and height badly, and a dim or lash-crossed limbus little of either:
    what the arcs leave open, the ring decides.
    """
    points, on_right = edge
    middle = 2 * int(2.2 * R) / 2
    circle = start.copy()
    # Both sides count alike, however many rays each of them kept free.
    share = np.where(on_right > 0.5, 1 / max(on_right.sum(), 1), 1 / max((1 - on_right).sum(), 1))
    # Neighbouring rays err together: an arc is worth three of them.
    balance = share / share.sum() * 2 * RAYS_WORTH
    prior = np.array([middle, middle + RAISED, R])
    hold = np.array([0.15 * R, 0.10 * R, MESH_SD * R]) ** -2.0
    scatter = 1.0
    for _ in range(8):
        offset = points - circle[:2]
        distance = np.hypot(offset[:, 0], offset[:, 1])
        residual = distance - circle[2]
        scatter = max(0.3, 1.4826 * float(np.median(np.abs(residual))))
        weight = balance / np.maximum(1.0, np.abs(residual) / (1.5 * scatter)) / scatter**2
        slope = np.column_stack([-offset / distance[:, None], -np.ones(len(points))])
        normal = slope.T @ (slope * weight[:, None])
        normal = normal + np.diag(hold)
        pull = slope.T @ (weight * residual) + (circle - prior) * hold
        step = np.linalg.solve(normal, -pull)
        circle = circle + step
        if np.abs(step).max() < 1e-3:
            break
    if scatter > 0.06 * R:
        return None
    return circle, float(np.sqrt(np.linalg.inv(normal)[2, 2]))


def _is_dark_disc(
    image: npt.NDArray[np.float32],
    free: npt.NDArray[np.uint8],
    circle: npt.NDArray[np.float64],
    cos: Points,
    sin: Points,
) -> bool:
    """Whether both sides of the circle go from dark to light."""

    def light(share: float, side: npt.NDArray[np.bool_]) -> float:
        x = circle[0] + share * circle[2] * cos[side]
        y = circle[1] + share * circle[2] * sin[side]
        seen = _sample(free, x[None], y[None])[0] > 0.5
        values = _sample(image, x[None], y[None])[0]
        return float(np.median(values[seen])) if seen.sum() >= 3 else 0.0

    for side in (ON_RIGHT, ~ON_RIGHT):
        within, beyond = light(0.85, side), light(1.2, side)
        if beyond <= 0 or beyond - within < CONTRAST * (beyond + within):
            return False
    return True


def _darker_than_white(small: npt.NDArray[np.float32], own_lids: Points) -> bool:
    """Whether the middle of the open eye is darker than its white on at least one side."""
    free = np.zeros(small.shape, np.uint8)
    cv2.fillPoly(free, [np.rint(own_lids).astype(np.int32)], 1)
    free = cv2.erode(free, np.ones((3, 3), np.uint8), iterations=2)
    x = (np.arange(small.shape[1]) - small.shape[1] / 2) / R
    inside = np.broadcast_to(np.abs(x) < 0.7, small.shape) & (free > 0)
    whites = [
        np.broadcast_to((sign * x > 1.15) & (sign * x < 1.7), small.shape) & (free > 0)
        for sign in (-1, 1)
    ]
    if inside.sum() < R or max(white.sum() for white in whites) < R:
        return False
    dark = float(np.median(small[inside]))
    light = max(float(np.median(small[white])) for white in whites if white.sum() >= R / 2)
    return light - dark >= CONTRAST * (light + dark)
