"""A posed head before a pinhole camera: points to pixels, and each pixel's ray to the head.

The head turns about a point between the ears. In the head's frame a pixel's ray is
x = ax + z bx, y = ay + z by; the first crossing with the height field is found by marching on a
coarse lattice, then made exact for every pixel by Newton steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.phantom.head import CELL_MM, FAR_MM, LEFT_MM, TOP_MM, Grid, HeadField
from vermilion.phantom.spec import Camera, Pose

Array = npt.NDArray[np.float64]
Rays = tuple[Grid, Grid, Grid, Grid]

PIVOT_MM = np.array([0.0, -40.0, -70.0])
"""The head turns about the middle between the ears."""
AIM_MM = np.array([0.0, -42.0, 0.0])
"""What stands in the middle of the picture."""
NEAR_MM = 60.0
_COARSE_PX = 4
_MARCH_MM = 4.0
_STRIP_ROWS = 48
_JUMP_MM = 6.0
"""A coarse cell whose corners differ by more in depth is marched again pixel by pixel."""


def rotation(pose: Pose) -> Array:
    """3 x 3 rotation, head to camera: pitch first, then yaw, then roll."""
    yaw, pitch, roll = np.radians((pose.yaw_deg, pose.pitch_deg, pose.roll_deg))
    cy, sy, cp, sp, cr, sr = (
        np.cos(yaw),
        np.sin(yaw),
        np.cos(pitch),
        np.sin(pitch),
        np.cos(roll),
        np.sin(roll),
    )
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    nod = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    tilt = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(tilt @ turn @ nod)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Head to picture. `focal_px` in px; the camera looks along -z from `distance_mm`."""

    turn: Array
    focal_px: float
    distance_mm: float
    centre_px: tuple[float, float]

    def world(self, points: Array) -> Array:
        """(N, 3) mm in the head's frame to the camera's axes, origin unchanged."""
        return np.asarray((points - PIVOT_MM) @ self.turn.T + PIVOT_MM)

    def project(self, points: Array) -> Array:
        """(N, 3) mm in the head's frame to (N, 2) px."""
        p = self.world(points) - AIM_MM
        scale = self.focal_px / (self.distance_mm - p[:, 2])
        return np.stack(
            [self.centre_px[0] + p[:, 0] * scale, self.centre_px[1] + p[:, 1] * scale], axis=1
        )

    def mm_per_px(self, points: Array) -> float:
        """Millimetres per px in the plane through the points' mean, parallel to the picture."""
        depth = float(np.mean(self.world(points)[:, 2])) - AIM_MM[2]
        return float((self.distance_mm - depth) / self.focal_px)

    def to_camera(self) -> Array:
        """Unit vector from the head towards the camera, in the head's frame."""
        eye = AIM_MM + np.array([0.0, 0.0, self.distance_mm]) - PIVOT_MM
        at = self.turn.T @ eye
        return np.asarray(at / np.linalg.norm(at))

    def rays(self, u: Grid, v: Grid) -> Rays:
        """ax, bx, ay, by of the pixels' rays in the head's frame: x = ax + z bx."""
        f32 = np.float32
        r = self.turn
        eye = r.T @ (AIM_MM + np.array([0.0, 0.0, self.distance_mm]) - PIVOT_MM) + PIVOT_MM
        px = np.asarray((u - self.centre_px[0]) / self.focal_px, f32)
        py = np.asarray((v - self.centre_px[1]) / self.focal_px, f32)
        # the ray's direction in the camera's axes is (px, py, -1)
        d = [px * f32(r[0, k]) + (py * f32(r[1, k]) - f32(r[2, k])) for k in range(3)]
        bx, by = d[0] / d[2], d[1] / d[2]
        return f32(eye[0]) - f32(eye[2]) * bx, bx, f32(eye[1]) - f32(eye[2]) * by, by


def view_of(camera: Camera, pose: Pose, supersample: int = 1) -> View:
    """The view of a picture rendered `supersample` times finer than the camera's pixels."""
    scale = camera.height_px * supersample / camera.frame_mm
    centre = (
        camera.width_px * supersample / 2 - 0.5,
        camera.height_px * supersample / 2 - 0.5,
    )
    return View(rotation(pose), scale * camera.distance_mm, camera.distance_mm, centre)


def sample(grid: Grid, x: Grid, y: Grid, flags: int = cv2.INTER_LINEAR) -> Grid:
    """Values of a grid map at head coordinates (mm)."""
    return np.asarray(
        cv2.remap(
            grid,
            (x - LEFT_MM) / CELL_MM,
            (y - TOP_MM) / CELL_MM,
            flags,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )


def march(z: Grid, rays: Rays) -> Grid:
    """Depth z of each ray's first crossing with the height field, to about 0.1 mm."""
    ax, bx, ay, by = rays
    low = np.full(ax.shape, FAR_MM, np.float32)
    found = np.zeros(ax.shape, bool)
    level = NEAR_MM
    while level > FAR_MM:
        level -= _MARCH_MM
        below = (sample(z, ax + level * bx, ay + level * by) >= level) & ~found
        low[below] = level
        found |= below
    high = low + np.float32(_MARCH_MM)
    for _ in range(6):
        mid = (low + high) / 2
        under = sample(z, ax + mid * bx, ay + mid * by) >= mid
        low, high = np.where(under, mid, low), np.where(under, high, mid)
    return np.where(found, (low + high) / 2, np.float32(FAR_MM)).astype(np.float32)


def trace(head: HeadField, view: View, shape: tuple[int, int]) -> tuple[Grid, Rays]:
    """Depth (H, W) of every pixel's point on the head, and the rays."""
    height, width = shape
    k = _COARSE_PX
    rows, cols = -(-height // k), -(-width // k)
    cu = ((np.arange(cols, dtype=np.float32) + 0.5) * k - 0.5)[None, :]
    cv = ((np.arange(rows, dtype=np.float32) + 0.5) * k - 0.5)[:, None]
    coarse = march(head.z, view.rays(cu, cv))
    depth = cv2.resize(coarse, (cols * k, rows * k), interpolation=cv2.INTER_LINEAR)
    depth = np.ascontiguousarray(depth[:height, :width])
    span = cv2.dilate(coarse, np.ones((3, 3))) - cv2.erode(coarse, np.ones((3, 3)))
    torn = np.repeat(np.repeat(span > _JUMP_MM, k, 0), k, 1)[:height, :width]
    u = np.arange(width, dtype=np.float32)[None, :]
    v = np.arange(height, dtype=np.float32)[:, None]
    rays = view.rays(u, v)
    solid = np.dstack([head.z, head.slope_x, head.slope_y])
    for top in range(0, height, _STRIP_ROWS):
        strip = slice(top, top + _STRIP_ROWS)
        ax, bx, ay, by = (a[strip] for a in rays)
        z = depth[strip]
        for _ in range(2):
            at = sample(solid, ax + z * bx, ay + z * by)
            pace = np.maximum(1 - at[..., 1] * bx - at[..., 2] * by, 0.3)
            z = z - np.clip((z - at[..., 0]) / pace, -2, 2)
        depth[strip] = z
    if torn.any():
        lists = [a[torn] for a in rays]
        count = lists[0].size
        padded = [np.resize(a, (-(-count // 1024), 1024)) for a in lists]
        again = march(head.z, (padded[0], padded[1], padded[2], padded[3]))
        depth[torn] = again.ravel()[:count]
    return depth, rays
