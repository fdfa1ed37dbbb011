"""People drawn at random, the same for the same seed: the sample behind interval tests."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from vermilion.phantom.scenes import TONES
from vermilion.phantom.spec import Camera, Face, Light, LipShape, Mouth, PhantomSpec, Pose


@dataclass(frozen=True, slots=True)
class Norms:
    """Means and standard deviations (mm) that the population is drawn about.

    Iris: 11.71 +- 0.42, Rufer et al. 2005 (white-to-white). Lips and mouth: rounded from the
    craniofacial norms of young adults in Farkas, Anthropometry of the Head and Face (1994), both
    sexes pooled; they only set the spread of the sample, no bar depends on them.
    """

    iris_diameter_mm: tuple[float, float] = (11.71, 0.42)
    mouth_width_mm: tuple[float, float] = (51.0, 3.4)
    upper_height_mm: tuple[float, float] = (7.0, 1.5)
    lower_height_mm: tuple[float, float] = (9.4, 1.6)
    bow_width_mm: tuple[float, float] = (11.0, 1.3)
    philtrum_mm: tuple[float, float] = (14.5, 1.8)
    interpupillary_mm: tuple[float, float] = (63.0, 3.2)


def _draw(rng: np.random.Generator, norm: tuple[float, float], reach: float = 2.0) -> float:
    """A normal value cut off at `reach` sd: lips and faces beyond would not fit on the head."""
    while True:
        z = float(rng.standard_normal())
        if abs(z) <= reach:
            return round(norm[0] + z * norm[1], 3)


def population(
    n: int,
    seed: int,
    *,
    norms: Norms | None = None,
    yaw_deg: float = 12.0,
    pitch_deg: float = 6.0,
    open_share: float = 0.3,
    camera: Camera | None = None,
) -> list[PhantomSpec]:
    """`n` different people in different pose, light, skin, distance (0.5-1.5 m) and expression.

    yaw_deg, pitch_deg : the poses are even within plus and minus these; open_share : part of the
    people with parted lips or a smile. The same n and seed give the same people.
    """
    norms = norms or Norms()
    rng = np.random.default_rng(seed)
    tones = list(TONES.values())
    people = []
    for index in range(n):
        upper = max(3.2, _draw(rng, norms.upper_height_mm))
        lower = max(5.0, _draw(rng, norms.lower_height_mm))
        lips = LipShape(
            width_mm=_draw(rng, norms.mouth_width_mm),
            upper_height_mm=upper,
            upper_peak_height_mm=round(upper + float(rng.uniform(0.7, 1.7)), 3),
            lower_height_mm=lower,
            bow_width_mm=_draw(rng, norms.bow_width_mm),
            corner_lift_mm=round(float(rng.normal(0.2, 0.9)), 3),
            corner_asymmetry_mm=round(float(rng.normal(0, 0.6)), 3),
            peak_asymmetry_mm=round(float(rng.normal(0, 0.3)), 3),
            protrusion_mm=round(0.8 + 0.16 * upper, 3),
        )
        face = Face(
            # Uncut: intervals from the population's iris are judged against all of its spread.
            iris_diameter_mm=_draw(rng, norms.iris_diameter_mm, reach=math.inf),
            interpupillary_mm=_draw(rng, norms.interpupillary_mm),
            philtrum_mm=_draw(rng, norms.philtrum_mm),
            width_scale=round(float(rng.uniform(0.95, 1.05)), 3),
            pupil_height_mm=round(float(rng.uniform(64.5, 69.0)), 3),
        )
        mouth = Mouth()
        mood = float(rng.uniform())
        if mood < open_share / 2:
            gap = round(float(rng.uniform(4.0, 9.0)), 3)
            lips = replace(lips, opening_mm=gap)
            mouth = Mouth(incisal_edge_mm=round(-0.35 * gap + 3.0, 3))
        elif mood < open_share:
            gap = round(float(rng.uniform(7.0, 11.0)), 3)
            lips = replace(
                lips,
                opening_mm=gap,
                opening_roundness=0.9,
                corner_lift_mm=5.0,
                width_mm=round(lips.width_mm * 1.18, 3),
                tubercle_mm=0.4,
                upper_height_mm=round(upper * 0.75, 3),
                upper_peak_height_mm=round(lips.upper_peak_height_mm * 0.75, 3),
            )
            face = replace(face, smile=1.0)
            mouth = Mouth(incisal_edge_mm=round(0.5 * gap, 3))
        distance = float(rng.uniform(500, 1500))
        shot = camera or Camera(width_px=900, height_px=1200)
        people.append(
            PhantomSpec(
                lips=lips,
                mouth=mouth,
                face=face,
                colours=tones[int(rng.integers(len(tones)))],
                pose=Pose(
                    round(float(rng.uniform(-yaw_deg, yaw_deg)), 2),
                    round(float(rng.uniform(-pitch_deg, pitch_deg)), 2),
                    round(float(rng.uniform(-4, 4)), 2),
                ),
                light=Light(
                    azimuth_deg=round(float(rng.uniform(-50, 50)), 1),
                    elevation_deg=round(float(rng.uniform(15, 50)), 1),
                ),
                camera=replace(shot, distance_mm=round(distance, 1)),
                seed=seed * 1000 + index,
            )
        )
    return people
