"""Photo -> Face: the one way in to everything that is found in a picture.

    detect -> landmarks -> again from their own square, averaged passes -> curves -> refine

A network landmark jumps a little when its crop moves. So the final square is shifted, turned and
grown a little five times, each also mirrored, in three views: tight, which is more precise, and
roomy under two corrections of the light, which is not misled by hands, beards and hard shadows. The
view whose passes agree best among themselves counts most, up to everything. All passes stay in the
Face, because their spread is the best sign of how far the landmarks can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from vermilion.errors import FaceError
from vermilion.face.borders.refine import refine
from vermilion.face.contrast import is_grey
from vermilion.face.curves import mesh_curves, named_points
from vermilion.face.detect import Detection, detect
from vermilion.face.lips import Box, Face
from vermilion.face.mesh import (
    Mesh,
    Patch,
    Region,
    evened,
    landmarks,
    patch,
    region_of_detection,
    region_of_mesh,
    stretched,
)
from vermilion.face.pose import head_pose
from vermilion.face.topology import LIPS_REGION
from vermilion.know.said import Phrase, joined, phrase
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo, Pixels

IS_FACE = 0.5
"""The mesh's own flag above which a detection is a face and not a hand or a pattern."""
BACKGROUND = 1 / 3
"""Faces narrower than this share of the largest are passers-by and are not listed."""
MOST_LISTED = 9
"""Faces that a refusal names with their boxes."""
JITTER = (
    # shift right, shift down (shares of the square's side), growth, turn in degrees
    (0.000, 0.000, 1.00, 0.0),
    (0.020, 0.012, 1.04, 3.0),
    (-0.020, -0.012, 0.96, 3.0),
    (0.012, -0.020, 1.00, -3.0),
    (-0.012, 0.020, 1.00, -6.0),
)
VIEWS: tuple[tuple[float, Callable[[Patch], Patch]], ...] = (
    (1.0, lambda source: source),
    (1.15, stretched),
    (1.15, evened),
)
"""Sides of the final squares against MediaPipe's, and what is done to the light. Squares smaller
than 1 or larger than 1.2 found lips less well on the annotated photos."""
AGREEMENT = 10
"""A view weighs by the spread of its passes to the power of minus this: nearly a choice, but one
that does not jump when two photos of the same face differ a little."""
THREADS = 2


def find_faces(photo: Photo) -> tuple[Box, ...]:
    """Boxes of all faces, the largest first; passers-by far behind are left out."""
    return tuple(face.box for face, _ in _faces(photo.pixels))


def find_face(photo: Photo, index: int | None = None) -> Face:
    """The face of the photo, or the one of several that `index` picks.

    Parameters
    ----------
    index : 1 is the largest face, as in the list of the error message and of `find_faces`

    Raises
    ------
    FaceError : no face, several and none picked, or no face of that number
    """
    faces = _faces(photo.pixels)
    chosen = _choose(faces, index)
    detection, mesh = faces[chosen]
    passes, mean = averaged_passes(photo.pixels, region_of_mesh(mesh))
    spread_px = _spread_px(passes)
    border = refine(photo.pixels, mesh_curves(mean))
    doubt = topic("quality").number("grey_sd").value if is_grey(photo, border.curves) else 1.0
    return Face(
        box=detection.box,
        index=chosen + 1,
        count=len(faces),
        mesh_px=mean,
        passes_px=passes[:, :, :2].copy(),
        pose=head_pose(mean),
        curves=border.curves,
        curves_sd_px=doubt * max(border.sd_px, spread_px / np.sqrt(len(JITTER))),
        refined=border.trusted,
        points=named_points(mean, border.curves),
        lower_other_px=border.lower_other_px,
        upper_other_px=border.upper_other_px,
        lower_is_skin=border.lower_is_skin,
        covered_share=border.covered_share,
    )


def single_pass(pixels: Pixels) -> Mesh | None:
    """Landmarks of the largest face from one look and one pass: the quick way, for live use."""
    found = detect(pixels)
    if not found:
        return None
    region = region_of_detection(found[0])
    mesh, flag = landmarks(patch(pixels, region), region)
    return mesh if flag >= IS_FACE else None


def averaged_passes(
    pixels: Pixels, region: Region
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(30, 478, 3) landmarks in px of all passes, and the (478, 3) landmarks they agree on.

    Five jittered squares in three views, each as it is and mirrored; the median of each view,
    weighed by how well its passes agree.
    """
    source = patch(pixels, region, reach=1.25 * max(size for size, _ in VIEWS))
    jobs = [
        (view, region.jittered(dx, dy, size * grow, np.radians(turn)), mirrored)
        for size, view in ((size, change(source)) for size, change in VIEWS)
        for dx, dy, grow, turn in JITTER
        for mirrored in (False, True)
    ]

    def one(job: tuple[Patch, Region, bool]) -> Mesh:
        return landmarks(*job)[0]

    with ThreadPoolExecutor(THREADS) as pool:
        passes = np.stack(list(pool.map(one, jobs)))
    groups = np.split(passes, len(VIEWS))
    # Spread in the network's own pixels, which are coarser in a larger square.
    spread = np.array([_spread_px(group) for group in groups]) / [size for size, _ in VIEWS]
    weights = np.maximum(spread / max(spread.min(), 1e-9), 1.0) ** -AGREEMENT
    medians = np.stack([np.median(group, axis=0) for group in groups])
    return passes, np.tensordot(weights / weights.sum(), medians, 1)


def _faces(pixels: Pixels) -> list[tuple[Detection, Mesh]]:
    """Detections that the mesh confirms, with their first landmarks, passers-by left out."""
    faces: list[tuple[Detection, Mesh]] = []
    for detection in detect(pixels):
        region = region_of_detection(detection)
        mesh, flag = landmarks(patch(pixels, region), region)
        if flag >= IS_FACE and (not faces or detection.side_px >= BACKGROUND * faces[0][0].side_px):
            faces.append((detection, mesh))
    return faces


def _choose(faces: list[tuple[Detection, Mesh]], index: int | None) -> int:
    if not faces:
        raise FaceError(
            "no face was found",
            "a photo of one face, seen from the front, is needed",
            "take the photo again in even light, the face filling about half of the picture",
        )
    if index is None and len(faces) > 1:
        raise FaceError(
            "{count} faces were found: {list}",
            "one face is needed",
            "cut the others off, or take a photo of one alone",
            terminal="pick one by its number (--face N) or cut the others off",
            count=len(faces),
            list=_listed(faces),
        )
    if index is not None and not 1 <= index <= len(faces):
        raise FaceError(
            "there is no face {index} among {count}: {list}",
            "the number of a listed face is needed",
            terminal="pick one by its number (--face N)",
            index=index,
            count=len(faces),
            list=_listed(faces),
        )
    return (index or 1) - 1


def _listed(faces: list[tuple[Detection, Mesh]]) -> Phrase:
    """The boxes, largest first; of a crowd only the largest, or nobody would read it."""
    boxes = [face.box for face, _ in faces]
    more = len(boxes) - MOST_LISTED
    listed = joined(
        [
            phrase(
                "face {number} at x {left}-{right}, y {top}-{bottom}",
                number=number,
                left=round(box.x0),
                right=round(box.x1),
                top=round(box.y0),
                bottom=round(box.y1),
            )
            for number, box in enumerate(boxes[:MOST_LISTED], start=1)
        ]
    )
    return phrase("{faces} and {count} smaller", faces=listed, count=more) if more > 0 else listed


def _spread_px(passes: npt.NDArray[np.float64]) -> float:
    """Spread of the lip points between passes, px: root mean square over points and axes."""
    lips = passes[:, LIPS_REGION, :2]
    return float(np.sqrt(lips.var(axis=0, ddof=1).mean()))
