"""What is found in a face photo: frozen values that later layers read.

All coordinates are pixels of the opened (turned) photo: x to the right, y down, pixel centres at
whole numbers. Curves run from image left to image right, corner to corner. `left` and `right` in
names are always the **client's**: the client's right is at image left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""(N, 2) float64, x and y in px."""


@dataclass(frozen=True, slots=True)
class Box:
    """A face's box in px: left, top, right, bottom, with the detector's score 0..1."""

    x0: float
    y0: float
    x1: float
    y1: float
    score: float


@dataclass(frozen=True, slots=True)
class Pose:
    """Head pose in degrees; yaw > 0 turns to image right, pitch > 0 up, roll > 0 clockwise."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class LipCurves:
    """The four borders, each (N, 2) px, image left to right, corner to corner.

    Closed mouth: the two inner curves coincide with the line between the lips.
    """

    upper_outer: Points
    upper_inner: Points
    lower_inner: Points
    lower_outer: Points


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One found face.

    mesh_px : (478, 3) float64, mean over the averaged passes; x, y px, z in px (smaller is nearer)
    passes_px : (K, 478, 2) float64, the single passes behind the mean (their spread is the noise)
    curves : the four borders after image refinement
    curves_sd_px : one standard deviation of the curves' height, px
    refined : True where the image refinement was trusted
    points : named points (px): crista_philtri_left/right, labiale_superius, labiale_inferius,
        commissure_left/right, stomion (closed) or stomion_superius and stomion_inferius, subnasale,
        nostril_sill_left/right, pupil_left/right, chin
    upper_other_px : how much taller the upper lip would be, px, where its border may be lost within
        the lip and was not found further out by little; 0 elsewhere
    lower_other_px : how much taller (> 0) or lower the lower lip would be, px, where lip and a rim
        of skin below it can hardly be told apart and the other answer was right; 0 elsewhere
    lower_is_skin : below an open mouth only skin was found for the lower lip, as under a tongue
    covered_share : the longest stretch in which neither lip differs from skin, as a share of the
        mouth's places
    """

    box: Box
    index: int
    count: int
    mesh_px: npt.NDArray[np.float64]
    passes_px: npt.NDArray[np.float64]
    pose: Pose
    curves: LipCurves
    curves_sd_px: float
    refined: bool
    points: Mapping[str, tuple[float, float]]
    lower_other_px: float = 0.0
    upper_other_px: float = 0.0
    lower_is_skin: bool = False
    covered_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Millimetres per px in the plane of the lips; both None where nothing tells them.

    source : "card", "reference", "iris of this client", "population iris", "none"
    """

    mm_per_px: float | None
    sd: float | None
    source: str
