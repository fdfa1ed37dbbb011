"""Whether a photo is good enough to be measured, said plainly with what to do about it.

Each check looks at one thing and gives at most one finding. A `refuse` ends the work (see
`require_usable`), a `warning` makes the figures doubtful, an `advice` would make them better.
The limits stand in know/data/quality.toml.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.colour.spaces import linear_to_lab, srgb_to_linear
from vermilion.errors import FaceError
from vermilion.face.curves import opening
from vermilion.face.lips import Face, Scale
from vermilion.face.topology import LIPS_REGION
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo

SEVERITIES = ("advice", "warning", "refuse")
PATCH_PX = 256
"""Side of the small, upright picture of the face in which light and sharpness are judged."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a photo: code, severity, what it is, what to do about it."""

    code: str
    severity: str
    text: str
    advice: str


def check_quality(photo: Photo, face: Face, scale: Scale) -> tuple[Finding, ...]:
    """All findings, the gravest first."""
    found = [
        *_size(face),
        *_pose(face),
        *_cover(face),
        *_light(photo, face),
        *_mouth(face),
    ]
    return tuple(sorted(found, key=lambda one: -SEVERITIES.index(one.severity)))


def require_usable(findings: Iterable[Finding]) -> None:
    """
    Raises
    ------
    FaceError : one of the findings is a refusal
    """
    for finding in findings:
        if finding.severity == "refuse":
            raise FaceError(finding.text, "", finding.advice)


def _limit(key: str) -> float:
    return topic("quality").number(key).value


def mouth_width_px(face: Face) -> float:
    return math.dist(face.points["commissure_right"], face.points["commissure_left"])


def _size(face: Face) -> Iterator[Finding]:
    width = mouth_width_px(face)
    if width < _limit("mouth_advise"):
        small = width < _limit("mouth_refuse")
        yield Finding(
            "small",
            "refuse" if small else "advice",
            f"the mouth is only {width:.0f} px wide",
            "take the photo from the same distance with more pixels, or cut less off",
        )


def _pose(face: Face) -> Iterator[Finding]:
    know, yaw = topic("scale"), abs(face.pose.yaw_deg)
    if yaw > know.number("yaw_warn").value:
        yield Finding(
            "turned",
            "refuse" if yaw > know.number("yaw_refuse").value else "warning",
            f"the head is turned by {yaw:.0f} degrees",
            "take the photo straight from the front",
        )


def _cover(face: Face) -> Iterator[Finding]:
    lips = face.passes_px[:, LIPS_REGION]
    spread = float(np.sqrt(lips.var(axis=0, ddof=1).mean())) / mouth_width_px(face)
    if spread > _limit("spread_warn"):
        yield Finding(
            "covered",
            "refuse" if spread > _limit("spread_refuse") else "warning",
            "the lips can't be found steadily: something may lie over the mouth",
            "take the photo with nothing before the mouth and hair put back",
        )


def _light(photo: Photo, face: Face) -> Iterator[Finding]:
    lab, white = face_patch(photo, face)
    bright = float(np.percentile(lab[..., 0], 99))
    if bright < _limit("dark_warn"):
        yield Finding(
            "dark",
            "refuse" if bright < _limit("dark_refuse") else "warning",
            "the face is very dark",
            "take the photo facing a window",
        )
    if white > _limit("bright_warn"):
        yield Finding(
            "bright",
            "warning",
            f"{100 * white:.0f} % of the face is burnt out",
            "take the photo with less exposure or softer light",
        )


def _mouth(face: Face) -> Iterator[Finding]:
    if opening(face.mesh_px[:, :2]) > _limit("open_mouth"):
        yield Finding(
            "open_mouth",
            "advice",
            "the mouth is open",
            "closed, relaxed lips measure best",
        )


def face_patch(photo: Photo, face: Face) -> tuple[npt.NDArray[np.float32], float]:
    """(256, 256, 3) Lab of the upright face between brows and chin; share of burnt-out pixels."""
    points = face.mesh_px[:, :2]
    eyes = points[[33, 263]]
    across = eyes[1] - eyes[0]
    middle = (eyes.mean(axis=0) + points[152]) / 2
    zoom = PATCH_PX / (1.6 * float(np.hypot(*across)))
    turn = math.atan2(across[1], across[0])
    cos, sin = math.cos(turn) * zoom, math.sin(turn) * zoom
    matrix = np.array([[cos, sin], [-sin, cos]])
    affine = np.column_stack([matrix, PATCH_PX / 2 - matrix @ middle])
    patch = cv2.warpAffine(
        np.ascontiguousarray(photo.pixels),
        affine,
        (PATCH_PX, PATCH_PX),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    white = float((patch.max(axis=2) >= 0.99 * photo.full_scale).mean())
    return linear_to_lab(srgb_to_linear(np.asarray(patch))), white
