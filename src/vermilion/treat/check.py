"""What speaks against a plan: warnings, and blocks that only a practitioner's reason lifts.

Public: `Notice`, `check_flip`, `check_rise`, `check_blush`, `check_wait`.

Limits are data, and so are the words. A check never changes a plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vermilion.colour.difference import delta_e_2000
from vermilion.colour.lips import Lab, LipColours
from vermilion.know.claims import notice_text
from vermilion.know.said import Phrase, phrase
from vermilion.know.sourced import Origin, Sourced, topic
from vermilion.treat.blush import Reach, blush_outcome, lips_apart, reachable, settled_day
from vermilion.treat.blush_plan import BlushPlan
from vermilion.treat.pigment import in_full_light
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, reference_plan, site

DAYS_A_WEEK = 7
ALONE = phrase("upper lip alone"), phrase("lower lip alone")
MOST = phrase("both lips, the upper one most"), phrase("both lips, the lower one most")


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning ("warn") or block ("block"), with what it rests on; a `Voice` says it.

    lifted_by_reason : a block that the practitioner's reason would turn into a warning
    """

    key: str
    severity: str
    words: Phrase
    lifted_by_reason: bool = False

    @property
    def text(self) -> str:
        """The sentence in English."""
        return str(self.words)

    @property
    def origin(self) -> Origin:
        return notice_text(self.key).origin


def notice(key: str, reason: str = "", **values: Any) -> Notice:
    """The notice `key` filled with `values`; a reason turns a block that allows it into a warning,
    and stands in its words."""
    row = notice_text(key)
    words = Phrase(row.text, tuple(values.items()), row.origin)
    given = reason.strip()
    if row.severity != "block" or not row.lifted_by_reason or not given:
        return Notice(key, row.severity, words, row.lifted_by_reason)
    parts = (("block", words), ("reason", given))
    return Notice(key, "warn", Phrase("{block}; given: {reason}", parts, row.origin))


def check_flip(plan: FlipPlan) -> tuple[Notice, ...]:
    """Dose rule and keep-outs (flip sections A2, A3); blocks first."""
    return _blocks_first(_flip(plan))


def check_rise(rise_mm: float) -> tuple[Notice, ...]:
    """What to say to a rise asked for in millimetres."""
    flip = topic("flip")
    possible, too_much = flip.number("midline_rise"), flip.number("too_much")
    if rise_mm > possible.high:
        most = replace(possible, value=possible.high)
        return (notice("flip_beyond", rise_mm=rise_mm, limit=most),)
    if rise_mm > too_much.value:
        return (notice("flip_too_much", rise_mm=rise_mm, limit=too_much),)
    return ()


def check_blush(plan: BlushPlan, bare: LipColours | None = None) -> tuple[Notice, ...]:
    """Border limits (blush section G1); where the bare lips are known, their colour (B7, B8)."""
    notices = list(_border(plan))
    if plan.amount == 0:
        notices.append(notice("blush_nothing"))
    elif bare is not None:
        notices.extend(_colour(plan, bare))
    return _blocks_first(notices)


def check_wait(first: str, wait_days: float, blush: BlushPlan) -> tuple[Notice, ...]:
    """The wait between flip and blush (blush sections D3, G4).

    Parameters
    ----------
    first : "flip" or "blush"; wait_days : from the first to the second
    """
    data = topic("blush")
    key = "wait_after_flip" if first == "flip" else "wait_before_flip"
    limit = data.number(key)
    if wait_days < 1:
        return (notice("wait_same_day", limit=_weeks(limit)),)
    notices = []
    if wait_days < limit.value:
        notices.append(notice(key, days=wait_days, limit=_weeks(limit)))
    worn_off = data.number("shape_after_flip")
    if first == "flip" and blush.border_mm > 0 and wait_days < worn_off.value:
        notices.append(notice("shape_after_flip", days=wait_days, limit=_weeks(worn_off)))
    return tuple(notices)


def _flip(plan: FlipPlan) -> Iterator[Notice]:
    flip, total = topic("flip"), plan.total_units
    toxin, known = product(plan.product), product(reference_plan().product)
    if total == 0:
        yield notice("flip_nothing")
        return
    for point in plan.points:
        keep_out = site(point.site).notice
        if keep_out and point.units > 0:
            where = Phrase(point.words)
            yield notice(keep_out, plan.reason, units=point.units, where=where)
        yield from _off_border(point)
    left, right = (sum(p.units for p in plan.points if side * p.s > 0) for side in (1, -1))
    if abs(left - right) > flip.number("uneven_warn").value:
        yield notice("flip_uneven", left=left, right=right)
    if plan.units_at("paramedian_left") == plan.units_at("paramedian_right") == 0:
        yield notice("flip_bow")
    if not toxin.lip_data:
        yield notice("flip_units_other", units=total, name=toxin.name, known=known.name)
        return
    limit = flip.number("point_warn")
    for point in plan.points:
        if point.units > limit.value:
            where = Phrase(point.words)
            yield notice("flip_point", units=point.units, limit=limit, where=where)
    most, much = flip.number("total_block"), flip.number("total_warn")
    if total > most.value:
        yield notice("flip_total_most", plan.reason, units=total, limit=most)
    elif total > much.value:
        yield notice("flip_total", units=total, limit=much)


def _off_border(point: InjectionPoint) -> Iterator[Notice]:
    limit = topic("flip").number("off_border")
    if point.units > 0 and point.place is not None and abs(point.place.above_mm) > limit.value:
        away = point.place.above_mm
        key = "flip_above" if away > 0 else "flip_below"
        yield notice(key, where=Phrase(point.words), away=round(abs(away), 1), limit=limit)


def _border(plan: BlushPlan) -> Iterator[Notice]:
    for key, limit_key in (
        ("border_most", "border_block"),
        ("border_large", "border_reason"),
        ("border_small", "border_warn"),
    ):
        limit = topic("blush").number(limit_key)
        if plan.border_mm > limit.value:
            yield notice(key, plan.reason, border_mm=plan.border_mm, limit=limit)
            return


def _colour(plan: BlushPlan, bare: LipColours) -> Iterator[Notice]:
    """Judged for each lip where the lips are spoken of one by one, else for both lips' mean.

    A lip in the other's shade changes less than it does in full light: that is not the lip's own.
    How dark lips are is told of both: shade on one, lit red by what is around it, passes for brown.
    """
    blush, apart = topic("blush"), lips_apart(bare)
    yield from _reach(reachable(plan.shade, bare))
    most, faint, turned = (blush.number(key) for key in ("lipstick", "visible", "hue_turn"))
    seen = _steps(plan, bare, apart)
    own = _steps(plan, in_full_light(bare), apart) if apart else seen
    if de := _beyond([float(delta_e_2000(*step)) for step in seen], most.value):
        yield _of(de, notice("blush_lipstick", de=round(de.value), limit=most))
    if de := _beyond([math.dist(*step) for step in own], faint.value, -1):
        yield _of(de, notice("blush_faint", de=round(de.value, 1), limit=faint))
    if turn := _beyond([_hue_turn_deg(*step) for step in seen], turned.value):
        yield _of(turn, notice("blush_hue", turn=round(turn.value), limit=turned))
    if bare.mean[0] < blush.number("dark").value:
        yield notice("blush_dark")


def _steps(plan: BlushPlan, bare: LipColours, apart: bool) -> list[tuple[Lab, Lab]]:
    """(bare, healed) of each lip, or of both lips' mean."""
    healed = blush_outcome(plan, bare, settled_day(plan)).expected.colours
    return list(zip(bare.both, healed.both, strict=True)) if apart else [(bare.mean, healed.mean)]


def _reach(reach: Reach) -> Iterator[Notice]:
    """A shade that the mouth as a whole cannot take is blocked; one that a lip alone cannot take is
    said."""
    blush, wish = topic("blush"), Phrase(reach.shade.words)
    if reach.shade.own:
        yield notice("blush_own_shade", shade=wish)
    judged = reach.lips or (reach.whole,)
    limit = blush.number("lightening").value
    lighter = _beyond([one.lighter_by for one in judged], limit)
    off = _beyond([one.de2000 for one in judged], blush.number("off").value)
    if blocked := reach.whole.lighter_by > limit:
        lighter = lighter or _Beyond(reach.whole.lighter_by)
    if lighter:
        by = round(lighter.value)
        found = notice("blush_lighter", shade=wish, by=by, nearest=_nearest(reach))
        yield _of(lighter, found if blocked else replace(found, severity="warn"))
    elif off:
        found = notice("blush_other", shade=wish, de=round(off.value), nearest=_nearest(reach))
        yield _of(off, found)


@dataclass(frozen=True, slots=True)
class _Beyond:
    """The value furthest beyond a limit; lip : which lip's it is, None where it is the mouth's."""

    value: float
    lip: Phrase | None = None


def _beyond(values: Sequence[float], limit: float, sign: int = 1) -> _Beyond | None:
    """Of one value for the mouth, or of the upper and the lower lip's; `sign` -1: below the limit.
    None where all are within."""
    there = [place for place, value in enumerate(values) if sign * (value - limit) > 0]
    if not there:
        return None
    most = max(there, key=lambda place: sign * values[place])
    if len(values) == 1:
        return _Beyond(values[most])
    return _Beyond(values[most], (ALONE if len(there) == 1 else MOST)[most])


def _of(beyond: _Beyond, found: Notice) -> Notice:
    """The notice, with the lip before it where it holds of one more than of the other."""
    if beyond.lip is None:
        return found
    parts = (("lip", beyond.lip), ("words", found.words))
    return replace(found, words=Phrase("{lip}: {words}", parts, found.words.origin))


def _nearest(reach: Reach) -> Phrase:
    if reach.nearest is None:
        return phrase("no shade of the palette comes near")
    return phrase("the nearest that can be had is {shade}", shade=Phrase(reach.nearest.words))


def _weeks(days: Sourced) -> Sourced:
    return replace(
        days,
        value=days.value / DAYS_A_WEEK,
        low=days.low / DAYS_A_WEEK,
        high=days.high / DAYS_A_WEEK,
        unit="weeks",
    )


def _hue_turn_deg(one: Lab, other: Lab) -> float:
    hues = [math.degrees(math.atan2(lab[2], lab[1])) for lab in (one, other)]
    return abs((hues[0] - hues[1] + 180) % 360 - 180)


def _blocks_first(notices: Iterator[Notice] | list[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(notices, key=lambda one: one.severity != "block"))
