"""What lip blushing does to a lip's colour and surface on a given day.

Public: `blush_outcome`, `Reach`, `reachable`, `lips_apart`, `phase`, `intensity`, `settled_day`.

The course in time says how much pigment is left, as the share of each lip that lies under its dots;
`pigment` says what colour that is on these lips. That the trade's per cent mean this share is the
program's assumption.
Each visit heals and fades by itself; what two visits leave adds as 1 - (1 - c_1)(1 - c_2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import Lab, LipColours
from vermilion.errors import PlanError
from vermilion.know.sourced import topic
from vermilion.treat import pigment
from vermilion.treat.blush_plan import BlushPlan, Shade, shade, shades, technique
from vermilion.treat.course import checked_day, course
from vermilion.treat.outcome import BlushOutcome
from vermilion.units import Band

DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Miss:
    """How far a shade is from what one would expect of it, on one lip or on both lips' mean.

    lighter_by : L* by which the wish is lighter than the bare lip, negative: darker
    de2000 : between the wish and what it heals to
    """

    lighter_by: float
    de2000: float

    @property
    def had(self) -> bool:
        """Whether the shade can be had there."""
        blush = topic("blush")
        lighter, off = blush.number("lightening").value, blush.number("off").value
        return self.lighter_by <= lighter and self.de2000 <= off


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a shade can be had on a mouth.

    healed : what it heals to on these lips
    whole : of both lips' mean; lips : of the upper and of the lower one, each in full light, where
        they are spoken of one by one
    nearest : the shade that comes nearest to the wish and can be had
    """

    shade: Shade
    healed: LipColours
    whole: Miss
    lips: tuple[Miss, ...]
    nearest: Shade | None

    @property
    def reachable(self) -> bool:
        return self.whole.had and all(one.had for one in self.lips)


def blush_outcome(plan: BlushPlan, bare: LipColours, day: float) -> Band[BlushOutcome]:
    """The lips `day` days after the first visit; the band is of how much colour stays.

    Parameters
    ----------
    bare : mean colours of this vermilion before

    Raises
    ------
    PlanError : a day before the visit, or a colour that is none
    """
    day, bare = checked_day(day), bare.map(_checked_lab)
    how = technique(plan.technique)
    upper, lower = pigment.stained(shade(plan.shade).masstone, bare)
    since = day - max(visit for visit in plan.all_days if visit <= day)
    strain = min(plan.amount, 1.0)
    # Usual looks in all three: who keeps more colour does not swell or flake more for it.
    look = {
        name: course("looks", name).at(since).expected
        for name in ("swelling", "redness", "dryness", "flaked", "veil", "gloss")
    }
    first_swelling_mm = topic("blush").number("swelling").value

    def outcome(share: float) -> BlushOutcome:
        cover = _cover(plan.amount * share)
        return BlushOutcome(
            day=day,
            colours=LipColours(upper.at(cover), lower.at(cover), bare.upper_share),
            edge=how.edge,
            centre=how.centre,
            corner=how.corner,
            softness_mm=how.softness_mm,
            border_mm=plan.border_mm if plan.amount > 0 else 0.0,
            swelling_mm=first_swelling_mm * look["swelling"] * strain,
            redness=look["redness"] * strain,
            dryness=look["dryness"] * strain,
            flaked=look["flaked"] if look["dryness"] > 0 and strain > 0 else 0.0,
            veil=look["veil"] * strain,
            gloss=1 + (look["gloss"] - 1) * strain,
            dots=how.dots if plan.amount > 0 else 0.0,
        )

    return intensity(plan, day).map(outcome)


def intensity(plan: BlushPlan, day: float) -> Band[float]:
    """The pigment on `day`, 1 = the planned healed one: little, usual, much colour kept."""
    day = checked_day(day)
    planned = 1 - (1 - topic("blush").number("retained").value) ** plan.visits
    parts = []
    for pick in ("low", "expected", "high"):
        left = 1.0
        for visit, strength in _sessions(plan):
            if visit <= day:
                left *= 1 - strength * _share(day - visit).pick(pick)
        parts.append((1 - left) / planned)
    low, expected, high = parts
    return Band(min(low, expected), expected, max(expected, high))


def settled_day(plan: BlushPlan) -> float:
    """The day on which the planned work is healed."""
    return plan.planned_days[-1] + course("blush", "intensity").last_day


def lips_apart(bare: LipColours) -> bool:
    """Whether the lips' own colours differ so much that they are spoken of one by one."""
    return _de(bare.upper, bare.lower) > topic("blush").number("lips_apart").value


def reachable(name: str, bare: LipColours) -> Reach:
    """Whether the shade `name` can be had on bare lips of these colours, and what can."""
    found = _reach(shade(name), bare.map(_checked_lab))
    if found.reachable:
        return replace(found, nearest=found.shade)
    wish = _wish(found.shade, bare.mean)
    tried = (_reach(one, bare) for one in shades())
    others = [(_de(wish, one.healed.mean), one.shade) for one in tried if one.reachable]
    nearest = min(others, key=lambda row: row[0])[1] if others else None
    return replace(found, nearest=nearest)


def phase(plan: BlushPlan, day: float) -> str:
    """The key of the healing phase on `day`, counted from the last visit."""
    day = checked_day(day)
    since = day - max(visit for visit in plan.all_days if visit <= day)
    table = topic("looks").tables["phase"]
    begun: list[str] = [key for key, row in table.items() if row["from_day"] <= since]
    return begun[-1]


def _sessions(plan: BlushPlan) -> tuple[tuple[float, float], ...]:
    """(day, strength) of each visit; a touch-up is just so strong that the usual course resets."""
    kept = topic("blush").number("retained").value
    planned = 1 - (1 - kept) ** plan.visits
    sessions = [(day, 1.0) for day in plan.planned_days]
    for day in plan.touch_up_days:
        heals = day + course("blush", "intensity").last_day
        left = math.prod(1 - s * _share(heals - visit).expected for visit, s in sessions)
        strength = (1 - (1 - planned) / left) / kept
        sessions.append((day, min(max(strength, 0.0), 1.0)))
    return tuple(sorted(sessions))


def _share(since: float) -> Band[float]:
    """What one visit leaves of its fresh pigment after `since` days."""
    curve, half_life = course("blush", "intensity"), topic("blush").number("half_life")
    years = max(since - curve.last_day, 0.0) / DAYS_A_YEAR
    at = curve.at(since)
    return Band(
        at.low * 2 ** (-years / half_life.low),
        at.expected * 2 ** (-years / half_life.value),
        at.high * 2 ** (-years / half_life.high),
    )


def _cover(amount: float) -> float:
    """Share of a lip under the dots of a dose: side by side at first, then more and more on each
    other; never more than all of it."""
    blush = topic("blush")
    healed, linear = blush.number("cover").value, blush.number("linear_up_to").value
    if amount <= linear:
        return healed * amount
    room = 1 - healed * linear
    return 1 - room * math.exp(-healed * (amount - linear) / room)


def _wish(one: Shade, bare: Lab) -> Lab:
    blush = topic("blush")
    lightness, colour = blush.number("wish_lightness").value, blush.number("wish_colour").value
    L, a, b = (  # noqa: N806
        own + (its - own) * share
        for own, its, share in zip(bare, one.masstone, (lightness, colour, colour), strict=True)
    )
    return (min(L, bare[0]) if one.follows_lip else L), a, b


def _reach(one: Shade, bare: LipColours) -> Reach:
    healed = pigment.healed(one.masstone, bare)
    whole = _miss(one, bare.mean, healed.mean)
    lips: tuple[Miss, ...] = ()
    if lips_apart(bare):
        # A lip in the other's shade only looks darker: no pigment has to make it lighter.
        lit = pigment.in_full_light(bare)
        both = zip(lit.both, pigment.healed(one.masstone, lit).both, strict=True)
        lips = tuple(_miss(one, before, after) for before, after in both)
    return Reach(one, healed, whole, lips, None)


def _miss(one: Shade, bare: Lab, healed: Lab) -> Miss:
    wish = _wish(one, bare)
    return Miss(wish[0] - bare[0], _de(wish, healed))


def _de(one: Lab, other: Lab) -> float:
    return float(delta_e_2000(one, other))


def _checked_lab(lab: Lab) -> Lab:
    values = tuple(float(value) for value in lab)
    if len(values) != 3 or not all(map(math.isfinite, values)) or not 0 < values[0] <= 100:
        raise PlanError(
            "the lip colour {lab} came",
            "a colour is L*, a*, b* with L* between 0 and 100",
            "measure it on a photo in daylight",
            lab=lab,
        )
    return values[0], values[1], values[2]
