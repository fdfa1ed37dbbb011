"""The days of a treatment as one line, with 'you are here': SVG for pages, signs for a terminal."""

from __future__ import annotations

import math

from vermilion.care.today import FIRST_DAY, LAST_DAY, Today
from vermilion.report.drawing import ACCENT, BAND, INK, svg, text

WIDTH, HEIGHT = 680, 96
LEFT, RIGHT = 12, 12
BEND = 0.42
"""Bends the axis so that the first weeks get most room."""


def _bent(day: float) -> float:
    return math.copysign(math.pow(abs(day), BEND), day)


def timeline(found: Today, here: str, title: str) -> str:
    """The phases as segments, today's filled; most room goes to the first weeks, where most
    happens."""

    def x(day: float) -> float:
        first, last = _bent(FIRST_DAY), _bent(LAST_DAY)
        return LEFT + (WIDTH - LEFT - RIGHT) * (_bent(day) - first) / (last - first)

    parts = []
    for phase in found.phases:
        x0, x1 = x(phase.from_day), x(phase.to_day + 1)
        now = phase == found.phase
        parts.append(
            f"<rect x='{x0:.1f}' y='44' width='{max(1.5, x1 - x0 - 1.5):.1f}' height='16' rx='3' "
            f"fill='{ACCENT if now else BAND}'/>"
        )
    at = x(found.day + 0.5)
    anchor = "end" if at > WIDTH * 0.75 else "start" if at < WIDTH * 0.25 else "middle"
    words = f"{here}: {found.phase.title.plain}"
    parts += [
        f"<path d='M{at:.1f} 41l-6 -9h12z' fill='{INK}'/>",
        text(at, 24, words, INK, anchor),
    ]
    drawn = -math.inf
    for phase in found.phases:
        if x(phase.from_day) - drawn > 34:
            drawn = x(phase.from_day)
            parts.append(text(drawn, 80, str(phase.from_day)))
    return svg(WIDTH, HEIGHT, title, parts, 14)
