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

from vermilion.errors import FaceError
from vermilion.face.lips import Pose
from vermilion.know.sourced import topic


@cache
def frontal_mesh() -> npt.NDArray[np.float64]:
    """(478, 3) mean frontal face; x image right, y down, z away; eye corners 1 apart."""
    text = (files("vermilion.face") / "frontal_mesh.csv").read_text("utf-8")
    return np.loadtxt(text.splitlines(), delimiter=",")


def head_pose(mesh_px: npt.NDArray[np.float64]) -> Pose:
    """Pose of (478, 3) landmarks in px; good to about 30 degrees of yaw, too small beyond.

    Roll is taken out first, so that a tilted camera changes neither yaw nor pitch.
    """
    across, _, away = rotation_from_frontal(mesh_px).T
    roll = np.arctan2(across[1], across[0])
    aside = away[0] * np.cos(roll) + away[1] * np.sin(roll)
    down = away[1] * np.cos(roll) - away[0] * np.sin(roll)
    yaw = np.arctan2(-aside, away[2])
    pitch = np.arctan2(down, np.hypot(aside, away[2]))
    return Pose(*(float(angle) for angle in np.degrees([yaw, pitch, roll])))


def rotation_from_frontal(mesh_px: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """(3, 3) rotation that carries directions of the mean frontal face into the photo."""
    model = frontal_mesh()[:468]
    found = mesh_px[:468]
    u, _, v = np.linalg.svd((found - found.mean(axis=0)).T @ (model - model.mean(axis=0)))
    keep = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ v))])
    return np.asarray(u @ keep @ v)


def require_frontal(pose: Pose) -> str:
    """Nothing to say ("") up to 15 degrees of yaw, a warning beyond, an error above 25.

    Raises
    ------
    FaceError : turned further than any correction reaches
    """
    know, yaw = topic("scale"), abs(pose.yaw_deg)
    if yaw > know.number("yaw_refuse").value:
        raise FaceError(
            f"the head is turned by {yaw:.0f} degrees",
            f"at most {know.number('yaw_refuse').value:g} can be measured",
            "take the photo straight from the front",
        )
    if yaw > know.number("yaw_warn").value:
        return f"the head is turned by {yaw:.0f} degrees: the figures are less sure than they look"
    return ""
