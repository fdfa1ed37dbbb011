"""Faces drawn from the mean mesh and from curves known exactly, for tests without a network."""

from __future__ import annotations

import numpy as np

from vermilion.face.curves import mesh_curves, named_points
from vermilion.face.lips import Box, Face, LipCurves
from vermilion.face.pose import frontal_mesh, head_pose

EYES_PX = 400.0
"""Distance of the outer eye corners."""


def drawn_face(
    *,
    yaw_deg: float = 0.0,
    roll_deg: float = 0.0,
    curves: LipCurves | None = None,
    noise_px: float = 0.0,
    border_sd_px: float = 0.5,
) -> Face:
    """The mean face, turned, its eye corners 400 px apart, seen from very far."""
    yaw, roll = np.radians([yaw_deg, roll_deg])
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_z = np.array(
        [[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]]
    )
    mesh = frontal_mesh() @ (about_z @ about_y).T * EYES_PX + [500.0, 500.0, 0.0]
    rng = np.random.default_rng(1)
    passes = mesh[None, :, :2] + noise_px * rng.standard_normal((20, 478, 2))
    curves = curves or mesh_curves(mesh)
    return Face(
        box=Box(200, 200, 800, 900, 0.9),
        index=1,
        count=1,
        mesh_px=mesh,
        passes_px=passes,
        pose=head_pose(mesh),
        curves=curves,
        curves_sd_px=border_sd_px,
        refined=True,
        points=named_points(mesh, curves),
    )


def drawn_lips(
    *, width: float = 200.0, upper: float = 30.0, lower: float = 40.0, opening: float = 0.0
) -> LipCurves:
    """Smooth lips about (500, 600), px; the heights are those of the middle."""
    x = np.linspace(-1, 1, 201)
    arch = 1 - x**2
    bow = upper * (arch + 0.15 * (np.exp(-(((np.abs(x) - 0.25) / 0.12) ** 2)) * arch))
    across = 500 + x * width / 2

    def line(y: np.ndarray) -> np.ndarray:
        return np.column_stack([across, 600 + y])

    gap = opening / 2 * arch
    return LipCurves(line(-gap - bow), line(-gap), line(gap), line(gap + lower * arch))
