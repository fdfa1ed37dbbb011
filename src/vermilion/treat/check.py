"""What speaks against a plan: warnings, and blocks that only a practitioner's reason lifts.

Public: `Notice`, `check_flip`, `check_rise`, `check_blush`, `check_wait`.

Limits are data, and so are the words. A check never changes a plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vermilion.colour.difference import delta_e_2000
from vermilion.know.claims import notice_text
from vermilion.know.sourced import Origin, topic
from vermilion.treat.blush import Reach, blush_outcome, reachable, settled_day
from vermilion.treat.blush_plan import BlushPlan, Lab
from vermilion.treat.plan import FlipPlan, InjectionPoint, product, reference_plan, site

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning ("warn") or block ("block") in a sentence, with what it rests on.

    lifted_by_reason : a block that the practitioner's reason would turn into a warning
    template, values, reason : what `text` is made of, for other languages
    """

    key: str
    severity: str
    text: str
    origin: Origin
    lifted_by_reason: bool = False
    template: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    reason: str = ""


def notice(key: str, reason: str = "", **values: Any) -> Notice:
    """The notice `key` filled with `values`; a reason turns a block that allows it into a warning,
    and stands in its words."""
    words = notice_text(key)
    lifted = words.severity == "block" and words.lifted_by_reason and bool(reason.strip())
    given = reason.strip() if lifted else ""
    text = words.text.format(**values)
    return Notice(
        key,
        "warn" if lifted else words.severity,
        f"{text}; given: {given}" if lifted else text,
        words.origin,
        words.lifted_by_reason and not lifted,
        words.text,
        tuple(values.items()),
        given,
    )


def check_flip(plan: FlipPlan) -> tuple[Notice, ...]:
    """Dose rule and keep-outs (flip sections A2, A3); blocks first."""
    return _blocks_first(_flip(plan))


def check_rise(rise_mm: float) -> tuple[Notice, ...]:
    """What to say to a rise asked for in millimetres."""
    flip = topic("flip")
    most, too_much = flip.number("midline_rise").high, flip.number("too_much").value
    if rise_mm > most:
        return (notice("flip_beyond", rise_mm=rise_mm, limit=most),)
    if rise_mm > too_much:
        return (notice("flip_too_much", rise_mm=rise_mm, limit=too_much),)
    return ()


def check_blush(plan: BlushPlan, bare_lab: Lab | None = None) -> tuple[Notice, ...]:
    """Border limits (blush section G1) and, where the bare lip is known, its colour (B7, B8)."""
    notices = list(_border(plan))
    if plan.amount == 0:
        notices.append(notice("blush_nothing"))
    elif bare_lab is not None:
        notices.extend(_colour(plan, bare_lab))
    return _blocks_first(notices)


def check_wait(first: str, wait_days: float, blush: BlushPlan) -> tuple[Notice, ...]:
    """The wait between flip and blush (blush sections D3, G4).

    Parameters
    ----------
    first : "flip" or "blush"; wait_days : from the first to the second
    """
    data = topic("blush")
    key = "wait_after_flip" if first == "flip" else "wait_before_flip"
    limit = data.number(key).value
    if wait_days < 1:
        return (notice("wait_same_day", limit=limit / DAYS_A_WEEK),)
    notices = []
    if wait_days < limit:
        notices.append(notice(key, days=wait_days, limit=limit / DAYS_A_WEEK))
    worn_off = data.number("shape_after_flip").value
    if first == "flip" and blush.border_mm > 0 and wait_days < worn_off:
        shape = notice("shape_after_flip", days=wait_days, limit=worn_off / DAYS_A_WEEK)
        notices.append(shape)
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
            yield notice(keep_out, plan.reason, units=point.units, where=point.words)
        yield from _off_border(point)
    left, right = (sum(p.units for p in plan.points if side * p.s > 0) for side in (1, -1))
    if abs(left - right) > flip.number("uneven_warn").value:
        yield notice("flip_uneven", left=left, right=right)
    if plan.units_at("paramedian_left") == plan.units_at("paramedian_right") == 0:
        yield notice("flip_bow")
    if not toxin.lip_data:
        yield notice("flip_units_other", units=total, name=toxin.name, known=known.name)
        return
    limit = flip.number("point_warn").value
    for point in plan.points:
        if point.units > limit:
            yield notice("flip_point", units=point.units, limit=limit, where=point.words)
    most, much = flip.number("total_block").value, flip.number("total_warn").value
    if total > most:
        yield notice("flip_total_most", plan.reason, units=total, limit=most)
    elif total > much:
        yield notice("flip_total", units=total, limit=much)


def _off_border(point: InjectionPoint) -> Iterator[Notice]:
    limit = topic("flip").number("off_border").value
    if point.units > 0 and point.place is not None and abs(point.place.above_mm) > limit:
        away = point.place.above_mm
        key = "flip_above" if away > 0 else "flip_below"
        yield notice(key, where=point.words, away=abs(away), limit=limit)


def _border(plan: BlushPlan) -> Iterator[Notice]:
    for key, limit_key in (
        ("border_most", "border_block"),
        ("border_large", "border_reason"),
        ("border_small", "border_warn"),
    ):
        limit = topic("blush").number(limit_key).value
        if plan.border_mm > limit:
            yield notice(key, plan.reason, border_mm=plan.border_mm, limit=limit)
            return


def _colour(plan: BlushPlan, bare: Lab) -> Iterator[Notice]:
    blush = topic("blush")
    reach = reachable(plan.shade, bare)
    if reach.lighter_by > blush.number("lightening").value:
        wish, by = reach.shade.words, reach.lighter_by
        yield notice("blush_lighter", shade=wish, by=by, nearest=_nearest(reach))
    elif not reach.reachable:
        wish, de = reach.shade.words, reach.de2000
        yield notice("blush_other", shade=wish, de=de, nearest=_nearest(reach))
    healed = blush_outcome(plan, bare, settled_day(plan)).expected.mean_lab
    de, most = float(delta_e_2000(bare, healed)), blush.number("lipstick").value
    if de > most:
        yield notice("blush_lipstick", de=de, limit=most)
    faint = blush.number("visible").value
    if math.dist(bare, healed) < faint:
        yield notice("blush_faint", de=math.dist(bare, healed), limit=faint)
    turn, turn_most = _hue_turn_deg(bare, healed), blush.number("hue_turn").value
    if turn > turn_most:
        yield notice("blush_hue", turn=turn, limit=turn_most)
    if bare[0] < blush.number("dark").value:
        yield notice("blush_dark")


def _nearest(reach: Reach) -> str:
    if reach.nearest is None:
        return "no shade of the palette comes near"
    return f"the nearest that can be had is {reach.nearest.words}"


def _hue_turn_deg(one: Lab, other: Lab) -> float:
    hues = [math.degrees(math.atan2(lab[2], lab[1])) for lab in (one, other)]
    return abs((hues[0] - hues[1] + 180) % 360 - 180)


def _blocks_first(notices: Iterator[Notice] | list[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(notices, key=lambda one: one.severity != "block"))
