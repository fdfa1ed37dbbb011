"""The words that a report is set with, in the reader's language.

Public: `simulation_words`, `treatment_words`, `kind_title`, `grade_words`, `day_words`.
"""

from __future__ import annotations

from vermilion.know.sourced import GRADES
from vermilion.know.voice import Voice

WEEK, YEAR = 7, 365.25
A_YEAR_FROM = 365
"""From this day on years are counted."""
WEEKS_FROM = 14


def simulation_words(voice: Voice) -> str:
    """What stands on every page with a simulated picture."""
    return voice.say("Simulation: an illustration, not a prediction").plain


def treatment_words(voice: Voice, treatment: str) -> str:
    """What "flip", "blush" and "both" are called."""
    if treatment == "flip":
        return voice.say("lip flip").capital.plain
    if treatment == "blush":
        return voice.say("lip blush").capital.plain
    return voice.say("Flip and blush").plain


def kind_title(voice: Voice, kind: str) -> str:
    """The heading over the sentences of a kind."""
    return {
        "usual": voice.say("What is usual for most people"),
        "limit": voice.say("What it will not do"),
        "function": voice.say("What it can do to speaking, drinking and smiling"),
        "warning": voice.say("Please read before deciding"),
        "quality": voice.say("About this photo"),
        "claim": voice.say("What is known"),
    }[kind].plain


def grade_words(voice: Voice) -> dict[str, str]:
    """What each grade of evidence means."""
    told = (
        voice.say("trials, systematic reviews, labels, laws"),
        voice.say("cohorts, or series of ten people and more"),
        voice.say("small series or case reports"),
        voice.say("expert opinion, clinic pages, or a rule of this program"),
    )
    return dict(zip(GRADES, (one.plain for one in told), strict=True))


def day_words(voice: Voice, day: float) -> str:
    """A day as people say it: "day 4", "week 6", "year 2"."""
    if day >= A_YEAR_FROM:
        return voice.say("year {year}", year=round(day / YEAR, 1)).plain
    if day >= WEEKS_FROM and abs(day / WEEK - round(day / WEEK)) < 0.08:
        return voice.say("week {week}", week=round(day / WEEK)).plain
    return voice.say("day {day}", day=round(max(0.0, day))).plain
