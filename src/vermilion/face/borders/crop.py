"""The mouth by itself: turned level, 192 px from commissure to commissure, in colours that tell.

All image refinement works on this one crop, so that its numbers (widths, slopes) mean the same on
every photo: 1 px is about a quarter of a millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from vermilion.face.curves import mouth_frame
from vermilion.face.detect import shrunk
from vermilion.face.lips import Points
from vermilion.photo.photo import Pixels

MOUTH_PX = 192
"""Commissure to commissure in the crop."""
CANVAS_PX = (364, 288)
"""Width and height of the crop: room for cheeks, nostrils and chin around the widest mouth."""
FINE_PX, COARSE_PX = 1.0, 2.5
"""Blur (sd) of the two copies: camera noise and lip lines; pores, stubble and shading."""
LIGHTNESS, GREEN_RED, BLUE_YELLOW, RED_RATIO = range(4)
"""Channels: CIE Lab of the sRGB crop, and 20 ln(R/G) of its linear light, free of shading."""


@dataclass(frozen=True, slots=True, eq=False)
class MouthCrop:
    """(H, W, 4) float32 channels at two blurs, and the map between crop and photo px."""

    fine: npt.NDArray[np.float32]
    coarse: npt.NDArray[np.float32]
    to_photo: npt.NDArray[np.float64]

    def photo(self, points: Points) -> Points:
        return np.asarray(points @ self.to_photo[:, :2].T + self.to_photo[:, 2])

    def own(self, points_px: Points) -> Points:
        back = np.linalg.inv(self.to_photo[:, :2])
        return np.asarray((points_px - self.to_photo[:, 2]) @ back.T)


def mouth_crop(pixels: Pixels, left_px: Points, right_px: Points) -> MouthCrop:
    """Cut the mouth between the commissures at image left and right (px) out of RGB pixels."""
    frame = mouth_frame(left_px, right_px)
    step = frame.width_px / MOUTH_PX
    turn = frame.axes.T * step
    to_photo = np.column_stack([turn, frame.origin - turn @ (np.array(CANVAS_PX) / 2)])
    rgb = _cut(pixels, to_photo, step)
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    linear = np.power(rgb, 2.2) + 0.01
    ratio = 20.0 * np.log(linear[..., 0] / linear[..., 1])
    channels = np.dstack([lab, ratio]).astype(np.float32)
    return MouthCrop(
        cv2.GaussianBlur(channels, (0, 0), FINE_PX),
        cv2.GaussianBlur(channels, (0, 0), COARSE_PX),
        to_photo,
    )


def look_up(channels: npt.NDArray[np.float32], at: Points) -> npt.NDArray[np.float64]:
    """(..., K) bilinear values at (..., 2) crop positions; the border goes on outside."""
    x, y = at[..., 0].astype(np.float32), at[..., 1].astype(np.float32)
    shape = x.shape
    values = cv2.remap(
        channels,
        x.reshape(shape[0], -1),
        y.reshape(shape[0], -1),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(values, dtype=np.float64).reshape(*shape, -1)


def _cut(pixels: Pixels, to_photo: npt.NDArray[np.float64], step: float) -> npt.NDArray[np.float32]:
    """(H, W, 3) sRGB 0..1: antialiased where the photo is finer than the crop."""
    width, height = CANVAS_PX
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]])
    reach = corners @ to_photo[:, :2].T + to_photo[:, 2]
    full_height, full_width = pixels.shape[:2]
    x0, y0 = np.clip(np.floor(reach.min(axis=0)) - 2, 0, (full_width - 2, full_height - 2))
    x1, y1 = np.clip(np.ceil(reach.max(axis=0)) + 2, (x0 + 1, y0 + 1), (full_width, full_height))
    part = pixels[int(y0) : int(y1), int(x0) : int(x1)]
    small = shrunk(part, 1.4 / step) if step > 1.4 else shrunk(part, 1.0)
    zoom = np.array([small.shape[1] / part.shape[1], small.shape[0] / part.shape[0]])
    offset = (to_photo[:, 2] - (x0, y0) + 0.5) * zoom - 0.5
    cut = cv2.warpAffine(
        small,
        np.column_stack([to_photo[:, :2] * zoom[:, None], offset]),
        CANVAS_PX,
        flags=(cv2.INTER_CUBIC if step < 1.0 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cut, dtype=np.float32) / 255.0
