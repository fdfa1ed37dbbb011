"""Millimetres per pixel in the plane of the lips, and how sure they are.

Two things tell them: a distance that somebody knows (a scale bar beside the lips), or the iris,
whose diameter hardly differs between adults. The iris lies behind the lips, so the same millimetre
is a little larger on the lips than on the eye; how much depends on the camera's distance, which a
photo does not tell: the usual distance is taken and its spread goes into the error.

Where neither is there, no millimetres are named at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from vermilion.errors import UsageError
from vermilion.face.finding import Finding, finding
from vermilion.face.iris import Iris, irises
from vermilion.face.lips import Face, Scale
from vermilion.know.sourced import topic
from vermilion.photo.photo import Photo

Reference = tuple[tuple[float, float], tuple[float, float], float]
"""Two points in px of the photo and their distance in mm."""
NONE = Scale(None, None, "none")
SURE = 2.6
"""Card and iris are said to differ beyond this many sd: one pair in a hundred by chance."""
NEAREST_PX = 10
"""Points nearer than this say more of the hand that set them than of the scale."""


def scale_of(photo: Photo, face: Face, *, iris_mm: float | None = None) -> Scale:
    """The scale of a photo by the irises that are seen in it.

    iris_mm : this client's measured white-to-white diameter; else the population's (flip:F128)

    Raises
    ------
    UsageError : an iris of an impossible size
    """
    know = topic("scale")
    population = know.number("iris_diameter")
    if iris_mm is not None and not population.low - 1 <= iris_mm <= population.high + 1:
        raise UsageError(
            f"an iris of {iris_mm:g} mm came",
            f"adults have {population.low:g} to {population.high:g} mm",
            "measure from white to white again",
        )
    seen = diameter_px(*irises(photo, face), yaw_deg=face.pose.yaw_deg)
    if seen is None:
        return NONE
    wide_px, wide_sd = seen
    if iris_mm is None:
        mm, mm_sd, source = population.value, population.sd or 0.0, "population iris"
    else:
        mm, mm_sd, source = iris_mm, know.number("iris_of_client").value, "iris of this client"
    nearer, nearer_sd = lips_nearer()
    value = mm / wide_px * (1 - nearer)
    return Scale(value, value * math.hypot(mm_sd / mm, wide_sd / wide_px, nearer_sd), source)


def scale_of_reference(photo: Photo, face: Face, reference: Reference) -> Scale:
    """The scale by two points (px) beside the lips and their distance in mm.

    Raises
    ------
    UsageError : points or a distance that cannot be
    """
    one, other, mm = reference
    far_px = math.dist(one, other)
    within = all(0 <= x <= photo.width and 0 <= y <= photo.height for x, y in (one, other))
    if not (within and 0 < mm < math.inf and far_px >= NEAREST_PX):
        raise UsageError(
            f"a reference of {mm:g} mm over {far_px:.0f} px came",
            f"two points of the photo at least {NEAREST_PX} px apart and their distance in mm "
            "are needed",
            "set the points at the ends of a scale bar beside the lips",
        )
    know = topic("scale")
    value = mm / far_px
    wide_mm = value * math.dist(face.points["commissure_right"], face.points["commissure_left"])
    mouths = know.number("mouth_by_reference")
    if not mouths.low <= wide_mm <= mouths.high:
        raise UsageError(
            f"with {mm:g} mm over {far_px:.0f} px the mouth would be {wide_mm:.3g} mm wide",
            f"mouths have {mouths.low:g} to {mouths.high:g} mm",
            "give the distance in mm, and points in px of the upright photo",
        )
    click = math.sqrt(2) * know.number("reference_click").value / far_px
    return Scale(
        value, value * math.hypot(click, know.number("reference_plane").value), "reference"
    )


def beside_iris(by: str, scale: Scale, by_iris: Scale) -> Iterator[Finding]:
    """Whether the scale by a `card` or a `reference` and that by the iris disagree for certain."""
    if None in (scale.mm_per_px, scale.sd, by_iris.mm_per_px, by_iris.sd):
        return
    apart = math.log((scale.mm_per_px or 1) / (by_iris.mm_per_px or 1))
    sure = math.hypot(*((one.sd or 0) / (one.mm_per_px or 1) for one in (scale, by_iris)))
    if abs(apart) > SURE * sure:
        key = f"{by}_longer" if apart > 0 else f"{by}_shorter"
        percent = round(100 * abs(math.expm1(apart)))
        yield finding(key, "warning", f"{by}_and_iris", percent=percent)


def diameter_px(right: Iris, left: Iris, *, yaw_deg: float) -> tuple[float, float] | None:
    """Diameter midway between both eyes and its sd, px; None where they are not to be believed.

    The turned head brings one eye nearer, so that half of the difference is known beforehand.
    """
    seen = [
        (eye.diameter_px, eye.sd_px)
        for eye in (right, left)
        if eye.diameter_px is not None and eye.sd_px is not None
    ]
    if not seen:
        return None
    if len(seen) == 1:
        wide, sd = seen[0]
        return wide, math.hypot(sd, wide * _nearer_eye(yaw_deg))
    (one, one_sd), (other, other_sd) = seen
    # > 0: the head turned to image right brings the client's right eye nearer.
    apart = math.log(one / other) - 2 * _nearer_eye(yaw_deg)
    if abs(apart) > topic("scale").number("irises_differ").value:
        return None
    weights = np.array([one_sd**-2, other_sd**-2]) / (one_sd**-2 + other_sd**-2)
    wide = float(weights @ [one, other])
    alone = math.hypot(*(weights * [one_sd, other_sd]))
    # Two irises that differ tell more of the error than either one's own sd.
    return wide, max(alone, abs(apart) * wide / 2 / math.sqrt(2))


def lips_nearer() -> tuple[float, float]:
    """Share by which the lips look larger than the irises, and its sd, over usual distances."""
    know = topic("scale")
    ahead, nearness = know.number("lips_before_iris"), know.number("camera_nearness")
    value = ahead.value * nearness.value / 1000
    spread = math.hypot((ahead.sd or 0) / ahead.value, (nearness.sd or 0) / nearness.value)
    return value, value * spread


HALF_EYES_MM = 31.5
"""Half of the usual distance between the pupils; only for how much nearer a turned eye comes."""


def _nearer_eye(yaw_deg: float) -> float:
    """Share by which the client's right eye looks larger than the middle of both."""
    nearness = topic("scale").number("camera_nearness").value
    return HALF_EYES_MM * math.sin(math.radians(yaw_deg)) * nearness / 1000
