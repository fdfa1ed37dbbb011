"""The colours of a mouth's two lips, which often differ: what is measured, foretold and drawn.

Public: `LipColours`, `Lab`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Lab = tuple[float, float, float]
"""CIELAB, D65"""


@dataclass(frozen=True, slots=True)
class LipColours:
    """Mean colours of the upper and of the lower vermilion.

    upper_share : 0..1, how much of the vermilion that is seen is the upper lip's
    """

    upper: Lab
    lower: Lab
    upper_share: float = 0.5

    @property
    def mean(self) -> Lab:
        """The mean colour of all vermilion."""
        if self.upper == self.lower:
            return self.upper
        share = self.upper_share
        lightness, a, b = (
            share * one + (1 - share) * other
            for one, other in zip(self.upper, self.lower, strict=True)
        )
        return lightness, a, b

    @property
    def both(self) -> tuple[Lab, Lab]:
        """Upper, lower."""
        return self.upper, self.lower

    def map(self, change: Callable[[Lab], Lab]) -> LipColours:
        """The same mouth with each lip's colour changed."""
        return LipColours(change(self.upper), change(self.lower), self.upper_share)
