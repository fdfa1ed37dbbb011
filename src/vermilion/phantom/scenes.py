"""Named heads that between them cover lips, expressions, skin tones, poses and light.

Skin is chosen by its individual typology angle ITA = atan((L - 50) / b): very light > 55, light
41-55, intermediate 28-41, tan 10-28, brown -30-10, dark < -30 degrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from vermilion.phantom.spec import (
    Camera,
    Colours,
    Face,
    Light,
    LipShape,
    Mouth,
    PhantomSpec,
    Pose,
)

TONES: Mapping[str, Colours] = MappingProxyType(
    {
        "very_light": Colours(
            skin=(75.0, 10.0, 14.0),
            lip=(60.0, 23.0, 12.0),
            hair=(42.0, 8.0, 22.0),
            iris=(48.0, -3.0, -8.0),
        ),
        "light": Colours(),
        "intermediate": Colours(
            skin=(63.0, 11.5, 19.0), lip=(51.0, 23.0, 14.0), iris=(30.0, 7.0, 12.0)
        ),
        "tan": Colours(
            skin=(56.0, 13.0, 20.0),
            lip=(46.0, 20.0, 13.0),
            hair=(13.0, 2.0, 4.0),
            iris=(24.0, 6.0, 9.0),
            border_darkening=3.0,
        ),
        "brown": Colours(
            skin=(46.0, 14.0, 20.0),
            lip=(37.0, 19.0, 11.0),
            hair=(10.0, 1.0, 2.0),
            iris=(18.0, 5.0, 7.0),
            gum=(46.0, 18.0, 10.0),
            border_darkening=4.0,
        ),
        "dark": Colours(
            skin=(34.0, 11.0, 14.0),
            lip=(28.0, 16.0, 8.0),
            lower_lip=(35.0, 20.0, 11.0),
            hair=(7.0, 0.5, 1.0),
            iris=(14.0, 4.0, 5.0),
            gum=(40.0, 15.0, 8.0),
            border_darkening=4.0,
        ),
    }
)
"""One set of colours per ITA class; lip colours follow the skin: darker and less red."""

TWO_TONED = replace(
    TONES["brown"], lip=(33.0, 12.0, 9.0), lower_lip=(42.0, 20.0, 11.0), border_darkening=9.0
)
"""Brown lips with a dark rim and a rosier lower lip."""

THIN = LipShape(
    width_mm=48.0,
    upper_height_mm=3.6,
    upper_peak_height_mm=4.6,
    lower_height_mm=6.0,
    bow_width_mm=10.0,
    protrusion_mm=1.5,
)
FULL = LipShape(
    width_mm=52.0,
    upper_height_mm=9.0,
    upper_peak_height_mm=10.2,
    lower_height_mm=13.0,
    bow_width_mm=12.5,
    protrusion_mm=2.6,
)
AGED = LipShape(
    width_mm=52.0,
    upper_height_mm=3.4,
    upper_peak_height_mm=4.1,
    lower_height_mm=6.5,
    bow_width_mm=11.0,
    corner_lift_mm=-2.0,
    protrusion_mm=1.3,
    crease_depth=2.3,
)
SMILE = LipShape(
    width_mm=61.0,
    upper_height_mm=5.2,
    upper_peak_height_mm=6.2,
    lower_height_mm=8.4,
    bow_width_mm=13.0,
    corner_lift_mm=5.0,
    opening_mm=10.0,
    opening_roundness=0.9,
    upper_share=0.35,
    tubercle_mm=0.4,
    protrusion_mm=1.8,
)
OPEN = LipShape(opening_mm=8.0, opening_roundness=1.3)

_SMILING = Face(smile=1.0, philtrum_mm=12.5)
_SMILE_TEETH = Mouth(incisal_edge_mm=5.2, crown_mm=10.2)

SCENES: Mapping[str, PhantomSpec] = MappingProxyType(
    {
        "frontal": PhantomSpec(),
        "thin": PhantomSpec(lips=THIN, face=Face(philtrum_mm=15.5), seed=2),
        "full": PhantomSpec(lips=FULL, colours=TONES["brown"], face=Face(philtrum_mm=12.5), seed=3),
        "aged": PhantomSpec(
            lips=AGED,
            face=Face(age=1.0, philtrum_mm=17.5),
            colours=replace(TONES["light"], hair=(68.0, 0.0, 3.0), lip=(56.0, 19.0, 12.0)),
            seed=4,
        ),
        "open": PhantomSpec(
            lips=OPEN, mouth=Mouth(incisal_edge_mm=0.5, crown_mm=10.0, lower_teeth_mm=4.2), seed=5
        ),
        "smile": PhantomSpec(lips=SMILE, face=_SMILING, mouth=_SMILE_TEETH, seed=6),
        "gummy_smile": PhantomSpec(
            lips=replace(SMILE, upper_height_mm=4.4, upper_peak_height_mm=5.4, opening_mm=14.0),
            face=_SMILING,
            mouth=Mouth(incisal_edge_mm=7.6, crown_mm=9.6),
            seed=7,
        ),
        "dark_smile": PhantomSpec(
            lips=replace(
                SMILE, upper_height_mm=6.6, upper_peak_height_mm=7.7, lower_height_mm=11.0
            ),
            face=_SMILING,
            mouth=_SMILE_TEETH,
            colours=TONES["dark"],
            seed=8,
        ),
        "very_light": PhantomSpec(colours=TONES["very_light"], seed=9),
        "intermediate": PhantomSpec(colours=TONES["intermediate"], seed=10),
        "tan": PhantomSpec(colours=TONES["tan"], seed=11),
        "brown": PhantomSpec(colours=TONES["brown"], seed=12),
        "dark": PhantomSpec(lips=replace(FULL, width_mm=51.0), colours=TONES["dark"], seed=13),
        "two_toned": PhantomSpec(
            lips=replace(FULL, upper_height_mm=8.6, upper_peak_height_mm=10.2),
            colours=TWO_TONED,
            seed=14,
        ),
        "moustache": PhantomSpec(
            lips=replace(THIN, upper_height_mm=5.2, upper_peak_height_mm=6.2, lower_height_mm=8.0),
            face=Face(beard_mm=3.2, beard_density=1.0),
            colours=TONES["intermediate"],
            seed=15,
        ),
        "stubble": PhantomSpec(
            face=Face(beard_mm=0.8, beard_density=0.7), colours=TONES["tan"], seed=16
        ),
        "yaw_left": PhantomSpec(pose=Pose(yaw_deg=-15.0), seed=17),
        "yaw_right": PhantomSpec(pose=Pose(yaw_deg=15.0), colours=TONES["brown"], seed=18),
        "pitch_up": PhantomSpec(pose=Pose(pitch_deg=8.0), colours=TONES["tan"], seed=19),
        "side_light": PhantomSpec(
            light=Light(azimuth_deg=62.0, elevation_deg=22.0, key=0.8, fill=0.08, ambient=0.2),
            seed=20,
        ),
    }
)
"""Twenty heads, each 1200 x 1600 px; `spec.sized(600, 800)` renders the small one."""

DEMO_CAMERA = Camera(width_px=3000, height_px=4000, noise_sd=1.5)
"""High resolution, for the demonstration and the speed bench."""
