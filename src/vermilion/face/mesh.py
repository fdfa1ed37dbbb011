"""478 landmarks of one face: MediaPipe's attention mesh on a turned square of the photo.

The network sees 192 x 192 px. The square is taken from a copy that is first shrunk by area
averaging to twice that grain, so that a large photo is not sampled with holes, and is itself
sampled bilinearly. As in MediaPipe, pixel i of the square is the network's coordinate i, and the
middle of the region is the coordinate 96. A mirrored pass is what MediaPipe finds in the mirrored
photo; the mean of both kinds has no preferred side.

References
----------
Kartynnik et al. 2019, arXiv:1907.06724; Grishchenko et al. 2020, Attention Mesh, arXiv:2006.10962.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face import networks
from vermilion.face.detect import Detection, shrunk
from vermilion.face.topology import LEFT_EYE_REGION, LIPS_REGION, MIRROR, RIGHT_EYE_REGION
from vermilion.photo.photo import Pixels

INPUT_PX = 192
MARGIN = 1.5
"""Side of the square, as a multiple of the face's extent: MediaPipe's value."""
GRAIN = 2.0
"""Grain of the shrunk copy against the network's: finer costs time, coarser loses sharpness."""
BLOCK_PX = 8

Mesh = npt.NDArray[np.float64]
"""(478, 3) float64: x and y in px of the photo, z in px (smaller is nearer)."""


@dataclass(frozen=True, slots=True)
class Region:
    """A square in the photo: centre and side in px, turned clockwise by `turn_rad`."""

    x: float
    y: float
    side_px: float
    turn_rad: float

    def jittered(self, dx: float, dy: float, grow: float, turn_rad: float) -> Region:
        """Shifted by shares of the side along its own axes, grown and turned a little."""
        cos, sin = np.cos(self.turn_rad), np.sin(self.turn_rad)
        return replace(
            self,
            x=self.x + float(dx * cos - dy * sin) * self.side_px,
            y=self.y + float(dx * sin + dy * cos) * self.side_px,
            side_px=self.side_px * grow,
            turn_rad=self.turn_rad + turn_rad,
        )


def region_of_detection(face: Detection) -> Region:
    """The square around a detector's box, upright between its two eyes."""
    box, (right_eye, left_eye) = face.box, face.keypoints[:2]
    turn = np.arctan2(left_eye[1] - right_eye[1], left_eye[0] - right_eye[0])
    return Region((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, MARGIN * face.side_px, float(turn))


def region_of_mesh(mesh: Mesh) -> Region:
    """The square around the landmarks, upright between the outer eye corners 33 and 263."""
    points = mesh[:468, :2]
    across = points[263] - points[33]
    turn = float(np.arctan2(across[1], across[0]))
    cos, sin = np.cos(turn), np.sin(turn)
    axes = np.array([[cos, sin], [-sin, cos]])
    own = points @ axes.T
    low, high = own.min(axis=0), own.max(axis=0)
    centre = (low + high) / 2 @ axes
    return Region(float(centre[0]), float(centre[1]), MARGIN * float((high - low).max()), turn)


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A shrunk copy of the surroundings of one face, from which all its passes are sampled."""

    pixels: npt.NDArray[np.uint8]
    left: float
    top: float
    zoom_x: float
    zoom_y: float


def patch(pixels: Pixels, region: Region, reach: float = 1.25) -> Patch:
    """Cut and shrink what squares of up to `reach` times the region's side will need."""
    half = region.side_px * reach * np.sqrt(0.5)
    height, width = pixels.shape[:2]
    x0, y0 = max(0, int(region.x - half)), max(0, int(region.y - half))
    x1, y1 = min(width, int(region.x + half) + 2), min(height, int(region.y + half) + 2)
    # Whole blocks can be halved exactly and quickly; the reach has room for what is left out.
    y1, x1 = y1 - (y1 - y0) % BLOCK_PX, x1 - (x1 - x0) % BLOCK_PX
    part = pixels[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    small = shrunk(part, GRAIN * INPUT_PX / region.side_px)
    return Patch(small, x0, y0, small.shape[1] / part.shape[1], small.shape[0] / part.shape[0])


def stretched(source: Patch) -> Patch:
    """The same patch with its light spread to the full range, its median in the middle of it."""
    light = source.pixels.astype(np.float32)
    dark, bright = np.percentile(light, (1, 99))
    levels = np.clip((np.arange(256, dtype=np.float32) - dark) / (bright - dark + 1.0), 0.0, 1.0)
    middle = float(np.clip(np.median(levels[source.pixels]), 0.05, 0.95))
    gamma = float(np.clip(np.log(0.5) / np.log(middle), 0.5, 1.6))
    return replace(source, pixels=np.round(levels**gamma * 255.0).astype(np.uint8)[source.pixels])


def evened(source: Patch) -> Patch:
    """The same patch with local contrast evened out, against hard and one-sided light."""
    lab = cv2.cvtColor(source.pixels, cv2.COLOR_RGB2LAB)
    even = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(4, 4))
    lab[..., 0] = even.apply(lab[..., 0])
    pixels = np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), dtype=np.uint8)
    return replace(source, pixels=pixels)


def landmarks(
    source: Patch, region: Region, mirrored: bool = False, *, eyes: bool = True
) -> tuple[Mesh, float]:
    """One pass: (478, 3) landmarks in px of the photo, and 0..1 that this is a face at all.

    eyes : False saves a third of the time; lids are then where the first look puts them, and an
    iris is no more than the middle of its lids
    """
    image, to_patch = _sample(source, region)
    if mirrored:
        image = image[:, ::-1]
    network = networks.MESH if eyes else networks.LIPS
    raw = networks.run(network, np.ascontiguousarray(image, dtype=np.float32)[None] / 255.0)
    own = np.zeros((478, 3))
    own[:468] = raw["output_mesh_identity"].reshape(468, 3)
    own[LIPS_REGION, :2] = raw["output_lips"].reshape(-1, 2)
    if eyes:
        own[LEFT_EYE_REGION, :2] = raw["output_left_eye"].reshape(-1, 2)
        own[RIGHT_EYE_REGION, :2] = raw["output_right_eye"].reshape(-1, 2)
        own[468:473, :2] = raw["output_left_iris"].reshape(-1, 2)
        own[473:478, :2] = raw["output_right_iris"].reshape(-1, 2)
    else:
        own[468:473, :2] = own[LEFT_EYE_REGION[:16], :2].mean(axis=0)
        own[473:478, :2] = own[RIGHT_EYE_REGION[:16], :2].mean(axis=0)
    own[468:473, 2] = own[LEFT_EYE_REGION[:16], 2].mean()
    own[473:478, 2] = own[RIGHT_EYE_REGION[:16], 2].mean()
    if mirrored:
        own[:, 0] = INPUT_PX - 1 - own[:, 0]
        own = own[MIRROR]
    mesh = np.empty((478, 3))
    mesh[:, :2] = own[:, :2] @ to_patch[:, :2].T + to_patch[:, 2]
    mesh[:, 2] = own[:, 2] / INPUT_PX * region.side_px
    flag = float(np.clip(raw["conv_faceflag"].ravel()[0], -100.0, 100.0))
    return mesh, float(1.0 / (1.0 + np.exp(-flag)))


def _sample(source: Patch, region: Region) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """The region's square, INPUT_PX wide, and the (2, 3) map from its pixels to photo px."""
    cos, sin = np.cos(region.turn_rad), np.sin(region.turn_rad)
    step = region.side_px / INPUT_PX
    turn = np.array([[cos, -sin], [sin, cos]]) * step
    centre = np.array([region.x, region.y])
    to_photo = np.column_stack([turn, centre - turn @ np.full(2, INPUT_PX / 2)])
    zoom = np.array([source.zoom_x, source.zoom_y])
    corner = np.array([source.left, source.top])
    # The patch was shrunk from edge to edge, so its pixel centres are half a pixel in.
    offset = (to_photo[:, 2] - corner + 0.5) * zoom - 0.5
    to_patch = np.column_stack([turn * zoom[:, None], offset])
    image = cv2.warpAffine(
        source.pixels,
        to_patch,
        (INPUT_PX, INPUT_PX),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(image, dtype=np.uint8), to_photo
