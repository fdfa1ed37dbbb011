"""What a phantom is made of: every parameter of one rendered head, in mm, degrees and Lab.

The head's own frame: origin at the stomion in the middle of the closed lips, x to image right
(the client's left is positive), y down, z towards the viewer; mm. The *frontal plane* is z = 0, and
all true measures are taken orthographically in it, as on a face seen exactly from the front.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

Lab = tuple[float, float, float]
"""CIE L*, a*, b* (D65, 2 degrees)."""


@dataclass(frozen=True, slots=True)
class LipShape:
    """The lips in the frontal plane (mm).

    upper_height_mm, upper_peak_height_mm, lower_height_mm : visible vermilion, outer to inner
        border, in the middle, under the Cupid's bow peaks, and of the lower lip in the middle
    bow_width_mm : distance of the two peaks
    corner_lift_mm : how much higher than the stomion the corners lie, mean of both sides
    corner_asymmetry_mm, peak_asymmetry_mm : client's left higher than the right by this much
    opening_mm : distance of the inner borders in the middle; 0 = closed
    opening_roundness : exponent of the opening's outline; smaller opens further into the corners
    upper_share : part of the opening by which the upper lip rises
    tubercle_mm : how far the middle of the line between the lips dips below its sides
    protrusion_mm : how far the lips stand out of the face
    crease_depth : strength of the fine vertical lines, 1 = adult, 2.5 = aged
    """

    width_mm: float = 50.0
    upper_height_mm: float = 7.0
    upper_peak_height_mm: float = 8.4
    lower_height_mm: float = 9.6
    bow_width_mm: float = 11.0
    corner_lift_mm: float = 0.5
    corner_asymmetry_mm: float = 0.0
    peak_asymmetry_mm: float = 0.0
    opening_mm: float = 0.0
    opening_roundness: float = 1.2
    upper_share: float = 0.35
    tubercle_mm: float = 0.9
    protrusion_mm: float = 1.9
    crease_depth: float = 1.0


@dataclass(frozen=True, slots=True)
class Mouth:
    """What shows between parted lips: teeth and gum in the frontal plane (mm).

    incisal_edge_mm : height of the upper incisors' edge in the middle, y in the head frame
    crown_mm : height of the upper middle incisor's crown, edge to gum
    lower_teeth_mm : y of the edge of the lower incisors; None = hidden by the lower lip
    """

    incisal_edge_mm: float = 2.0
    crown_mm: float = 10.0
    lower_teeth_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Face:
    """The rest of the face (mm): sizes that place the features, and age.

    philtrum_mm : subnasale to the valley of the Cupid's bow
    smile : 0 = neutral, 1 = full smile: cheeks raised, folds deeper, eyes narrower
    age : 0 = young, 1 = aged: folds, lines about the lips, thinner brows
    beard_mm : length of stubble hairs, 0 = none; beard_density : hairs per mm2
    """

    iris_diameter_mm: float = 11.71
    interpupillary_mm: float = 63.0
    pupil_height_mm: float = 67.0
    philtrum_mm: float = 14.0
    width_scale: float = 1.0
    smile: float = 0.0
    age: float = 0.0
    beard_mm: float = 0.0
    beard_density: float = 0.6


@dataclass(frozen=True, slots=True)
class Colours:
    """Albedo of each material as CIE Lab of an ideal flat sample under D65.

    lower_lip : None = as the upper; border_darkening : L lost in the outer 1.5 mm of the vermilion
    (two-toned brown lips have 6-12)
    """

    skin: Lab = (68.0, 11.0, 17.0)
    lip: Lab = (54.0, 24.0, 14.0)
    lower_lip: Lab | None = None
    border_darkening: float = 1.5
    hair: Lab = (18.0, 4.0, 6.0)
    iris: Lab = (34.0, 6.0, 12.0)
    teeth: Lab = (84.0, 1.0, 11.0)
    gum: Lab = (58.0, 24.0, 12.0)
    background: Lab = (62.0, -1.0, -3.0)
    clothes: Lab = (38.0, -2.0, -12.0)


@dataclass(frozen=True, slots=True)
class Pose:
    """Degrees; yaw > 0 turns to image right, pitch > 0 up, roll > 0 clockwise in the image."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Light:
    """Key light by azimuth (> 0 from image right) and elevation, with fill and ambient light.

    key, fill, ambient : irradiance shares; gloss : specular strength of the lips, 1 = moist
    """

    azimuth_deg: float = -25.0
    elevation_deg: float = 20.0
    key: float = 0.62
    fill: float = 0.26
    ambient: float = 0.32
    gloss: float = 1.0


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera. frame_mm : height of the picture in the plane of the head's origin.

    noise_sd : sd of the sensor noise in 8-bit levels at mid grey; jpeg_quality : None = no JPEG
    """

    width_px: int = 1200
    height_px: int = 1600
    distance_mm: float = 900.0
    frame_mm: float = 320.0
    noise_sd: float = 1.0
    jpeg_quality: int | None = None


@dataclass(frozen=True, slots=True)
class PhantomSpec:
    """One head, fully described; the same spec renders to the same bytes.

    flip_rise_mm : the upper border raised by this much (a true flip: the geometry changes); full
        at the peaks and the middle, tapering to nothing in the corners
    seed : of skin texture, hairs and sensor noise
    """

    lips: LipShape = field(default_factory=LipShape)
    mouth: Mouth = field(default_factory=Mouth)
    face: Face = field(default_factory=Face)
    colours: Colours = field(default_factory=Colours)
    pose: Pose = field(default_factory=Pose)
    light: Light = field(default_factory=Light)
    camera: Camera = field(default_factory=Camera)
    flip_rise_mm: float = 0.0
    seed: int = 1

    def deform(self, *, rise_mm: float | None = None, lip: Lab | None = None) -> PhantomSpec:
        """The same person after a flip of `rise_mm` and, or, with another true lip colour."""
        colours = self.colours if lip is None else replace(self.colours, lip=lip, lower_lip=None)
        rise = self.flip_rise_mm if rise_mm is None else rise_mm
        return replace(self, colours=colours, flip_rise_mm=rise)

    def sized(self, width_px: int, height_px: int) -> PhantomSpec:
        """The same picture at another resolution."""
        return replace(self, camera=replace(self.camera, width_px=width_px, height_px=height_px))
