"""Millimetres from a printed card in the photo: two markers of exactly known size and distance.

The card (`vermilion card`) is held flat on the chin, facing the camera. Its eight marker corners
give the view of its plane, and so the px of a millimetre that is not foreshortened, however the
card is turned. It lies a little behind the lips and therefore looks a little smaller than they do;
how much depends on the camera's distance, which a photo does not tell: the usual distances are
taken and their spread goes into the error, as with the iris.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.errors import ScaleError
from vermilion.face.finding import Finding, finding
from vermilion.face.lips import Scale
from vermilion.face.scale import beside_iris
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo

CARD_MM = (86.0, 54.0)
"""Width and height of the card; positions on it run from its top left corner."""
MARKER_MM = 16.0
MARKERS_MM = {7: (13.0, 13.0), 23: (73.0, 13.0)}
"""Centre of each marker, by its number in the dictionary of 4 x 4 ArUco markers."""
MODULES = 6
"""Black and white squares along a marker's side, with its black frame."""
SEARCH_PX = 1600
"""The card is looked for at this size first: quick, and a large marker needs no more."""
SOURCE = "card"
STEP_MM = 10
"""How far off the card is held in the example that is given with its error."""

Corners = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A card found in a photo.

    corners_px : (8, 2) of the left, then the right marker; each clockwise from its top left
    px_per_mm : between the markers, in the card's plane, not foreshortened; sd : one sd of it
    tilt_deg : how far the card is turned away from the camera
    mirrored : the photo shows the card as a mirror would
    """

    corners_px: Corners
    px_per_mm: float
    sd: float
    tilt_deg: float
    mirrored: bool


def marker(number: int) -> npt.NDArray[np.bool_]:
    """(6, 6) True where a marker is black."""
    return np.asarray(cv2.aruco.generateImageMarker(_dictionary(), number, MODULES) == 0)


def find_card(photo: Photo) -> Card:
    """The card in a photo.

    Raises
    ------
    ScaleError : no card, half of one, too small, or turned too far away
    """
    grey = _grey(photo)
    seen, mirrored = _look(grey), False
    if len(seen) < 2:
        other = _look(np.ascontiguousarray(grey[:, ::-1]))
        if len(other) > len(seen):
            flip = np.array([-1.0, 1.0])
            edge = np.array([photo.width - 1.0, 0.0])
            seen, mirrored = {key: xy * flip + edge for key, xy in other.items()}, True
    if len(seen) < 2:
        raise ScaleError(
            "only one of the card's two markers is seen" if seen else "no scale card is seen",
            "both black and white markers are needed, whole, flat and sharp",
            "hold the card by its lower edge, or print one with `vermilion card`",
        )
    corners = np.vstack([seen[key] for key in MARKERS_MM])
    _require_large(corners)
    px_per_mm, sd, tilt_deg = view_of_card(corners)
    limit = topic("scale").number("card_tilt").value
    if tilt_deg > limit:
        raise ScaleError(
            "the scale card is turned away by {degrees} degrees",
            "at most {most} are allowed",
            "hold it flat on the chin, facing the camera",
            degrees=round(tilt_deg),
            most=round(limit),
        )
    return Card(corners, px_per_mm, sd, tilt_deg, mirrored)


def view_of_card(corners_px: Corners) -> tuple[float, float, float]:
    """Px a mm between the markers, its sd, and the tilt in degrees, from (8, 2) corners.

    The plane's view is a homography. Where its derivative stretches a millimetre most nothing is
    foreshortened; where it stretches least it is by the cosine of the tilt.
    """
    model = _model_mm()
    jacobian, off_px = _fit(model, corners_px)
    # Eight of the sixteen coordinates are spent on the homography.
    corner_sd = max(topic("scale").number("card_corner").value, float(off_px) / math.sqrt(8))
    most, least = np.linalg.svd(jacobian, compute_uv=False)
    moved = []
    for k in range(corners_px.size):
        step = np.zeros(corners_px.size)
        step[k] = 0.5
        again, _ = _fit(model, corners_px + step.reshape(-1, 2))
        moved.append((np.linalg.svd(again, compute_uv=False)[0] - most) / 0.5)
    tilt = math.degrees(math.acos(min(1.0, float(least / most))))
    return float(most), float(np.linalg.norm(moved) * corner_sd), tilt


def scale_of_card(card: Card) -> Scale:
    """The card's scale, carried over to the plane of the lips."""
    know = topic("scale")
    behind, nearness = know.number("card_behind_lips"), know.number("camera_nearness")
    nearer = behind.value * nearness.value / 1000
    nearer_sd = math.hypot(
        (behind.sd or 0) * nearness.value / 1000, behind.value * (nearness.sd or 0) / 1000
    )
    value = (1 - nearer) / card.px_per_mm
    return Scale(value, value * math.hypot(card.sd / card.px_per_mm, nearer_sd), SOURCE)


def check_card(card: Card, scale: Scale, by_iris: Scale) -> Iterator[Finding]:
    """What to know about a found card: its plane, a mirrored photo, an iris that disagrees."""
    know = topic("scale")
    behind, nearness = know.number("card_behind_lips"), know.number("camera_nearness")
    yield finding(
        "card_plane",
        "advice",
        behind=round(behind.value),
        step=STEP_MM,
        percent=round(STEP_MM * nearness.value / 10),
    )
    if card.mirrored:
        yield finding("mirrored", "warning")
    yield from beside_iris("card", scale, by_iris)


def _dictionary() -> cv2.aruco.Dictionary:
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)


def _model_mm() -> Corners:
    """(8, 2) the corners on the card, in the order of `Card.corners_px`."""
    half = MARKER_MM / 2
    around = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    return np.vstack([around + centre for centre in MARKERS_MM.values()])


def _grey(photo: Photo) -> npt.NDArray[np.uint8]:
    pixels = photo.pixels
    if pixels.dtype == np.uint16:
        pixels = np.asarray(pixels >> 8, np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _look(grey: npt.NDArray[np.uint8]) -> dict[int, Corners]:
    """The card's markers by number, each (4, 2) px; a small one only shows at full size."""
    seen: dict[int, Corners] = {}
    longest = max(grey.shape)
    for size in dict.fromkeys((min(longest, SEARCH_PX), longest)):
        factor, small = size / longest, grey
        if factor < 1:
            small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        seen = _markers(small, cv2.aruco.CORNER_REFINE_NONE)
        if len(seen) == len(MARKERS_MM):
            break
    if len(seen) < len(MARKERS_MM):
        return seen
    # The sides' lines, fitted in the gradients, cross without bias even where the photo is
    # blurred; corners looked for as corners are drawn in by half the blur.
    every = np.vstack(list(seen.values())) * np.array(grey.shape[::-1]) / small.shape[::-1]
    room = np.ptp(every, axis=0).max() / 4
    x0, y0 = np.maximum(np.floor(every.min(axis=0) - room), 0).astype(int)
    x1, y1 = np.ceil(every.max(axis=0) + room).astype(int)
    close = np.ascontiguousarray(grey[y0:y1, x0:x1])
    exact = _markers(close, cv2.aruco.CORNER_REFINE_APRILTAG)
    return {key: xy + np.array((x0, y0)) for key, xy in exact.items()}


def _markers(grey: npt.NDArray[np.uint8], refinement: int) -> dict[int, Corners]:
    how = cv2.aruco.DetectorParameters()
    how.cornerRefinementMethod = refinement
    corners, numbers, _ = cv2.aruco.ArucoDetector(_dictionary(), how).detectMarkers(grey)
    if numbers is None:
        return {}
    found = {
        int(number): np.asarray(xy, np.float64).reshape(4, 2)
        for number, xy in zip(numbers.ravel(), corners, strict=True)
    }
    return {key: found[key] for key in MARKERS_MM if key in found}


def _require_large(corners_px: Corners) -> None:
    sides = np.linalg.norm(np.diff(corners_px.reshape(2, 4, 2), axis=1), axis=2)
    least = topic("scale").number("card_marker").value
    if sides.min() < least:
        raise ScaleError(
            "the markers of the scale card are only {wide} px wide",
            "{least} px or more are needed",
            "take the photo from nearer or with more pixels",
            wide=round(float(sides.min())),
            least=round(least),
        )


def _fit(model_mm: Corners, corners_px: Corners) -> tuple[Corners, float]:
    """(2, 2) px a mm half way between the markers, and the corners' distance from the fit, px."""
    view, _ = cv2.findHomography(model_mm, corners_px)
    away = np.column_stack([model_mm, np.ones(len(model_mm))]) @ np.asarray(view).T
    off = np.linalg.norm(away[:, :2] / away[:, 2:] - corners_px)
    x, y, w = view @ np.append(model_mm.mean(axis=0), 1.0)
    return np.asarray((view[:2, :2] - np.outer((x / w, y / w), view[2, :2])) / w), float(off)
