"""A lip flip as it is planned: how many units of which product, at which named points.

Public: `FlipPlan`, `InjectionPoint`, `Place`, `reference_plan`, `sites`, `site`,
`product`, `own_product`.

A point stands at a named site, or where somebody put it (`Place`); then its site is the name of the
part of the lip in which it lies (`treat.mouth`). Left and right are the client's. Units are those
of the product named; they are never converted.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from vermilion.errors import PlanError
from vermilion.know.sourced import topic

OWN = re.compile(r"own:([^@:{}<>]{1,40})")
MOST_UNITS = 1000
"""More than any vial of any product holds; what is too much for a lip is said by the data."""


@dataclass(frozen=True, slots=True)
class Site:
    """A named place on the upper lip: `s` along the lip, its words, the notice it calls for.

    near : the words for a point that somebody put into this part of the lip
    """

    name: str
    s: float
    words: str
    near: str
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """A toxin; `lip_data` tells whether any measured lip result stands behind its units."""

    key: str
    name: str
    lip_data: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point was put: `s` along the lip, mm above the border (below it: negative)."""

    s: float
    above_mm: float

    def __post_init__(self) -> None:
        if not (-2 <= self.s <= 2 and math.isfinite(self.above_mm)):
            raise PlanError(
                "a point at s = {s}, {above_mm} mm above the border came",
                "s runs from -2 (the right corner) to 2",
                s=self.s,
                above_mm=self.above_mm,
            )


@dataclass(frozen=True, slots=True)
class InjectionPoint:
    """Units of the plan's product at one named site, or at a place of that part of the lip."""

    site: str
    units: float
    place: Place | None = None

    @property
    def s(self) -> float:
        return site(self.site).s if self.place is None else self.place.s

    @property
    def words(self) -> str:
        return site(self.site).words if self.place is None else site(self.site).near

    def __post_init__(self) -> None:
        site(self.site)
        if not 0 <= self.units <= MOST_UNITS:
            raise PlanError(
                "{units} units at {site} were asked for",
                "a dose is 0 to {most} units",
                "give a number such as {example}",
                units=self.units,
                site=self.site,
                most=MOST_UNITS,
                example=1,
            )


@dataclass(frozen=True, slots=True)
class FlipPlan:
    """A lip flip: product key, points by name; `reason` is the practitioner's, for an override."""

    product: str
    points: tuple[InjectionPoint, ...]
    reason: str = ""

    def __post_init__(self) -> None:
        product(self.product)
        where = [(point.site, point.place) for point in self.points]
        twice = {one[0] for one in where if where.count(one) > 1}
        if twice:
            raise PlanError(
                "the site {site} is named twice",
                "each site has one dose",
                "add the two doses up",
                site=min(twice),
            )

    @property
    def total_units(self) -> float:
        return math.fsum(point.units for point in self.points)

    def units_at(self, name: str) -> float:
        return math.fsum(point.units for point in self.points if point.site == name)


@cache
def reference_plan() -> FlipPlan:
    """The plan that the size in the data speaks of: 4 points of 1 U."""
    reference = topic("flip").tables["reference"]
    points = tuple(InjectionPoint(name, reference["units"]) for name in reference["sites"])
    return FlipPlan(reference["product"], points)


@cache
def sites() -> dict[str, Site]:
    """The places where a flip may be injected, by name."""
    table = topic("flip").tables["site"]
    return {
        name: Site(name, row["s"], row["words"], row["near"], row.get("notice", ""))
        for name, row in table.items()
    }


def site(name: str) -> Site:
    """The site of that name; PlanError with the known names if there is none."""
    if name not in sites():
        raise PlanError(
            "the site '{name}' came",
            "sites are called {sites}",
            "left and right are the client's",
            name=name,
            sites=", ".join(sites()),
        )
    return sites()[name]


def product(key: str) -> Product:
    """The product of that key; PlanError with the known keys if there is none.

    A toxin that the data do not name bears its name in its key ("own:Letibotulinumtoxin"): its
    units are its own, and no lip was measured with it.
    """
    own = OWN.fullmatch(key)
    if own is not None:
        return Product(key, own[1], False)
    table = topic("products").tables["product"]
    if key not in table:
        raise PlanError(
            "the product '{key}' came", "known are {known}", key=key, known=", ".join(table)
        )
    return Product(key, table[key]["name"], table[key]["lip_data"])


def own_product(name: str) -> Product:
    """A toxin that only the practice knows, by its substance's name.

    Raises
    ------
    PlanError : a name that cannot be, or that of a product of the data
    """
    wanted = name.strip()
    known = topic("products").tables["product"]
    if any(wanted.casefold() in (key, row["name"].casefold()) for key, row in known.items()):
        raise PlanError(
            "the toxin '{name}' is known already", "", "choose it from the list", name=wanted
        )
    if OWN.fullmatch(f"own:{wanted}") is None:
        raise PlanError(
            "the toxin '{name}' came", "a name of at most 40 letters is needed", name=wanted[:60]
        )
    return product(f"own:{wanted}")
