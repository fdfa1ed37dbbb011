"""Where faces are in a photo: MediaPipe's short-range detector, looked through more than once.

The detector sees 128 x 128 px and misses faces smaller than about a sixth of what it is shown. The
whole photo is looked at first; only when its largest face is small, or none is seen, overlapping
tiles of a half and then of a quarter of the frame are looked at too. Every look is made on an
antialiased copy, so that the same scene gives the same box at any size.

References
----------
Bazarevsky et al. 2019, BlazeFace, arXiv:1907.05047 (boxes, six key points, weighted suppression).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face import networks
from vermilion.face.lips import Box, Points
from vermilion.photo.photo import Pixels

INPUT_PX = 128
COPY_PX = 768
"""Long side of the copy that all looks share: 1.5 times the detector's grain at quarter tiles."""
SCORE = 0.5
OVERLAP = 0.3
"""Boxes that share more than this (intersection over union) are one face: MediaPipe's value."""
LARGE = 0.3
"""A face this large (share of the long side) ends the search: what a closer look could add would
be far smaller and is left out as background anyway."""
SMALLEST_PX = 40
"""Faces narrower than this hold a mouth of fewer than 16 px: not worth a closer look."""


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """A box and six key points in px: eyes, nose tip, mouth, ears; the client's right eye first."""

    box: Box
    keypoints: Points

    @property
    def side_px(self) -> float:
        return max(self.box.x1 - self.box.x0, self.box.y1 - self.box.y0)


def detect(pixels: Pixels) -> tuple[Detection, ...]:
    """All faces seen in (H, W, 3) RGB pixels, the largest first."""
    height, width = pixels.shape[:2]
    long_side = max(width, height)
    copy = shrunk(pixels, min(1.0, COPY_PX / long_side))
    zoom = copy.shape[1] / width, copy.shape[0] / height
    found = _look(copy, zoom, share=1.0, steps=1)
    if _largest(found) < LARGE * long_side:
        found += _look(copy, zoom, share=0.5, steps=3)
    if not found:
        found = _look(copy, zoom, share=0.25, steps=6)
    return tuple(sorted(_distinct(found), key=lambda face: (-face.side_px, face.box.x0)))


def shrunk(pixels: Pixels, factor: float) -> npt.NDArray[np.uint8]:
    """An antialiased 8-bit copy; `factor` 1 or more leaves the size as it is."""
    if factor < 1.0:
        height, width = pixels.shape[:2]
        size = max(1, round(width * factor)), max(1, round(height * factor))
        # Exact halving is several times quicker than an area average of any other factor.
        while pixels.shape[1] >= 2 * size[0] and not (pixels.shape[0] % 2 or pixels.shape[1] % 2):
            half = pixels.shape[1] // 2, pixels.shape[0] // 2
            pixels = cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    return np.ascontiguousarray(pixels, dtype=np.uint8)


def _look(
    copy: npt.NDArray[np.uint8], zoom: tuple[float, float], share: float, steps: int
) -> list[Detection]:
    """Detections in photo px from `steps` x `steps` square tiles of `share` of the long side."""
    height, width = copy.shape[:2]
    side = share * max(width, height)
    if share < 1.0 and side / zoom[0] * LARGE / 2 < SMALLEST_PX:
        return []
    found = []
    for top in _starts(height, side, steps):
        for left in _starts(width, side, steps):
            tile = _tile(copy, left, top, side)
            for box, keypoints, score in _decode(tile):
                corner = np.array([left, top])
                box, keypoints = box * side + corner, keypoints * side + corner
                if _cut_by_tile(box, (left, top, left + side, top + side), (width, height)):
                    continue
                (x0, y0), (x1, y1) = box / zoom
                box_px = Box(float(x0), float(y0), float(x1), float(y1), score)
                found.append(Detection(box_px, keypoints / zoom))
    return found


def _starts(length: int, side: float, steps: int) -> list[float]:
    """Where tiles begin along one axis; a frame shorter than the tile has one, centred tile."""
    if length <= side:
        return [(length - side) / 2]
    return [float(start) for start in np.linspace(0.0, length - side, steps)]


def _tile(
    copy: npt.NDArray[np.uint8], left: float, top: float, side: float
) -> npt.NDArray[np.uint8]:
    """The square tile, antialiased to the network's size; black outside the photo."""
    x0, y0, n = round(left), round(top), round(side)
    inside = copy[max(0, y0) : y0 + n, max(0, x0) : x0 + n]
    pad_y, pad_x = max(0, -y0), max(0, -x0)
    square = cv2.copyMakeBorder(
        inside,
        pad_y,
        n - pad_y - inside.shape[0],
        pad_x,
        n - pad_x - inside.shape[1],
        cv2.BORDER_CONSTANT,
    )
    how = cv2.INTER_AREA if n > INPUT_PX else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(square, (INPUT_PX, INPUT_PX), interpolation=how), dtype=np.uint8)


def _decode(tile: npt.NDArray[np.uint8]) -> list[tuple[Points, Points, float]]:
    """Boxes (2, 2), key points (6, 2) and scores of one tile, in shares of its side."""
    image = tile.astype(np.float32)[None] / 127.5 - 1.0
    raw = networks.run(networks.DETECTOR, image)
    logits = np.clip(raw["classificators"][0, :, 0].astype(np.float64), -100, 100)
    scores = 1.0 / (1.0 + np.exp(-logits))
    keep = np.flatnonzero(scores >= SCORE)
    keep = keep[np.argsort(-scores[keep], kind="stable")]
    values = raw["regressors"][0][keep].astype(np.float64) / INPUT_PX
    centre, size = values[:, :2] + _anchors()[keep], values[:, 2:4]
    boxes = np.stack([centre - size / 2, centre + size / 2], axis=1)
    points = values[:, 4:].reshape(-1, 6, 2) + _anchors()[keep][:, None]
    weights, found = scores[keep], []
    left = np.arange(len(keep))
    while left.size:
        same = _overlap(boxes[left[0]], boxes[left]) > OVERLAP
        same[0] = True
        group, left = left[same], left[~same]
        w = weights[group] / weights[group].sum()
        box, point = np.tensordot(w, boxes[group], 1), np.tensordot(w, points[group], 1)
        found.append((box, point, float(weights[group[0]])))
    return found


@cache
def _anchors() -> Points:
    """(896, 2) centres of the detector's two grids, in shares of the side."""
    grids = []
    for step, repeats in ((8, 2), (16, 6)):
        n = INPUT_PX // step
        y, x = np.mgrid[0:n, 0:n]
        centres = np.stack([(x + 0.5) / n, (y + 0.5) / n], axis=-1).reshape(-1, 2)
        grids.append(np.repeat(centres, repeats, axis=0))
    return np.concatenate(grids)


def _overlap(box: Points, boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Intersection over union of one (2, 2) box with (N, 2, 2) boxes."""
    low, high = np.maximum(box[0], boxes[:, 0]), np.minimum(box[1], boxes[:, 1])
    shared = np.prod(np.clip(high - low, 0.0, None), axis=1)
    area = np.prod(box[1] - box[0]) + np.prod(boxes[:, 1] - boxes[:, 0], axis=1)
    return np.asarray(shared / np.maximum(area - shared, 1e-12), dtype=np.float64)


def _cut_by_tile(
    box: Points, tile: tuple[float, float, float, float], frame: tuple[int, int]
) -> bool:
    """Whether the box leaves the tile on a side where the photo goes on: another tile sees more."""
    width, height = frame
    return bool(
        (box[0, 0] < tile[0] and tile[0] > 0)
        or (box[0, 1] < tile[1] and tile[1] > 0)
        or (box[1, 0] > tile[2] and tile[2] < width)
        or (box[1, 1] > tile[3] and tile[3] < height)
    )


def _distinct(found: list[Detection]) -> list[Detection]:
    """One detection a face: of those that overlap or hold each other, the surest stays."""
    kept: list[Detection] = []
    for face in sorted(found, key=lambda face: (-face.box.score, face.box.x0, face.box.y0)):
        if not any(_same(face.box, other.box) for other in kept):
            kept.append(face)
    return kept


def _same(a: Box, b: Box) -> bool:
    shared = max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(
        0.0, min(a.y1, b.y1) - max(a.y0, b.y0)
    )
    areas = (a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0)
    return shared > OVERLAP * (sum(areas) - shared) or shared > 0.6 * min(areas)


def _largest(found: list[Detection]) -> float:
    return max((face.side_px for face in found), default=0.0)
