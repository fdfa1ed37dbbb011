"""What a treatment does on a given day, in millimetres and colours: the input of `render`.

The anatomical coordinate `s` runs along the upper lip: -2 the commissure at image left, -1 the
Cupid's bow peak at image left, 0 the middle (labiale superius), +1 and +2 at image right; linear
in between.
"""

from __future__ import annotations

from dataclasses import dataclass

from vermilion.colour.lips import Lab, LipColours


@dataclass(frozen=True, slots=True)
class FlipOutcome:
    """The lip on one day after a flip.

    rise_mm : how far the border under the Cupid's bow peaks has risen (mean of both)
    profile : (s, fraction of rise_mm) knots, s ascending from -2 to 2; 0 at both ends
    inner_fall_mm : how much lower the upper lip's inner edge sits when the mouth is open
    swelling_mm : small lift at the injection points right after the visit
    point_s : where the injections lie, as s
    """

    day: float
    rise_mm: float
    profile: tuple[tuple[float, float], ...]
    inner_fall_mm: float = 0.0
    swelling_mm: float = 0.0
    point_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class BlushOutcome:
    """The lips on one day after blushing.

    colours : the mean colour of each lip's vermilion on that day
    edge, centre, corner : relative pigment at the border, the wet line and the corners, 1 = even
    softness_mm : width over which the border fades out
    border_mm : planned correction outward from the natural border, 0 = none
    swelling_mm : swelling of both lips
    redness : 0..1, halo of irritated skin around the lips
    dryness : 0..1, matte film; flaked : 0..1, share of the film already shed
    veil : 0..1, milky new epithelium of the ghost phase
    gloss : factor on the lip's own gloss, 1 = as in the photo
    dots : 0..1, how far single dots can be told apart at close range
    """

    day: float
    colours: LipColours
    edge: float = 1.0
    centre: float = 1.0
    corner: float = 1.0
    softness_mm: float = 0.5
    border_mm: float = 0.0
    swelling_mm: float = 0.0
    redness: float = 0.0
    dryness: float = 0.0
    flaked: float = 0.0
    veil: float = 0.0
    gloss: float = 1.0
    dots: float = 0.0

    @property
    def mean_lab(self) -> Lab:
        """The mean colour of all vermilion."""
        return self.colours.mean
