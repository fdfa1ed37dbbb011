"""Lip borders as smooth curves through the mesh's lip points, and points named by the field.

Monotone cubics (PCHIP) along the chord: they go through every landmark and add no bump between
two of them, which a free cubic spline does at the Cupid's bow.

References
----------
Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17:238 (slopes); Fritsch & Butland 1984 (their mean).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vermilion.face.lips import LipCurves, Points
from vermilion.face.topology import LOWER_INNER, LOWER_OUTER, UPPER_INNER, UPPER_OUTER

Slope = npt.NDArray[np.float64]

SAMPLES = 97
"""Points of each curve: half a millimetre apart on a mouth of 50 mm."""
CLOSED, OPEN = 0.007, 0.012
"""Opening, as a share of the mouth's width, under which the lips touch (the mesh's own noise) and
from which they are surely apart; between the two the inner borders draw together smoothly."""
RIGHT_CORNER, LEFT_CORNER = int(UPPER_OUTER[0]), int(UPPER_OUTER[-1])
MIDLINE = int(UPPER_OUTER[len(UPPER_OUTER) // 2])


@dataclass(frozen=True, slots=True, eq=False)
class MouthFrame:
    """Axes of the mouth: x from image left commissure to right, y down, unit = mouth width."""

    origin: Points
    axes: npt.NDArray[np.float64]
    width_px: float

    def own(self, points_px: npt.NDArray[np.float64]) -> Points:
        return np.asarray((points_px - self.origin) @ self.axes.T / self.width_px)

    def photo(self, points: npt.NDArray[np.float64]) -> Points:
        return np.asarray(points * self.width_px @ self.axes + self.origin)


def mouth_frame(left_px: npt.NDArray[np.float64], right_px: npt.NDArray[np.float64]) -> MouthFrame:
    """The frame of two commissures given in image order; origin midway between them."""
    across = right_px - left_px
    width = float(np.hypot(*across))
    x = across / max(width, 1e-9)
    return MouthFrame((left_px + right_px) / 2, np.array([x, [-x[1], x[0]]]), width)


def mesh_curves(mesh_px: npt.NDArray[np.float64]) -> LipCurves:
    """The four borders through the lip points of (478, 2 or 3) landmarks.

    All four run from commissure to commissure. Where the lips touch, both inner curves are the
    line midway between them.
    """
    return curves_of_passes(mesh_px[None])[0]


def curves_of_passes(passes_px: npt.NDArray[np.float64]) -> list[LipCurves]:
    """`mesh_curves` of each of (K, 478, 2 or 3) landmarks, worked out together: much quicker."""
    points = passes_px[..., :2]
    corners = points[:, [RIGHT_CORNER, LEFT_CORNER]]

    def along(ring: npt.NDArray[np.intp], ends: bool) -> npt.NDArray[np.float64]:
        knots = points[:, ring]
        if ends:
            knots = np.concatenate([corners[:, :1], knots, corners[:, 1:]], axis=1)
        return np.ascontiguousarray(smooth(knots.swapaxes(0, 1)).swapaxes(0, 1))

    upper_outer, lower_outer = along(UPPER_OUTER, False), along(LOWER_OUTER, False)
    inner = [
        drawn_together(upper, lower, opening(one))
        for upper, lower, one in zip(
            along(UPPER_INNER, True), along(LOWER_INNER, True), points, strict=True
        )
    ]
    return [
        LipCurves(top, *between, bottom)
        for top, between, bottom in zip(upper_outer, inner, lower_outer, strict=True)
    ]


def mesh_rings(mesh_px: npt.NDArray[np.float64]) -> LipCurves:
    """The same four borders as straight lines from landmark to landmark: rougher and much quicker,
    for telling where one live frame's lips lay in another."""
    points = mesh_px[:, :2]
    right, left = points[[RIGHT_CORNER]], points[[LEFT_CORNER]]
    upper = np.concatenate([right, points[UPPER_INNER], left])
    lower = np.concatenate([right, points[LOWER_INNER], left])
    upper, lower = drawn_together(upper, lower, opening(points))
    return LipCurves(points[UPPER_OUTER], upper, lower, points[LOWER_OUTER])


def drawn_together(upper: Points, lower: Points, gap: float) -> tuple[Points, Points]:
    """Inner borders as they are (gap of OPEN or more) to one line midway (CLOSED or less)."""
    apart = min(1.0, max(0.0, (gap - CLOSED) / (OPEN - CLOSED)))
    middle = (upper + lower) / 2
    return middle + apart * (upper - middle), middle + apart * (lower - middle)


def opening(points_px: npt.NDArray[np.float64]) -> float:
    """Gap between the inner borders at the middle three points, as a share of mouth width."""
    gap = points_px[LOWER_INNER[4:7], :2] - points_px[UPPER_INNER[4:7], :2]
    return float(np.hypot(gap[:, 0], gap[:, 1]).mean() / max(mouth_width_px(points_px), 1e-9))


def mouth_width_px(points_px: npt.NDArray[np.float64]) -> float:
    """Commissure to commissure, px."""
    return float(np.hypot(*(points_px[LEFT_CORNER, :2] - points_px[RIGHT_CORNER, :2])))


def smooth(knots: Points, samples: int = SAMPLES) -> Points:
    """(samples, 2) points along the curve through (N, 2) knots, evenly spaced along the chord.

    Of several curves at once, (N, K, 2), it gives (samples, K, 2).
    """
    along = np.diff(knots, axis=0)
    step = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-6)
    at = np.concatenate([np.zeros_like(step[:1]), np.cumsum(step, axis=0)])
    query = np.linspace(0.0, at[-1], samples)
    return pchip(at, knots, query)


def pchip(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], query: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Monotone cubic through (x, y), x (N,) rising, y (N,) or (N, C); flat beyond its ends.

    Of K at once: x (N, K), y (N, K, C) and a query (S, K).

    Examples
    --------
    >>> pchip(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 1.0]), np.array([1.5])).round(3)
    array([1.])
    """
    query = np.clip(query, x[0], x[-1])
    columns = zip(x.reshape(len(x), -1).T, query.reshape(len(query), -1).T, strict=True)
    after = [np.searchsorted(knots, at, side="right") for knots, at in columns]
    i = np.clip(np.column_stack(after) - 1, 0, len(x) - 2).reshape(query.shape)
    if y.ndim > x.ndim:
        x, query, i = x[..., None], query[..., None], i[..., None]
    h = np.diff(x, axis=0)
    slope = np.diff(y, axis=0) / h
    tangent = np.zeros_like(y)
    w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    same = slope[:-1] * slope[1:] > 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        mean = (w1 + w2) / (w1 / slope[:-1] + w2 / slope[1:])
    tangent[1:-1] = np.where(same, mean, 0.0)
    tangent[0] = _end(h[0], h[1], slope[0], slope[1]) if len(x) > 2 else slope[0]
    tangent[-1] = _end(h[-1], h[-2], slope[-1], slope[-2]) if len(x) > 2 else slope[0]

    def here(values: npt.NDArray[np.float64], index: npt.NDArray[np.intp]) -> Slope:
        return np.take_along_axis(values, index, axis=0)

    width = here(h, i)
    t = (query - here(x, i)) / width
    return np.asarray(
        here(y, i) * (1 + 2 * t) * (1 - t) ** 2
        + here(tangent, i) * width * t * (1 - t) ** 2
        + here(y, i + 1) * t**2 * (3 - 2 * t)
        + here(tangent, i + 1) * width * t**2 * (t - 1)
    )


def _end(h0: Slope, h1: Slope, d0: Slope, d1: Slope) -> Slope:
    """Three-point slope at an end, kept from overshooting."""
    slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    kept = np.where((d0 * d1 <= 0) & (np.abs(slope) > 3 * np.abs(d0)), 3 * d0, slope)
    return np.asarray(np.where(slope * d0 <= 0, 0.0, kept))


def named_points(
    mesh_px: npt.NDArray[np.float64], curves: LipCurves
) -> dict[str, tuple[float, float]]:
    """The named points of a Face in px; `left` and `right` are the client's."""
    frame = mouth_frame(curves.upper_outer[0], curves.upper_outer[-1])
    # On a turned head the bow, which lies further forward, leaves the middle between the corners.
    centre = float(frame.own(mesh_px[MIDLINE, :2][None])[0, 0])
    named = _bow(frame, curves.upper_outer, float(np.clip(centre, -0.15, 0.15)))
    named["labiale_inferius"] = _extreme(frame, curves.lower_outer, (-0.2, 0.2), 1)
    named["commissure_right"] = curves.upper_outer[0]
    named["commissure_left"] = curves.upper_outer[-1]
    middle = frame.own(named["labiale_superius"][None])[0, 0]
    upper = _at(frame, curves.upper_inner, middle)
    lower = _at(frame, curves.lower_inner, middle)
    if np.array_equal(curves.upper_inner, curves.lower_inner):
        named["stomion"] = upper
    else:
        named["stomion_superius"], named["stomion_inferius"] = upper, lower
    for name, index in _LANDMARKS.items():
        named[name] = mesh_px[index, :2]
    return {name: (float(point[0]), float(point[1])) for name, point in named.items()}


_LANDMARKS = {
    "subnasale": 2,
    "nostril_sill_right": 97,
    "nostril_sill_left": 326,
    "pupil_right": 468,
    "pupil_left": 473,
    "chin": 152,
}


def _bow(frame: MouthFrame, upper_outer: Points, centre: float) -> dict[str, Points]:
    """Cupid's bow: two peaks and the valley between them; a flat bow keeps their usual places."""
    right = _extreme(frame, upper_outer, (centre - 0.22, centre - 0.03), -1)
    left = _extreme(frame, upper_outer, (centre + 0.03, centre + 0.22), -1)
    (x0, _), (x1, _) = frame.own(np.array([right, left]))
    valley = _extreme(frame, upper_outer, (x0 + 0.25 * (x1 - x0), x1 - 0.25 * (x1 - x0)), 1)
    return {
        "crista_philtri_right": right,
        "crista_philtri_left": left,
        "labiale_superius": valley,
    }


def _extreme(frame: MouthFrame, curve: Points, between: tuple[float, float], sign: int) -> Points:
    """The highest (sign -1) or lowest (+1) point of a curve between two places of the mouth.

    Where the curve only rises or falls there, the middle of the span is taken.
    """
    x = np.linspace(*between, 64)
    own = frame.own(curve)
    order = np.argsort(own[:, 0], kind="stable")
    y = np.interp(x, own[order, 0], own[order, 1])
    best = int(np.argmax(sign * y))
    if best in (0, len(x) - 1):
        best = len(x) // 2
    return np.asarray(frame.photo(np.array([[x[best], y[best]]]))[0])


def _at(frame: MouthFrame, curve: Points, x: float) -> Points:
    own = frame.own(curve)
    order = np.argsort(own[:, 0], kind="stable")
    y = float(np.interp(x, own[order, 0], own[order, 1]))
    return np.asarray(frame.photo(np.array([[x, y]]))[0])
