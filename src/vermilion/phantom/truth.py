"""What is known of a phantom: measures in mm on the frontal plane, curves and points in px."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from vermilion.phantom import eyes, teeth
from vermilion.phantom.camera import View, sample
from vermilion.phantom.head import HeadField, nose_levels
from vermilion.phantom.lips import LipBorders
from vermilion.phantom.spec import PhantomSpec
from vermilion.phantom.vermilion_skin import mean_lip_lab

Array = npt.NDArray[np.float64]
CURVES = ("upper_outer", "upper_inner", "lower_inner", "lower_outer")
_CURVE_POINTS = 201


def on_surface(head: HeadField, x: npt.ArrayLike, y: npt.ArrayLike) -> Array:
    """(N, 3) mm: frontal coordinates lifted onto the head."""
    xs, ys = np.atleast_2d(np.asarray(x, np.float32)), np.atleast_2d(np.asarray(y, np.float32))
    z = sample(head.z, xs, ys)
    return np.stack([xs.ravel(), ys.ravel(), z.ravel()], 1).astype(np.float64)


def peaks(borders: LipBorders) -> tuple[tuple[float, float], tuple[float, float]]:
    """(x, y) of the highest point of each side of the Cupid's bow, the client's right first."""
    out = []
    for side in (-1, 1):
        near = np.flatnonzero((borders.x * side >= 0) & (np.abs(borders.x) < 12))
        best = near[np.argmin(borders.upper_outer[near])]
        out.append((float(borders.x[best]), float(borders.upper_outer[best])))
    return out[0], out[1]


def measures_of(spec: PhantomSpec, borders: LipBorders) -> dict[str, float]:
    """True values on the frontal plane; mm, mm2, degrees or plain ratios by the name's ending."""
    right, left = peaks(borders)

    def height_at(x: float) -> float:
        return borders.at("upper_inner", x) - borders.at("upper_outer", x)

    valley = borders.at("upper_outer", 0.0)
    upper, lower = height_at(0.0), borders.at("lower_outer", 0.0) - borders.at("lower_inner", 0.0)
    subnasale, _ = nose_levels(spec)
    corner_drop = float(borders.upper_outer[-1] - borders.upper_outer[0])
    width = float(borders.x[-1] - borders.x[0])
    upper_area = float(np.trapezoid(borders.upper_inner - borders.upper_outer, borders.x))
    lower_area = float(np.trapezoid(borders.lower_outer - borders.lower_inner, borders.x))
    opening = borders.at("lower_inner", 0.0) - borders.at("upper_inner", 0.0)
    teeth_show, gum_show = _shows(spec, borders) if opening > 0 else (0.0, 0.0)
    return {
        "upper_vermilion_height_mm": upper,
        "upper_vermilion_height_right_peak_mm": height_at(right[0]),
        "upper_vermilion_height_left_peak_mm": height_at(left[0]),
        "lower_vermilion_height_mm": lower,
        "upper_lower_ratio": upper / lower,
        "mouth_width_mm": float(np.hypot(width, corner_drop)),
        "philtrum_length_mm": valley - subnasale,
        "cupids_bow_width_mm": left[0] - right[0],
        "cupids_bow_depth_mm": valley - (right[1] + left[1]) / 2,
        "commissure_tilt_deg": float(np.degrees(np.arctan2(corner_drop, width))),
        "opening_mm": opening,
        "teeth_show_mm": teeth_show,
        "gum_show_mm": gum_show,
        "vermilion_area_mm2": upper_area + lower_area,
        "upper_vermilion_area_mm2": upper_area,
        "iris_diameter_mm": spec.face.iris_diameter_mm,
        "interpupillary_mm": spec.face.interpupillary_mm,
    }


def _shows(spec: PhantomSpec, borders: LipBorders) -> tuple[float, float]:
    """Upper incisor and gum seen over the middle of the central incisors (mm, mean of both)."""
    shows, gums = [], []
    for x in (-4.2, 4.2):
        bite, gum, _ = teeth.upper_edges(spec, np.array([[x]], np.float32))
        roof, floor = borders.at("upper_inner", x), borders.at("lower_inner", x)
        edge, root = min(float(bite[0, 0]), floor), float(gum[0, 0])
        shows.append(max(0.0, edge - max(roof, root)))
        gums.append(max(0.0, min(root, floor) - roof))
    return float(np.mean(shows)), float(np.mean(gums))


def truth_of(spec: PhantomSpec, borders: LipBorders, head: HeadField, view: View) -> dict[str, Any]:
    """Everything known, as plain JSON values; pixel centres at whole numbers, x right, y down."""
    along = np.linspace(borders.x[0], borders.x[-1], _CURVE_POINTS)
    solid = {
        c: on_surface(head, along, np.interp(along, borders.x, getattr(borders, c))) for c in CURVES
    }
    curves = {c: view.project(p).round(4).tolist() for c, p in solid.items()}
    right, left = peaks(borders)
    subnasale, _ = nose_levels(spec)
    named = {
        "crista_philtri_right": right,
        "crista_philtri_left": left,
        "labiale_superius": (0.0, borders.at("upper_outer", 0.0)),
        "labiale_inferius": (0.0, borders.at("lower_outer", 0.0)),
        "commissure_right": (float(borders.x[0]), float(borders.upper_outer[0])),
        "commissure_left": (float(borders.x[-1]), float(borders.upper_outer[-1])),
        "stomion_superius": (0.0, borders.at("upper_inner", 0.0)),
        "stomion_inferius": (0.0, borders.at("lower_inner", 0.0)),
        "subnasale": (0.0, subnasale),
    }
    at = on_surface(head, [p[0] for p in named.values()], [p[1] for p in named.values()])
    points = dict(zip(named, view.project(at).round(4).tolist(), strict=True))
    radius = spec.face.iris_diameter_mm / 2
    irises = {}
    for name, eye in zip(("right", "left"), eyes.eyeballs(spec, view.to_camera()), strict=True):
        centre, along_x = eye.limbus(radius)
        ends = view.project(
            np.stack([centre, centre - radius * along_x, centre + radius * along_x])
        )
        points[f"pupil_{name}"] = ends[0].round(4).tolist()
        irises[name] = {
            "diameter_px": float(np.linalg.norm(ends[2] - ends[1])),
            "mm_per_px": float(view.mm_per_px(centre[None, :])),
        }
    outer = np.concatenate([solid["upper_outer"], solid["lower_outer"]])
    camera, pose = spec.camera, spec.pose
    return {
        "photo": {"width": camera.width_px, "height": camera.height_px},
        "scale": {"mm_per_px": float(view.mm_per_px(outer)), "plane": "lips"},
        "pose": {"yaw_deg": pose.yaw_deg, "pitch_deg": pose.pitch_deg, "roll_deg": pose.roll_deg},
        "camera": {"distance_mm": camera.distance_mm, "focal_px": view.focal_px},
        "light": {
            "azimuth_deg": spec.light.azimuth_deg,
            "elevation_deg": spec.light.elevation_deg,
            "key": spec.light.key,
            "fill": spec.light.fill,
            "ambient": spec.light.ambient,
        },
        "albedo_lab": {"lip": mean_lip_lab(spec, borders), "skin": list(spec.colours.skin)},
        "measures": measures_of(spec, borders),
        "curves": curves,
        "points": points,
        "iris": irises,
    }
