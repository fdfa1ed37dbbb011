"""Whether a photo is good enough to be measured.

Each check looks at one thing and gives at most one finding. A `refuse` ends the work (see
`require_usable`), a `warning` makes the figures doubtful, an `advice` would make them better.
The limits and the words stand in know/data/quality.toml.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.face.contrast import is_colourless, is_grey, lip_contrast
from vermilion.face.curves import opening
from vermilion.face.finding import SEVERITIES, Finding, finding
from vermilion.face.lips import Face, Points, Scale
from vermilion.face.measure import lengths_px, upright
from vermilion.face.tone import CHEEKS
from vermilion.face.topology import CHIN_REGION, LIPS_REGION
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo, Pixels

Grey = npt.NDArray[np.float32]
GREY = "grey"
"""The finding that a photo has no colour: no pigment can be shown on it."""
PATCH_PX = 256
"""Side of the small, upright picture of the face in which light and sharpness are judged."""
PATCH_EYES = 1.6
"""The same side in distances of the outer eye corners."""
PATCH_DIAGONAL = 0.72
"""Half of the patch's diagonal in its sides, and what a blur before it looks beyond."""


@dataclass(frozen=True, slots=True, eq=False)
class FacePatch:
    """lab: (256, 256, 3) of the upright face; white: share of burnt-out pixels; a square of each
    cheek, the client's right first; eyes_px: distance of the outer eye corners in the photo."""

    lab: Grey
    white: float
    cheeks: tuple[Grey, Grey]
    eyes_px: float


def check_quality(photo: Photo, face: Face, scale: Scale) -> tuple[Finding, ...]:
    """All findings, the gravest first."""
    patch = face_patch(photo, face)
    edge = edge_width(patch.lab[..., 0])
    found = [
        *_count(face),
        *_size(face),
        *_pose(face),
        *_cover(photo, face),
        *_light(patch),
        *_sharpness(edge),
        *_skin(patch, edge, is_colourless(photo, face.curves)),
        *_near(photo, face),
        *_mouth(face),
        *_rim(face),
        *_lost(face),
    ]
    return tuple(sorted(found, key=lambda one: -SEVERITIES.index(one.severity)))


def _limit(key: str) -> float:
    return topic("quality").number(key).value


def mouth_width_px(face: Face) -> float:
    return math.dist(face.points["commissure_right"], face.points["commissure_left"])


def _size(face: Face) -> Iterator[Finding]:
    width = mouth_width_px(face)
    if width < _limit("mouth_advise"):
        grave = "warning" if width < _limit("mouth_warn") else "advice"
        refused = width < _limit("mouth_refuse")
        yield finding("small", "refuse" if refused else grave, width=round(width))


def _pose(face: Face) -> Iterator[Finding]:
    know, yaw = topic("scale"), abs(face.pose.yaw_deg)
    if yaw > know.number("yaw_warn").value:
        refused = yaw > know.number("yaw_refuse").value
        yield finding("turned", "refuse" if refused else "warning", degrees=round(yaw))


def _cover(photo: Photo, face: Face) -> Iterator[Finding]:
    if not is_grey(photo, face.curves):
        yield from _like_skin(photo, face)
    eyes_px = math.dist(face.mesh_px[33, :2], face.mesh_px[263, :2])
    lips = _spread_px(face, LIPS_REGION) / mouth_width_px(face)
    chin = _spread_px(face, CHIN_REGION) / eyes_px > _limit("chin_warn")
    unsteady = lips > _limit("spread_warn")
    if lips > _limit("spread_refuse") or (unsteady and chin):
        yield finding("covered", "refuse")
    elif unsteady:
        yield finding("covered", "warning")
    elif chin:
        yield finding("chin_covered", "warning", "covered")
    if face.lower_is_skin:
        yield finding("tongue", "refuse", "covered")


def _like_skin(photo: Photo, face: Face) -> Iterator[Finding]:
    """Lips of the skin's colour, all or a stretch; without colour they may be as light as skin and
    yet be seen by their borders."""
    if lip_contrast(photo, face) < _limit("contrast_refuse"):
        yield finding("no_contrast", "refuse", "covered")
    elif face.covered_share > _limit("like_skin_warn"):
        refused = face.covered_share > _limit("like_skin_refuse")
        yield finding("like_skin", "refuse" if refused else "warning", "covered")


def _spread_px(face: Face, region: npt.NDArray[np.intp]) -> float:
    """Spread of a region's landmarks between passes: root mean square over points and axes."""
    points = face.passes_px[:, region]
    return float(np.sqrt(points.var(axis=0, ddof=1).mean()))


def _light(patch: FacePatch) -> Iterator[Finding]:
    bright = float(np.percentile(patch.lab[..., 0], 99))
    if bright < _limit("dark_warn"):
        yield finding("dark", "refuse" if bright < _limit("dark_refuse") else "warning")
    if patch.white > _limit("bright_warn"):
        yield finding("bright", "warning", percent=round(100 * patch.white))
    sides = [float(np.median(cheek[..., 0])) for cheek in patch.cheeks]
    if abs(sides[0] - sides[1]) > _limit("side_light"):
        yield finding("side_light", "warning")


def _sharpness(edge: float) -> Iterator[Finding]:
    if edge > _limit("blur_warn"):
        yield finding("blurred", "refuse" if edge > _limit("blur_refuse") else "warning")


def _skin(patch: FacePatch, edge: float, colourless: bool) -> Iterator[Finding]:
    """What cheeks tell: the colour of the light, and whether a filter wiped the pores away."""
    pixels = np.concatenate([cheek.reshape(-1, 3) for cheek in patch.cheeks])
    _, red, yellow = (float(value) for value in np.median(pixels, axis=0))
    hue = math.degrees(math.atan2(yellow, red))
    if colourless:
        yield finding(GREY, "warning")
    elif not _limit("cast_low") <= hue <= _limit("cast"):
        yield finding("colour_cast", "warning")
    texture = min(_texture(cheek[..., 0]) for cheek in patch.cheeks)
    fine = patch.eyes_px >= PATCH_PX / PATCH_EYES
    if fine and edge < _limit("blur_warn") and texture < _limit("smooth"):
        yield finding("filtered", "warning")


def _near(photo: Photo, face: Face) -> Iterator[Finding]:
    """Near cameras see less of the cheeks' sides; people differ as much, so it is only a hint."""
    points = face.mesh_px[:, :2]
    across = math.dist(points[234], points[454])
    share = across / math.dist(points[33], points[263])
    fills = across / min(photo.width, photo.height)
    if (
        share < _limit("near_width")
        and fills > _limit("near_fills")
        and abs(face.pose.yaw_deg) < _limit("near_yaw")
    ):
        yield finding("near", "advice")


def _count(face: Face) -> Iterator[Finding]:
    if face.count > 1:
        yield finding("several_faces", "advice", count=face.count, index=face.index)


def _mouth(face: Face) -> Iterator[Finding]:
    if opening(face.mesh_px[:, :2]) > _limit("open_mouth"):
        yield finding("open_mouth", "advice")


def _rim(face: Face) -> Iterator[Finding]:
    if face.lower_other_px != 0.0:
        turn = upright(face.pose.roll_deg)
        height = lengths_px(face.curves, face.points, turn)["lower_vermilion_height"]
        percent = 100 * abs(face.lower_other_px) / max(height, 1.0)
        key = "rim_beyond" if face.lower_other_px > 0 else "rim_inside"
        yield finding(key, "warning", "lower_border", percent=round(percent))


def _lost(face: Face) -> Iterator[Finding]:
    if face.upper_other_px > 0.0:
        turn = upright(face.pose.roll_deg)
        height = lengths_px(face.curves, face.points, turn)["upper_vermilion_height"]
        percent = 100 * face.upper_other_px / max(height, 1.0)
        yield finding("lost_border", "warning", "upper_border", percent=round(percent))


def face_patch(photo: Photo, face: Face) -> FacePatch:
    """The upright face between brows and chin."""
    points = face.mesh_px[:, :2]
    eyes = points[[33, 263]]
    across = eyes[1] - eyes[0]
    middle = (eyes.mean(axis=0) + points[152]) / 2
    eyes_px = float(np.hypot(*across))
    zoom = PATCH_PX / (PATCH_EYES * eyes_px)
    turn = math.atan2(across[1], across[0])
    reach = int(PATCH_PX / zoom)
    x0, y0 = (max(0, int(c) - reach) for c in middle)
    part = photo.pixels[y0 : y0 + 2 * reach, x0 : x0 + 2 * reach]
    if zoom < 0.6:
        part = _averaged(part, middle - (x0, y0), zoom)
    cos, sin = math.cos(turn) * zoom, math.sin(turn) * zoom
    matrix = np.array([[cos, sin], [-sin, cos]])
    offset = PATCH_PX / 2 - matrix @ middle
    pixels = cv2.warpAffine(
        np.ascontiguousarray(part),
        np.column_stack([matrix, offset + matrix @ [x0, y0]]),
        (PATCH_PX, PATCH_PX),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    white = float((pixels.max(axis=2) >= 0.99 * photo.full_scale).mean())
    lab = linear_to_lab(srgb_to_linear(np.asarray(pixels)))
    own = points @ matrix.T + offset
    cheeks = [_square(lab, own[list(pair)].mean(axis=0)) for pair in CHEEKS]
    return FacePatch(lab, white, (cheeks[0], cheeks[1]), eyes_px)


def _averaged(part: Pixels, middle: Points, zoom: float) -> Pixels:
    """A part of the photo averaged before a strong reduction: sampling alone would make noise of
    the texture. Outside of what the patch shows, half of the part, it is black and costs nothing.
    """
    half = int(PATCH_DIAGONAL * PATCH_PX / zoom) + 4
    rows, columns = (slice(max(0, int(at) - half), int(at) + half) for at in middle[::-1])
    calm = np.zeros(part.shape, part.dtype)
    shown = np.ascontiguousarray(part[rows, columns])
    calm[rows, columns] = cv2.GaussianBlur(shown, (0, 0), 0.35 / zoom)
    return calm


def edge_width(lightness: Grey) -> float:
    """Blur (sd) of the sharpest edges of a face patch, as a share of the eye corners' distance.

    A blur of known width is added: the less it lowers the steepest slopes, the wider they were.
    It reads true up to 0.02 and too low above (0.036 for 0.05), where no sharp edge is left.
    """
    added = 2.0
    calm = cv2.GaussianBlur(np.ascontiguousarray(lightness), (0, 0), 0.8)
    before, after = _steepness(calm), _steepness(cv2.GaussianBlur(calm, (0, 0), added))
    steep = before >= max(float(np.percentile(before, 95)), 1e-3)
    if not steep.any():
        return 1.0
    loss = float(np.percentile(before[steep] / np.maximum(after[steep], 1e-6), 90))
    return added / math.sqrt(max(loss**2 - 1, 1e-4)) * PATCH_EYES / PATCH_PX


def _steepness(grey: Grey) -> Grey:
    return np.asarray(
        np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)), np.float32
    )


def _texture(lightness: Grey) -> float:
    """sd of lightness after everything wider than a pore is taken away."""
    plain = cv2.GaussianBlur(np.ascontiguousarray(lightness), (0, 0), 2.5)
    return float(np.std(lightness - plain))


def _square(lab: Grey, centre: npt.NDArray[np.float64]) -> Grey:
    """A small square of the patch, kept inside it."""
    half = PATCH_PX // 26
    x, y = (int(np.clip(c, half, PATCH_PX - half)) for c in centre)
    return lab[y - half : y + half, x - half : x + half]
