"""Head pose: how the mesh is turned against the mean frontal face.

A nose that lies high between eyes and mouth is what a face looks like that is tipped up, and the
network takes it for that, in the depth that it names too. So a nose that still lies high when the
turn that was found is undone is this face's own shape, and its part of the pitch is taken back.

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


EYE_CORNERS, BASE_OF_NOSE, MOUTH = [33, 133, 263, 362], [2, 97, 326], [13, 61, 291]
"""Landmarks of the three heights that are compared: corners and the upper lip's lower edge move
least when a mouth opens."""


def head_pose(mesh_px: npt.NDArray[np.float64]) -> Pose:
    """Pose of (478, 3) landmarks in px; good to about 30 degrees of yaw, too small beyond.

    Roll is taken out first, so that a tilted camera changes neither yaw nor pitch.
    """
    turn = rotation_from_frontal(mesh_px)
    across, _, away = turn.T
    roll = np.arctan2(across[1], across[0])
    aside = away[0] * np.cos(roll) + away[1] * np.sin(roll)
    down = away[1] * np.cos(roll) - away[0] * np.sin(roll)
    yaw = np.arctan2(-aside, away[2])
    pitch = np.arctan2(down, np.hypot(aside, away[2]))
    low = place_of_nose(mesh_px @ turn) - place_of_nose(frontal_mesh())
    as_pitch_deg = topic("scale").number("nose_as_pitch").value * low
    return Pose(
        float(np.degrees(yaw)), float(np.degrees(pitch)) + as_pitch_deg, float(np.degrees(roll))
    )


def place_of_nose(mesh: npt.NDArray[np.float64]) -> float:
    """How far down from eyes (0) to mouth (1) the base of the nose lies; 478 landmarks, upright."""
    eyes, nose, mouth = (
        float(mesh[points, 1].mean()) for points in (EYE_CORNERS, BASE_OF_NOSE, MOUTH)
    )
    return (nose - eyes) / max(mouth - eyes, 1e-9)


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
            "the head is turned by {degrees} degrees",
            "at most {most} can be measured",
            "take the photo straight from the front",
            degrees=round(yaw),
            most=know.number("yaw_refuse").value,
        )
    if yaw > know.number("yaw_warn").value:
        return f"the head is turned by {yaw:.0f} degrees: the figures are less sure than they look"
    return ""
