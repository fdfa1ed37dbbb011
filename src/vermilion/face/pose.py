"""Head pose: how the mesh is turned against the mean frontal face.

References
----------
Kabsch 1976, Acta Cryst. A32:922 (the rotation that fits two point sets best).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from vermilion.face.lips import Pose


@cache
def frontal_mesh() -> npt.NDArray[np.float64]:
    """(478, 3) mean frontal face; x image right, y down, z away; eye corners 1 apart."""
    text = (files("vermilion.face") / "frontal_mesh.csv").read_text("utf-8")
    return np.loadtxt(text.splitlines(), delimiter=",")


def head_pose(mesh_px: npt.NDArray[np.float64]) -> Pose:
    """Pose of (478, 3) landmarks in px; good to about 30 degrees of yaw, too small beyond."""
    rotation = rotation_from_frontal(mesh_px)
    across, _, away = rotation.T
    yaw = np.degrees(np.arctan2(-away[0], away[2]))
    pitch = np.degrees(np.arctan2(away[1], np.hypot(away[0], away[2])))
    roll = np.degrees(np.arctan2(across[1], across[0]))
    return Pose(float(yaw), float(pitch), float(roll))


def rotation_from_frontal(mesh_px: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(3, 3) rotation that carries directions of the mean frontal face into the photo."""
    model = frontal_mesh()[:468]
    found = mesh_px[:468]
    u, _, v = np.linalg.svd((found - found.mean(axis=0)).T @ (model - model.mean(axis=0)))
    keep = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ v))])
    return np.asarray(u @ keep @ v)
