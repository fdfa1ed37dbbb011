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

from vermilion.phantom.head import CELL_MM, FAR_MM, LEFT_MM, TOP_MM, Grid
from vermilion.phantom.spec import Camera, Pose

Array = npt.NDArray[np.float64]

PIVOT_MM = np.array([0.0, -40.0, -70.0])
"""The head turns about the middle between the ears."""
AIM_MM = np.array([0.0, -42.0, 0.0])
"""What stands in the middle of the picture."""
NEAR_MM = 60.0
_COARSE_PX = 4
_MARCH_MM = 2.5
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

    def rays(self, u: Grid, v: Grid) -> tuple[Grid, Grid, Grid, Grid]:
        """ax, bx, ay, by of the pixels' rays in the head's frame: x = ax + z bx."""
        px, py = (u - self.centre_px[0]) / self.focal_px, (v - self.centre_px[1]) / self.focal_px
        r = self.turn
        eye = r.T @ (AIM_MM + np.array([0.0, 0.0, self.distance_mm]) - PIVOT_MM) + PIVOT_MM
        # the ray's direction in camera axes is (px, py, -1)
        d = [px * r[0, k] + py * r[1, k] - r[2, k] for k in range(3)]
        inverse = 1 / d[2]
        bx, by = d[0] * inverse, d[1] * inverse
        f32 = np.float32
        return (
            np.asarray(eye[0] - eye[2] * bx, f32),
            np.asarray(bx, f32),
            np.asarray(eye[1] - eye[2] * by, f32),
            np.asarray(by, f32),
        )


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


def march(z: Grid, rays: tuple[Grid, Grid, Grid, Grid]) -> Grid:
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


def trace(
    z: Grid, slope_x: Grid, slope_y: Grid, view: View, shape: tuple[int, int]
) -> tuple[Grid, tuple[Grid, Grid, Grid, Grid]]:
    """Depth (H, W) of every pixel's point on the head, and the rays."""
    height, width = shape
    k = _COARSE_PX
    rows, cols = -(-height // k), -(-width // k)
    cu = ((np.arange(cols, dtype=np.float32) + 0.5) * k - 0.5)[None, :]
    cv = ((np.arange(rows, dtype=np.float32) + 0.5) * k - 0.5)[:, None]
    coarse = march(z, view.rays(*(np.asarray(a) for a in np.broadcast_arrays(cu, cv))))
    depth = cv2.resize(coarse, (cols * k, rows * k), interpolation=cv2.INTER_LINEAR)[
        :height, :width
    ]
    span = cv2.dilate(coarse, np.ones((3, 3))) - cv2.erode(coarse, np.ones((3, 3)))
    torn = cv2.resize(
        (span > _JUMP_MM * 1).astype(np.uint8),
        (cols * k, rows * k),
        interpolation=cv2.INTER_NEAREST,
    )[:height, :width].astype(bool)
    u, v = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    rays = view.rays(u, v)
    ax, bx, ay, by = rays
    for _ in range(2):
        x, y = ax + depth * bx, ay + depth * by
        error = depth - sample(z, x, y)
        pace = 1 - sample(slope_x, x, y) * bx - sample(slope_y, x, y) * by
        depth = depth - np.clip(error / np.maximum(pace, 0.3), -2, 2)
    if torn.any():
        lists = [a[torn] for a in rays]
        count = lists[0].size
        padded = [np.resize(a, (-(-count // 1024), 1024)).astype(np.float32) for a in lists]
        again = march(z, (padded[0], padded[1], padded[2], padded[3]))
        depth[torn] = again.ravel()[:count]
    return np.asarray(depth, np.float32), rays
