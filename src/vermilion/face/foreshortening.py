"""From lengths as the camera shows them to lengths as seen straight from the front.

A turned head narrows widths by the cosine of its yaw. A nodding head changes heights by more than
a cosine, because the surface between two borders recedes: tipped up, the upper vermilion looks
taller. And a camera that sees the mouth from above, as one at the height of the nose does, has the
effect of a nod. How much the surfaces recede is taken from know/data/scale.toml, not from this
face: the depth that a network finds in one photo is too unsure.

References
----------
Kelley 1927, Interpretation of Educational Measurements (what is noisy is drawn to its mean).
"""

from __future__ import annotations

import math

from vermilion.face.lips import Pose
from vermilion.know.sourced import Sourced, topic

Factor = tuple[float, float]
"""What a length is to be multiplied by, and the relative error of that."""


def factors(pose: Pose) -> dict[str, Factor]:
    """Factors by the kind of a length.

    upper, lower, lips (both), philtrum : heights; across : widths; corners : widths from corner to
    corner, which lie further back; commissures : the same from the found corners, which lie too
    near together; plain : what needs nothing
    """
    know = topic("scale")
    error = math.radians(know.number("pose_error").value)
    yaw = math.radians(min(abs(pose.yaw_deg), know.number("yaw_warn").value))
    pitch = believed_pitch_rad(pose) - seen_from_above_rad()
    nearness, behind = know.number("camera_nearness"), know.number("corners_behind")
    across = (1 / math.cos(yaw), math.tan(yaw) * error)
    far = behind.value * nearness.value / 1000
    spread = math.hypot((behind.sd or 0) / behind.value, (nearness.sd or 0) / nearness.value)
    inside = know.number("corners_inside")
    upper, lower, philtrum = (
        _receding(know.number(f"{name}_recedes"), pitch, error)
        for name in ("upper_lip", "lower_lip", "philtrum")
    )
    return {
        "plain": (1.0, 0.0),
        "across": across,
        "corners": times(across, (1 + far, far * spread)),
        "commissures": times(across, (1 + far, far * spread), (1 + inside.value, inside.sd or 0.0)),
        "upper": upper,
        "lower": lower,
        "lips": ((upper[0] + lower[0]) / 2, math.hypot(upper[1], lower[1]) / 2),
        "philtrum": philtrum,
    }


def lower_end_aside(pose: Pose) -> float:
    """By how much the lower end of the upper vermilion's height lies to image right of its upper
    end, as a share of the height: it lies further back, so a turned head shows it aside."""
    know = topic("scale")
    limit = know.number("yaw_warn").value
    yaw = math.radians(min(limit, max(-limit, pose.yaw_deg)))
    return -know.number("upper_lip_recedes").value * math.sin(yaw)


def believed_pitch_rad(pose: Pose) -> float:
    """The found pitch less the share of it that is the finding's own error, in the mean."""
    know = topic("scale")
    error, spread = know.number("pose_error").value, know.number("pitch_spread").value
    return math.radians(pose.pitch_deg) * (1 - (error / spread) ** 2)


def seen_from_above_rad() -> float:
    """By how much the line of sight to the mouth falls against the one to the face's middle."""
    know = topic("scale")
    return know.number("mouth_below_face").value * know.number("camera_nearness").value / 1000


def times(*parts: Factor) -> Factor:
    """The product of factors, their errors added as squares."""
    return math.prod(value for value, _ in parts), math.hypot(*(error for _, error in parts))


def over(one: Factor, other: Factor) -> Factor:
    """The ratio of two factors."""
    return one[0] / other[0], math.hypot(one[1], other[1])


def _receding(share: Sourced, pitch_rad: float, error_rad: float) -> Factor:
    """For a height whose lower end lies behind its upper end by a share of it."""
    seen = math.cos(pitch_rad) + share.value * math.sin(pitch_rad)
    by_share = (share.sd or 0) * math.sin(pitch_rad)
    by_pitch = (share.value * math.cos(pitch_rad) - math.sin(pitch_rad)) * error_rad
    return 1 / seen, math.hypot(by_share, by_pitch) / seen
