"""How well lips are found: against hand-drawn borders, over skin tones, and twice in a row.

The faces lie beside the checkout and are never part of it. Half of the annotated photos (even
numbers) served to fit the refinement; the odd half is the one to believe. The hand-drawn points
themselves are good to about 1 % of the mouth's width. They are compared as they are written; files
of this kind number a photo's first pixel 1, by custom, so a second column counts them from there.
Eye corners, which nothing here moves, tell whether that is so: what finds them sees each face
mirrored too, so it has no side of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.bench.table import Table, Tables
from vermilion.colour.skin import ita_class, ita_deg
from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.errors import FaceError, UsageError
from vermilion.face.curves import opening, smooth
from vermilion.face.find import find_face, find_faces
from vermilion.face.finding import require_usable
from vermilion.face.lips import Box, Face, LipCurves, Points, Scale
from vermilion.face.quality import check_quality
from vermilion.photo.open import open_photo
from vermilion.photo.photo import Photo

HALVES = {"even": (0,), "odd": (1,), "both": (0, 1)}
CHEEKS = ((50, 205), (280, 425))
EYE_CORNERS = ((36, 33), (39, 133), (42, 362), (45, 263))
"""The same places in hand-drawn points and in the mesh."""
FIRST_PIXEL = 1.0
IRIS_RINGS = ((469, 470, 471, 472), (474, 475, 476, 477))
IRIS_MM = 11.71
"""Only to show px of one photo as mm here; the product's own scale is measured elsewhere."""
RASTER_PX = 400
"""Mouth width in the raster on which areas are compared: 0.1 mm."""


@dataclass(frozen=True, slots=True)
class Found:
    """One photo: overlap with the hand-drawn border, as written and counted from the first pixel,
    and how far right and down its eye corners are drawn; or the reason of the refusal."""

    name: str
    refused: str = ""
    overlap: float = float("nan")
    from_one: float = float("nan")
    eyes_px: tuple[float, float] = (float("nan"), float("nan"))
    open_mouth: bool | None = None
    tone: str = ""
    refined: bool = False


def lips(faces_dir: Path, half: str = "both") -> Tables:
    """All tables, for `vermilion bench lips`.

    Parameters
    ----------
    faces_dir : holds `annotated/` and `portraits/`
    half : "even" (fitted on), "odd" (held out) or "both"
    """
    if half not in HALVES:
        raise UsageError(f"there is no half '{half}'", f"one of {', '.join(HALVES)} is needed")
    if not (faces_dir / "annotated").is_dir():
        return (Table("", notes=(f"No faces in {faces_dir}: the lips bench did not run.",)),)
    annotated = [
        overlap_of(path)
        for path in sorted((faces_dir / "annotated").glob("*.jpg"))
        if int(path.stem) % 2 in HALVES[half]
    ]
    portraits = sorted((faces_dir / "portraits").glob("*.*"))
    return (
        _each_photo(annotated),
        _summary(annotated),
        _tones([measured(path) for path in portraits]),
        _repeats(portraits[::4]),
    )


def overlap_of(path: Path) -> Found:
    """Find the annotated face of one photo and compare its outer border with the points."""
    photo, points = open_photo(path), read_points(path.with_suffix(".pts"))
    index = _annotated_index(find_faces(photo), points)
    if index is None:
        return Found(path.stem, "the annotated face was not found")
    try:
        face = _usable_face(photo, index)
    except FaceError as error:
        return Found(path.stem, str(error.came))
    truth = drawn_border(points)
    border = outline(face.curves)
    right, down = np.mean([points[a] - face.mesh_px[b, :2] for a, b in EYE_CORNERS], axis=0)
    return Found(
        path.stem,
        overlap=intersection_over_union(border, truth),
        from_one=intersection_over_union(border, truth - FIRST_PIXEL),
        eyes_px=(float(right), float(down)),
        open_mouth=opening(face.mesh_px[:, :2]) >= 0.04,
        tone=_tone(photo, face),
        refined=face.refined,
    )


def measured(path: Path) -> Found:
    """Whether lips are found on a portrait, and its skin tone."""
    photo = open_photo(path)
    try:
        face = _usable_face(photo, None)
    except FaceError as error:
        return Found(path.stem, str(error.came))
    return Found(path.stem, tone=_tone(photo, face), refined=face.refined)


def read_points(path: Path) -> Points:
    """(68, 2) points of a .pts file in iBUG order."""
    rows = [line.split() for line in path.read_text("utf-8").splitlines()]
    numbers = [row for row in rows if len(row) == 2 and row[0][0] in "-.0123456789"]
    return np.array(numbers, dtype=np.float64)


def drawn_border(points: Points) -> Points:
    """Closed outer border through the hand-drawn points 48-59, smooth but for the commissures."""
    upper = smooth(points[48:55], 200)
    lower = smooth(points[[48, 59, 58, 57, 56, 55, 54]], 200)
    return np.concatenate([upper, lower[::-1]])


def outline(curves: LipCurves) -> Points:
    return np.concatenate([curves.upper_outer, curves.lower_outer[::-1]])


def intersection_over_union(found: Points, truth: Points) -> float:
    """Shared area of two closed outlines over their joint area."""
    low = np.minimum(found.min(axis=0), truth.min(axis=0))
    scale = RASTER_PX / float(np.ptp(truth[:, 0]))
    size = np.ceil((np.maximum(found.max(axis=0), truth.max(axis=0)) - low) * scale) + 4
    masks = []
    for line in (found, truth):
        mask = np.zeros((int(size[1]), int(size[0])), dtype=np.uint8)
        fixed = np.round(((line - low) * scale + 2) * 16).astype(np.int32)
        cv2.fillPoly(mask, [fixed], 1, cv2.LINE_8, 4)
        masks.append(mask.astype(bool))
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


def upper_height_px(face: Face) -> float:
    """Upper vermilion height in the middle, px."""
    top = np.array(face.points["labiale_superius"])
    stomion = face.points.get("stomion") or face.points["stomion_superius"]
    return float(np.hypot(*(np.array(stomion) - top)))


def repeated_heights_mm(photo: Photo) -> npt.NDArray[np.float64]:
    """Upper heights of one photo and its changed copies, all in mm of the unchanged photo."""
    face = find_face(photo, 1)
    rings = [face.mesh_px[list(ring), :2] for ring in IRIS_RINGS]
    diameters = [np.hypot(*(ring[i] - ring[i + 2])) for ring in rings for i in (0, 1)]
    mm_per_px = IRIS_MM / float(np.mean(diameters))
    heights = [upper_height_px(face)]
    for copy, scale in _changed(photo.pixels):
        heights.append(upper_height_px(find_face(Photo(copy), 1)) / scale)
    return np.array(heights) * mm_per_px


def _changed(
    pixels: npt.NDArray[np.uint8],
) -> Iterator[tuple[npt.NDArray[np.uint8], float]]:
    """Copies shifted, mirrored, scaled and compressed, each with its scale."""
    height, width = pixels.shape[:2]
    for dx, dy in ((7.3, 3.6), (-11.7, 5.2), (4.5, -9.4)):
        move = np.array([[1, 0, dx], [0, 1, dy]])
        yield (
            cv2.warpAffine(
                pixels, move, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
            ),
            1.0,
        )
    yield np.ascontiguousarray(pixels[:, ::-1]), 1.0
    for scale in (0.75, 0.9, 1.1, 1.25):
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        size = round(width * scale), round(height * scale)
        yield cv2.resize(pixels, size, interpolation=how), scale
    for quality in (75, 85, 95):
        _, code = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        again = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), dtype=np.uint8)
        yield np.ascontiguousarray(again[..., ::-1]), 1.0


def _usable_face(photo: Photo, index: int | None) -> Face:
    """The face, refused as `vermilion measure` refuses it."""
    face = find_face(photo, index)
    require_usable(check_quality(photo, face, Scale(None, None, "none")))
    return face


def _annotated_index(boxes: Sequence[Box], points: Points) -> int | None:
    """Number (from 1) of the found box that shares most with the annotated points' own box."""
    low, high = points.min(axis=0), points.max(axis=0)
    best, share = None, 0.2
    for number, box in enumerate(boxes, start=1):
        corners = np.array([[box.x0, box.y0], [box.x1, box.y1]])
        shared = np.clip(np.minimum(high, corners[1]) - np.maximum(low, corners[0]), 0, None)
        area = float(np.prod(high - low) + np.prod(corners[1] - corners[0]))
        common = float(np.prod(shared))
        if common / (area - common) > share:
            best, share = number, common / (area - common)
    return best


def _tone(photo: Photo, face: Face) -> str:
    """Chardon's class of the lighter cheek, whose light is less of a shadow."""
    step = float(np.hypot(*(face.mesh_px[263, :2] - face.mesh_px[33, :2]))) * 0.06
    best = -90.0
    for pair in CHEEKS:
        x, y = face.mesh_px[list(pair), :2].mean(axis=0)
        rows = slice(max(0, int(y - step)), max(1, int(y + step)) + 1)
        columns = slice(max(0, int(x - step)), max(1, int(x + step)) + 1)
        patch = photo.pixels[rows, columns].reshape(-1, 3)
        if len(patch):
            lab = linear_to_lab(srgb_to_linear(np.median(patch, axis=0)[None].astype(np.uint8)))
            best = max(best, ita_deg([float(v) for v in lab[0]]))
    return ita_class(best)


def _each_photo(rows: Sequence[Found]) -> Table:
    return Table(
        "Outer lip border against the hand-drawn one, each photo",
        ("photo", "IoU", "IoU, counted from 1", "mouth", "skin tone", "refined", "refused"),
        [
            (
                row.name,
                f"{row.overlap:.3f}",
                f"{row.from_one:.3f}",
                {True: "open", False: "closed", None: ""}[row.open_mouth],
                row.tone,
                "yes" if row.refined else "no",
                row.refused,
            )
            for row in rows
        ],
    )


def _summary(rows: Sequence[Found]) -> Table:
    groups = {
        "all": rows,
        "even (fitted on)": [row for row in rows if int(row.name) % 2 == 0],
        "odd (held out)": [row for row in rows if int(row.name) % 2 == 1],
        "mouth open": [row for row in rows if row.open_mouth is True],
        "mouth closed": [row for row in rows if row.open_mouth is False],
    } | {tone: [row for row in rows if row.tone == tone] for tone in _in_order(rows)}
    lines = []
    for name, group in groups.items():
        kept = [row for row in group if not row.refused]
        if kept:
            overlaps = np.array([row.overlap for row in kept])
            lines.append(
                (
                    name,
                    str(len(group)),
                    f"{overlaps.mean():.3f}",
                    f"{np.percentile(overlaps, 5):.3f}",
                    f"{np.median(overlaps):.3f}",
                    f"{np.mean([row.from_one for row in kept]):.3f}",
                    f"{len(group) - len(kept)}",
                )
            )
    drawn = [row.eyes_px for row in rows if not row.refused]
    notes = _refused(rows)
    if drawn:
        right, down = np.median(drawn, axis=0)
        notes += (
            f"Eye corners are drawn {right:.1f} px right of and {down:.1f} px below those found.",
        )
    return Table(
        "Outer lip border, summary",
        ("group", "n", "mean IoU", "5th pct", "median", "mean, counted from 1", "refused"),
        lines,
        notes,
    )


def _tones(rows: Sequence[Found]) -> Table:
    lines = [("all", str(len(rows)), f"{_share(rows):.1f} %")]
    for tone in _in_order(rows):
        group = [row for row in rows if row.tone == tone]
        lines.append((tone, str(len(group)), f"{_share(group):.1f} %"))
    head = ("skin tone", "n", "found")
    return Table("Portraits in which lips were found", head, lines, _refused(rows))


def _refused(rows: Sequence[Found]) -> tuple[str, ...]:
    refused = "; ".join(f"{row.name}: {row.refused}" for row in rows if row.refused)
    return (f"refused: {refused}",) if refused else ()


def _repeats(paths: Sequence[Path]) -> Table:
    spread = [float(repeated_heights_mm(open_photo(path)).std(ddof=1)) for path in paths]
    return Table(
        f"Upper vermilion height, same photo changed 11 ways, sd over {len(paths)} portraits (mm)",
        ("median", "90th pct", "most"),
        [(f"{np.median(spread):.3f}", f"{np.percentile(spread, 90):.3f}", f"{max(spread):.3f}")],
    )


def _share(rows: Sequence[Found]) -> float:
    return 100.0 * float(np.mean([not row.refused for row in rows]))


def _in_order(rows: Sequence[Found]) -> list[str]:
    order = ("very light", "light", "intermediate", "tan", "brown", "dark")
    return [tone for tone in order if any(row.tone == tone for row in rows)]
