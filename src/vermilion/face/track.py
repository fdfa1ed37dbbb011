"""A face followed from one live frame to the next: one pass a frame, and no shimmer.

Public: `Track`, `follow`, `with_eyes`, `follow_lips`, `moved`, `needed`.

The landmarks of the last frame give the square of the next one, so that the detector runs only
when a face was lost. A still face is smoothed much, a moving one little (the one-euro filter:
Casiez, Roussel and Vogel, CHI 2012). The borders are the mesh's own: no image refinement, no
averaging, so that a live picture is quick and a measurement is never taken from it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from vermilion.face.curves import mesh_curves, named_points
from vermilion.face.detect import detect
from vermilion.face.find import IS_FACE
from vermilion.face.lips import Box, Face
from vermilion.face.mesh import (
    Mesh,
    Region,
    landmarks,
    patch,
    region_of_detection,
    region_of_mesh,
)
from vermilion.face.pose import head_pose
from vermilion.face.topology import LIPS_REGION, LOWER_INNER, LOWER_OUTER, UPPER_INNER, UPPER_OUTER
from vermilion.photo.photo import Pixels

STILL_HZ = 1.0
"""Cut-off for a face that does not move: lower is steadier and lags more."""
QUICKER = 160.0
"""How much the cut-off rises with speed, per side of the network's square a second: lips that speak
are then 0.3 mm behind, and those of a still face wander by 0.03 to 0.05 mm."""
SPEED_HZ = 3.0
"""Cut-off of the speed itself."""
UPPER = np.concatenate([UPPER_OUTER, UPPER_INNER])
LOWER = np.concatenate([LOWER_OUTER, LOWER_INNER])


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """What is known of the face in the last frame.

    mesh_px : (478, 3) smoothed landmarks, the eyes as the first look puts them
    speed, lip_speed : of the head, and of its quicker lip, in the network's squares a second
    at_s : when
    """

    mesh_px: Mesh
    speed: float
    lip_speed: float
    at_s: float


def follow(pixels: Pixels, before: Track | None, at_s: float) -> Track | None:
    """The face in this frame, from where it was in the last; None where there is none.

    Parameters
    ----------
    at_s : when the frame was taken, of any clock that runs forward
    """
    region = _region(pixels, before)
    if region is None:
        return None
    mesh, flag = landmarks(patch(pixels, region), region, eyes=False)
    if flag < IS_FACE:
        return None if before is None else follow(pixels, None, at_s)
    if before is None or at_s <= before.at_s:
        return Track(mesh, 0.0, 0.0, at_s)
    step_s = at_s - before.at_s
    ways = (mesh - before.mesh_px)[:, :2] / (region.side_px * step_s)
    head, upper, lower = (_length(ways[part]) for part in (slice(None), UPPER, LOWER))
    speed = before.speed + _share(SPEED_HZ, step_s) * (head - before.speed)
    lips = before.lip_speed + _share(SPEED_HZ, step_s) * (max(upper, lower) - before.lip_speed)
    share = np.full((len(mesh), 1), _share(STILL_HZ + QUICKER * speed, step_s))
    share[LIPS_REGION] = _share(STILL_HZ + QUICKER * lips, step_s)
    return Track(before.mesh_px + share * (mesh - before.mesh_px), speed, lips, at_s)


def with_eyes(pixels: Pixels, track: Track) -> Track:
    """The face of this frame looked at whole and not smoothed: what a look at its irises needs."""
    region = region_of_mesh(track.mesh_px)
    return replace(track, mesh_px=landmarks(patch(pixels, region), region)[0])


def moved(track: Track, x_px: float, y_px: float, zoom: float = 1.0) -> Track:
    """The same face in a picture of another size (first) whose corner lies elsewhere (then)."""
    return replace(track, mesh_px=track.mesh_px * zoom + np.array([x_px, y_px, 0.0]))


def needed(track: Track) -> tuple[float, float, float, float]:
    """Left, top, width and height of what the next frame must show, px: the network's square."""
    at = region_of_mesh(track.mesh_px)
    half = at.side_px / 2 * (abs(math.cos(at.turn_rad)) + abs(math.sin(at.turn_rad)))
    return at.x - half, at.y - half, 2 * half, 2 * half


def follow_lips(track: Track) -> Face:
    """The tracked face as the rest of the program takes it; its borders are the mesh's own."""
    mesh = track.mesh_px
    curves = mesh_curves(mesh)
    (x0, y0), (x1, y1) = mesh[:468, :2].min(axis=0), mesh[:468, :2].max(axis=0)
    return Face(
        box=Box(float(x0), float(y0), float(x1), float(y1), 1.0),
        index=1,
        count=1,
        mesh_px=mesh,
        passes_px=np.asarray(mesh[None, :, :2], np.float64).copy(),
        pose=head_pose(mesh),
        curves=curves,
        curves_sd_px=float((x1 - x0) / 100),
        refined=False,
        points=named_points(mesh, curves),
    )


def _region(pixels: Pixels, before: Track | None) -> Region | None:
    if before is not None:
        return region_of_mesh(before.mesh_px)
    found = detect(pixels)
    return region_of_detection(found[0]) if found else None


def _length(ways: npt.NDArray[np.float64]) -> float:
    """Of the mean of (N, 2) ways: noise, which goes every way, hardly counts."""
    return float(np.hypot(*ways.mean(axis=0)))


def _share(cutoff_hz: float, step_s: float) -> float:
    """How much of a new value a low-pass of this cut-off takes after a step."""
    lag_s = 1 / (2 * math.pi * cutoff_hz)
    return 1 / (1 + lag_s / step_s)


def jitter_mm(tracks: list[Track], mm_per_px: float, points: npt.NDArray[np.intp]) -> float:
    """How much landmarks of a still face wander: root mean square about their mean, mm."""
    stack = np.stack([track.mesh_px[points, :2] for track in tracks])
    return float(np.sqrt(((stack - stack.mean(axis=0)) ** 2).sum(axis=-1).mean())) * mm_per_px
