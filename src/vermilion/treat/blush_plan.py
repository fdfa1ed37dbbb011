"""A lip blush as it is planned: shade, technique, strength, border, visits.

Public: `BlushPlan`, `Shade`, `Technique`, `own_shade`, `shade`, `shades`, `technique`,
`default_shade`.

A shade of a practice's own carries its name and colour in its key ("own:Rosa 12@44,30,17"): a plan
that was kept can be drawn again after the practice has dropped the shade.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from vermilion.colour.lips import Lab
from vermilion.errors import PlanError
from vermilion.know.said import Phrase, joined
from vermilion.know.sourced import topic

CHALKY = "opaque and white pigments outlast their partners and turn chalky"
PLAINEST = ("", "rose")
"""What somebody says who has no particular shade in mind."""

MOST_VISITS = 5
"""Dark lips are said to need 3 to 5 (blush section B8); more is no plan but a series of plans."""


OWN = re.compile(
    r"own:([^@:{}<>]{1,40})@(\d{1,3}(?:\.\d)?),(-?\d{1,3}(?:\.\d)?),(-?\d{1,3}(?:\.\d)?)"
)
MOST_AB = 128
"""What CIELAB holds of a* and b*, either way."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A pigment by its masstone: CIELAB, D65, drawn down thickly on white.

    follows_lip : mixed for the client's own lip, so that nobody expects it to be lighter
    """

    key: str
    words: str
    masstone: Lab
    follows_lip: bool = False

    @property
    def own(self) -> bool:
        """Whether it is a practice's own, of which the program's evidence says nothing."""
        return self.key.startswith("own:")


@dataclass(frozen=True, slots=True)
class Technique:
    """How pigment is spread; `coverage` is the mean share of the lip under dots when fresh.

    name, words : how it is called and what it looks like, for people
    """

    key: str
    name: str
    words: str
    coverage: float
    edge: float
    centre: float
    corner: float
    softness_mm: float
    dots: float


@dataclass(frozen=True, slots=True)
class BlushPlan:
    """A lip blush.

    shade, technique : keys
    saturation : 0..1, how densely each pass is set; 0 = nothing
    passes : in a visit
    border_mm : planned correction outward from the natural border
    visits : planned sittings, the perfecting ones included; the shade is reached after the last
    touch_up_days : later refreshes, days after the first visit
    reason : the practitioner's, for an override
    """

    shade: str = "natural_rose"
    technique: str = "full"
    saturation: float = 0.6
    passes: int = 2
    border_mm: float = 0.0
    visits: int = 1
    touch_up_days: tuple[float, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        # kept by its key, however somebody called it
        object.__setattr__(self, "shade", shade(self.shade).key)
        technique(self.technique)
        most_passes = len(_pass_factors()) - 1
        _within("saturation", self.saturation, 0, 1)
        _within("passes", self.passes, 0, most_passes)
        _within("border_mm", self.border_mm, 0, math.inf)
        _within("visits", self.visits, 1, MOST_VISITS)
        days = self.touch_up_days
        last = self.planned_days[-1]
        if any(not math.isfinite(d) or d <= last for d in days) or list(days) != sorted(set(days)):
            raise PlanError(
                "touch-ups on the days {days} were asked for",
                "touch-ups lie after the last planned visit (day {last}), one after the other",
                "give days such as {example}",
                days=", ".join(f"{d:g}" for d in days),
                last=last,
                example=540,
            )

    @property
    def planned_days(self) -> tuple[float, ...]:
        """The planned sittings; the first is day 0."""
        apart = topic("blush").number("second_visit").value
        return tuple(i * apart for i in range(self.visits))

    @property
    def all_days(self) -> tuple[float, ...]:
        return self.planned_days + self.touch_up_days

    @property
    def amount(self) -> float:
        """The dose: 1 is the reference work, whose healed step is that of the data."""
        blush = topic("blush")
        factors = _pass_factors()
        reference = (
            blush.number("reference_saturation").value
            * technique("full").coverage
            * factors[int(blush.number("reference_passes").value)]
        )
        return (
            self.saturation * technique(self.technique).coverage * factors[self.passes] / reference
        )


@cache
def shades() -> tuple[Shade, ...]:
    """The palette, the default first."""
    table = topic("shades").tables["shade"]
    return tuple(
        Shade(key, row["words"], (L, a, b), row.get("follows_lip", False))
        for key, row in table.items()
        for L, a, b in [row["masstone"]]
    )


def default_shade() -> Shade:
    """The palette's first, which a blush without a name takes."""
    return shades()[0]


def shade(name: str) -> Shade:
    """The shade of that key or those words; PlanError with the known ones if there is none.

    No name and the plainest of all names stand for the default.
    """
    if name.startswith("own:"):
        return _read_own(name)
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in PLAINEST:
        return default_shade()
    found = next((one for one in shades() if one.key == wanted), None)
    if found is None:
        raise PlanError(
            "the shade '{name}' came",
            CHALKY if _opaque(name) else "shades are called {shades}",
            "choose one of the palette",
            name=name,
            shades=joined([Phrase(one.words) for one in shades()]),
        )
    return found


def own_shade(words: str, masstone: Lab) -> Shade:
    """A practice's own shade.

    Raises
    ------
    PlanError : a name or a colour that cannot be, or the name of an opaque pigment
    """
    lightness, a, b = (round(float(value), 1) for value in masstone)
    return _read_own(f"own:{words.strip()}@{lightness:g},{a:g},{b:g}")


def _read_own(key: str) -> Shade:
    found = OWN.fullmatch(key)
    lab = (0.0, 0.0, 0.0) if found is None else (float(found[2]), float(found[3]), float(found[4]))
    if found is None or lab[0] > 100 or max(abs(lab[1]), abs(lab[2])) > MOST_AB:
        raise PlanError(
            "the own shade '{name}' came",
            "a name of at most 40 letters and a colour in CIELAB (L* 0 to 100) are needed",
            name=key[4:60],
        )
    if _opaque(found[1]):
        raise PlanError(
            "the own shade '{name}' came", CHALKY, "choose another pigment", name=found[1]
        )
    return Shade(key, found[1], lab)


def _opaque(name: str) -> bool:
    words: list[str] = topic("shades").tables["opaque"]["names"]
    return any(word in name.lower() for word in words)


def technique(key: str) -> Technique:
    """The technique of that key; PlanError with the known ones if there is none."""
    table = topic("blush").tables["technique"]
    if key not in table:
        raise PlanError(
            "the technique '{key}' came", "known are {known}", key=key, known=", ".join(table)
        )
    return Technique(key=key, **table[key])


def _pass_factors() -> list[float]:
    factors: list[float] = topic("blush").tables["passes"]["factor"]
    return factors


def _within(name: str, value: float, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise PlanError(
            "{name} = {value} came",
            "{low} to {high} is needed" if math.isfinite(high) else "{low} or more is needed",
            name=Phrase(name),
            value=value,
            low=low,
            high=high,
        )
