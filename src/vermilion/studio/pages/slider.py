"""The time slider's stops in words: short under its marks, whole for the day that is looked at.

Public: `slider_stops`, `when_words`.
"""

from __future__ import annotations

from typing import Any

from vermilion.consult.plan import Plan, make_plan
from vermilion.consult.stops import Stop, stops
from vermilion.know.voice import Voice

TREATMENTS = {"flip": "flip", "blush": "blush"}
WEEK, MONTH, YEAR = 7, 30.44, 365.25


def slider_stops(voice: Voice) -> dict[str, list[dict[str, Any]]]:
    """By what is planned: day, whole words, and the words under a mark ("" between marks)."""
    plans = {
        "flip": make_plan(flip=True),
        "blush": make_plan(shade=""),
        "flip first": make_plan(flip=True, shade="", first="flip"),
        "blush first": make_plan(flip=True, shade="", first="blush"),
    }
    return {
        name: [
            {
                "day": stop.day,
                "said": when_words(voice, plan, stop.day),
                "mark": _mark(voice, plan, stop) if stop.mark else "",
            }
            for stop in stops(plan)
        ]
        for name, plan in plans.items()
    }


def when_words(voice: Voice, plan: Plan, day: float) -> str:
    """ "week 6"; with both treatments "flip week 6, blush week 2"."""
    begun = [name for name in TREATMENTS if _planned(plan, name) and day >= plan.begins(name)]
    if not (plan.has_flip and plan.blush is not None):
        return _since(voice, begun[0], day)
    return ", ".join(
        f"{voice.say(TREATMENTS[name]).plain} {_since(voice, name, day - plan.begins(name))}"
        for name in begun
    )


def _planned(plan: Plan, name: str) -> bool:
    return plan.has_flip if name == "flip" else plan.blush is not None


def _since(voice: Voice, name: str, days: float) -> str:
    whole = round(days)
    if whole == 0:
        return voice.say("fresh" if name == "blush" else "now").plain
    if whole >= 2 * YEAR - WEEK or abs(whole - YEAR) < WEEK:
        return voice.say("year {year}", year=round(whole / YEAR)).plain
    if whole > 12 * WEEK:
        return voice.say("month {month}", month=round(whole / MONTH)).plain
    if whole >= 2 * WEEK and whole % WEEK == 0:
        return voice.say("week {week}", week=whole // WEEK).plain
    return voice.say("day {day}", day=whole).plain


def _mark(voice: Voice, plan: Plan, stop: Stop) -> str:
    """ "2 wk", short enough to stand under a slider on a phone."""
    days = round(stop.day - plan.begins(stop.treatment))
    if days == 0:
        words = voice.say("fresh" if stop.treatment == "blush" else "now").plain
    elif days >= YEAR - WEEK:
        words = voice.say("{count} y", count=round(days / YEAR)).plain
    elif days % WEEK == 0:
        words = voice.say("{count} wk", count=days // WEEK).plain
    else:
        words = voice.say("{count} d", count=days).plain
    both = plan.has_flip and plan.blush is not None
    return f"{voice.say(TREATMENTS[stop.treatment]).plain} {words}" if both else words
